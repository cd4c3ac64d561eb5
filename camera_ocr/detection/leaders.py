"""Part lines at leaders: the dots or dashes that lead the eye from a dish to its price are no writing."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from camera_ocr.detection.bodies import Components
from camera_ocr.geometry import median
from camera_ocr.types import Ints

FLAT, LOW, ROUND = 0.3, 0.45, 1.5
"""Dashes are lower than the first share of the height of letters, dots than the second; a dot is at most so
many times as wide as high."""
LETTERS = 0.8
"""Letters are as high as so much of a line's ink is at most: dots may be most of it."""
FEWEST, LONG = 5, 3.0
"""Marks of a leader at least, and its least length in heights of letters."""
ALIKE, MOSTLY = 1.7, 0.7
"""So many times as wide as the others at most is this share of its marks, and as narrow."""
FILLED = 0.5
"""Or else marks have run together: this share of its length is ink."""
LINES, FEW = 2, 2
"""Where so many lines have leaders, so few marks may be what is left of one."""
STEP, EVEN = 2.5, 3.0
"""Gap between two marks at most, in heights of letters, and so many times as far apart as is usual."""
RISE = 0.35
"""From mark to mark a leader rises or falls by less than this, in heights of letters."""


def part_at_leaders(lines: Sequence[Ints], parts: Components, body: float) -> list[Ints]:
    """The ink of each line without its leaders, in two parts or more where one has writing on both its sides.

    Args:
        lines: (n,) which pixels of ink make a line, for each.
        parts: the pieces of ink.
        body: height of small letters, px.
    """
    few = _lines_with_marks(lines, parts, body)
    if not few:
        return list(lines)
    runs = [_runs(line, parts, body) if k in few else [] for k, line in enumerate(lines)]
    leaders = [[run for run in some if _is_leader(run, parts, body)] for some in runs]
    if sum(map(bool, leaders)) >= LINES:
        runs = [_runs(line, parts, body) for line in lines]
        leaders = [[run for run in some if len(run) >= FEW or _is_leader(run, parts, body)] for some in runs]
    parted = (_without(line, some, parts) for line, some in zip(lines, leaders, strict=True))
    return [part for some in parted for part in some]


def _lines_with_marks(lines: Sequence[Ints], parts: Components, body: float) -> set[int]:
    """Which of the lines may have a leader; on most pages none, which is soon told."""
    line_of_pixel = np.full(len(parts.x), -1)
    for k, line in enumerate(lines):
        line_of_pixel[line] = k
    line_of = np.full(len(parts.area), -1)
    line_of[parts.of_pixel] = line_of_pixel
    marks = np.nonzero((parts.box[:, 3] <= LOW * body) & (line_of >= 0))[0]
    if not len(marks):
        return set()
    marks = marks[np.lexsort((parts.box[marks, 0], line_of[marks]))]
    left, top, width, height = parts.box[marks].T
    right, middle, of = left + width, top + height / 2, line_of[marks]
    gap = left[1:] - right[:-1]
    follows = (gap >= 0) & (gap <= STEP * body) & (np.abs(np.diff(middle)) < RISE * body) & (np.diff(of) == 0)
    first = np.nonzero(np.r_[True, ~follows])[0]
    length = right[np.r_[first[1:] - 1, -1]] - left[first]
    count = np.diff(np.r_[first, len(marks)])
    filled = np.add.reduceat(width, first) >= FILLED * length
    return set(of[first[(length >= LONG * body) & (filled | (count >= FEWEST))]].tolist())


def _runs(line: Ints, parts: Components, body: float) -> list[Ints]:
    """Pieces of a line that are low marks following each other, with no letter between or over them."""
    of_line = parts.of_pixel[line]
    pieces = np.nonzero(np.bincount(of_line))[0]
    heights = np.sort(parts.body[of_line])
    letters = min(body, max(0.3 * body, float(heights[int(LETTERS * (len(line) - 1))])))
    left, _, width, height = parts.box[pieces].T
    dot = (height <= LOW * letters) & (width <= ROUND * height + parts.stride)
    low = dot | (height <= FLAT * letters)
    starts, ends = left[~low], (left + width)[~low]
    under = ((left[:, None] < ends) & ((left + width)[:, None] > starts)).any(axis=1)
    marks = pieces[low & ~under]
    marks = marks[np.argsort(parts.box[marks, 0], kind="stable")]
    runs: list[list[int]] = [[]]
    for mark in marks.tolist():
        if runs[-1] and not _follows(parts, runs[-1][-1], mark, letters, starts):
            runs.append([])
        runs[-1].append(mark)
    return [even for run in runs if run for even in _even_parts(np.array(run), parts)]


def _follows(parts: Components, one: int, other: int, letters: float, starts: Ints) -> bool:
    """Whether a mark is the next after `one`, when letters begin at x = `starts`."""
    (left, top, width, height), (x, y, _, h) = parts.box[one].tolist(), parts.box[other].tolist()
    gap, rise = x - left - width, y + h / 2 - top - height / 2
    between = ((starts > left) & (starts < x)).any()
    return bool(0 <= gap <= STEP * letters and abs(rise) < RISE * letters and not between)


def _even_parts(run: Ints, parts: Components) -> list[Ints]:
    """A run of marks, parted where they are far farther apart than elsewhere."""
    if len(run) < 3:
        return [run]
    middle = parts.box[run, 0] + parts.box[run, 2] / 2
    step = np.diff(middle)
    return np.split(run, np.nonzero(step > EVEN * median(step))[0] + 1)


def _is_leader(run: Ints, parts: Components, body: float) -> bool:
    """Whether a run of marks is surely a leader."""
    left, _, width, height = parts.box[run].T
    length = left[-1] + width[-1] - left[0]
    if length < LONG * body:
        return False
    usual = median(width)
    alike = (width <= ALIKE * usual + parts.stride) & (width >= usual / ALIKE - parts.stride)
    even = len(run) >= FEWEST and np.count_nonzero(alike) >= MOSTLY * len(run)
    return bool(even or (height.max() <= FLAT * body and width.sum() >= FILLED * length))


def _without(line: Ints, leaders: Sequence[Ints], parts: Components) -> list[Ints]:
    """The ink of a line between its leaders."""
    if not leaders:
        return [line]
    box = parts.box
    ends = (
        [-np.inf] + [(box[run[0], 0] + box[run[-1], 0] + box[run[-1], 2]) / 2 for run in leaders] + [np.inf]
    )
    rest = line[~np.isin(parts.of_pixel[line], np.concatenate(leaders))]
    between = [rest[(parts.x[rest] >= a) & (parts.x[rest] < b)] for a, b in pairwise(ends)]
    return [part for part in between if len(part)]
