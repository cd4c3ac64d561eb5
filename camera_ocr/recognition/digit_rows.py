"""Ink -> rows of pieces, each a digit or part of one: what the digit reader puts together and reads.

Pieces of ink are first gathered into rows. Within a row what is too wide for one digit is cut where a path
from top to bottom crosses least ink (as Casey and Lecolinet, "A survey of methods and strategies in character
segmentation", 1996, call it: over-segmentation; which cuts hold is decided by the reader).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.types import F32, U8

ROW_HEIGHT = 56
"""Taller rows are shrunk to digits of this height, px: enough to cut and read them, and quick."""

_INK = 80
"""Ink strength from which a pixel belongs to a piece."""
_SPECK = 0.14
"""Pieces smaller than this share of a digit's height are dirt."""
_WIDE = 0.6
"""Pieces wider than this share of the row's height may be several digits."""
_REACH = 0.22
"""How far a cut may wander to either side, of the row's height."""
_APART = 0.1
"""Least distance between two cuts, of the row's height."""
_STRIDE = 2
"""px between the columns where cuts begin."""

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row of ink, by itself."""

    strength: U8
    """(h, w) ink strength, nothing but this row's ink."""
    owner: Ints
    """(h, w) which piece a pixel belongs to; -1 for paper."""
    boxes: Ints
    """(n, 4) x, y, width, height of the pieces, from left to right."""
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
    owner, pieces = _pieces(np.asarray(strength, np.uint8), height * scale)
    return Row(np.asarray(strength, np.uint8), owner, pieces, height * scale, left, top, scale)


def _pieces(strength: U8, height: float) -> tuple[Ints, Ints]:
    """Pixels by piece, and the pieces' boxes, from left to right."""
    # nothing but this row's ink is left, so even what shrinking made faint belongs to it
    _, mask = cv2.threshold(strength, 39, 255, cv2.THRESH_BINARY)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    split = np.full(strength.shape, -1, np.int32)
    total = 0
    for i in range(1, count):
        x, y, w, h, _ = boxes[i].tolist()
        if max(w, h) < _SPECK * height:
            continue
        part = (slice(y, y + h), slice(x, x + w))
        mine = labels[part] == i
        side = np.zeros((h, w), np.int32)
        if w > _WIDE * height:
            for path in _cuts(np.where(mine, strength[part] * np.float32(1 / 255), np.float32(0)), height):
                side += np.arange(w)[None] > path[:, None]
        numbers, inverse = np.unique(side[mine], return_inverse=True)
        split[part][mine] = total + inverse.reshape(-1)
        total += len(numbers)
    found = [cv2.boundingRect((split == i).astype(np.uint8)) for i in range(total)]
    order = sorted(range(total), key=lambda i: found[i][0] + found[i][2] / 2)
    rank = np.full(total + 1, -1, np.int32)
    rank[order] = np.arange(total)
    return rank[split], np.array([found[i] for i in order], np.int32).reshape(-1, 4)


def _cuts(ink: F32, height: float) -> list[Ints]:
    """Paths from top to bottom, x for each row, that cross little of (h, w) ink 0..1; from left to right."""
    h, w = ink.shape
    reach = max(2, round(_REACH * height))
    starts = np.arange(round(0.1 * height), w - round(0.1 * height), _STRIDE)
    if not len(starts):
        return []
    band = starts[:, None] + np.arange(-reach, reach + 1)
    # beyond the ink's box it is free to go, but not to stay there and so avoid the ink
    cost = np.pad(ink, ((0, 0), (reach, reach)), constant_values=2.0)
    total = cost[0][band + reach]
    steps = np.zeros((h, *total.shape), np.int8)
    aside = np.float32(0.03)
    edge = np.full((len(starts), 1), np.inf, np.float32)
    for y in range(1, h):
        options = np.stack(
            [
                np.hstack([edge, total[:, :-1]]) + aside,
                total,
                np.hstack([total[:, 1:], edge]) + aside,
            ]
        )
        choice = options.argmin(axis=0)
        steps[y] = choice - 1
        total = options.min(axis=0) + cost[y][band + reach]
    at = total.argmin(axis=1)
    crossed = total[np.arange(len(starts)), at]
    paths = np.zeros((len(starts), h), np.int32)
    for y in range(h - 1, -1, -1):
        paths[:, y] = band[np.arange(len(starts)), at]
        at = at + steps[y, np.arange(len(starts)), at]
    mask = np.pad(ink > 0.3, 1).astype(np.uint8)
    # across a stroke the distance to its edge grows evenly to half its width, a quarter of it on average
    pen = 4 * float(cv2.distanceTransform(mask, cv2.DIST_L2, 3)[mask > 0].mean()) if mask.any() else 1.0
    limit = max(2.6 * pen, 0.2 * height)
    kept: list[Ints] = []
    for k in np.argsort(crossed, kind="stable"):
        if crossed[k] > limit or len(kept) >= 2 * w / height + 2:
            break
        right = np.arange(w)[None] > paths[k][:, None]
        sliver = min(float(ink[right].sum()), float(ink[~right].sum())) < 0.3 * pen * height
        if not sliver and all(np.abs(paths[k] - other).mean() >= _APART * height for other in kept):
            kept.append(paths[k])
    return kept
