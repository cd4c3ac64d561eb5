"""Make lines out of bands: across the gaps between words, but not across the gutter between columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from camera_ocr.types import F64, Ints

NEAR_GAP = 3.5
"""Gaps up to this many body heights are gaps between words on any page."""
MAX_WORD_GAP = 7.0
"""Wider gaps are never typical of the words of a page."""
FAR_GAP = 14.0
"""Wider gaps part two lines."""
OVERLAP = 5.0
"""Words written over one another's ends, as slanted capitals are, may overlap this much, in body heights."""
ALONE_GAP = 8.0
"""The widest gap that is bridged where no line above or below tells words from columns."""
WINDOW = 9.0
"""How far above and below, in body heights, is looked for a gutter."""


@dataclass(frozen=True, slots=True, eq=False)
class Strips:
    """Bands, or lines made of several, as straight strips; all (n,) f64 in px; entry 0 is nothing."""

    mass: F64
    """Ink, px."""
    left: F64
    right: F64
    x: F64
    """Middle of the ink."""
    y: F64
    slope: F64
    """dy/dx."""

    def height_at(self, x: F64) -> F64:
        """y of each strip's axis at x."""
        return self.y + self.slope * (x - self.x)


def measure(owner: Ints, x: F64, y: F64, around: F64, body: float) -> Strips:
    """Strips from ink pixels (n,) and the strip each belongs to; 0 is nobody's.

    A short strip has no slope of its own: it is drawn towards the slope `around` it, (count,) dy/dx.
    """
    count = len(around)
    mass = np.bincount(owner, minlength=count).astype(np.float64)
    safe = np.maximum(mass, 1)
    mean_x = np.bincount(owner, weights=x, minlength=count) / safe
    mean_y = np.bincount(owner, weights=y, minlength=count) / safe
    dx, dy = x - mean_x[owner], y - mean_y[owner]
    var = np.bincount(owner, weights=dx * dx, minlength=count) / safe
    cov = np.bincount(owner, weights=dx * dy, minlength=count) / safe
    left, right = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(left, owner, x)
    np.maximum.at(right, owner, x)
    left[mass == 0], right[mass == 0] = 0.0, -1.0
    prior = (4.0 * body) ** 2
    slope = (cov + prior * around) / (var + prior)
    return Strips(mass, left, right, mean_x, mean_y, slope)


def join_words(strips: Strips, home: Ints, body: float) -> Ints:
    """The line each strip belongs to, (n,): strips of one line share a number; entry 0 stays 0.

    Strips whose `home` is another strip go where that one goes.
    """
    parent = np.arange(len(strips.mass))
    links = _links(strips, home == parent, body)
    taken = np.zeros((2, len(parent)), bool)
    word_gap = _word_gap(links, body)
    for far in (False, True):
        near = _roots(parent)
        for i, j, gap in zip(links.left, links.right, links.gap, strict=True):
            if (gap > word_gap) != far or taken[0, i] or taken[1, j]:
                continue
            if far and not _is_word_gap(strips, near, i, j, gap, body):
                continue
            taken[0, i] = taken[1, j] = True
            _union(parent, i, j)
    return _roots(parent)[home]


@dataclass(frozen=True, slots=True, eq=False)
class _Links:
    """Pairs of strips that may follow one another on a line, the best fitting first; all (n,)."""

    left: Ints
    right: Ints
    gap: F64
    """Between their ends, px; negative where they overlap."""


def _links(strips: Strips, free: NDArray[np.bool_], body: float) -> _Links:
    real = np.nonzero((strips.mass > 0) & free)[0]
    real = real[real > 0]
    i, j = (grid.ravel() for grid in np.meshgrid(real, real, indexing="ij"))
    gap = strips.left[j] - strips.right[i]
    near = (gap < FAR_GAP * body) & (gap > -OVERLAP * body) & (strips.x[j] > strips.x[i])
    i, j, gap = i[near], j[near], gap[near]
    middle = (strips.right[i] + strips.left[j]) / 2
    end = strips.y[i] + strips.slope[i] * (middle - strips.x[i])
    begin = strips.y[j] + strips.slope[j] * (middle - strips.x[j])
    step = np.abs(end - begin)
    limit = max(0.95 * body, 0.42 * _pitch(strips, real, body))
    fits = step < limit + 0.06 * np.maximum(gap, 0)
    i, j, gap, step = i[fits], j[fits], gap[fits], step[fits]
    order = np.argsort(np.maximum(gap, -0.5 * gap) + 4.0 * step, kind="stable")
    return _Links(i[order], j[order], gap[order])


