"""numpy pictures to Qt pictures, and back."""

import math
from typing import Any, cast

import cv2
import numpy as np
from PyQt5.QtCore import QRectF, Qt
from PyQt5.QtGui import QImage, QPainter

from camera_ocr.gui.viewport import Viewport
from camera_ocr.types import U8


def to_qimage(image: U8) -> QImage:
    """A QImage that owns its pixels.

    `image`: (H, W, 3) BGR or (H, W) grey, at least 1×1.
    """
    height, width = image.shape[:2]
    if image.ndim == 2:
        pixels, layout = np.ascontiguousarray(image), QImage.Format.Format_Grayscale8
    else:
        # Four bytes a pixel: Qt paints this layout without converting it each time.
        pixels, layout = cv2.cvtColor(image, cv2.COLOR_BGR2BGRA), QImage.Format.Format_RGB32
    # Qt borrows the buffer, which goes away with the array: copy() gives the picture its own.
    borrowed = QImage(cast(bytes, pixels.data), width, height, pixels.strides[0], layout)
    return borrowed.copy()


def from_qimage(picture: QImage) -> U8:
    """(H, W, 3) BGR; transparency is laid over white paper."""
    flat = QImage(picture.size(), QImage.Format.Format_RGB32)
    flat.fill(Qt.GlobalColor.white)
    painter = QPainter(flat)
    # at its own pixels, whatever resolution it says it has
    painter.drawImage(flat.rect(), picture)
    painter.end()
    bits: Any = flat.constBits()
    bits.setsize(flat.sizeInBytes())
    rows = np.frombuffer(bits, np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return np.ascontiguousarray(rows[:, : flat.width() * 4].reshape(flat.height(), flat.width(), 4)[..., :3])


def render(image: U8, viewport: Viewport, ratio: float) -> tuple[QImage, QRectF]:
    """The visible part of `image` at the screen's own resolution, and where in the widget it goes.

    `image`: (H, W, 3) BGR; `viewport` in widget px; `ratio`: device px a widget px. OpenCV scales because
    averaging areas keeps thin strokes when shrinking, which Qt's bilinear filter loses, and it is faster.
    """
    height, width = image.shape[:2]
    left, top = viewport.to_image(0.0, 0.0)
    right, bottom = viewport.to_image(viewport.width, viewport.height)
    x0, y0 = max(0, math.floor(left)), max(0, math.floor(top))
    x1, y1 = min(width, math.ceil(right)), min(height, math.ceil(bottom))
    if x1 <= x0 or y1 <= y0:
        return QImage(), QRectF()
    wx0, wy0 = viewport.to_widget(x0, y0)
    wx1, wy1 = viewport.to_widget(x1, y1)
    size = max(1, round((wx1 - wx0) * ratio)), max(1, round((wy1 - wy0) * ratio))
    # below half the size, what lies between the sampled points would be lost
    much_smaller = size[0] * 2 < x1 - x0
    part = cv2.resize(
        image[y0:y1, x0:x1], size, interpolation=cv2.INTER_AREA if much_smaller else cv2.INTER_LINEAR
    )
    return to_qimage(np.asarray(part, dtype=np.uint8)), QRectF(wx0, wy0, size[0] / ratio, size[1] / ratio)
