"""A page of lines put right by a person. Every edit gives a new page, so undoing one is taking the old page.

Lines that change their shape (joined, split, drawn by hand) get new negative ids: they are no longer the
lines that were followed live, which have positive ones.
"""

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from camera_ocr.corrections import correct_line
from camera_ocr.curve import part_of_curve
from camera_ocr.detection.order import reading_order
from camera_ocr.geometry import sub_quad
from camera_ocr.types import F32, FusedLine, Word

STACKED = 0.1
"""A word that begins this part of the line's length before the last one's end stands below it."""


@dataclass(frozen=True, slots=True, eq=False)
class EditedPage:
    """Lines in reading order, and what of them a person said."""

    lines: tuple[FusedLine, ...]
    by_hand: frozenset[int] = frozenset()
    """Ids of lines whose text or box a person gave."""
    removed: frozenset[int] = frozenset()
    """Ids of lines a person took away."""

    def line(self, track_id: int) -> FusedLine | None:
        return next((line for line in self.lines if line.track_id == track_id), None)

    @property
    def free_id(self) -> int:
        """An id that no line of this page has or had."""
        return min(0, *(line.track_id for line in self.lines), *self.removed, *self.by_hand, 0) - 1


def with_text(page: EditedPage, track_id: int, text: str) -> EditedPage:
    """A line says `text`. A page without that line comes back as it is, here and below."""
    lines = tuple(correct_line(one, text) if one.track_id == track_id else one for one in page.lines)
    if page.line(track_id) is None:
        return page
    return dataclasses.replace(page, lines=lines, by_hand=page.by_hand | {track_id})


def without(page: EditedPage, track_ids: Collection[int]) -> EditedPage:
    """The lines are gone."""
    gone = frozenset(track_ids) & {line.track_id for line in page.lines}
    lines = tuple(line for line in page.lines if line.track_id not in gone)
    return EditedPage(lines, page.by_hand - gone, page.removed | gone)


def joined(page: EditedPage, track_ids: Collection[int]) -> EditedPage:
    """Two or more lines made one, in the page's order, where the first was; its box holds all theirs."""
    parts = [line for line in page.lines if line.track_id in track_ids]
    if len(parts) < 2:
        return page
    ids = {line.track_id for line in parts}
    new_id = page.free_id
    whole = FusedLine(
        track_id=new_id,
        quad=_around([line.quad for line in parts]),
        text=" ".join(line.text for line in parts if line.text),
        confidence=min(line.confidence for line in parts),
        votes=min(line.votes for line in parts),
        stable=True,
        words=tuple(word for line in parts for word in _words(line)),
    )
    lines = [whole if line is parts[0] else line for line in page.lines if line not in parts[1:]]
    by_hand = page.by_hand - ids | ({new_id} if ids & page.by_hand else frozenset())
    return dataclasses.replace(page, lines=tuple(lines), by_hand=by_hand)


def split(page: EditedPage, track_id: int, at: int | None = None) -> EditedPage:
    """One line made two before the character `at` of its text; None splits at the widest gap between words.

    The page comes back as it is when there would be nothing on one side.
    """
    line = page.line(track_id)
    if line is None:
        return page
    words = _words(line)
    if at is None:
        at = _widest_gap(line, words)
    left, right = line.text[:at].rstrip(), line.text[at:].lstrip()
    if not left or not right:
        return page
    count = len(left.split())
    ids = page.free_id, page.free_id - 1
    if left.split()[-1] != words[count - 1].text:
        # inside a word: nobody knows where its letters are
        place = _place(line, words, at)
        pieces = [
            dataclasses.replace(
                correct_line(dataclasses.replace(part, track_id=ids[i], ink=0, alternatives=()), text),
                confidence=line.confidence,
            )
            for i, (part, text) in enumerate(zip(_cut(line, place), (left, right), strict=True))
        ]
    else:
        sides = words[:count], words[count:]
        pieces = [
            dataclasses.replace(part, track_id=ids[i], text=text, words=sides[i], ink=0, alternatives=())
            for i, (part, text) in enumerate(zip(_cut_between(line, *sides), (left, right), strict=True))
        ]
    row = page.lines.index(line)
    by_hand = page.by_hand
    if track_id in by_hand:
        by_hand = by_hand - {track_id} | set(ids)
    return dataclasses.replace(
        page, lines=(*page.lines[:row], *pieces, *page.lines[row + 1 :]), by_hand=by_hand
    )


