"""Tell ink from paper at full resolution: thin strokes are lost when a picture is shrunk first."""

import cv2
import numpy as np

from camera_ocr.types import U8

WINDOW = 31
"""Side of the neighbourhood, px, whose mean a pixel must undercut: wider than a stroke, narrower than a
shadow.
"""
WEAKEST = 9
"""Least darkness below paper, in grey levels, that counts as ink."""


def ink_mask(gray: U8) -> U8:
    """255 where there is ink, else 0, for (H, W) u8 with even light.

    The threshold adapts to the writing: a share of the darkness that most strokes reach, but above the
    noise of the paper. Pencil is found on a page without dark ink, and faint ruling is not on a page with
    dark ink.
    """
    around = cv2.blur(gray, (WINDOW, WINDOW), borderType=cv2.BORDER_REPLICATE)
    darker = cv2.subtract(around, gray)
    # A strided sample is enough for statistics, and costs a ninth.
    sample = darker[::3, ::3]
    counts = np.bincount(sample.ravel(), minlength=256).astype(np.float64)
    noise = _noise(gray)
    floor = int(np.ceil(max(WEAKEST, 4.5 * noise)))
    marks = counts.copy()
    marks[:floor] = 0
    if marks.sum() == 0:
        return np.zeros_like(gray)
    reach = int(np.searchsorted(np.cumsum(marks), 0.75 * marks.sum()))
    level = max(floor, int(0.45 * reach))
    _, mask = cv2.threshold(darker, level - 1, 255, cv2.THRESH_BINARY)
    return np.asarray(mask, np.uint8)


def _noise(gray: U8) -> float:
    """Standard deviation of the pixel noise, grey levels (Immerkaer 1996, with a median in place of the
    mean).
    """
    h, w = gray.shape
    if h < 3 or w < 3:
        return 0.0
    rows = gray[:: max(1, h // 200)].astype(np.int16)
    second = rows[:, :-2] - 2 * rows[:, 1:-1] + rows[:, 2:]
    return float(np.median(np.abs(second)) / (0.6745 * 6.0**0.5))
