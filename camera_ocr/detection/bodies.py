"""Find the bodies of lines: the elongated bands that the small letters of a line fill.

Ink is smeared along the writing and compared with its wider surroundings above and below; what stands out are
bands, one a line (after the ridge methods of Bukhari et al. 2009). Since a page may be seen at an angle, and
hands climb, each part of the page is smeared in the direction in which its own ink is most band-like.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.geometry import connected_pieces, places
from camera_ocr.types import F32, F64, U8, Ints

I32 = NDArray[np.int32]

POOLED_BODY = 4.5
"""Height of small letters after pooling, px."""
MANY = 6000
"""Pixels of ink above which only some are looked at one by one."""
SLOPES = (-0.12, -0.06, 0.0, 0.06, 0.12)
"""Directions tried, dy/dx: what may be left of the slope after the page was turned level."""
RARE = 0.004
"""Share of the picture that a direction must hold in."""


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Connected pieces of ink."""

    y: Ints
    """(n,) row of each pixel of ink that is looked at, px."""
    x: Ints
    """(n,) its column, px."""
    stride: int
    """Of the picture's rows, and of its columns, every how many-th was looked at."""
    of_pixel: Ints
    """(n,) which piece each pixel of ink is part of, from 1."""
    box: I32
    """(m, 4) x, y, width, height, px; row 0 is the paper."""
    area: Ints
    """(m,) px."""
    body: F32
    """(m,) height of an evenly inked band with the same vertical spread, px."""


@dataclass(frozen=True, slots=True, eq=False)
class Bands:
    """Where lines run."""

    labels: I32
    """(h, w) on the pooled picture, 0 = between lines."""
    count: int
    """Number of labels, 0 included."""
    slope: F64
    """(count,) dy/dx of the writing around each band."""
    scale: F64
    """(2,) page px per pooled px, x and y."""