def with_box(
    page: EditedPage, quad: F32, text: str, confidence: float, words: tuple[Word, ...]
) -> EditedPage:
    """A line more, whose box (4, 2) px a person drew, where it belongs in reading order.

    The other lines keep their order, which a person may have changed.
    """
    new = FusedLine(page.free_id, quad, text, confidence, 1 if text else 0, True, words)
    everything = [*page.lines, new]
    order = reading_order([line.quad for line in everything])
    at = order.index(len(everything) - 1)
    followers = order[at + 1 :]
    row = followers[0] if followers else len(page.lines)
    lines = (*page.lines[:row], new, *page.lines[row:])
    return dataclasses.replace(page, lines=lines, by_hand=page.by_hand | {new.track_id})


def moved(page: EditedPage, track_id: int, step: int) -> EditedPage:
    """A line `step` places further down; negative: up. At the end of the page it stays where it is."""
    line = page.line(track_id)
    if line is None:
        return page
    others = [one for one in page.lines if one is not line]
    row = min(len(others), max(0, page.lines.index(line) + step))
    if row == page.lines.index(line):
        return page
    return dataclasses.replace(page, lines=(*others[:row], line, *others[row:]))


def _around(quads: list[F32]) -> F32:
    """The smallest box that holds all the quads and runs as the first of them does."""
    along = np.asarray(quads[0][1] - quads[0][0] + quads[0][2] - quads[0][3], np.float64)
    along /= max(1e-6, float(np.hypot(*along)))
    axes = np.stack([along, [-along[1], along[0]]])
    points = np.concatenate(quads).astype(np.float64) @ axes.T
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    box = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    return np.ascontiguousarray(box @ axes, np.float32)


def _reach(line: FusedLine, word: Word) -> tuple[float, float]:
    """Where a word begins and ends along its line, 0..1."""
    origin = (line.quad[0] + line.quad[3]) / 2
    along = (line.quad[1] + line.quad[2]) / 2 - origin
    length = max(1e-6, float(along @ along))
    places = (word.quad - origin) @ along / length
    return float(np.clip(places.min(), 0, 1)), float(np.clip(places.max(), 0, 1))


def _words(line: FusedLine) -> tuple[Word, ...]:
    """The line's words, each with a box, though nobody may have said where they are."""
    if [word.text for word in line.words] == line.text.split():
        return line.words
    return correct_line(line, line.text).words


def _widest_gap(line: FusedLine, words: tuple[Word, ...]) -> int:
    """Index into the line's text of the word behind its widest gap; 0 when there is one word only."""
    at, widest, best = 0, -1.0, 0
    for before, word in pairwise(words):
        at += len(before.text) + 1
        # a word far back stands below the others, where lines were joined
        gap = abs(_reach(line, word)[0] - _reach(line, before)[1])
        if gap > widest:
            widest, best = gap, at
    return best


def _cut(line: FusedLine, place: float) -> tuple[FusedLine, FusedLine]:
    """The line once before and once behind a fraction of its length; text and words are not parted."""

    def part(start: float, end: float) -> FusedLine:
        quad, curve = sub_quad(line.quad, start, end), part_of_curve(line.curve, start, end)
        return dataclasses.replace(line, quad=quad, curve=curve)

    return part(0.0, place), part(place, 1.0)


def _cut_between(
    line: FusedLine, left: tuple[Word, ...], right: tuple[Word, ...]
) -> tuple[FusedLine, FusedLine]:
    """The line once with the place of each part: its own, cut in the gap, or around the words where they
    stand in rows."""
    end, start = _reach(line, left[-1])[1], _reach(line, right[0])[0]
    if start < end - STACKED:
        first, second = (
            dataclasses.replace(line, quad=_around([word.quad for word in side]), curve=None)
            for side in (left, right)
        )
        return first, second
    return _cut(line, min(0.99, max(0.01, (start + end) / 2)))


def _place(line: FusedLine, words: tuple[Word, ...], at: int) -> float:
    """Where along the line, 0..1, the word that has the character `at` inside is to be cut before it."""
    begin = 0
    for word in words:
        if at < begin + len(word.text):
            start, end = _reach(line, word)
            return start + (end - start) * (at - begin) / len(word.text)
        begin += len(word.text) + 1
    return 0.5
