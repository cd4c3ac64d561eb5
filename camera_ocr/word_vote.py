"""Several readings of one line voted on word by word.

After ROVER (Fiscus 1997): the readings are aligned with one of them, and for each of its words, and each gap
between two, the reading that has most confidence behind it wins. Words are weighed whole, by the probability
that they are right; how sharp a frame is has no say in it.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz.distance import Levenshtein

from camera_ocr.types import Transcript

ALTERNATIVES = 4
"""Other texts kept of a line, and of each word."""
LEAST = 0.02
"""Support of a word that is hardly right: read often enough, it counts."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one reading has in the place of a word or a gap of the pivot."""

    source: int
    """Index of the reading."""
    start: int
    end: int


def vote_on_words(readings: Sequence[Transcript], *, one_picture: bool = False) -> Transcript:
    """The text the readings, of one line and at least one, support word by word.

    Spans of a word are those of the surest reading that has it. Of readings of several frames its confidence
    is so too; readings of one picture share its faults, and there it is half-way to the mean over all.
    """
    pivot = _most_central(readings)
    slots = _slots(readings[pivot])
    places = [_places(readings[pivot].text, said.text, slots) for said in readings]
    chosen: list[_Piece] = []
    others: list[tuple[str, ...]] = []
    for k, slot in enumerate(slots):
        pieces = [_Piece(i, *places[i][k]) for i in range(len(readings))]
        ranked = _ranked(readings, pieces, readings[pivot].text[slot[0] : slot[1]])
        chosen.append(ranked[0])
        others.append(tuple(_text(readings, piece) for piece in ranked[1:]))
    return _calibrated(_assemble(readings, chosen, others), readings, one_picture)


def _most_central(readings: Sequence[Transcript]) -> int:
    """The reading the others differ least from; of several the surest."""

    def apart(i: int) -> tuple[int, float]:
        text = readings[i].text
        return sum(Levenshtein.distance(text, said.text) for said in readings), -readings[i].certainty

    return min(range(len(readings)), key=apart)


def _slots(pivot: Transcript) -> list[tuple[int, int]]:
    """First and past-the-last character of each word and each gap, in order."""
    slots: list[tuple[int, int]] = []
    start = 0
    for i, char in enumerate(pivot.text):
        if char == " ":
            slots += [(start, i), (i, i + 1)]
            start = i + 1
    return [*slots, (start, len(pivot.text))]


def _places(pivot: str, text: str, slots: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where in `text` each slot of the pivot is; what was put in at a word's end belongs to the word."""
    low = [len(text)] * (len(pivot) + 1)
    high = [0] * (len(pivot) + 1)
    for op in Levenshtein.opcodes(pivot, text):
        for at in range(op.src_start, op.src_end + 1):
            there = min(op.dest_start + at - op.src_start, op.dest_end)
            there = op.dest_end if at == op.src_end else there
            low[at] = min(low[at], op.dest_start if at == op.src_start else there)
            high[at] = max(high[at], there)
    low[0], high[-1] = 0, len(text)
    bounds = [(low[a], high[b]) if k % 2 == 0 else (-1, -1) for k, (a, b) in enumerate(slots)]
    for k in range(1, len(slots), 2):
        begin = bounds[k - 1][1]
        bounds[k] = (begin, max(begin, bounds[k + 1][0]))
    for k in range(2, len(slots), 2):  # two words may want the same characters put in: the first has them
        begin, end = max(bounds[k][0], bounds[k - 1][1]), bounds[k][1]
        bounds[k] = (begin, max(begin, end))
    return bounds


def _ranked(readings: Sequence[Transcript], pieces: Sequence[_Piece], pivot_text: str) -> list[_Piece]:
    """The surest piece of each text that was read there, the best supported text first."""
    support: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, _Piece]] = {}
    for piece in pieces:
        text = _text(readings, piece)
        sure = _support(readings[piece.source], piece)
        support[text] += sure
        if text not in best or sure > best[text][0]:
            best[text] = (sure, piece)
    order = sorted(best, key=lambda text: (support[text], text == pivot_text), reverse=True)
    return [best[text][1] for text in order]


