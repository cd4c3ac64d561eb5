"""How far apart lines lie, by the autocorrelation of the ink's profile down strips of the page."""

import cv2
import numpy as np

from camera_ocr.detection.bodies import pool
from camera_ocr.types import U8

POOLED_BODY = 7.0
"""Height of small letters after pooling, px: finer than bands need it, for close lines."""
STRIP = 5.0
"""Width of a strip, in heights of small letters: so narrow that lines that climb by 10 degrees still show."""
WINDOW = 8.0
"""Over so many heights of small letters the profile is compared with its surroundings."""
NEAREST, FARTHEST = 0.9, 6.0
"""Distances that are looked at, in heights of small letters."""
PEAK = 0.06
"""At its distance the profile is more alike than at some nearer one, by this share of how alike it is to
itself."""
BODIES = 2.5
"""The distance of lines is at least so many heights of small letters."""


def body_by_pitch(ink: U8, body: float) -> float:
    """Height of small letters, px: `body`, that of pieces of ink, unless lines lie too near for it.

    Letters that hang together, capitals and figures are higher than the small letters of their line; lines
    that were told apart by such a height would run together.
    """
    pitch = line_pitch(ink, body)
    return body if pitch is None else max(3.0, min(body, pitch / BODIES))


def line_pitch(ink: U8, body: float) -> float | None:
    """Distance from a line to the next, px, for (H, W) ink of about level lines and pieces `body` px high.

    None where there is no such distance: one line, or too little height for two.
    """
    density = pool(ink, max(1.0, body / POOLED_BODY))
    height = density.shape[0]
    unit = body * height / ink.shape[0]
    width = max(4, round(STRIP * unit))
    if density.shape[1] < width or height < 4 * unit:
        return None
    # Strips overlap by half, lest it matters where they happen to begin.
    smooth = cv2.blur(density, (width, 1), borderType=cv2.BORDER_CONSTANT)
    profile = np.ascontiguousarray(smooth[:, width // 2 :: max(1, width // 2)])
    strips = profile.shape[1]
    # Beyond the picture there is no ink.
    profile = cv2.blur(profile, (1, 3), borderType=cv2.BORDER_CONSTANT).reshape(height, strips)
    window = int(WINDOW * unit) | 1
    around = cv2.blur(profile, (1, window), borderType=cv2.BORDER_CONSTANT).reshape(height, strips)
    # Wiener and Khinchin: padded to twice its length, the profile does not meet its own beginning.
    power = np.abs(np.fft.rfft(profile - around, 2 * height, axis=0)) ** 2
    alike = np.fft.irfft(power.sum(axis=1))[:height]
    for step in range(max(2, int(NEAREST * unit)), min(height - 2, int(FARTHEST * unit))):
        least = alike[:step].min()
        if alike[step] > max(least + PEAK * alike[0], alike[step - 1], alike[step + 1]):
            return float(step * ink.shape[0] / height)
    return None
