"""Find the rows of digits on a page: pieces of ink of like height, side by side.

Lines of writing are found by their bodies of small letters, which digits do not have: one digit by itself, or
a few far apart, would be taken for a mark.
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from camera_ocr.detection.order import reading_order
from camera_ocr.geometry import is_usable, transform_quad
from camera_ocr.types import F32, F64, Page, Region

MAX_ROWS = 120
MAX_PIECES = 1500
"""Of the tallest pieces of ink; more than this are noise, not digits."""

_LOWEST = 10
"""px; digits lower than this cannot be told apart."""
_HIGHEST = 0.7
"""Of the page's height."""
_LIKE = 0.55
"""Digits side by side differ in height by this factor at most."""
_BESIDE = 0.5
"""Least share of the lower one's height that lies beside the other."""
_APART = 1.6
"""Largest gap between two digits of a row, of their height."""
_MARGIN = 0.15
"""Room left around the ink, of the row's height."""
_ENOUGH = 6
"""Digits that tell a row's slope; a hand sets fewer up and down as it likes."""

Ints = NDArray[np.int64]


def find_digit_rows(page: Page) -> list[Region]:
    """Rows in frame px and in reading order; what they hold may still turn out to be no digits."""
    pieces = _pieces(page)
    if not len(pieces):
        return []
    rows = connected_components(csr_matrix(_neighbours(pieces)), directed=False)[1]
    regions = []
    for row in range(int(rows.max()) + 1):
        quad = transform_quad(_quad(pieces[rows == row]), page.to_frame)
        if is_usable(quad):
            regions.append(Region(quad, 1.0))
    order = reading_order([region.quad for region in regions])[:MAX_ROWS]
    return [regions[i] for i in order]


def _pieces(page: Page) -> Ints:
    """(n, 4) left, top, right, bottom of the pieces of ink that may be digits, page px."""
    # a digit whose bar does not quite touch its body is one piece
    near = cv2.dilate(page.ink, np.ones((3, 3), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(near, connectivity=8, ltype=cv2.CV_32S)
    left, top, width, height, _ = boxes[1:].astype(np.int64).T
    page_height = page.ink.shape[0]
    chosen = (height >= _LOWEST) & (height <= _HIGHEST * page_height) & (width <= 12 * height)
    kept = np.flatnonzero(chosen)
    kept = kept[np.argsort(-height[kept], kind="stable")][:MAX_PIECES]
    return np.stack([left, top, left + width, top + height], axis=1)[kept]


def _neighbours(pieces: Ints) -> NDArray[np.bool_]:
    """(n, n) which pieces stand beside each other in a row."""
    left, top, right, bottom = (pieces[:, i].astype(np.float64) for i in range(4))
    height = bottom - top
    lower = np.minimum(height[:, None], height[None])
    higher = np.maximum(height[:, None], height[None])
    shared = np.minimum(bottom[:, None], bottom[None]) - np.maximum(top[:, None], top[None])
    gap = np.maximum(left[:, None], left[None]) - np.minimum(right[:, None], right[None])
    beside: NDArray[np.bool_] = (shared >= _BESIDE * lower) & (gap <= _APART * higher)
    inside = (left[:, None] >= left[None]) & (right[:, None] <= right[None])
    inside &= (top[:, None] >= top[None]) & (bottom[:, None] <= bottom[None])
    # a part of a broken digit is lower than the others, but close to the rest of it; a frame is around them
    part = (gap <= 0.1 * higher) & ~(inside | inside.T)
    return beside & ((lower >= _LIKE * higher) | part)


def _quad(pieces: Ints) -> F32:
    """Box around a row, tilted where the row is."""
    left, right = float(pieces[:, 0].min()), float(pieces[:, 2].max())
    x = (pieces[:, 0] + pieces[:, 2]) / 2
    slope = _slope(x, pieces[:, 3].astype(np.float64)) if len(pieces) >= _ENOUGH else 0.0
    above = float((pieces[:, 1] - slope * x).min())
    below = float((pieces[:, 3] - slope * x).max())
    room = _MARGIN * (below - above)
    left, right = left - room, right + room
    corners = [(left, above - room), (right, above - room), (right, below + room), (left, below + room)]
    return np.array([(u, v + slope * u) for u, v in corners], np.float32)


def _slope(x: F64, foot: F64) -> float:
    """Of the line that the digits stand on, dy/dx, as the median of all pairs: a comma is no digit's foot."""
    apart = x[:, None] - x[None]
    pairs = np.abs(apart) > 1.0
    rise = (foot[:, None] - foot[None])[pairs] / apart[pairs]
    return float(np.clip(np.median(rise), -0.3, 0.3)) if len(rise) else 0.0
