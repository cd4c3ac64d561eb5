"""A frame made ready for finding lines: upright, evenly lit, thresholded."""

import cv2
import numpy as np

from camera_ocr.geometry import rotation_homography, to_gray
from camera_ocr.preprocess.deskew import estimate_skew
from camera_ocr.preprocess.illumination import PAPER, even_light, is_light_on_dark
from camera_ocr.preprocess.ruling import remove_ruling
from camera_ocr.preprocess.sheet import find_sheet
from camera_ocr.preprocess.threshold import ink_mask
from camera_ocr.types import F64, U8, Page

MAX_SIDE = 2400
"""Longer pictures are pooled to at most this many px, after thresholding."""
LEVEL_DEG = 1.5
"""Less skew than this is left as it is: lines find their own slope."""


def make_page(image: U8, *, skew_deg: float | None = None, desk: bool = True) -> Page:
    """Prepare a BGR or grey picture; `skew_deg` is used instead of an estimate when given.

    `desk`: there may be a desk around the sheet, which is left out; without it writing is looked for on every
    surface, such as on a board and the notes stuck to it.
    """
    gray = to_gray(image)
    sheet = None
    if is_light_on_dark(gray):
        gray = cv2.bitwise_not(gray)
    elif desk:
        sheet = find_sheet(image)
    even = even_light(gray)
    if sheet is not None:
        # Before thresholding: the desk must have no say in what counts as dark.
        even[sheet == 0] = PAPER
    ink = ink_mask(even)
    even, ink, to_frame = _pool(even, ink)
    skew = estimate_skew(ink) if skew_deg is None else skew_deg
    if skew is None:
        skew = 0.0
    if abs(skew) >= LEVEL_DEG:
        turn, w, h = rotation_homography(skew, even.shape[1], even.shape[0])
        even = cv2.warpAffine(even, turn[:2], (w, h), borderValue=PAPER)
        turned = cv2.warpAffine(ink, turn[:2], (w, h), borderValue=0)
        _, ink = cv2.threshold(turned, 95, 255, cv2.THRESH_BINARY)
        to_frame = to_frame @ np.linalg.inv(turn)
    ink = remove_ruling(ink, even)
    return Page(np.ascontiguousarray(even), np.ascontiguousarray(ink), float(skew), to_frame)


def _pool(gray: U8, ink: U8) -> tuple[U8, U8, F64]:
    """Shrink what is larger than MAX_SIDE; a pixel stays ink when an eighth of what it covers is."""
    h, w = gray.shape
    factor = max(h, w) / MAX_SIDE
    if factor <= 1:
        return gray, ink, np.eye(3)
    size = (max(1, round(w / factor)), max(1, round(h / factor)))
    small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
    density = cv2.resize(ink, size, interpolation=cv2.INTER_AREA)
    _, pooled = cv2.threshold(density, 31, 255, cv2.THRESH_BINARY)
    sx, sy = w / size[0], h / size[1]
    to_frame = np.array([[sx, 0, (sx - 1) / 2], [0, sy, (sy - 1) / 2], [0, 0, 1]])
    return small, np.asarray(pooled, np.uint8), to_frame
