"""A crop of one line of writing -> the image the line reader sees, the same in training and in the app."""

from typing import NamedTuple

import cv2
import numpy as np

from camera_ocr.geometry import gray_counts
from camera_ocr.types import U8

LINE_HEIGHT = 40
"""Height of the reader's input, px."""

_WORK_HEIGHT = 160
"""Taller crops are first reduced to this: more detail than the reader can use only costs time."""
_NOISY_HEIGHT = 100
"""Lower crops show a sensor's noise in the reader's input; taller ones lose it when they are reduced."""
_MIN_CONTRAST = 30
"""Grey levels between paper and ink below which a crop counts as blank, so noise is not blown up to ink."""
_NEAR = 0.6
"""Side of the neighbourhood that tells strokes from paper, of the crop's height."""
_MIN_WIDTH = 16
_MAX_ASPECT = 100


class PreparedLine(NamedTuple):
    pixels: U8
    """(height, W) with ink bright (255) on paper 0, so that padding with zeros is padding with paper."""
    left: float
    """Where the pixels begin along the crop, as a fraction of its width."""
    right: float
    """Where they end."""


def prepare_line(crop: U8, height: int = LINE_HEIGHT) -> PreparedLine:
    """Even the light, turn the polarity, trim blank margins and scale to the reader's height.

    Args:
        crop: (H, W) grey, any size and polarity, one line of writing roughly level. H, W >= 1.
        height: px of the result.
    """
    crop = _limit_size(crop)
    if crop.shape[0] < _NOISY_HEIGHT:
        crop = cv2.GaussianBlur(crop, (3, 3), 0.5)
    ink = even_ink(crop)
    whole = ink.shape[1]
    rows, columns = writing_extent(ink)
    ink = ink[rows, columns]
    h, w = ink.shape
    width = min(max(_MIN_WIDTH, round(w * height / h)), _MAX_ASPECT * height)
    # between four pixels nothing is lost until half of them are left out, and it takes a fifth of the time
    averaging = h > 1.5 * height
    pixels = cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA if averaging else cv2.INTER_LINEAR)
    return PreparedLine(pixels, columns.start / whole, columns.stop / whole)


def even_ink(gray: U8) -> U8:
    """(H, W) grey -> ink strength 0..255: the background is divided out and the darkest ink set to 255."""
    h, w = gray.shape
    cell = max(1, h // 28)
    small = cv2.resize(gray, (max(1, w // cell), max(1, h // cell)), interpolation=cv2.INTER_AREA)
    if _light_on_dark(small):
        gray, small = cv2.bitwise_not(gray), cv2.bitwise_not(small)
    paper = _paper(small, (w, h))
    # divide, not subtract: light falls on paper and ink alike, so their ratio is what the pen left
    ink = cv2.bitwise_not(cv2.divide(gray, paper, scale=255.0))
    some_rows = ink[:: 2 * cell]
    cumulative = np.cumsum(gray_counts(some_rows))
    # strokes cover little of a line: its darkest hundredth is ink if anything is
    strongest = float(np.searchsorted(cumulative, 0.99 * some_rows.size))
    # half of the pixels at least are bare paper, whatever lies just above them is grain
    grain = min(float(np.searchsorted(cumulative, 0.5 * some_rows.size)) + 4.0, 0.5 * strongest)
    gain = 255.0 / max(strongest - grain, _MIN_CONTRAST)
    evened: U8 = cv2.convertScaleAbs(cv2.subtract(ink, grain), alpha=gain)
    return evened


def writing_extent(ink: U8) -> tuple[slice, slice]:
    """Rows and columns of (H, W) ink strength that hold the writing and a tenth of its height around it."""
    h, w = ink.shape
    mask = cv2.threshold(cv2.blur(ink, (3, 3)), 90, 255, cv2.THRESH_BINARY)[1]
    inked = cv2.reduce(mask, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel() // 255
    rows = np.flatnonzero(inked > max(2, 0.002 * w))
    columns = np.flatnonzero(mask.any(axis=0))
    if not len(rows) or not len(columns):
        return slice(0, h), slice(0, w)
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    # a lone dash must not fill the height
    lacking = max(0, round(0.2 * h) - (bottom - top))
    top, bottom = max(0, top - lacking // 2 - lacking % 2), min(h, bottom + lacking // 2)
    margin = max(1, round(0.1 * (bottom - top)))
    left, right = int(columns[0]), int(columns[-1]) + 1
    return (
        slice(max(0, top - margin), min(h, bottom + margin)),
        slice(max(0, left - margin), min(w, right + margin)),
    )


def _limit_size(crop: U8) -> U8:
    h, w = crop.shape
    if w > _MAX_ASPECT * h:
        crop = cv2.resize(crop, (_MAX_ASPECT * h, h), interpolation=cv2.INTER_AREA)
        w = crop.shape[1]
    if h > _WORK_HEIGHT:
        scale = _WORK_HEIGHT / h
        crop = cv2.resize(crop, (max(1, round(w * scale)), _WORK_HEIGHT), interpolation=cv2.INTER_AREA)
    return crop


def _light_on_dark(small: U8) -> bool:
    """Strokes are the rare values around the local mean: their side of it is the sign of the skewness.

    Args:
        small: the crop, some 28 px high.
    """
    # the edge of a shadow and a lamp's gradient are not what the pen left: the smaller the neighbourhood, the
    # less of them is in it, but a bold stroke must not fill it
    size = max(3, round(_NEAR * small.shape[0])) | 1
    mean = cv2.blur(small, (size, size), borderType=cv2.BORDER_REPLICATE)
    deviation = cv2.subtract(small, mean, dtype=cv2.CV_32F).ravel()
    return float(np.dot(deviation * deviation, deviation)) > 0


def _paper(small: U8, size: tuple[int, int]) -> U8:
    """Brightness of the bare paper at each pixel: a closing that no stroke survives, smoothed.

    Args:
        small: the crop, some 28 px high.
        size: width and height of the result, px.
    """
    reach = max(3, small.shape[0] // 2) | 1
    closed = cv2.morphologyEx(
        small, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8), borderType=cv2.BORDER_REPLICATE
    )
    smooth = cv2.blur(closed, (reach, reach), borderType=cv2.BORDER_REPLICATE)
    paper: U8 = cv2.max(cv2.resize(smooth, size, interpolation=cv2.INTER_LINEAR), 1)
    return paper
