"""Dark panels with light writing on a page of dark writing: bars on receipts, headings of tables, labels.

They are turned over before the light is evened out, which would take their ground for ink.
"""

import cv2
import numpy as np

from camera_ocr.types import U8

SIDE = 480
"""Longer side of the picture that panels are looked for on, px."""
AROUND = 41
"""px, of that picture: the page around a panel is the lightest within so many."""
DARK = 0.55
"""A panel is darker than this share of the page around it."""
RUN = (24, 3)
"""Width and height, px: so much of a panel is without writing, and no stroke is as large."""
MIN_SHARE, MAX_SHARE = 0.001, 0.3
"""Of the picture, what the rectangle around a panel fills; what is larger may hold a sheet of paper."""
FILLED = 0.7
"""Of the rectangle around it."""
LONG = 1.5
"""A panel is so many times as long as high: a single large letter is not."""
MARKS = (0.015, 0.3)
"""Share of a panel that is light: without any it has no writing, with more it is a frame."""
RIM = 2
"""px, of that picture, on either side of a panel's edge."""


def turn_panels(gray: U8) -> U8:
    """(H, W) grey with dark writing on light paper everywhere; the same object where there are no panels."""
    h, w = gray.shape
    factor = max(1.0, max(h, w) / SIDE)
    size = (max(1, round(w / factor)), max(1, round(h / factor)))
    small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
    panels = find_panels(small)
    if panels is None:
        return gray
    kernel = np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)
    rim = cv2.subtract(cv2.dilate(panels, kernel), cv2.erode(panels, kernel, borderValue=255))
    inside, edge = (cv2.resize(mask, (w, h), interpolation=cv2.INTER_NEAREST) for mask in (panels, rim))
    turned = cv2.bitwise_not(gray)
    level = np.where(inside > 0, turned, gray)
    # where the panel ends there is neither ink nor a line
    lightest = cv2.dilate(cv2.max(gray, turned), np.ones((5, 5), np.uint8))
    return np.where(edge > 0, lightest, level).astype(np.uint8)


def find_panels(small: U8) -> U8 | None:
    """Mask (h, w), 255 on dark panels with light marks in a picture of at most SIDE px; None without any."""
    page = cv2.dilate(small, np.ones((AROUND, AROUND), np.uint8))
    dark = np.asarray(cv2.compare(small, cv2.convertScaleAbs(page, alpha=DARK), cv2.CMP_LT), np.uint8)
    # a letter that hangs into a panel is no part of it
    dark = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    runs = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(RUN[::-1], np.uint8))
    if not cv2.countNonZero(runs):
        return None
    h, w = small.shape
    found = np.zeros_like(small)
    # a panel lies on a page that may lie on a dark desk
    outlines, relations = cv2.findContours(dark, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    for outline, (_, _, _, outer) in zip(outlines, relations[0].tolist(), strict=True):
        left, top, width, height = cv2.boundingRect(outline)
        touches = left == 0 or top == 0 or left + width == w or top + height == h
        if outer >= 0 or touches or not MIN_SHARE < width * height / small.size < MAX_SHARE:
            continue
        shorter, longer = sorted(cv2.minAreaRect(outline)[1])
        if longer < LONG * shorter or cv2.contourArea(outline) < FILLED * shorter * longer:
            continue
        part = (slice(top, top + height), slice(left, left + width))
        panel = np.zeros((height, width), np.uint8)
        cv2.drawContours(panel, [outline], -1, 255, cv2.FILLED, offset=(-left, -top))
        marks = cv2.countNonZero(cv2.subtract(panel, dark[part])) / cv2.countNonZero(panel)
        if MARKS[0] < marks < MARKS[1] and cv2.countNonZero(cv2.bitwise_and(panel, runs[part])):
            found[part] = cv2.bitwise_or(found[part], panel)
    return found if found.any() else None
