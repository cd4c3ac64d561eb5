"""Part lines that run on across a narrow gutter between two columns of text.

Gaps between words fall anywhere along a line; a gap that lies at one place in line after line is a gutter.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from camera_ocr.geometry import median
from camera_ocr.types import U8, Ints

STEP = 3.0
"""Places along a line are told apart by the height of small letters over this."""
NARROWEST = 1.0
"""Width of a gutter in heights of small letters; letters of one word lie closer."""
COLUMN = 6.0
"""Least width of a column of text, in heights of small letters: a list's figures are narrower."""
LINES = 5
"""A gutter parts at least so many lines."""
CLEAR = 0.85
"""And this share of those that lie on both its sides; a heading may run across."""
WIDER = 1.8
"""A gutter is so many times as wide as a gap between words."""
WORDS = 3
"""Fewer gaps a line than so many are not all that there are between words."""
SLANTS = (0.0, -0.02, 0.02, -0.04, 0.04)
"""dx/dy of gutters that are looked for: what perspective leaves of them on a page turned level."""
MOST = 3
"""Gutters on one page."""


def part_columns(lines: Sequence[Ints], x: Ints, y: Ints, body: float) -> list[Ints]:
    """The ink of each line, parted where a gutter runs through.

    Args:
        lines: (n,) which pixels of ink make a line, for each.
        x, y: place of every pixel of ink, px.
        body: height of small letters, px.
    """
    parted = list(lines)
    for _ in range(MOST):
        found = _gutter(parted, x, y, body)
        if found is None:
            break
        places, slant = found
        for i, place in places:
            left = x[parted[i]] - slant * y[parted[i]] < place
            parted[i], right = parted[i][left], parted[i][~left]
            parted.append(right)
    return parted


def _gutter(
    lines: Sequence[Ints], x: Ints, y: Ints, body: float
) -> tuple[list[tuple[int, float]], float] | None:
    """The lines that the clearest gutter parts, each with the x, px, that its gap would have at the top of
    the page, and the gutter's slant.
    """
    step = body / STEP
    wide = [i for i, line in enumerate(lines) if np.ptp(x[line]) > 2 * COLUMN * body]
    if len(wide) < LINES:
        return None
    middle = np.array([y[lines[i]].mean() for i in wide])
    most, best = 0, None
    for slant in SLANTS:
        # the lines are level: all of one is moved alike
        starts = slant * middle
        origin = min(x[lines[i]].min() - start for i, start in zip(wide, starts, strict=True))
        ends = max(x[lines[i]].max() - start for i, start in zip(wide, starts, strict=True))
        inked = np.zeros((len(wide), int((ends - origin) / step) + 1), np.uint8)
        within = np.zeros(inked.shape, bool)
        margin = int(COLUMN * STEP)
        for row, (i, start) in enumerate(zip(wide, starts, strict=True)):
            places = ((x[lines[i]] - start - origin) / step).astype(np.intp)
            inked[row, places] = 1
            within[row, places.min() + margin : places.max() - margin + 1] = True
        gap = cv2.morphologyEx(1 - inked, cv2.MORPH_OPEN, np.ones((1, int(NARROWEST * STEP)), np.uint8))
        free = (gap > 0) & within
        count, of = free.sum(axis=0), within.sum(axis=0)
        good = (count >= LINES) & (count >= CLEAR * of)
        if not good.any():
            continue
        clearest = int(count[good].max())
        if clearest <= most:
            continue
        chosen = np.nonzero(good & (count == clearest))[0]
        column = int(chosen[len(chosen) // 2])
        if not _is_wider(inked[free[:, column]], column):
            continue
        parts = []
        for row in np.nonzero(within[:, column])[0].tolist():
            at = _nearest_gap(inked[row], column, margin // 4)
            if at is not None:
                parts.append((wide[row], float(origin + (at + 0.5) * step)))
        most, best = clearest, (parts, slant)
    return best


def _is_wider(inked: U8, column: int) -> bool:
    """Whether the gaps of lines, (n, places), at one place are wider than those between their words."""
    here: list[int] = []
    others: list[int] = []
    for row in inked:
        filled = np.nonzero(row)[0]
        gaps = filled[1:] - filled[:-1] - 1
        at = int(np.searchsorted(filled, column)) - 1
        here.append(int(gaps[at]))
        others += gaps[(gaps > 0) & (np.arange(len(gaps)) != at)].tolist()
    words = np.array([gap for gap in others if gap >= STEP / 2])
    if len(words) < WORDS * len(inked):
        # of narrow print; what is wide are the other gutters
        words = np.array(others)
    return not len(words) or median(np.array(here)) >= WIDER * median(words)


def _nearest_gap(inked: U8, column: int, reach: int) -> int | None:
    """The place without ink that is nearest to a column and at most so far from it; a tail may reach over the
    gutter.
    """
    free = np.nonzero(inked[max(0, column - reach) : column + reach + 1] == 0)[0] + max(0, column - reach)
    return int(free[np.argmin(np.abs(free - column))]) if len(free) else None
