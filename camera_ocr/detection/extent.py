"""The quad around the ink of one line, and the line's course in it."""

import numpy as np
from numpy.typing import NDArray

from camera_ocr.curve import PLACES, straight_on
from camera_ocr.detection.course import columns, course
from camera_ocr.geometry import median
from camera_ocr.types import F32, F64, Curve

ABOVE, BELOW = 0.12, 0.07
"""Shares of a long line's columns whose ink may stick out; fewer letters have tails than have heads."""
LONG = 25
"""A long line has at least this many columns, each as wide as a small letter is high."""
MARGIN = 0.08
"""Air around the ink of a line, as a share of the line's height."""
SPECK = 0.12
"""Ink, in squares of the small letters' height, below which a mark far out is not even a dot."""
BENT = 0.2
"""A line whose middle swings over less than this, as a share of its height, is taken for straight: along its
course it reads no better."""
MIN_HEIGHT = 5.0
"""Lower lines cannot be read, px."""


def line_extent(
    x: F64, y: F64, core: NDArray[np.bool_], body: float, stride: int = 1
) -> tuple[F32, Curve | None] | None:
    """Quad in page px around the ink of one line and its course when it is bent; None when it is only specks.

    `stride` is the distance between the pixels that were looked at. `core` tells the ink of the small
    letters, which gives the direction of the line.
    """
    keep = _in_line(x, body, stride)
    x, y, core = x[keep], y[keep], core[keep]
    if len(x) * stride**2 < 8:
        return None
    # What is too short to tell is level.
    known = np.count_nonzero(core) > 8 and float(np.ptp(x[core])) >= 5 * body
    cx, cy, weight = columns(x[core], y[core], body) if known else (np.zeros(0),) * 3
    slope = _slope(cx, cy, weight, body)
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
    quad = np.ascontiguousarray(corners @ back, np.float32)
    cu, cv = (cx + slope * cy) / length, (cy - slope * cx) / length
    middle = course(cu, cv, weight, body)
    if middle is None:
        return quad, None
    upper, lower = _reach(u, v - straight_on(u, cu, middle), core, body)
    upper, lower = upper - stride / 2, lower + stride / 2
    places = straight_on(np.linspace(u0, u1, PLACES), cu, middle) + (upper + lower) / 2
    tall = (1 + 2 * MARGIN) * (lower - upper)
    if float(np.ptp(places)) < BENT * tall:
        return quad, None
    curve = Curve(((places - top) / (bottom - top)).astype(np.float32), tall / (bottom - top))
    return quad, curve


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


def _slope(x: F64, y: F64, base: F64, body: float) -> float:
    """dy/dx of the line's middle by least squares over its columns; level for too few."""
    if len(x) < 2:
        return 0.0
    weight = base
    slope = 0.0
    for _ in range(3):
        total = weight.sum()
        dx, dy = x - weight @ x / total, y - weight @ y / total
        slope = float(weight @ (dx * dy)) / max(1e-9, float(weight @ (dx * dx)))
        off = (dy - slope * dx) / (0.5 * body)
        weight = base / (1.0 + off * off)
    return slope
