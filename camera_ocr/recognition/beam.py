"""Prefix beam search over a CTC-trained net's output, with a say for a language model.

Hannun et al., "First-pass large vocabulary continuous speech recognition using bi-directional recurrent DNNs"
(2014), after Graves (2012): the probabilities of all paths that spell the same prefix are added up. The line
is cut at the spaces that are sure, and only pieces of it that are in doubt are searched.
"""

import math
from collections.abc import Callable, Sequence
from itertools import islice, pairwise
from typing import Any, Protocol

import numpy as np

from camera_ocr.recognition.ctc import char_spans, greedy, softmax
from camera_ocr.recognition.pieces import CLASS_FLOOR, Piece, cut, in_doubt
from camera_ocr.types import F32, Transcript

WIDTH = 20
"""Prefixes kept from frame to frame."""
ALTERNATIVES = 4
"""Of a line."""
WORD_ALTERNATIVES = 5
_RANKED = 9
"""Texts of a piece besides the best one: several may differ in one word of it only."""
_SURE = 0.99
"""A frame this sure of its class says nothing else."""
_PREFIX_FLOOR = 5e-3
"""Prefixes this much less probable than the best one are dropped."""
_NEW_FLOOR = 3e-3
"""The same for prefixes longer by a character, before language has its say."""


_MARGIN = 2.0
"""So many times likelier than what the ink alone says must a text be that has unknown words."""


class Scorer(Protocol):
    """What language has to say of a text that grows by a character at a time; a state is its own affair."""

    def start(self, before: str = "") -> Any:
        """State before the first character of a token; `before` is the text before it."""

    def extend(self, state: Any, char: str) -> tuple[Any, float]:
        """State with `char` appended, and the factor by which that makes the prefix more probable."""

    def finish(self, state: Any) -> float:
        """Factor for the text ending here."""

    def knows(self, token: str) -> bool:
        """Whether all words of what stands between two spaces are known."""

    def keeps(self, tokens: Sequence[str]) -> list[bool]:
        """On which the ink alone decides, of the parts between spaces of what the ink alone says."""


class _Prefix:
    """A text as a path in the tree of those looked at; `blank` and `char` are what its paths end in."""

    __slots__ = (
        "blank",
        "char",
        "children",
        "factor",
        "label",
        "next_blank",
        "next_char",
        "parent",
        "stamp",
        "state",
    )

    def __init__(self, parent: "_Prefix | None", label: int, state: Any, factor: float = 1.0) -> None:
        self.parent, self.label, self.state, self.factor = parent, label, state, factor
        self.children: dict[int, _Prefix] | None = None
        """None as long as there are none, as mostly there never are."""
        self.blank = self.char = self.next_blank = self.next_char = 0.0
        self.stamp = -1

    def labels(self) -> tuple[int, ...]:
        found = []
        node = self
        while node.parent is not None:
            found.append(node.label)
            node = node.parent
        return tuple(reversed(found))

    def take_apart(self) -> None:
        """Let the prefixes from here on go at once: as they hold each other, only a collector would."""
        rest = [self]
        while rest:
            children = rest.pop().children
            if children is not None:
                rest.extend(children.values())
                children.clear()


