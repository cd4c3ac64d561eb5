"""Find the bodies of lines: the elongated bands that the small letters of a line fill.

Ink is smeared along the writing direction and compared with its wider surroundings above and below; what
stands out are bands, one a line, that follow a climbing or curved line (after the ridge methods of Bukhari
et al. 2009).
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.types import F32, F64, U8

I32 = NDArray[np.int32]

POOLED_BODY = 6.0
"""Height of small letters after pooling, px."""


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Connected pieces of ink."""

    labels: I32
    """(H, W), 0 = paper."""
    box: I32
    """(n, 4) x, y, width, height, px; row 0 is the paper."""
    area: I32
    """(n,) px."""
    body: F32
    """(n,) height of an evenly inked band with the same vertical spread, px."""


def find_components(ink: U8) -> Components:
    """Label the ink of (H, W) and measure each piece."""
    count, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    y, x = np.nonzero(ink)
    label = labels[y, x]
    off = y - centres[label, 1]
    variance = np.bincount(label, weights=off * off, minlength=count) / np.maximum(
        stats[:, cv2.CC_STAT_AREA], 1
    )
    body = np.sqrt(12.0 * variance + 1.0).astype(np.float32)
    return Components(labels, stats[:, :4], stats[:, cv2.CC_STAT_AREA], body)


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


def find_bodies(ink: U8, body: float) -> tuple[I32, int, F64]:
    """Bands of writing for small letters of `body` px.

    Returns labels (h, w) of the bands on the pooled picture, their number + 1, and the pooling factors
    (2,) x, y.
    """
    h, w = ink.shape
    factor = max(1.0, body / POOLED_BODY)
    size = (max(1, round(w / factor)), max(1, round(h / factor)))
    density = cv2.resize(ink, size, interpolation=cv2.INTER_AREA) if factor > 1 else ink
    unit = body * size[1] / h
    along = _odd(3.0 * unit)
    smeared = density.astype(np.float32)
    for _ in range(2):
        smeared = cv2.blur(smeared, (along, 1), borderType=cv2.BORDER_CONSTANT)
    narrow = cv2.blur(smeared, (1, _odd(0.6 * unit)), borderType=cv2.BORDER_CONSTANT)
    narrow = cv2.blur(narrow, (1, _odd(0.6 * unit)), borderType=cv2.BORDER_CONSTANT)
    wide = cv2.blur(smeared, (1, _odd(2.6 * unit)), borderType=cv2.BORDER_CONSTANT)
    wide = cv2.blur(wide, (1, _odd(1.3 * unit)), borderType=cv2.BORDER_CONSTANT)
    ridge = narrow - 1.05 * wide
    band = ((ridge > 0) & (narrow > 0.12 * 255 * 0.25)).astype(np.uint8)
    count, labels = cv2.connectedComponents(band, connectivity=4, ltype=cv2.CV_32S)
    return labels, count, np.array([w / size[0], h / size[1]])


def _odd(length: float) -> int:
    return max(1, 2 * round((length - 1) / 2) + 1)
