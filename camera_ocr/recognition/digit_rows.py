"""Ink -> rows, and a row -> the ink of each mark in it, once it is known about where the marks are.

Neighbours are parted where a path from top to bottom crosses least ink (see Casey and Lecolinet, "A survey of
methods and strategies in character segmentation", 1996); how many there are, the row reader says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.recognition.digitprep import INK
from camera_ocr.types import F32, U8

ROW_HEIGHT = 56
"""Taller rows are shrunk to digits of this height, px: enough to cut and read them, and quick."""

_INK = 80
"""Ink strength from which a pixel belongs to a piece."""
_SPECK = 0.14
"""Pieces smaller than this share of a digit's height are dirt."""
_LEAN = 0.35
"""Columns by which a cut may lean to either side for each row away from half way up."""
_BETWEEN = 0.1
"""Share of the way from one mark's middle to the next that a cut keeps from both, half way up."""
_ASIDE = 0.06
"""Cost of a cut's step aside; a pixel of full ink costs 1."""
_OFF_MIDDLE = 0.1
"""Cost of each pixel at one of the marks' middles rather than half way between them."""

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of ink, by itself."""

    strength: U8
    """(h, w) ink strength, nothing but this row's ink."""
    height: float
    """Of a digit in this row, px."""
    left: int
    top: int
    scale: float
    """px of the row per px of the picture."""


def find_rows(ink: U8) -> list[Row]:
    """Rows of (H, W) ink strength (255 = ink), from top to bottom, those side by side from left to right."""
    if not ink.size:
        return []
    _, mask = cv2.threshold(ink, _INK - 1, 255, cv2.THRESH_BINARY)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    if count < 2:
        return []
    typical = _typical_height(boxes[1:])
    large = [i for i in range(1, count) if max(boxes[i, 2:4]) >= _SPECK * typical]
    return [_cut_out(ink, labels, boxes, members) for members in _gather(boxes, large, typical)]


def _typical_height(boxes: Ints) -> float:
    """Height of a digit, px: the median over the ink's height, so that specks do not count."""
    heights = np.sort(boxes[:, cv2.CC_STAT_HEIGHT]).astype(np.float64)
    total = np.cumsum(heights**2)
    return float(heights[int(np.searchsorted(total, total[-1] / 2))])


def _gather(boxes: Ints, chosen: list[int], typical: float) -> list[list[int]]:
    """Pieces that stand beside each other, by row; small ones join the row they are part of."""
    rows: list[list[int]] = []

    def fit(piece: int, row: list[int]) -> float:
        """Share of the piece's height that lies beside what is near it in the row; 0 when that is far off."""
        x, y, w, h = boxes[piece, :4].tolist()
        gaps = [max(boxes[m, 0] - x - w, x - boxes[m, 0] - boxes[m, 2]) for m in row]
        if min(gaps) > 3.0 * typical:
            return 0.0
        near = boxes[[m for m, gap in zip(row, gaps, strict=True) if gap <= max(min(gaps), typical)]]
        top, bottom = int(near[:, 1].min()), int((near[:, 1] + near[:, 3]).max())
        if h < 0.5 * typical:
            # a bar over a 5, a dot of ink under a 2
            top, bottom = round(top - 0.25 * typical), round(bottom + 0.1 * typical)
        overlap = min(y + h, bottom) - max(y, top)
        return float(overlap / max(1, min(h, bottom - top)))

    tall = [i for i in chosen if boxes[i, 3] >= 0.5 * typical]
    small = [i for i in chosen if boxes[i, 3] < 0.5 * typical]
    for piece in [*sorted(tall, key=lambda i: int(boxes[i, 0])), *small]:
        fits = [fit(piece, row) for row in rows]
        best = int(np.argmax(fits)) if fits else 0
        if fits and fits[best] >= 0.4:
            rows[best].append(piece)
        elif boxes[piece, 3] >= 0.5 * typical:
            rows.append([piece])
    middles = [float(np.mean([boxes[i, 1] + boxes[i, 3] / 2 for i in row])) for row in rows]
    lefts = [min(int(boxes[i, 0]) for i in row) for row in rows]
    order = sorted(range(len(rows)), key=lambda r: (round(middles[r] / (0.8 * typical)), lefts[r]))
    return [rows[r] for r in order]


