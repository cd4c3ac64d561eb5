"""Take the ruling of lined and squared paper, margins and table rules out of the ink.

Rules are looked for in the grey picture, since faint ones hover about the ink's threshold and would stay as
dashes. Strokes that cross a rule are kept.
"""

import cv2
import numpy as np

from camera_ocr.types import U8

MIN_SHARE = 0.18
"""A rule is at least this share of the picture's longer side."""
MAX_THICK = 7
"""A rule is at most this thick, px."""
RUN = 25
"""Marks shorter than this along the rule are strokes of letters, px."""
FAINTEST = 4
"""A rule is at least this much darker than what is above and below it, grey levels."""


def remove_ruling(ink: U8, gray: U8) -> U8:
    """(H, W) ink without long thin straight lines that run within a few degrees of level or upright.

    `gray` is the evenly lit picture that the ink was taken from.
    """
    without = _remove_level(ink, gray)
    upright = _remove_level(np.ascontiguousarray(without.T), np.ascontiguousarray(gray.T))
    return np.ascontiguousarray(upright.T)


def _remove_level(ink: U8, gray: U8) -> U8:
    h, w = ink.shape
    min_length = max(60, round(MIN_SHARE * max(h, w)))
    if w < min_length or h < 2 * MAX_THICK:
        return ink
    rules = _find_rules(gray, min_length)
    if rules is None:
        return ink
    rules = cv2.bitwise_and(ink, rules)
    rest = cv2.bitwise_and(ink, cv2.bitwise_not(rules))
    # A stroke crosses where there is ink both just above and just below the rule.
    reach = MAX_THICK + 2
    above = cv2.dilate(rest, np.ones((reach, 3), np.uint8), anchor=(1, reach - 1))
    below = cv2.dilate(rest, np.ones((reach, 3), np.uint8), anchor=(1, 0))
    crossing = cv2.bitwise_and(rules, cv2.bitwise_and(above, below))
    return np.asarray(cv2.bitwise_or(rest, crossing), np.uint8)


def _find_rules(gray: U8, min_length: int) -> U8 | None:
    """Mask of the near-level rules, or None when there are none."""
    # A climbing rule is a staircase of short runs: thickened, they overlap.
    thick = cv2.erode(cv2.blur(gray, (7, 1)), np.ones((3, 1), np.uint8))
    lasting = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, RUN), np.uint8))
    reach = MAX_THICK - 1
    beside = cv2.min(lasting[: -2 * reach], lasting[2 * reach :])
    faint = cv2.subtract(beside, lasting[reach:-reach])
    _, runs = cv2.threshold(faint, FAINTEST - 1, 255, cv2.THRESH_BINARY)
    if cv2.countNonZero(runs) < min_length:
        return None
    runs = cv2.copyMakeBorder(runs, reach, reach, 0, 0, cv2.BORDER_CONSTANT, value=0)
    runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, RUN), np.uint8))
    # Bridge dotted and interrupted rules, then keep what is long and thin.
    bridged = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, min_length // 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bridged, connectivity=8)
    width = stats[:, cv2.CC_STAT_WIDTH]
    thickness = stats[:, cv2.CC_STAT_AREA] / np.maximum(width, 1)
    keep = (width >= min_length) & (thickness <= MAX_THICK)
    keep[0] = False
    if not keep.any():
        return None
    chosen = cv2.bitwise_and(runs, (keep.astype(np.uint8) * 255)[labels])
    # Undo the thickening, lest the feet of letters go too.
    return np.asarray(cv2.erode(chosen, np.ones((3, 1), np.uint8)), np.uint8)
