"""Even out shading, so that paper is near white everywhere and ink stands out by its own darkness."""

import cv2
import numpy as np

from camera_ocr.geometry import gray_counts
from camera_ocr.types import F32, U8

CELL = 4
"""The paper's brightness is estimated on cells of this many px a side, more if longer than 1600 px."""
CLOSE_CELLS = 13
"""Strokes up to about this many cells wide are seen as ink, not as darker paper."""
PAPER = 250
"""Grey value that paper gets."""
DARKEST = 16
"""Darkness is relative to the paper's brightness, but never to less than this."""
DARK_NOISE = 14.0
"""Nor to less than this many times the noise: in the dark the quotient would be nothing else."""


def paper_brightness(gray: U8) -> U8:
    """Brightness of the bare paper, (ceil(H / cell), ceil(W / cell)): ink is filled by the paper around it.

    Where two surfaces meet, as at the edge of a sheet, the darker one is taken, so that an edge is not ink.
    """
    h, w = gray.shape
    cell = max(CELL, round(max(h, w) * CELL / 1600))
    size = (max(1, -(-w // cell)), max(1, -(-h // cell)))
    small = cv2.resize(gray, size, interpolation=cv2.INTER_AREA)
    inner = cv2.erode(without_ink(np.asarray(small, np.uint8), CLOSE_CELLS), np.ones((5, 5), np.uint8))
    return np.asarray(cv2.blur(inner, (3, 3), borderType=cv2.BORDER_REPLICATE), np.uint8)


def without_ink(small: U8, cells: int) -> U8:
    """A pooled picture, (h, w) or (h, w, 3), with dark marks up to `cells` wide filled by their surroundings.

    What is cut by the picture's border is taken to go on outside, so that the rim of a dark desk is no mark.
    """
    pad = cells // 2 + 1
    wider = cv2.copyMakeBorder(small, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    closed = cv2.morphologyEx(wider, cv2.MORPH_CLOSE, np.ones((cells, cells), np.uint8))
    return np.ascontiguousarray(closed[pad:-pad, pad:-pad])


def even_light(gray: U8) -> U8:
    """How dark the ink is against its paper: (H, W) dark ink on light paper in, paper near 250 out."""
    h, w = gray.shape
    paper = cv2.resize(paper_brightness(gray), (w, h), interpolation=cv2.INTER_LINEAR)
    darker = cv2.subtract(paper, gray)
    floor = max(DARKEST, round(DARK_NOISE * pixel_noise(gray)))
    share = cv2.divide(darker, cv2.max(paper, floor), scale=PAPER)
    return np.asarray(cv2.subtract(np.full_like(gray, PAPER), share), np.uint8)


def pixel_noise(gray: U8) -> float:
    """Standard deviation of the pixel noise, grey levels (Immerkaer 1996, but by the median)."""
    h, w = gray.shape
    if h < 3 or w < 3:
        return 0.0
    # Some rows are enough, and their histogram gives the median without sorting.
    rows = gray[:: max(1, h // 40)].astype(np.int16)
    second = np.abs(rows[:, :-2] + rows[:, 2:] - 2 * rows[:, 1:-1])
    counts = np.cumsum(gray_counts(cv2.min(second, 255).astype(np.uint8)))
    below = int(np.searchsorted(counts, counts[-1] / 2))
    before = float(counts[below - 1]) if below else 0.0
    # Grey levels are whole numbers: within the median's own level, go on evenly.
    median = below - 0.5 + (counts[-1] / 2 - before) / max(1.0, counts[below] - before)
    return float(max(0.0, median) / (0.6745 * 6.0**0.5))


def is_light_on_dark(gray: U8) -> bool:
    """True for chalk on a blackboard: thin light marks on a dark ground.

    Marks are what differs from its surroundings; the sign of its skewness tells light from dark marks,
    whatever the shading.
    """
    step = max(1, min(gray.shape) // 240)
    sample = np.ascontiguousarray(gray[::step, ::step])
    counts = np.cumsum(gray_counts(sample))
    if counts[140] < 0.5 * counts[-1]:
        return False
    side = max(3, min(sample.shape) // 12) | 1
    around = cv2.blur(sample, (side, side), borderType=cv2.BORDER_REPLICATE)
    marks: F32 = sample.astype(np.float32) - around
    spread = float(marks.std())
    if spread < 1.0:
        return False
    marks = marks / np.float32(spread)
    return float(np.mean(marks * marks * marks)) > 0.3