def _cut_out(ink: U8, labels: Ints, boxes: Ints, members: list[int]) -> Row:
    chosen = boxes[members]
    left, top = int(chosen[:, 0].min()), int(chosen[:, 1].min())
    right, bottom = int((chosen[:, 0] + chosen[:, 2]).max()), int((chosen[:, 1] + chosen[:, 3]).max())
    pad = 2
    left, top = max(0, left - pad), max(0, top - pad)
    part = (slice(top, bottom + pad), slice(left, right + pad))
    mine = np.isin(labels[part], members).astype(np.uint8) * 255
    # the soft edge of a stroke is below the threshold, but it is the stroke's
    strength = cv2.bitwise_and(ink[part], cv2.dilate(mine, np.ones((3, 3), np.uint8)))
    height = float(np.median(chosen[chosen[:, 3] >= 0.5 * chosen[:, 3].max(), 3]))
    scale = min(1.0, ROW_HEIGHT / height)
    if scale < 1.0:
        size = (max(1, round(strength.shape[1] * scale)), max(1, round(strength.shape[0] * scale)))
        strength = cv2.resize(strength, size, interpolation=cv2.INTER_AREA)
    return Row(np.asarray(strength, np.uint8), height * scale, left, top, scale)


def cut_apart(ink: U8, middles: Sequence[float]) -> list[U8]:
    """The ink of a row by mark, each (H, W) with nothing of the others.

    Neighbours are parted along the path from top to bottom that crosses least ink. `middles` is about where
    each mark is, x in px, rising; no marks have no ink.
    """
    if not middles:
        return []
    h, w = ink.shape
    columns = np.arange(w)[None]
    paths = [np.zeros(h, np.int32)]
    paths += [_seam(ink, one, other) for one, other in pairwise(middles)]
    paths.append(np.full(h, w, np.int32))
    return [
        np.where((columns >= left[:, None]) & (columns < right[:, None]), ink, 0).astype(np.uint8)
        for left, right in pairwise(paths)
    ]


def _seam(ink: U8, one: float, other: float) -> Ints:
    """x of the cut for each of the H rows, between two marks at the columns `one` and `other`."""
    h, w = ink.shape
    middle, apart = (one + other) / 2, max(1.0, other - one)
    # slanted writing is parted by slanted cuts, but half way up they stay between the two
    reach = (0.5 - _BETWEEN) * apart + _LEAN * np.abs(np.arange(h) - h / 2)[:, None]
    first = max(0, min(w - 1, int(middle - reach.max())))
    last = max(first + 1, min(w, int(middle + reach.max()) + 2))
    x = np.arange(first, last, dtype=np.float32)[None]
    off = np.abs(x - middle)
    empty = (ink[:, first:last].max(axis=0) < INK) & (off[0] <= (0.5 - _BETWEEN) * apart)
    if empty.any():
        return np.full(h, first + int(np.where(empty, off[0], np.inf).argmin()), np.int32)
    cost = ink[:, first:last].astype(np.float32) / 255
    cost += np.where(off > reach, 10 + off, 2 * _OFF_MIDDLE * off / apart).astype(np.float32)
    total = cost[0]
    steps = np.zeros(cost.shape, np.int8)
    for y in range(1, h):
        near = np.stack([_shifted(total, 1), total, _shifted(total, -1)])
        near[[0, 2]] += _ASIDE
        choice = near.argmin(axis=0)
        steps[y] = choice - 1
        total = near.min(axis=0) + cost[y]
    path = np.zeros(h, np.int32)
    at = int(total.argmin())
    for y in range(h - 1, -1, -1):
        path[y] = first + at
        at += int(steps[y, at])
    return path


def _shifted(values: F32, by: int) -> F32:
    """Moved to the right by `by` columns, which come in with infinite cost."""
    out = np.full_like(values, np.inf)
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out
