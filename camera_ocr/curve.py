"""Lines that are not straight: cut out along their own course, and where they lie in the picture.

A Curve is told in its quad's own coordinates, 0..1 from its left to its right end and 0..1 from its top to
its bottom, as the homography of the quad's corners has them. What maps the quad maps the curve with it.
"""

import cv2
import numpy as np

from camera_ocr.geometry import (
    MAX_CROP_HEIGHT,
    MAX_CROP_WIDTH,
    crop_quad,
    grow_quad,
    neighbourhood,
    quad_size,
    sub_quad,
    transform_points,
)
from camera_ocr.types import F32, F64, U8, Curve

_UNIT = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
PLACES = 33
"""Places along a line at which its course is told."""
AIR = 0.06
"""Room above and below the band of a line that bends, as a share of its height: its course is known to within
some px only."""
_FINE = 64
"""px of height that a crop along a course has at least."""
_STEP = 16
"""px along a line between the places whose course is worked out; between them it is straight."""


def margin_share(quad: F32, curve: Curve | None, margin: float) -> float:
    """Which share of a crop's length a margin of so many heights of the line takes at either end."""
    width, height = quad_size(quad)
    px = margin * height * (1.0 if curve is None else curve.height)
    return px / max(1e-6, width + 2 * px)


def crop_line(gray: U8, quad: F32, curve: Curve | None, margin: float = 0.0) -> U8:
    """Cut a line out level, along its course, at the resolution it has in the picture; small lines that bend
    are drawn larger, lest their strokes blur where the course runs between two rows of pixels.

    Args:
        gray: (H, W), or (H, W, 3) for a crop in colour.
        quad: (4, 2) px.
        curve: None for a straight line: see crop_quad.
        margin: left on all sides, as a share of the line's height.
    """
    if curve is None:
        return crop_quad(gray, grow_quad(quad, margin * quad_size(quad)[1]) if margin else quad)
    width, height = quad_size(quad)
    beside = margin * height * curve.height
    reach = (0.5 + margin + AIR) * curve.height
    full_w, full_h = width + 2 * beside, 2 * height * reach
    larger = max(1.0, min(_FINE / max(full_h, 1.0), 0.5 * MAX_CROP_WIDTH / max(full_w, 1.0)))
    w = int(np.clip(round(larger * full_w), 1, MAX_CROP_WIDTH))
    h = int(np.clip(round(larger * full_h), 1, MAX_CROP_HEIGHT))
    along = np.linspace(-beside / width, 1 + beside / width, max(2, w // _STEP + 1))
    middle = _middle_at(curve, along)
    rows = np.stack([middle - reach, middle + reach])
    edges = transform_points(np.column_stack([np.tile(along, 2), rows.ravel()]), _from_unit(quad))
    part, corner, shrink = neighbourhood(gray, edges, min(w / max(full_w, 1.0), h / max(full_h, 1.0)))
    edges = ((edges - corner) * np.float32(shrink)).reshape(2, -1, 2)
    # A column of the crop is straight, and so evenly spaced but for what perspective does over one line.
    columns = np.linspace(0, len(along) - 1, w, endpoint=False, dtype=np.float32)
    at = np.arange(len(along))
    top, bottom = (np.column_stack([np.interp(columns, at, edge[:, i]) for i in (0, 1)]) for edge in edges)
    share = (np.arange(h, dtype=np.float32) / h)[:, None, None]
    source = (top + (bottom - top) * share).astype(np.float32)
    crop = cv2.remap(part, source, None, cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(crop, np.uint8)


def swing(curve: Curve | None) -> float:
    """Over which share of the line's height its middle swings; 0 for a straight line."""
    return 0.0 if curve is None else float(np.ptp(curve.middle)) / curve.height


def outline(quad: F32, curve: Curve | None) -> F32:
    """(n, 2) px around the line: along its top from left to right and back along its bottom; the quad itself
    where it is straight."""
    if curve is None:
        return quad
    along = np.linspace(0, 1, len(curve.middle))
    upper = np.column_stack([along, curve.middle - curve.height / 2])
    lower = np.column_stack([along, curve.middle + curve.height / 2])
    return transform_points(np.concatenate([upper, lower[::-1]]), _from_unit(quad))


def part_of_line(quad: F32, curve: Curve | None, start: float, end: float) -> F32:
    """The quad, px, around the part of a line between two fractions 0..1 of its length."""
    if curve is None:
        return sub_quad(quad, start, end)
    first, half_way, last = _middle_at(curve, np.array([start, (start + end) / 2, end]))
    # an arc lies beside its chord by two thirds of its height, in the mean
    beside = 2 / 3 * (half_way - (first + last) / 2)
    corners = [
        (t, middle + beside + side * curve.height / 2)
        for t, middle, side in ((start, first, -1), (end, last, -1), (end, last, 1), (start, first, 1))
    ]
    return transform_points(np.array(corners), _from_unit(quad))


def turned_over(curve: Curve | None) -> Curve | None:
    """The same curve in the quad whose writing runs the other way."""
    return None if curve is None else Curve(np.ascontiguousarray(1 - curve.middle[::-1]), curve.height)


def part_of_curve(curve: Curve | None, start: float, end: float) -> Curve | None:
    """The course of that part of the line between two fractions of its length which sub_quad gives."""
    if curve is None:
        return None
    middle = _middle_at(curve, np.linspace(start, end, len(curve.middle)))
    return Curve(middle.astype(np.float32), curve.height)


def in_quad(curve: Curve, quad: F32, other: F32) -> Curve:
    """The curve of `quad` told in the coordinates of another, which lies about where `quad` does."""
    along = np.linspace(0, 1, len(curve.middle))
    onto: F64 = np.linalg.inv(_from_unit(other)) @ _from_unit(quad)
    x, y = transform_points(np.column_stack([along, curve.middle]), onto).T
    middle = straight_on(along, x, y)
    height = curve.height * quad_size(quad)[1] / max(1e-6, quad_size(other)[1])
    return Curve(middle.astype(np.float32), height)


def _from_unit(quad: F32) -> F64:
    """(3, 3): coordinates of the quad -> px."""
    return np.asarray(cv2.getPerspectiveTransform(_UNIT, np.asarray(quad, np.float32)), np.float64)


def _middle_at(curve: Curve, along: F64) -> F64:
    """Where the middle of the line lies at places along the quad, beyond its ends as well."""
    return straight_on(along, np.linspace(0, 1, len(curve.middle)), curve.middle)


def straight_on(at: F64, x: F32 | F64, y: F32 | F64) -> F64:
    """y at `at`, (n,), of the polyline through (x, y), whose ends go straight on."""
    inside = np.interp(at, x, y)
    first, last = (y[1] - y[0]) / (x[1] - x[0]), (y[-1] - y[-2]) / (x[-1] - x[-2])
    before, after = np.minimum(at - x[0], 0), np.maximum(at - x[-1], 0)
    return np.asarray(inside + first * before + last * after, np.float64)
