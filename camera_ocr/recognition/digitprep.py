"""The ink of one digit -> the image the digit reader sees, the same in training and in the app.

As MNIST was made (LeCun et al., "Gradient-based learning applied to document recognition", 1998): the ink's
box is scaled so that its longer side is 20 px, and set into 28x28 with its centre of mass in the middle.
"""

import cv2
import numpy as np

from camera_ocr.types import U8

DIGIT_SIDE = 28
"""Side of the reader's input, px."""
BOX_SIDE = 20
"""Longer side of the ink within it, px."""

INK = 40
"""Weaker ink than this, of 255, does not count for the box."""


def prepare_digit(ink: U8) -> U8:
    """Scale and centre one digit.

    Args:
        ink: (H, W) ink strength, 255 = ink, 0 = paper, of any size and with any margins.

    Returns:
        (28, 28), ink bright; all 0 when there is no ink.
    """
    out = np.zeros((DIGIT_SIDE, DIGIT_SIDE), np.uint8)
    x, y, w, h = cv2.boundingRect(cv2.threshold(ink, INK - 1, 255, cv2.THRESH_BINARY)[1])
    if w == 0 or h == 0:
        return out
    scale = BOX_SIDE / max(w, h)
    size = (max(1, round(w * scale)), max(1, round(h * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = cv2.resize(ink[y : y + h, x : x + w], size, interpolation=how)
    # a thin stroke is grey once it is shrunk: its darkest tenth is full ink again, as in MNIST
    strength = np.sort(small[small >= 16])
    if len(strength):
        small = cv2.convertScaleAbs(small, alpha=255 / float(strength[int(0.9 * len(strength))]))
    moments = cv2.moments(small)
    mass = max(moments["m00"], 1.0)
    left = _start(moments["m10"] / mass, size[0])
    top = _start(moments["m01"] / mass, size[1])
    out[top : top + size[1], left : left + size[0]] = small
    return out


def _start(centre: float, length: int) -> int:
    """Where ink of this length begins so that its centre of mass is in the middle, without being cut."""
    return int(np.clip(round(DIGIT_SIDE / 2 - centre), 0, DIGIT_SIDE - length))
