"""How far apart lines lie, by the autocorrelation of the ink's profile down strips of the page."""

import cv2
import numpy as np

from camera_ocr.detection.bodies import POOLED_BODY, pool
from camera_ocr.types import U8

STRIP = 5.0
"""Width of a strip, in heights of small letters: so narrow that lines that climb by 10 degrees still show."""
WINDOW = 8.0
"""Over so many heights of small letters the profile is compared with its surroundings."""
NEAREST, FARTHEST = 0.9, 6.0
"""Distances that are looked at, in heights of small letters."""
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
    strips = density.shape[1] // width
    if strips < 1 or height < 4 * unit:
        return None
    profile = density[:, : strips * width].reshape(height, strips, width).mean(axis=2)
    profile = cv2.blur(profile, (1, 3)).reshape(height, strips)
    around = cv2.blur(profile, (1, int(WINDOW * unit) | 1)).reshape(height, strips)
    # Wiener and Khinchin: padded to twice its length, the profile does not meet its own beginning.
    power = np.abs(np.fft.rfft(profile - around, 2 * height, axis=0)) ** 2
    alike = np.fft.irfft(power.sum(axis=1))[:height]
    for step in range(max(2, int(NEAREST * unit)), min(height - 2, int(FARTHEST * unit))):
        if alike[step] > max(0.0, alike[step - 1], alike[step + 1]):
            return float(step * ink.shape[0] / height)
    return None
