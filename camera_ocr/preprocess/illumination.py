"""Even out shading, so that paper is near white everywhere and ink stands out by its own darkness."""

import cv2
import numpy as np

from camera_ocr.types import F32, U8

CELL = 8
"""The paper's brightness is estimated on cells of this many px a side."""
CLOSE_CELLS = 7
"""Strokes up to about this many cells wide are seen as ink, not as darker paper."""
PAPER = 250
"""Grey value that paper gets."""


def paper_brightness(gray: U8) -> U8:
    """Brightness of the bare paper, (ceil(H / 8), ceil(W / 8)): ink is filled by the paper around it."""
    h, w = gray.shape
    size = (max(1, -(-w // CELL)), max(1, -(-h // CELL)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (CLOSE_CELLS, CLOSE_CELLS))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    return np.asarray(cv2.blur(closed, (5, 5), borderType=cv2.BORDER_REPLICATE), np.uint8)


def even_light(gray: U8) -> U8:
    """Divide by the paper's brightness: (H, W) dark ink on light paper in, paper near 250 out."""
    h, w = gray.shape
    paper = cv2.resize(paper_brightness(gray), (w, h), interpolation=cv2.INTER_LINEAR)
    # In near darkness the quotient would be nothing but sensor noise.
    paper = cv2.max(paper, 24)
    return np.asarray(cv2.divide(gray, paper, scale=PAPER), np.uint8)


def is_light_on_dark(gray: U8) -> bool:
    """True for chalk on a blackboard: thin light marks on a dark ground.

    Marks are what differs from its surroundings; the sign of its skewness tells light from dark marks,
    whatever the shading.
    """
    step = max(1, min(gray.shape) // 360)
    sample = gray[::step, ::step]
    if float(np.median(sample)) > 140:
        return False
    side = max(3, min(sample.shape) // 12) | 1
    around = cv2.blur(sample, (side, side), borderType=cv2.BORDER_REPLICATE)
    marks: F32 = sample.astype(np.float32) - around
    spread = float(marks.std())
    if spread < 1.0:
        return False
    return float(np.mean((marks / spread) ** 3)) > 0.3