def beam_search(
    logits: F32,
    charset: str,
    blank: int,
    language: Callable[[str], Scorer] | None = None,
    width: int = WIDTH,
) -> Transcript:
    """The most probable text, and the next ones as its alternatives.

    Args:
        logits: (T, classes) of the frames that carry the line.
        charset: class i is charset[i].
        blank: class of the blank.
        language: gives language's say for the line, from what the ink alone says; None goes by the ink alone.
        width: prefixes kept from frame to frame; time grows with it.

    Returns:
        As `ctc.greedy`; confidences are the net's own, so a character that language decided has a low one.
    """
    if not len(logits):
        return greedy(logits, charset, blank)
    probabilities = softmax(logits)
    pieces = cut(probabilities, blank, charset.find(" "))
    guesses = ["".join(charset[run.label] for run in piece.runs) for piece in pieces]
    guess = " ".join(filter(None, guesses))
    if language and not guess:
        return greedy(logits, charset, blank)
    scorer = language(guess) if language else None
    kept = _kept(guesses, scorer)
    doubtful = in_doubt(probabilities, pieces, blank)
    texts: list[list[tuple[str, float]]] = []
    runs: list[tuple[int, int]] = []
    confidence: list[float] = []
    for piece, keep, doubt in zip(pieces, kept, doubtful, strict=True):
        seen = tuple(run.label for run in piece.runs)
        ranked = [(seen, 1.0)]
        view = probabilities[piece.begin : piece.end]
        if doubt:
            before = texts[-1][0][0] if texts else ""
            ranked = _search(view, charset, blank, None if keep else scorer, width, before)
            if scorer and not keep:
                ranked = _settled(ranked, seen, charset, scorer)
        best = ranked[0][0]
        if not best:
            continue
        if texts and piece.space:
            runs.append((piece.space.begin, piece.space.end))
            confidence.append(piece.space.probability)
        if best == seen:
            runs += [(run.begin, run.end) for run in piece.runs]
            confidence += [run.probability for run in piece.runs]
        else:
            found, sure = _placed(probabilities, piece, best, blank)
            runs += found
            confidence += sure
        texts.append([("".join(charset[label] for label in labels), p) for labels, p in ranked])
    words = tuple(
        alternatives
        for ranked_texts in texts
        for alternatives in word_alternatives(ranked_texts[0][0], [text for text, _ in ranked_texts[1:]])
    )
    text = " ".join(ranked_texts[0][0] for ranked_texts in texts)
    spans = char_spans(runs, len(logits))
    posterior = np.array([p for ranked_texts in texts for p in word_posterior(ranked_texts)], np.float32)
    return Transcript(text, np.array(confidence, np.float32), spans, _others(texts), words, posterior)


def _others(texts: list[list[tuple[str, float]]]) -> tuple[str, ...]:
    """The line's next best texts, none empty: each has one piece's next best text in place of its best."""
    swaps = sorted(
        ((p / max(ranked[0][1], 1e-30), i, text) for i, ranked in enumerate(texts) for text, p in ranked[1:]),
        reverse=True,
    )
    best = [ranked[0][0] for ranked in texts]
    found = (" ".join([*best[:i], text, *best[i + 1 :]]).strip() for _, i, text in swaps)
    return tuple(islice(filter(None, found), ALTERNATIVES))


def _kept(guesses: list[str], scorer: Scorer | None) -> list[bool]:
    """For each piece, whether the ink alone decides."""
    if scorer is None:
        return [True] * len(guesses)
    tokens = [guess.split() for guess in guesses]
    said = iter(scorer.keeps([token for each in tokens for token in each]))
    return [all([next(said) for _ in each]) and bool(each) for each in tokens]


def _settled(
    ranked: list[tuple[tuple[int, ...], float]], seen: tuple[int, ...], charset: str, scorer: Scorer
) -> list[tuple[tuple[int, ...], float]]:
    """What the ink alone says first, where another text is hardly likelier and has words that nobody knows.

    Letters that resemble a language are a weak reason to read a name otherwise than it looks.
    """
    best, p = ranked[0]
    looks = next((i for i, (labels, _) in enumerate(ranked) if labels == seen), 0)
    if not looks or p > _MARGIN * ranked[looks][1]:
        return ranked
    if all(map(scorer.knows, "".join(charset[label] for label in best).split())):
        return ranked
    return [ranked[looks], *ranked[:looks], *ranked[looks + 1 :]]