def find_components(ink: U8) -> Components:
    """Label the ink of (H, W) and measure each piece."""
    # To see where pieces lie, every fourth pixel is enough.
    stride = 2 if cv2.countNonZero(ink) > MANY else 1
    pieces = connected_pieces(ink, stride)
    label = pieces.label.astype(np.intp)
    off = pieces.y - pieces.centre[label, 1]
    seen = np.maximum(pieces.area // stride**2, 1)
    variance = np.bincount(label, weights=off * off, minlength=pieces.count) / seen
    body = np.sqrt(12.0 * variance + 1.0).astype(np.float32)
    return Components(pieces.y, pieces.x, stride, label, pieces.box, pieces.area, body)


def body_height(parts: Components) -> float:
    """Typical height of small letters, px: the median over all ink, specks and big blots left out."""
    height = parts.box[1:, 3]
    area = parts.area[1:].astype(np.float64)
    body = parts.body[1:]
    ok = (height >= 4) & (area >= 8)
    if not ok.any():
        return float(max(3.0, body.max(initial=3.0)))
    body, area = body[ok], np.minimum(area[ok], 40.0 * body[ok])
    order = np.argsort(body)
    total = np.cumsum(area[order])
    return float(max(3.0, body[order][np.searchsorted(total, total[-1] / 2)]))


def find_bands(ink: U8, body: float) -> Bands:
    """Bands of writing of (H, W) ink for small letters of `body` px."""
    h, w = ink.shape
    density = pool(ink, max(1.0, body / POOLED_BODY))
    unit = body * density.shape[0] / h
    direction = _directions(density, unit)
    narrow = _squeeze(density, 1)
    squeezed = narrow.shape[1] / density.shape[1]
    ridge = np.zeros_like(density)
    for i in np.nonzero(np.bincount(direction.ravel()))[0]:
        found = _ridge(narrow, SLOPES[i], unit, squeezed)
        found = cv2.resize(found, density.shape[::-1], interpolation=cv2.INTER_LINEAR)
        np.copyto(ridge, found, where=direction == i)
    band = (ridge > 3.0).astype(np.uint8)
    count, labels = cv2.connectedComponents(band, connectivity=4, ltype=cv2.CV_32S)
    y, x = places(band)
    label = labels[y, x]
    mass = np.maximum(np.bincount(label, minlength=count), 1)
    around = np.bincount(label, weights=np.array(SLOPES)[direction[y, x]], minlength=count) / mass
    scale = np.array([w / density.shape[1], h / density.shape[0]])
    return Bands(labels, count, around, scale)


def pool(ink: U8, factor: float) -> F32:
    """Share of ink, 0..255, on a picture smaller by `factor`."""
    h, w = ink.shape
    size = (max(1, round(w / factor)), max(1, round(h / factor)))
    if factor <= 1.0:
        return ink.astype(np.float32)
    # Averaging by other than whole factors is slow; below two, sampling between pixels does as well.
    if factor >= 2.0:
        whole = int(factor)
        part = ink[: h - h % whole, : w - w % whole]
        ink = np.asarray(cv2.resize(part, (w // whole, h // whole), interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_LINEAR), np.float32)


def _directions(density: F32, unit: float) -> U8:
    """Index into SLOPES for each pixel: the direction in which its surroundings are most band-like."""
    h, w = density.shape
    # Surroundings need no detail.
    half = _squeeze(density, 2)
    squeezed = half.shape[1] / w * h / half.shape[0]
    strengths = [
        _local_strength(_ridge(half, slope, unit / 2, squeezed), unit / 2, squeezed) for slope in SLOPES
    ]
    # Level wins unless another direction is clearly better, so that most pages need but one.
    level = SLOPES.index(0.0)
    strengths[level] = strengths[level] * 1.05
    best = np.argmax(np.stack(strengths), axis=0)
    best[strengths[level] <= 0] = level
    share = np.bincount(best.ravel(), minlength=len(SLOPES)) / best.size
    # A corner of a few words does as well with the direction of the rest.
    best[(share < RARE)[best]] = level
    return np.asarray(cv2.resize(best.astype(np.uint8), (w, h), interpolation=cv2.INTER_NEAREST), np.uint8)


def _squeeze(density: F32, factor: int) -> F32:
    """Smaller by `factor`, and half as wide once more: smearing along the line leaves no detail there."""
    h, w = density.shape
    size = (max(1, w // (2 * factor)), max(1, h // factor))
    return np.asarray(cv2.resize(density, size, interpolation=cv2.INTER_AREA), np.float32)


def _ridge(density: F32, slope: float, unit: float, squeezed: float) -> F32:
    """How much the band through each pixel stands out; `unit` is the height of small letters, px.

    `squeezed` is how wide a pixel's worth of height is, px.
    """
    h, w = density.shape
    slope /= squeezed
    # Shearing makes the direction level, so that box filters do.
    shear = np.array([[1.0, 0.0, 0.0], [-slope, 1.0, slope * w / 2]])
    level = density if slope == 0.0 else cv2.warpAffine(density, shear, (w, h), flags=cv2.INTER_LINEAR)
    along = _odd(3.0 * unit * squeezed)
    for _ in range(2):
        level = cv2.blur(level, (along, 1), borderType=cv2.BORDER_CONSTANT)
    narrow = cv2.blur(level, (1, _odd(0.6 * unit)), borderType=cv2.BORDER_CONSTANT)
    narrow = cv2.blur(narrow, (1, _odd(0.6 * unit)), borderType=cv2.BORDER_CONSTANT)
    wide = cv2.blur(level, (1, _odd(2.6 * unit)), borderType=cv2.BORDER_CONSTANT)
    wide = cv2.blur(wide, (1, _odd(1.3 * unit)), borderType=cv2.BORDER_CONSTANT)
    ridge = cv2.addWeighted(narrow, 1.0, wide, -1.05, 0.0)
    if slope == 0.0:
        return np.asarray(ridge, np.float32)
    back = np.array([[1.0, 0.0, 0.0], [slope, 1.0, -slope * w / 2]])
    return np.asarray(cv2.warpAffine(ridge, back, (w, h), flags=cv2.INTER_LINEAR), np.float32)


def _local_strength(ridge: F32, unit: float, squeezed: float) -> F32:
    """Energy of the bands around each pixel."""
    positive = np.maximum(ridge, 0.0)
    window = (_odd(16.0 * unit * squeezed), _odd(5.0 * unit))
    return np.asarray(cv2.blur(positive * positive, window, borderType=cv2.BORDER_CONSTANT), np.float32)


def _odd(length: float) -> int:
    return max(1, 2 * round((length - 1) / 2) + 1)
