"""A frame made ready for finding lines: upright, evenly lit, thresholded."""

from collections.abc import Callable
from typing import Protocol

import cv2
import numpy as np

from camera_ocr.detection.text_map import TextMap
from camera_ocr.geometry import rotation_homography, to_gray
from camera_ocr.preprocess.deskew import estimate_skew
from camera_ocr.preprocess.illumination import PAPER, even_light, is_light_on_dark
from camera_ocr.preprocess.panels import turn_panels
from camera_ocr.preprocess.ruling import remove_ruling, without_rules
from camera_ocr.preprocess.sheet import find_sheet
from camera_ocr.preprocess.threshold import ink_mask
from camera_ocr.types import F64, U8, Page

MAX_SIDE = 2400
"""Longer pictures are pooled to at most this many px, after thresholding."""
LEVEL_DEG = 1.5
"""Less skew than this is left as it is: lines find their own slope."""


class Judge(Protocol):
    """What tells writing from the rest."""

    def look(self, even: U8) -> TextMap:
        """Find the writing of an evenly lit picture, (H, W)."""
        ...


def make_page(
    image: U8,
    judge: Judge | None = None,
    *,
    skew_deg: float | None = None,
    desk: bool = True,
    tables: bool = True,
    threshold: Callable[[U8], U8] = ink_mask,
) -> Page:
    """Prepare a BGR or grey picture; `skew_deg` is used instead of an estimate when given.

    With a `judge` only what it takes for writing is ink; without one the sheet is told from the desk by
    brightness and colour, and all that is dark on it is ink.

    `desk`: there may be a desk around the sheet, which is left out; without it writing is looked for on every
    surface, such as on a board and the notes stuck to it.

    `tables`: the judge looks between the rules of tables as well, which takes a third longer.

    `threshold`: tells ink from paper in an evenly lit picture, as ink_mask does.
    """
    gray = to_gray(image)
    light_on_dark = is_light_on_dark(gray)
    if light_on_dark:
        gray = cv2.bitwise_not(gray)
    even = even_light(turn_panels(gray))
    seen = _look(judge, even, tables=tables) if judge is not None else None
    # Before thresholding: what is no writing must have no say in what counts as dark.
    if seen is not None:
        # The grey picture stays whole: rules are told by their length, also where nothing is written on them.
        ink = threshold(np.asarray(cv2.max(even, _no_text(seen, even.shape)), np.uint8))
    else:
        if desk and not light_on_dark and (sheet := find_sheet(image)) is not None:
            even[sheet == 0] = PAPER
        ink = threshold(even)
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


def _look(judge: Judge, even: U8, *, tables: bool) -> TextMap:
    """What the judge sees of an evenly lit picture (H, W); with `tables` once more without its rules,
    which hide what stands between them."""
    seen = judge.look(even)
    bare = without_rules(even) if tables else even
    if bare is even:
        return seen
    unruled = judge.look(bare)
    if seen.text.shape != unruled.text.shape:
        # one of them saw nothing and looked from elsewhere
        return max(seen, unruled, key=lambda one: float(one.writing().mean()))
    return TextMap(np.asarray(cv2.max(seen.text, unruled.text), np.float32), seen.to_page)


def _no_text(seen: TextMap, shape: tuple[int, ...]) -> U8:
    """PAPER where there is no writing, 0 where there is: (H, W) as `shape` says."""
    # ascenders, dots and the ends of flourishes reach beyond the cells that are mostly writing
    outside = (1 - cv2.dilate(seen.writing(), np.ones((3, 3), np.uint8))) * np.uint8(PAPER)
    grid = seen.to_page[[0, 1], [0, 1]]
    size = (round(outside.shape[1] * grid[0]), round(outside.shape[0] * grid[1]))
    wide = cv2.resize(outside, size, interpolation=cv2.INTER_NEAREST)
    h, w = shape
    # the last cells may reach over the edge of the picture, or not quite to it
    wide = cv2.copyMakeBorder(wide, 0, max(0, h - size[1]), 0, max(0, w - size[0]), cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(wide[:h, :w], np.uint8)


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
