"""Quads and homographies: the plane geometry shared by finding, following and reading lines.

A quad is f32 (4, 2): TL, TR, BR, BL along the writing direction, in px (x right, y down).
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.types import F32, F64, U8

MAX_CROP_WIDTH = 8192
MAX_CROP_HEIGHT = 1024


def rotation_homography(degrees: float, width: int, height: int) -> tuple[F64, int, int]:
    """Turn a picture of `width` x `height` px clockwise by `degrees` without cutting corners.

    Writing that climbs by `degrees` (counter-clockwise positive) becomes level. Returns the (3, 3) map
    old px -> new px, and the new width and height.
    """
    angle = np.deg2rad(degrees)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    new_w = max(1, int(np.ceil(width * abs(cos) + height * abs(sin))))
    new_h = max(1, int(np.ceil(width * abs(sin) + height * abs(cos))))
    turn = np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    centre = turn @ np.array([(width - 1) / 2, (height - 1) / 2, 1.0])
    turn[0, 2] = (new_w - 1) / 2 - centre[0]
    turn[1, 2] = (new_h - 1) / 2 - centre[1]
    return turn, new_w, new_h


def transform_points(points: F32 | F64, homography: F64) -> F32:
    """Map (n, 2) px through a (3, 3) homography."""
    ones = np.ones((len(points), 1))
    mapped = np.hstack([np.asarray(points, np.float64), ones]) @ homography.T
    return np.ascontiguousarray(mapped[:, :2] / mapped[:, 2:3], np.float32)


def transform_quad(quad: F32, homography: F64) -> F32:
    """Map a quad through a (3, 3) homography."""
    return transform_points(quad, homography)


def quad_size(quad: F32) -> tuple[float, float]:
    """Mean length of the two long sides (width) and of the two ends (height), px."""
    top, right, bottom, left = (quad[(i + 1) % 4] - quad[i] for i in range(4))
    width = (np.hypot(*top) + np.hypot(*bottom)) / 2
    height = (np.hypot(*right) + np.hypot(*left)) / 2
    return float(width), float(height)


def quad_area(quad: F32) -> float:
    """Area in px², whichever way round the corners go."""
    return float(abs(cv2.contourArea(np.ascontiguousarray(quad, np.float32))))


def quad_angle_deg(quad: F32) -> float:
    """Angle of the writing direction, counter-clockwise positive, -180..180."""
    along = (quad[1] - quad[0]) + (quad[2] - quad[3])
    return float(np.degrees(np.arctan2(-along[1], along[0])))


def is_usable(quad: F32, min_side: float = 2.0) -> bool:
    """True for a finite, convex quad whose sides average at least `min_side` px."""
    if not np.isfinite(quad).all() or float(np.abs(quad).max()) > 1e6:
        return False
    width, height = quad_size(quad)
    if width < min_side or height < min_side:
        return False
    return bool(cv2.isContourConvex(np.round(quad * 16).astype(np.int32)))


def intersection_area(a: F32, b: F32) -> float:
    """Area in px² common to two convex quads."""
    if (a.max(axis=0) < b.min(axis=0)).any() or (b.max(axis=0) < a.min(axis=0)).any():
        return 0.0
    area, _ = cv2.intersectConvexConvex(
        np.ascontiguousarray(a, np.float32), np.ascontiguousarray(b, np.float32)
    )
    return float(max(0.0, area))


def quad_iou(a: F32, b: F32) -> float:
    """Intersection over union of two convex quads, 0..1."""
    common = intersection_area(a, b)
    union = quad_area(a) + quad_area(b) - common
    return min(1.0, common / union) if union > 0 else 0.0


def sub_quad(quad: F32, start: float, end: float) -> F32:
    """The part of a line's quad between two fractions 0..1 of its length."""
    tl, tr, br, bl = quad
    corners = [tl + (tr - tl) * start, tl + (tr - tl) * end, bl + (br - bl) * end, bl + (br - bl) * start]
    return np.ascontiguousarray(corners, np.float32)


def grow_quad(quad: F32, by: float) -> F32:
    """The quad with each side moved outwards by `by` px (a quad of a line is nearly a rectangle)."""
    width, height = quad_size(quad)
    tl, tr, br, bl = quad
    along = ((tr - tl) + (br - bl)) * (by / max(1e-6, 2 * width))
    across = ((bl - tl) + (br - tr)) * (by / max(1e-6, 2 * height))
    corners = [tl - along - across, tr + along - across, br + along + across, bl - along + across]
    return np.ascontiguousarray(corners, np.float32)


def full_quad(width: int, height: int) -> F32:
    """The quad of a whole picture of `width` x `height` px."""
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)