def word_alternatives(text: str, others: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """What else each word of `text` may be, in the order of `others`; those of another count tell nothing."""
    words = text.split()
    found: list[dict[str, None]] = [{} for _ in words]
    for other in others:
        parts = other.split()
        if len(parts) == len(words):
            for known, word, part in zip(found, words, parts, strict=True):
                if part != word:
                    known[part] = None
    return tuple(tuple(known)[:WORD_ALTERNATIVES] for known in found)


def word_posterior(ranked: Sequence[tuple[str, float]]) -> list[float]:
    """For each word of the best text, the share of those texts that have it at the same place.

    `ranked`: texts with their probabilities, not scaled, the best first.
    """
    words = ranked[0][0].split()
    total = sum(p for _, p in ranked)
    shares = [0.0] * len(words)
    for text, p in ranked:
        parts = text.split()
        if len(parts) == len(words):
            shares = [share + p / total * (a == b) for share, a, b in zip(shares, words, parts, strict=True)]
    return shares


def _search(
    probabilities: F32, charset: str, blank: int, scorer: Scorer | None, width: int, before: str
) -> list[tuple[tuple[int, ...], float]]:
    """Labels and probability of the texts still in the beam after the last frame, without outer spaces.

    The best come first, _RANKED besides the best. `before` is the text before these frames.
    """
    space = charset.find(" ")
    root = _Prefix(None, space, scorer.start(before) if scorer else None)
    root.blank = 1.0
    beam = [root]
    rows, classes = np.nonzero(probabilities >= CLASS_FLOOR)
    bounds = np.searchsorted(rows, np.arange(len(probabilities) + 1)).tolist()
    labels, values = classes.tolist(), probabilities[rows, classes].tolist()
    best = probabilities.argmax(axis=1)
    sure = np.where(probabilities[np.arange(len(best)), best] >= _SURE, best, -1).tolist()
    for frame, (begin, end) in enumerate(pairwise(bounds)):
        if sure[frame] == blank:
            for node in beam:
                node.blank += node.char
                node.char = 0.0
        elif sure[frame] < 0 or not frame or sure[frame] != sure[frame - 1]:
            candidates = list(zip(labels[begin:end], values[begin:end], strict=True))
            beam = _step(beam, candidates, frame, charset, blank, space, scorer, width)
    totals: dict[tuple[int, ...], float] = {}
    for node in beam:
        found = node.labels()
        if found and found[-1] == space:
            found = found[:-1]
        total = (node.blank + node.char) * (scorer.finish(node.state) if scorer else 1.0)
        totals[found] = totals.get(found, 0.0) + total
    root.take_apart()
    return sorted(totals.items(), key=lambda item: -item[1])[: _RANKED + 1]


def _step(
    beam: list[_Prefix],
    candidates: list[tuple[int, float]],
    frame: int,
    charset: str,
    blank: int,
    space: int,
    scorer: Scorer | None,
    width: int,
) -> list[_Prefix]:
    """The beam after one more frame, scaled so that its best prefix has probability 1."""
    touched: list[_Prefix] = []
    floor = _NEW_FLOOR * max(node.blank + node.char for node in beam)
    for node in beam:
        total = node.blank + node.char
        if node.stamp != frame:
            node.stamp, node.next_blank, node.next_char = frame, 0.0, 0.0
            touched.append(node)
        for label, p in candidates:
            mass = total * p
            if label == blank:
                node.next_blank += mass
                continue
            if label == node.label:
                if label == space:
                    # a second space, or one before the text, says nothing: it stays the same prefix
                    node.next_char += mass
                    continue
                node.next_char += node.char * p
                mass = node.blank * p
            if mass < floor:
                continue
            children = node.children
            if children is None:
                children = node.children = {}
            child = children.get(label)
            if child is None:
                state, factor = scorer.extend(node.state, charset[label]) if scorer else (None, 1.0)
                child = children[label] = _Prefix(node, label, state, factor)
            if child.stamp != frame:
                child.stamp, child.next_blank, child.next_char = frame, 0.0, 0.0
                touched.append(child)
            child.next_char += mass * child.factor
    best = max(node.next_blank + node.next_char for node in touched)
    floor = _PREFIX_FLOOR * best
    kept = [node for node in touched if node.next_blank + node.next_char >= floor]
    if len(kept) > width:
        kept.sort(key=lambda node: node.next_blank + node.next_char, reverse=True)
        del kept[width:]
    scale = 1.0 / best
    for node in kept:
        node.blank, node.char = node.next_blank * scale, node.next_char * scale
    return kept


def _placed(
    probabilities: F32, piece: Piece, labels: tuple[int, ...], blank: int
) -> tuple[list[tuple[int, int]], list[float]]:
    """Frames and certainty of each label of a piece that reads otherwise than the ink alone says.

    Only those are looked for between the labels that are the same from either end, and one more on each side.
    """
    seen = piece.runs
    most = min(len(seen), len(labels))
    left = next((i for i in range(most) if seen[i].label != labels[i]), most)
    right = next((i for i in range(most) if seen[-1 - i].label != labels[-1 - i]), most)
    left = max(0, left - 1)
    right = max(0, min(right, most - left) - 1)
    before, after = seen[:left], seen[len(seen) - right :]
    begin = before[-1].end if before else piece.begin
    end = after[0].begin if after else piece.end
    found, sure = align(probabilities[begin:end], labels[left : len(labels) - right], blank)
    middle = [(first + begin, last + begin) for first, last in found]
    runs = [(run.begin, run.end) for run in before] + middle + [(run.begin, run.end) for run in after]
    return runs, [
        *(run.probability for run in before),
        *sure.tolist(),
        *(run.probability for run in after),
    ]


def align(probabilities: F32, labels: tuple[int, ...], blank: int) -> tuple[list[tuple[int, int]], F32]:
    """Frames of each label on the most probable path that spells them (Viterbi).

    Args:
        probabilities: (T, classes).
        labels: (n,) classes without blanks.

    Returns:
        Begin and end frame of each label, and its greatest probability there, (n,). Where the text needs more
        frames than there are, labels share their frames and the confidence is 0.
    """
    if not labels:
        return [], np.zeros(0, np.float32)
    # of frames surely blank on end one is enough
    void = probabilities[:, blank] >= _SURE
    frames = np.flatnonzero(~(void & np.append(False, void[:-1])))
    states = [blank] * (2 * len(labels) + 1)
    states[1::2] = labels
    last = len(states) - 1
    # a label may follow another without a blank between them, unless they are the same
    jump = [s > 1 and s % 2 == 1 and states[s] != states[s - 2] for s in range(len(states))]
    emit = np.log(np.maximum(probabilities[np.ix_(frames, np.array(states))], 1e-12)).tolist()
    score = [emit[0][0], emit[0][1]] + [-math.inf] * (last - 1)
    steps: list[list[int]] = []
    for row in emit[1:]:
        before, score, step = score, [], []
        for s, p in enumerate(row):
            best, taken = before[s], 0
            if s and before[s - 1] > best:
                best, taken = before[s - 1], 1
            if jump[s] and before[s - 2] > best:
                best, taken = before[s - 2], 2
            score.append(best + p)
            step.append(taken)
        steps.append(step)
    at = last if score[last] >= score[last - 1] else last - 1
    if score[at] == -math.inf:
        edges = np.linspace(0, len(probabilities), len(labels) + 1).astype(int).tolist()
        return list(pairwise(edges)), np.zeros(len(labels), np.float32)
    path = [at]
    for step in reversed(steps):
        at -= step[at]
        path.append(at)
    path.reverse()
    begins = frames[np.searchsorted(path, np.arange(1, last, 2), side="left")]
    ends = frames[np.searchsorted(path, np.arange(1, last, 2), side="right") - 1] + 1
    runs = list(zip(begins.tolist(), ends.tolist(), strict=True))
    confidence = [float(probabilities[b:e, label].max()) for (b, e), label in zip(runs, labels, strict=True)]
    return runs, np.array(confidence, np.float32)