def _support(said: Transcript, piece: _Piece) -> float:
    """How sure a reading is of what it has there: that its words are right, where its model is calibrated;
    else, and of gaps, its characters' certainty.
    """
    words = said.text[piece.start : piece.end].split()
    if words and said.word_confidence is not None:
        first = len(said.text[: piece.start + 1].split()) - (said.text[piece.start] != " ")
        sure: list[float] = said.word_confidence[first : first + len(words)].tolist()
        return LEAST + math.prod(sure)
    conf = said.char_conf[piece.start : piece.end]
    return float(np.exp(np.log(np.maximum(conf, 1e-6)).mean())) if len(conf) else said.certainty


def _text(readings: Sequence[Transcript], piece: _Piece) -> str:
    return readings[piece.source].text[piece.start : piece.end]


def _assemble(
    readings: Sequence[Transcript], chosen: Sequence[_Piece], others: Sequence[tuple[str, ...]]
) -> Transcript:
    chars: list[str] = []
    conf: list[float] = []
    span: list[tuple[float, float]] = []
    words: list[tuple[str, ...]] = []
    """Alternatives of the words begun so far."""
    for piece, rivals in zip(chosen, others, strict=True):
        said = readings[piece.source]
        for i in range(piece.start, piece.end):
            char = said.text[i]
            after_gap = not chars or chars[-1] == " "
            if char == " " and after_gap:
                continue
            if char != " " and after_gap:
                words.append(_alternatives(said, piece, i, rivals))
            chars.append(char)
            conf.append(float(said.char_conf[i]))
            begin, end = said.char_span[i].tolist()
            # readings of different frames cut the line a little differently
            begin = max(begin, span[-1][0]) if span else begin
            span.append((begin, max(begin, end)))
    if chars and chars[-1] == " ":
        chars, conf, span = chars[:-1], conf[:-1], span[:-1]
    text = "".join(chars)
    return Transcript(
        text,
        np.array(conf, np.float32),
        np.array(span, np.float32).reshape(-1, 2),
        _other_texts(readings, text),
        tuple(words) if any(words) else (),
    )


def _calibrated(voted: Transcript, readings: Sequence[Transcript], one_picture: bool) -> Transcript:
    """With the confidence that the readings have in the text, and in each of its words."""
    known: dict[str, list[float]] = defaultdict(list)
    whole: list[float] = []
    for said in readings:
        if said.word_confidence is None or said.text_confidence is None:
            continue
        for word, sure in dict(zip(said.text.split(), said.word_confidence.tolist(), strict=True)).items():
            known[word].append(sure)
        if said.text == voted.text:
            whole.append(said.text_confidence)
    words = voted.text.split()
    if not known or not words:
        return voted

    def summed_up(confidences: Sequence[float]) -> float:
        if not one_picture:
            return max(confidences)
        return (max(confidences) + sum(confidences) / len(readings)) / 2

    by_word = {word: summed_up(confidences) for word, confidences in known.items()}
    # a word put together from parts of two is as doubtful as the worst of what was read
    least = min(by_word.values())
    each = [by_word.get(word, least) for word in words]
    return replace(
        voted,
        word_confidence=np.array(each, np.float32),
        text_confidence=summed_up(whole) if whole else math.prod(each),
    )


def _alternatives(said: Transcript, piece: _Piece, at: int, rivals: Sequence[str]) -> tuple[str, ...]:
    """Other texts of the word that begins at `at`: what was read in its place, then the reader's."""
    end = said.text.find(" ", at)
    end = len(said.text) if end < 0 else end
    word = said.text[at:end]
    alone = at == piece.start and end == piece.end
    found = [rival for rival in rivals if rival and " " not in rival] if alone else []
    if said.word_alternatives and (at == 0 or said.text[at - 1] == " ") and end <= piece.end:
        found += said.word_alternatives[said.text.count(" ", 0, at)]
    return tuple(other for other in dict.fromkeys(found) if other != word)[:ALTERNATIVES]


def _other_texts(readings: Sequence[Transcript], text: str) -> tuple[str, ...]:
    """What single readings said, the surest first, then what the reader itself held possible."""
    ranked = sorted(readings, key=lambda said: said.certainty, reverse=True)
    found = [said.text for said in ranked]
    for said in ranked:
        found += said.alternatives
    return tuple(other for other in dict.fromkeys(found) if other and other != text)[:ALTERNATIVES]
