"""Tell ink from paper at full resolution: thin strokes are lost when a picture is shrunk first."""

import cv2
import numpy as np

from camera_ocr.geometry import gray_counts
from camera_ocr.preprocess.illumination import pixel_noise
from camera_ocr.types import F64, U8

WEAKEST = 12
"""Least darkness below paper, in grey levels, that counts as ink."""
SHARE = 0.4
"""Of the darkness of ink, what a pixel must reach: half is where a blurred stroke's edge is."""
NOISY = 3.0
"""Noise, in grey levels, above which the picture is smoothed first."""


def ink_mask(gray: U8) -> U8:
    """255 where there is ink, else 0, for (H, W) u8 with even light.

    The threshold adapts to the writing: a share of the darkness that most strokes reach, but above the
    noise of the paper. Pencil is found on a page without dark ink, and faint ruling, shadows' edges and
    the grain of a desk are not on a page with dark ink.
    """
    noise = pixel_noise(gray)
    if noise > NOISY:
        gray = np.asarray(cv2.GaussianBlur(gray, (3, 3), 0), np.uint8)
        noise /= 2.5
    # A strided sample is enough for statistics, and costs a ninth.
    counts = gray_counts(np.ascontiguousarray(gray[::3, ::3]))
    paper = int(np.argmax(np.convolve(counts, np.ones(5), mode="same")[128:])) + 128
    lightest = paper - int(np.ceil(max(WEAKEST, 5.0 * noise)))
    marks = counts[: lightest + 1]
    if marks.sum() == 0:
        return np.zeros_like(gray)
    darkness = paper - _mean_of_darker_class(marks)
    level = min(lightest, paper - int(SHARE * darkness))
    _, mask = cv2.threshold(gray, level, 255, cv2.THRESH_BINARY_INV)
    return np.asarray(mask, np.uint8)


def _mean_of_darker_class(counts: F64) -> float:
    """Mean grey of ink proper, told by Otsu's criterion from what is merely not paper."""
    level = np.arange(len(counts))
    below = np.cumsum(counts)
    total = below[-1]
    sum_below = np.cumsum(counts * level)
    mean = sum_below[-1] / total
    spread = (mean * below - sum_below) ** 2 / np.maximum(below * (total - below), 1e-9)
    # A few black specks are not the writing.
    spread[below < max(8.0, 0.02 * total)] = 0.0
    split = int(np.argmax(spread))
    return float(sum_below[split] / max(1.0, below[split]))