def crop_quad(gray: U8, quad: F32) -> U8:
    """Cut a line out upright, at the resolution it has in the picture.

    `gray` is (H, W), or (H, W, 3) for a crop in colour. The result is (h, w), h and w the mean lengths of the
    quad's sides in px, at least 1 and at most 1024 x 8192. What lies outside the picture repeats its border.
    """
    width, height = quad_size(quad)
    w = int(np.clip(round(width), 1, MAX_CROP_WIDTH))
    h = int(np.clip(round(height), 1, MAX_CROP_HEIGHT))
    part, corner, shrink = neighbourhood(gray, quad, min(w / max(width, 1.0), h / max(height, 1.0)))
    corners = (np.asarray(quad, np.float32) - corner) * np.float32(shrink)
    target = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target)
    crop = cv2.warpPerspective(part, matrix, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(crop, np.uint8)


def neighbourhood(image: U8, points: F32, shrink: float) -> tuple[U8, F32, float]:
    """What of a picture lies around some points, (n, 2) px, reduced when it is to be drawn much smaller.

    Returns it, its corner in px of the picture, (2,), and by how much it was reduced: `shrink`, or 1.
    """
    # warpPerspective and remap, whose maps have 16 bits, fail on pictures over 32767 px
    x0, y0 = np.floor(np.clip(points.min(axis=0) - 2, 0, [image.shape[1] - 1, image.shape[0] - 1])).astype(
        int
    )
    x1, y1 = np.ceil(
        np.clip(points.max(axis=0) + 3, [x0 + 1, y0 + 1], [image.shape[1], image.shape[0]])
    ).astype(int)
    part = image[y0:y1, x0:x1]
    if shrink >= 0.75:
        shrink = 1.0
    else:
        # Linear sampling would skip thin strokes of a very large line.
        size = (max(1, round(part.shape[1] * shrink)), max(1, round(part.shape[0] * shrink)))
        part = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)
    return part, np.array([x0, y0], np.float32), shrink


def median(values: NDArray[Any]) -> float:
    """Of (n,) numbers, n >= 1: np.median takes six times as long on few of them."""
    low, high = (len(values) - 1) // 2, len(values) // 2
    ordered = np.partition(values, (low, high))
    return (float(ordered[low]) + float(ordered[high])) / 2


def gray_counts(gray: U8) -> F64:
    """How many pixels there are of each of the 256 grey values of (H, W): np.bincount takes ten times as
    long."""
    return np.asarray(cv2.calcHist([gray], [0], None, [256], [0, 256]).ravel(), np.float64)


def places(mask: U8) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Row and column of each pixel of (H, W) that is not 0, (n,) each; np.nonzero takes longer."""
    found = cv2.findNonZero(mask)
    if found is None:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    # (n, 1, 2) in OpenCV 4, (n, 2) in OpenCV 5
    place = found.reshape(-1, 2).astype(np.intp)
    return place[:, 1], place[:, 0]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Pieces of a mask that hang together, corners included; number 0 is what is not set."""

    count: int
    """Number 0 included."""
    y: NDArray[np.intp]
    """(n,) row of each pixel that was looked at, px."""
    x: NDArray[np.intp]
    """(n,) its column, px."""
    label: NDArray[np.int32]
    """(n,) which piece it is part of."""
    box: NDArray[np.int32]
    """(count, 4) x, y, width, height, px."""
    area: NDArray[np.intp]
    """(count,) px."""
    centre: F64
    """(count, 2) x and y, px."""


def connected_pieces(mask: U8, stride: int = 1) -> Pieces:
    """The pieces of (H, W).

    They are told apart by every pixel; with a `stride` only every so many-th row and column is looked at to
    measure them, so that boxes and areas are near, and a piece that lies between has none.

    OpenCV's own statistics look at every pixel, which takes more than twice as long on sparse ink.
    """
    count, labels = cv2.connectedComponentsWithAlgorithm(mask, 8, cv2.CV_32S, cv2.CCL_SAUF)
    looked = np.ascontiguousarray(mask[::stride, ::stride])
    labels = labels[::stride, ::stride]
    y, x = places(looked)
    label = labels[y, x]
    # Of what is written to one place the last stays: pixels come row by row, those of the turned picture
    # column by column.
    first, last = np.zeros((2, count), np.int32), np.zeros((2, count), np.int32)
    first[1][label[::-1]], last[1][label] = y[::-1], y
    across, down = places(cv2.transpose(looked))
    label_across = labels[down, across]
    first[0][label_across[::-1]], last[0][label_across] = across[::-1], across
    number = np.bincount(label, minlength=count)
    size = (last - first + 1) * (number > 0)
    box = np.asarray(stride * np.concatenate([first, size]).T, np.int32)
    inked = np.maximum(number, 1)
    centre = np.stack([np.bincount(label, weights=v, minlength=count) / inked for v in (x, y)], axis=1)
    return Pieces(count, stride * y, stride * x, label, box, stride**2 * number, stride * centre)


def to_gray(image: U8) -> U8:
    """(H, W) u8 from (H, W), (H, W, 1), (H, W, 3) BGR or (H, W, 4) BGRA."""
    if image.ndim == 2:
        return np.ascontiguousarray(image)
    if image.shape[2] == 1:
        return np.ascontiguousarray(image[:, :, 0])
    code = cv2.COLOR_BGRA2GRAY if image.shape[2] == 4 else cv2.COLOR_BGR2GRAY
    return np.asarray(cv2.cvtColor(image, code), np.uint8)
