"""Reading order: column by column, top to bottom; lists and tables row by row."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from camera_ocr.geometry import median, quad_angle_deg, transform_points
from camera_ocr.types import F32, F64

NARROW, NARROWER = 6.0, 0.8
"""A column of figures, as on a till receipt, is less wide than so many heights of a line, and than this share
of the text beside it."""
NUMBER = 3.0
"""The numbers before the lines of a list are less wide, in heights of a line."""
IN_ROW = 0.5
"""Lines at one height lie off each other by less than this share of their height."""
ALIGNED, MOSTLY = 0.3, 0.8
"""Two columns make rows where so many lines of the shorter one have a line of the other beside them that lies
off it, but for what all lie off, by less than this share of their height."""
BESIDE = 1.5
"""Half the lines of a column have one of the column beside it within so many heights."""
LONG, STIFF = 3.0, 4.0
"""Lines of so many heights tell how the writing slopes, and lines so many heights apart how that changes."""
APART, LEAN, FEWEST_PAIRS = (3.0, 15.0), 0.12, 12
"""Lines so many heights apart, one below the other, tell how columns lean, by less than this dx/dy; so many
pairs of them at least."""
NEXT_ROW = 1.6
"""Lines lie off those of the next row by at most about so many of their heights."""
MORE = np.arange(-4, 5) * 0.01
"""dy/dx that is tried on top of that of the lines, for all of a page and for the change from its middle to
its foot."""
HIT, COST = 0.2, 1.0
"""Lines so far apart, in heights, are nearly in a row, and the cost of more slope, in rows of each line."""
LATELY = 4
"""A line is at one height with one of so many rows that were begun last, or begins another."""
FEWEST_ROWS = 3
"""Between lines that reach across, fewer rows are no columns: the gaps of words may lie above each other."""
ACROSS = 0.6
"""Lines that fill this share of the width leave no room for columns."""


class _Box(NamedTuple):
    """Where a line lies, px, on a page turned level."""

    left: float
    y: float
    """Of its middle."""
    right: float
    height: float
    slope: float
    """dy/dx of the writing around it."""


def reading_order(quads: Sequence[F32]) -> list[int]:
    """Indices of `quads` in the order a person reads them.

    The lines are turned level by their median angle, then cut again and again: into columns, else into blocks
    one above the other where lines reach across (recursive XY cut, Nagy and Seth 1984). A narrow column that
    makes rows with the one beside it, as prices do, is not read by itself.
    """
    if not quads:
        return []
    return _cut(list(range(len(quads))), _boxes(quads))


def in_rows(quads: Sequence[F32]) -> list[list[int]]:
    """Indices of `quads`, which are in reading order, those together that stand side by side in one row."""
    rows: list[list[int]] = []
    boxes = _boxes(quads) if quads else []
    for i, one in enumerate(boxes):
        before = boxes[i - 1]
        if i and one.left >= before.right - 1 and abs(_below(before, one)) < IN_ROW:
            rows[-1].append(i)
        else:
            rows.append([i])
    return rows


def _boxes(quads: Sequence[F32]) -> list[_Box]:
    """Where each of one quad or more lies on the page turned level by their median angle."""
    angle = np.deg2rad(median(np.array([quad_angle_deg(quad) for quad in quads])))
    cos, sin = np.cos(angle), np.sin(angle)
    turn: F64 = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])
    level = transform_points(np.concatenate(quads), turn).reshape(-1, 4, 2)
    x, y = level[:, :, 0], level[:, :, 1]
    ends = level[:, (2, 3)] - level[:, (1, 0)]
    height = np.hypot(ends[:, :, 0], ends[:, :, 1]).mean(axis=1)
    middle = y.mean(axis=1)
    left, right = x.min(axis=1), x.max(axis=1)
    leaning = _lean(left, middle, height) * (middle - middle.mean())
    left, right = left - leaning, right - leaning
    slopes = _slopes(level, middle, height)
    slopes = slopes + _more_slope(left, middle, right, height, slopes)
    table = np.stack([left, middle, right, height, slopes], axis=1)
    return [_Box(*row) for row in table.tolist()]


def _slopes(quads: F32, middle: F32, height: F32) -> F64:
    """dy/dx of the writing around each of (n, 4, 2) level lines, (n,): perspective has it change evenly down
    the page, and short lines do not tell."""
    along = quads[:, (1, 2)].mean(axis=1) - quads[:, (0, 3)].mean(axis=1)
    weight = np.where(along[:, 0] > LONG * height, along[:, 0] ** 2, 0.0)
    if not weight.any():
        return np.zeros(len(quads))
    own = along[:, 1] / np.maximum(along[:, 0], 1.0)
    down = middle - weight @ middle / weight.sum()
    mean = weight @ own / weight.sum()
    # few lines close together do not tell how it changes
    change = (weight * down) @ (own - mean) / (weight @ (down**2 + (STIFF * height) ** 2))
    return np.asarray(mean + change * down, np.float64)


def _lean(left: F32, middle: F32, height: F32) -> float:
    """dx/dy of the left edges of columns, which perspective leaves where lines were turned level; without it
    gutters are upright."""
    down = middle[None, :] - middle[:, None]
    aside = left[None, :] - left[:, None]
    near = (down > APART[0] * height) & (down < APART[1] * height) & (np.abs(aside) < LEAN * down)
    if np.count_nonzero(near) < FEWEST_PAIRS:
        return 0.0
    return median(aside[near] / down[near])


def _more_slope(left: F32, middle: F32, right: F32, height: F32, slope: F64) -> F64:
    """What to add to dy/dx of the writing around each of n lines, (n,), so that most of those with another
    to their left stand in a row with it: a page that curls runs otherwise between them than along them."""
    if left.max() <= right.min():
        return np.zeros(len(left))
    between = left[None, :] - right[:, None]
    least = np.minimum(height[:, None], height[None, :])
    across = (left + right)[None, :] / 2 - (left + right)[:, None] / 2
    below = middle[None, :] - middle[:, None] - (slope[:, None] + slope[None, :]) / 2 * across
    beside = (between > least) & (np.abs(below) < NEXT_ROW * least)
    if np.count_nonzero(beside.any(axis=0)) < FEWEST_ROWS:
        return np.zeros(len(left))
    other, one = np.nonzero(beside.T)
    off, reach = below[one, other] / least[one, other], across[one, other] / least[one, other]
    span = max(1.0, float(np.ptp(middle)) / 2)
    down = (middle - (middle.max() + middle.min()) / 2) / span
    even, change = (grid.ravel()[:, None] for grid in np.meshgrid(MORE, MORE))
    apart = off - (even + change * (down[one] + down[other]) / 2) * reach
    # of all that a line may stand in a row with, the nearest counts
    first = np.nonzero(np.diff(other, prepend=-1))[0]
    hits = np.maximum.reduceat(np.exp(-((apart / HIT) ** 2)), first, axis=1).sum(axis=1)
    score = hits - COST * len(one) * (np.abs(even) + np.abs(change))[:, 0]
    best = int(score.argmax())
    return np.asarray(even[best, 0] + change[best, 0] * down, np.float64)


def _cut(items: list[int], boxes: Sequence[_Box]) -> list[int]:
    """The lines `items` in reading order."""
    if len(items) <= 1:
        return items
    columns = _columns(items, boxes)
    if len(columns) > 1:
        return [i for column in columns for i in _cut(column, boxes)]
    rows = _rows(items, boxes)
    found = _block_of_columns(rows, boxes)
    if found is None:
        return [i for row in rows for i in row]
    above, block, below = (
        [i for row in part for i in row] for part in (rows[: found.start], rows[found], rows[found.stop :])
    )
    return above + _cut(block, boxes) + _cut(below, boxes)


def _rows(items: list[int], boxes: Sequence[_Box]) -> list[list[int]]:
    """Lines side by side at one height make a row, read left to right."""
    rows: list[list[int]] = []
    for i in sorted(items, key=lambda i: boxes[i].y):
        one = boxes[i]
        best, least = None, IN_ROW
        for row in rows[-LATELY:]:
            nearest = min(row, key=lambda j: abs(boxes[j].left - one.left))
            apart = abs(_below(one, boxes[nearest]))
            if apart < least and all(
                one.left >= boxes[j].right - 1 or one.right <= boxes[j].left + 1 for j in row
            ):
                best, least = row, apart
        if best is None:
            rows.append([i])
        else:
            best.append(i)
    return [sorted(row, key=lambda i: boxes[i].left) for row in rows]


def _below(one: _Box, other: _Box) -> float:
    """How far another line lies below one, along their slope, as a share of the lesser height."""
    across = (other.left + other.right - one.left - one.right) / 2
    slope = (one.slope + other.slope) / 2
    return (other.y - one.y - slope * across) / min(one.height, other.height)


def _columns(items: list[int], boxes: Sequence[_Box]) -> list[list[int]]:
    """Groups of lines with an empty gutter between them, each of at least two lines and to be read by itself;
    one group where there are no such."""
    order = sorted(items, key=lambda i: boxes[i].left)
    gutter = 0.5 * median(np.array([boxes[i].height for i in items]))
    groups = [[order[0]]]
    right = boxes[order[0]].right
    for i in order[1:]:
        if boxes[i].left > right + gutter:
            groups.append([i])
        else:
            groups[-1].append(i)
        right = max(right, boxes[i].right)
    columns, widest = groups[:1], _width(groups[0], boxes)
    number = widest < NUMBER
    for group in groups[1:]:
        off, width = _offsets(columns[-1], group, boxes), _width(group, boxes)
        beside = np.count_nonzero(np.abs(off) < BESIDE) >= 0.5 * len(off)
        narrow = number or width < min(NARROW, NARROWER * widest)
        if len(off) < 2 or not beside or (narrow and _make_rows(off)):
            columns[-1] = columns[-1] + group
            widest, number = max(width, widest), False
        else:
            columns.append(group)
            widest, number = width, width < NUMBER
    return columns


def _width(group: list[int], boxes: Sequence[_Box]) -> float:
    """What a quarter of the lines are wider than, in their heights."""
    widths = sorted((boxes[i].right - boxes[i].left) / boxes[i].height for i in group)
    return widths[3 * len(widths) // 4]


def _offsets(one: list[int], other: list[int], boxes: Sequence[_Box]) -> F64:
    """(n,) for each line of the shorter column how far the nearest of the other lies below it; see _below."""
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    left, y, right, height, slope = np.array([boxes[i] for i in shorter]).T[:, :, None]
    left_b, y_b, right_b, height_b, slope_b = np.array([boxes[i] for i in longer]).T
    below = y_b - y - (slope + slope_b) / 2 * (left_b + right_b - left - right) / 2
    below /= np.minimum(height, height_b)
    nearest = np.abs(below).argmin(axis=1)
    return np.asarray(below[np.arange(len(shorter)), nearest], np.float64)


def _make_rows(offsets: F64) -> bool:
    """Whether lines that lie off their neighbours by so much, in heights, stand in rows with them."""
    all_off = median(offsets)
    aligned = np.count_nonzero(np.abs(offsets - all_off) < ALIGNED)
    return abs(all_off) < IN_ROW and int(aligned) >= MOSTLY * len(offsets)


def _block_of_columns(rows: list[list[int]], boxes: Sequence[_Box]) -> slice | None:
    """Most rows that stand in columns, though others reach across above or below; None when none do."""
    if max(len(row) for row in rows) < 2:
        return None
    best = slice(0, FEWEST_ROWS - 1)
    for start in range(len(rows) - FEWEST_ROWS + 1):
        if len(rows) - start <= best.stop - best.start:
            break
        stop = _gutter_ends(rows, start, boxes)
        block = [i for row in rows[start:stop] for i in row]
        # all of them together were looked at before
        if best.stop - best.start < stop - start < len(rows) and len(_columns(block, boxes)) > 1:
            best = slice(start, stop)
    return best if best.stop - best.start >= FEWEST_ROWS else None


def _gutter_ends(rows: list[list[int]], start: int, boxes: Sequence[_Box]) -> int:
    """The row before which the gutter ends that runs down from row `start`; `start` when none does."""
    around = [boxes[i] for row in rows for i in row]
    width = max(box.right for box in around) - min(box.left for box in around)
    gutter = 0.5 * median(np.array([box.height for box in around]))
    spans: list[tuple[float, float]] = []
    """What of the width the rows from `start` on fill, parted by gutters."""
    end = start
    for stop in range(start, len(rows)):
        spans = _merged(spans + [(boxes[i].left, boxes[i].right) for i in rows[stop]], gutter)
        if len(spans) > 1:
            end = stop + 1
        elif end > start or spans[0][1] - spans[0][0] > ACROSS * width:
            break
    return end


def _merged(spans: list[tuple[float, float]], gutter: float) -> list[tuple[float, float]]:
    """Spans in rising order, those joined that are less than `gutter` apart."""
    joined: list[tuple[float, float]] = []
    for left, right in sorted(spans):
        if joined and left <= joined[-1][1] + gutter:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined
