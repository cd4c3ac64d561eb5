"""The course of a line of writing that is not straight: of a page that curls, or of a hand that sags."""

import numpy as np

from camera_ocr.geometry import median
from camera_ocr.types import F64, Ints

COLUMN = 1.5
"""Width of the columns whose ink tells where the line runs, in heights of small letters."""
SHORTEST = 8
"""Columns of a line whose bend can be told."""
PARTS = 6
STRAIGHT = 0.35
"""A line whose parts lie off by less than this, in heights of small letters, is straight."""
STIFF = 4.0
"""Weight of the course's changes of slope against the columns' places: higher is smoother."""
ROUNDS = 3


def columns(x: F64, y: F64, body: float) -> tuple[F64, F64, F64]:
    """Where the ink of a line lies in each column along it, px, and how much that says; all (n,)."""
    place: Ints = ((x - x.min()) / (COLUMN * body)).astype(np.intp)
    mass = np.bincount(place)
    keep = mass > 0
    mass = mass[keep]
    cx = np.bincount(place, weights=x)[keep] / mass
    cy = np.bincount(place, weights=y)[keep] / mass
    return cx, cy, np.minimum(mass, median(mass)).astype(np.float64)


def course(x: F64, y: F64, weight: F64, body: float) -> F64 | None:
    """How far each column's middle lies off the straight line y = 0, (n,) px; None for a straight line.

    `x`, `y`, `weight` are those of `columns`, turned level.
    """
    n = len(x)
    if n < SHORTEST:
        return None
    bounds = np.arange(PARTS) * n // PARTS
    off = y - median(y)
    parts = np.add.reduceat(weight * off, bounds) / np.add.reduceat(weight, bounds)
    if float(np.ptp(parts)) < STRAIGHT * body:
        return None
    # Whittaker's smoother (1923; Eilers 2003), with columns that lie off it weighing less.
    bend = np.zeros((n - 2, n))
    step = np.diff(x) / (COLUMN * body)
    inner = np.arange(n - 2)
    bend[inner, inner], bend[inner, inner + 2] = 1 / step[:-1], 1 / step[1:]
    bend[inner, inner + 1] = -bend[inner, inner] - bend[inner, inner + 2]
    weight = weight / weight.max()
    stiff = STIFF * bend.T @ bend
    robust, middle = weight, off
    for _ in range(ROUNDS):
        middle = np.asarray(np.linalg.solve(stiff + np.diag(robust), robust * y), np.float64)
        miss = (y - middle) / (0.4 * body)
        robust = weight / (1.0 + miss * miss)
    return middle
