"""The quad around the ink of one line."""

import numpy as np
from numpy.typing import NDArray

from camera_ocr.geometry import median
from camera_ocr.types import F32, F64

ABOVE, BELOW = 0.12, 0.07
"""Shares of a long line's columns whose ink may stick out; fewer letters have tails than have heads."""
LONG = 25
"""A long line has at least this many columns, each as wide as a small letter is high."""
MARGIN = 0.08
"""Air around the ink of a line, as a share of the line's height."""
SPECK = 0.12
"""Ink, in squares of the small letters' height, below which a mark far out is not even a dot."""
MIN_HEIGHT = 5.0
"""Lower lines cannot be read, px."""


def line_quad(x: F64, y: F64, core: NDArray[np.bool_], body: float, stride: int = 1) -> F32 | None:
    """Quad in page px around the ink of one line, or None when it is only specks.

    `stride` is the distance between the pixels that were looked at. `core` tells the ink of the small
    letters, which gives the direction of the line.
    """
    keep = _in_line(x, body, stride)
    x, y, core = x[keep], y[keep], core[keep]
    if len(x) * stride**2 < 8:
        return None
    slope = _slope(x[core], y[core], body) if np.count_nonzero(core) > 8 else 0.0
    length = np.hypot(1.0, slope)
    along, across = (1.0, slope), (-slope, 1.0)
    u = (x * along[0] + y * along[1]) / length
    v = (x * across[0] + y * across[1]) / length
    u0, u1 = float(u.min()) - stride / 2, float(u.max()) + stride / 2
    top, bottom = _reach(u, v, core, body)
    top, bottom = top - stride / 2, bottom + stride / 2
    height = bottom - top
    if height < MIN_HEIGHT:
        return None
    pad = MARGIN * height
    top, bottom, u0, u1 = top - pad, bottom + pad, u0 - pad, u1 + pad
    corners = np.array([[u0, top], [u1, top], [u1, bottom], [u0, bottom]])
    back = np.array([[along[0], along[1]], [across[0], across[1]]]) / length
    return np.ascontiguousarray(corners @ back, np.float32)


def _in_line(x: F64, body: float, stride: int) -> NDArray[np.bool_]:
    """Which ink is left when specks beyond the ends of the line, far from its words, are cut off."""
    column = ((x - x.min()) / body).astype(np.intp)
    mass = np.bincount(column)
    first, last = 0, len(mass) - 1
    filled = np.nonzero(mass)[0]
    # Runs of columns with ink, parted by gaps of more than two columns.
    ends = np.nonzero(filled[1:] - filled[:-1] > 2)[0]
    starts, stops = filled[np.concatenate([[0], ends + 1])], filled[np.concatenate([ends, [-1]])]
    runs = np.add.reduceat(mass, starts) if len(starts) > 1 else mass.sum()[None]
    heavy = np.nonzero(runs >= SPECK * (body / stride) ** 2)[0]
    if len(heavy):
        first, last = int(starts[heavy[0]]), int(stops[heavy[-1]])
    return np.asarray((column >= first) & (column <= last), np.bool_)


def _reach(u: F64, v: F64, core: NDArray[np.bool_], body: float) -> tuple[float, float]:
    """How far a line reaches up and down, px, from its ink's places along and across it.

    Column by column, the ink's ends are taken; the share of columns that may stick out keeps a flourish,
    or a tail that belongs to a neighbour, from doubling the height of the line.
    """
    column = ((u - u.min()) / body).astype(np.intp)
    columns = int(column.max()) + 1
    highest, lowest = np.full(columns, np.inf), np.full(columns, -np.inf)
    np.minimum.at(highest, column, v)
    np.maximum.at(lowest, column, v)
    inked = highest < np.inf
    # Of a short word nothing may be cut.
    share = min(1.0, np.count_nonzero(inked) / LONG)
    middle = median(v[core] if core.any() else v)
    top = max(_ranked(highest[inked], ABOVE * share), middle - 2.0 * body)
    bottom = min(-_ranked(-lowest[inked], BELOW * share), middle + 1.7 * body)
    return top, bottom


def _ranked(values: F64, share: float) -> float:
    """The value that `share` of the values lie below: np.quantile at a fraction of its cost."""
    ordered = np.sort(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (place - low) * (ordered[high] - ordered[low]))


def _slope(x: F64, y: F64, body: float) -> float:
    """dy/dx of the line's middle by least squares over columns; level for what is too short to tell."""
    width = float(x.max() - x.min())
    if width < 5 * body:
        return 0.0
    column = ((x - x.min()) / (1.5 * body)).astype(np.intp)
    mass = np.bincount(column)
    keep = mass > 0
    cx = np.bincount(column, weights=x)[keep] / mass[keep]
    cy = np.bincount(column, weights=y)[keep] / mass[keep]
    if len(cx) < 2:
        return 0.0
    weight = base = np.minimum(mass[keep], median(mass[keep]))
    slope = 0.0
    for _ in range(3):
        total = weight.sum()
        dx, dy = cx - weight @ cx / total, cy - weight @ cy / total
        slope = float(weight @ (dx * dy)) / max(1e-9, float(weight @ (dx * dx)))
        off = (dy - slope * dx) / (0.5 * body)
        weight = base / (1.0 + off * off)
    return slope
