"""Ways to tell ink from paper, the program's and known ones: `python -m convert evaluate lines --threshold`.

Each takes an evenly lit picture, (H, W) u8 with paper near 255, and gives 255 where there is ink, else 0.
"""

from collections.abc import Callable

import cv2
import numpy as np

from camera_ocr.preprocess.threshold import WEAKEST, ink_mask
from camera_ocr.types import U8

Threshold = Callable[[U8], U8]

_WINDOW = 31
"""px: some three times the height of small letters."""
_TILE = 64
"""px: holds some letters of every line that it meets."""


def sauvola(gray: U8, k: float = 0.2, spread: float = 128.0) -> U8:
    """Sauvola and Pietikäinen, "Adaptive document image binarization" (2000), with their k and R."""
    grey = gray.astype(np.float32)
    mean = cv2.boxFilter(grey, -1, (_WINDOW, _WINDOW), borderType=cv2.BORDER_REPLICATE)
    square = cv2.boxFilter(grey * grey, -1, (_WINDOW, _WINDOW), borderType=cv2.BORDER_REPLICATE)
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    return _darker(gray, mean * (1 + k * (deviation / spread - 1)))


def otsu(gray: U8) -> U8:
    """Otsu, "A threshold selection method from gray-level histograms" (1979), one for the picture."""
    return np.asarray(cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1], np.uint8)


def otsu_by_tile(gray: U8) -> U8:
    """Otsu's threshold of each tile, between their middles the mean by distance; bare paper's where nothing
    in a tile is clearly darker than the rest.
    """
    h, w = gray.shape
    levels = np.zeros((-(-h // _TILE), -(-w // _TILE)), np.float32)
    for row, column in np.ndindex(levels.shape):
        tile = np.ascontiguousarray(
            gray[row * _TILE : (row + 1) * _TILE, column * _TILE : (column + 1) * _TILE]
        )
        level = cv2.threshold(tile, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)[0]
        paper = float(np.median(tile))
        ink = tile[tile <= level]
        told_apart = ink.size and paper - float(ink.mean()) > 2 * WEAKEST
        levels[row, column] = level if told_apart else paper - 2 * WEAKEST
    return _darker(gray, cv2.resize(levels, (w, h), interpolation=cv2.INTER_LINEAR))


def local_mean(gray: U8) -> U8:
    """OpenCV's adaptive threshold by the mean around each pixel."""
    return _adaptive(gray, cv2.ADAPTIVE_THRESH_MEAN_C)


def local_gaussian(gray: U8) -> U8:
    """OpenCV's adaptive threshold by the mean around each pixel, what is near weighing more."""
    return _adaptive(gray, cv2.ADAPTIVE_THRESH_GAUSSIAN_C)


THRESHOLDS: dict[str, Threshold] = {
    "ours": ink_mask,
    "sauvola": sauvola,
    "otsu": otsu,
    "otsu-by-tile": otsu_by_tile,
    "local-mean": local_mean,
    "local-gaussian": local_gaussian,
}


def _adaptive(gray: U8, method: int) -> U8:
    mask = cv2.adaptiveThreshold(gray, 255, method, cv2.THRESH_BINARY_INV, _WINDOW, WEAKEST)
    return np.asarray(mask, np.uint8)


def _darker(gray: U8, level: np.ndarray) -> U8:
    return np.where(gray < level, 255, 0).astype(np.uint8)
