"""Found lines held against true ones: overlap, matches, reading order, and what the text of each comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from camera_ocr.types import F32, F64, U8

_OWNED = 0.3
"""A found line of which less than this share lies on a true one is nobody's."""


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """A true line."""

    polygon: F32
    """(n, 2) px."""
    text: str
    findable: bool = True
    """False: enough of it is cut or covered that it neither has to be found nor is wrong when it is."""
    legible: bool = True
    """False: part of it is cut or covered, and nobody can say what it reads."""


@dataclass(frozen=True, slots=True)
class LineScore:
    """Counts of one-to-one matches at one threshold on IoU."""

    found: int = 0
    true: int = 0
    matched: int = 0

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.true
        return 2 * self.matched / total if total else 0.0

    def __add__(self, other: "LineScore") -> "LineScore":
        return LineScore(self.found + other.found, self.true + other.true, self.matched + other.matched)


@dataclass(frozen=True, slots=True)
class TextScore:
    """Edits against the characters of the legible true lines."""

    edits: int = 0
    characters: int = 0
    extra: int = 0
    """Characters read where there is no line; not among the edits."""

    @property
    def cer(self) -> float:
        return self.edits / max(1, self.characters)

    @property
    def cer_with_extra(self) -> float:
        return (self.edits + self.extra) / max(1, self.characters)

    def __add__(self, other: "TextScore") -> "TextScore":
        return TextScore(
            self.edits + other.edits, self.characters + other.characters, self.extra + other.extra
        )


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """Areas in px by filling polygons on a raster of one px."""

    common: F64
    """(found, true)."""
    found: F64
    """(found,)."""
    true: F64
    """(true,)."""

    @property
    def iou(self) -> F64:
        """(found, true) intersection over union, 0..1."""
        union = self.found[:, None] + self.true[None] - self.common
        return np.asarray(self.common / np.maximum(union, 1), np.float64)


def overlaps(found: Sequence[F32], true: Sequence[F32]) -> Overlaps:
    """Of (n, 2) polygons of any shape."""
    common = np.zeros((len(found), len(true)))
    for j, polygon in enumerate(true):
        for i, quad in enumerate(found):
            if (polygon.max(axis=0) < quad.min(axis=0)).any() or (
                quad.max(axis=0) < polygon.min(axis=0)
            ).any():
                continue
            low = np.floor(np.maximum(polygon.min(axis=0), quad.min(axis=0))).astype(int)
            high = np.ceil(np.minimum(polygon.max(axis=0), quad.max(axis=0))).astype(int)
            common[i, j] = np.count_nonzero(_fill(polygon, low, high) & _fill(quad, low, high))
    return Overlaps(
        common, np.array([_raster_area(p) for p in found]), np.array([_raster_area(p) for p in true])
    )


def match(table: F64, least: float) -> list[tuple[int, int]]:
    """One-to-one pairs (found, true) with IoU of at least `least`, the best first."""
    pairs: list[tuple[int, int]] = []
    left = table.copy()
    while left.size and left.max() >= least:
        i, j = np.unravel_index(int(np.argmax(left)), left.shape)
        pairs.append((int(i), int(j)))
        left[i, :] = -1
        left[:, j] = -1
    return pairs


def score_lines(table: Overlaps, truths: Sequence[Truth], least: float) -> LineScore:
    """Matches at IoU `least`; lines that need not be found, and what is found of them, do not count."""
    pairs = match(table.iou, least)
    owned = dict(pairs)
    kept = sum(truth.findable for truth in truths)
    hits = sum(truths[j].findable for _, j in pairs)
    found = 0
    for i in range(len(table.found)):
        j = owned.get(i)
        if j is None and len(truths):
            # a piece of a line that need not be found
            best = int(np.argmax(table.common[i]))
            on_it = table.common[i, best] > _OWNED * table.found[i]
            found += not (on_it and not truths[best].findable)
        else:
            found += j is None or truths[j].findable
    return LineScore(found, kept, hits)


def order_score(table: Overlaps) -> tuple[int, int]:
    """Of the pairs of lines found at IoU 0.5: how many come in the order of the true lines, and how many
    there are."""
    by_found = [true for _, true in sorted(match(table.iou, 0.5))]
    pairs = list(combinations(by_found, 2))
    return sum(a < b for a, b in pairs), len(pairs)


def owners(table: Overlaps) -> list[int | None]:
    """For each found line the true line that most of it lies on; None for a line of nothing."""
    owner: list[int | None] = []
    for i in range(len(table.found)):
        best = int(np.argmax(table.common[i])) if table.common.shape[1] else -1
        owned = best >= 0 and table.common[i, best] > _OWNED * table.found[i]
        owner.append(best if owned else None)
    return owner


def score_text(
    table: Overlaps, quads: Sequence[F32], texts: Sequence[str], truths: Sequence[Truth]
) -> TextScore:
    """What was read, line by line: all that was found on a true line makes its text, from left to right.

    Found lines that belong to a line that is not legible are left out.
    """
    pieces: dict[int, list[tuple[float, str]]] = {}
    extra = 0
    for i, owner in enumerate(owners(table)):
        if owner is None:
            extra += len(plain(texts[i]))
        else:
            pieces.setdefault(owner, []).append((float(quads[i][:, 0].mean()), texts[i]))
    edits = characters = 0
    for j, truth in enumerate(truths):
        if truth.legible:
            read = " ".join(text for _, text in sorted(pieces.get(j, [])))
            edits += edit_distance(read, truth.text)
            characters += len(plain(truth.text))
    return TextScore(edits, characters, extra)


def edit_distance(read: str, true: str) -> int:
    """Levenshtein's, spaces that mean nothing left out."""
    return int(Levenshtein.distance(plain(read), plain(true)))


def plain(text: str) -> str:
    return " ".join(text.split())


def _raster_area(polygon: F32) -> float:
    low, high = np.floor(polygon.min(axis=0)).astype(int), np.ceil(polygon.max(axis=0)).astype(int)
    return float(np.count_nonzero(_fill(polygon, low, high)))


def _fill(polygon: F32, low: NDArray[np.int_], high: NDArray[np.int_]) -> U8:
    """1 inside the polygon, on the raster from `low` to `high`, both (x, y) and included."""
    canvas = np.zeros((int(high[1] - low[1]) + 1, int(high[0] - low[0]) + 1), np.uint8)
    cv2.fillPoly(canvas, [np.round(polygon - low).astype(np.int32)], 1)
    return canvas