def _pitch(strips: Strips, real: Ints, body: float) -> float:
    """Typical distance from a line to the next one below, px; 0 when there are too few lines to tell."""
    long = real[strips.right[real] - strips.left[real] > 6 * body]
    if len(long) < 4:
        return 0.0
    middle = strips.x[long]
    below = strips.y[long][None, :] + strips.slope[long][None, :] * (
        middle[:, None] - strips.x[long][None, :]
    )
    step = below - strips.y[long][:, None]
    beside = (strips.left[long][None, :] > middle[:, None]) | (strips.right[long][None, :] < middle[:, None])
    step[beside | (step < body)] = np.inf
    nearest = step.min(axis=1)
    nearest = nearest[np.isfinite(nearest)]
    return float(min(np.median(nearest), 5.0 * body)) if len(nearest) else 0.0


def _word_gap(links: _Links, body: float) -> float:
    """The widest gap, px, taken for one between words: some hands, and some print, set words far apart.

    Only gaps in rows of three words and more tell; two words with a wide gap may stand in two columns.
    """
    _, first = np.unique(links.left, return_index=True)
    _, last = np.unique(links.right, return_index=True)
    inner = np.isin(links.left[first], links.right[last]) | np.isin(links.right[first], links.left[first])
    gaps = links.gap[first][inner]
    gaps = gaps[(gaps > 0.5 * body) & (gaps < MAX_WORD_GAP * body)]
    if len(gaps) < 5:
        return NEAR_GAP * body
    return float(np.clip(1.7 * np.median(gaps), NEAR_GAP * body, MAX_WORD_GAP * body))


def _roots(parent: Ints) -> Ints:
    roots = parent.copy()
    while True:
        up = roots[roots]
        if (up == roots).all():
            return roots
        roots = up


def _union(parent: Ints, i: int, j: int) -> None:
    while parent[i] != i:
        i = int(parent[i])
    while parent[j] != j:
        j = int(parent[j])
    parent[max(i, j)] = min(i, j)


def _is_word_gap(strips: Strips, near: Ints, i: int, j: int, gap: float, body: float) -> bool:
    """Whether i and j are both words, and lines above and below run across the gap between them."""
    if min(strips.right[i] - strips.left[i], strips.right[j] - strips.left[j]) < body:
        return False
    middle = (strips.right[i] + strips.left[j]) / 2
    level = (strips.y[i] + strips.y[j]) / 2
    n = len(near)
    left, right = np.full(n, np.inf), np.full(n, -np.inf)
    np.minimum.at(left, near, strips.left)
    np.maximum.at(right, near, strips.right)
    height = np.where(strips.mass > 0, strips.height_at(np.full(n, middle)), np.inf)
    around = (np.abs(height - level) < WINDOW * body) & (strips.mass > 0)
    around &= (near != near[i]) & (near != near[j])
    wide = right - left > 2 * body
    lines = np.unique(near[around & wide[near]])
    across = np.count_nonzero((left[lines] < middle - body) & (right[lines] > middle + body))
    ends = np.count_nonzero((right[lines] <= middle + body) & (right[lines] > middle - FAR_GAP * body))
    begins = np.count_nonzero((left[lines] >= middle - body) & (left[lines] < middle + FAR_GAP * body))
    parted = min(ends, begins)
    if across + parted == 0:
        return gap < ALONE_GAP * body
    # Gaps between words may fall one below the other for a few lines, but never on all.
    return bool(parted < 2 or 2 * across > parted)


def absorb_satellites(strips: Strips, line: Ints, attached: Ints, body: float) -> Ints:
    """Give rows of dots, accents, crossbars and tails to the line they belong to.

    `line` (n,) numbers the line of each strip; `attached` (n,) is the strip whose letters a strip's ink is
    part of, or 0. Returns `line` with satellites moved.
    """
    n = len(line)
    mass = np.bincount(line, weights=strips.mass, minlength=n)
    left, right = np.full(n, np.inf), np.full(n, -np.inf)
    np.minimum.at(left, line, strips.left)
    np.maximum.at(right, line, strips.right)
    owner = line.copy()
    for s in np.unique(line[strips.mass > 0]):
        members = np.nonzero((line == s) & (strips.mass > 0))[0]
        if s == 0 or right[s] - left[s] > 6 * body:
            continue
        x = float((strips.x[members] * strips.mass[members]).sum() / mass[s])
        y = float((strips.y[members] * strips.mass[members]).sum() / mass[s])
        apart = np.abs(strips.height_at(np.full(n, x)) - y)
        beside = np.maximum(0, np.maximum(strips.left - x, x - strips.right))
        other = (line != s) & (line > 0) & (strips.mass > 0) & (beside < 2.5 * body)
        held = line[attached[members][attached[members] > 0]]
        loose = (apart < 1.7 * body) & (mass[line] > 4 * mass[s])
        near = other & np.where(np.isin(line, held), apart < 2.2 * body, loose)
        if near.any():
            chosen = np.nonzero(near)[0]
            owner[members] = line[chosen[np.argmin(apart[chosen] + 0.5 * beside[chosen])]]
    # A satellite of a satellite ends at the line in the middle.
    for _ in range(3):
        owner = np.where(owner != line, owner[np.maximum(owner, 0)], owner)
    return owner
