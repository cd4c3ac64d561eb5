"""Take the ruling of lined and squared paper, margins and table rules out of the ink, but keep the strokes
across.
"""

import cv2
import numpy as np

from camera_ocr.types import U8

MIN_SHARE = 0.18
"""A rule is at least this share of the picture's longer side."""
MAX_THICK = 7
"""A rule is at most this thick, px."""


def remove_ruling(ink: U8) -> U8:
    """(H, W) ink without long thin straight lines that run within a few degrees of level or upright."""
    without = _remove_level(ink)
    turned = _remove_level(np.ascontiguousarray(without.T))
    return np.ascontiguousarray(turned.T)


def _remove_level(ink: U8) -> U8:
    h, w = ink.shape
    min_length = max(60, round(MIN_SHARE * max(h, w)))
    if w < min_length or h < 3:
        return ink
    rules = _find_rules(ink, min_length)
    if rules is None:
        return ink
    rest = cv2.bitwise_and(ink, cv2.bitwise_not(rules))
    # A stroke crosses where there is ink both just above and just below the rule.
    reach = MAX_THICK + 2
    above = cv2.dilate(rest, np.ones((reach, 1), np.uint8), anchor=(0, reach - 1))
    below = cv2.dilate(rest, np.ones((reach, 1), np.uint8), anchor=(0, 0))
    crossing = cv2.bitwise_and(rules, cv2.bitwise_and(above, below))
    return np.asarray(cv2.bitwise_or(rest, crossing), np.uint8)


def _find_rules(ink: U8, min_length: int) -> U8 | None:
    """Mask of the near-level rules, or None when there are none."""
    # Runs of ink along the line; slightly climbing rules come as a staircase of runs, so thicken by one px
    # first.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    run = max(15, min_length // 8)
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    if not runs.any():
        return None
    # Bridge dotted and interrupted rules, then keep what is long and thin.
    bridged = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, run), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bridged, connectivity=8)
    width = stats[:, cv2.CC_STAT_WIDTH]
    thickness = stats[:, cv2.CC_STAT_AREA] / np.maximum(width, 1)
    keep = (width >= min_length) & (thickness <= MAX_THICK)
    keep[0] = False
    if not keep.any():
        return None
    chosen = (keep.astype(np.uint8) * 255)[labels]
    return np.asarray(cv2.bitwise_and(ink, chosen), np.uint8)
