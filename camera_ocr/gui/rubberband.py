"""Drawing a box on the picture, with the mouse or with keys."""

from enum import Enum

import numpy as np
from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPen

from camera_ocr.framing import Box
from camera_ocr.gui.arrows import way_of
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.viewport import Viewport
from camera_ocr.types import F32

SMALLEST_PX = 6
"""A box with a shorter side, widget px, is a slip of the hand."""
STEP_PX = 12
"""A box is moved and stretched so far by a key, widget px."""


class Draws(Enum):
    """What the next drag does."""

    NOTHING = "moves the picture"
    LINE = "draws the box of a line"
    REGION = "draws a part of the picture that is to be read"


class RubberBand:
    """A box under way, in widget px: from where the button was pressed to where the mouse is."""

    def __init__(self, start: QPointF, end: QPointF | None = None) -> None:
        self._start = start
        self._end = end if end is not None else start

    def stretch(self, to: QPointF) -> None:
        self._end = to

    def press(self, key: int, *, shift: bool) -> bool:
        """An arrow moves the box, with Shift its lower right corner; False for any other key."""
        way = way_of(key)
        if way is None:
            return False
        step = QPointF(*way) * STEP_PX
        if not shift:
            self._start += step
        end = self._end + step
        self._end = QPointF(max(end.x(), self._start.x()), max(end.y(), self._start.y()))
        return True

    @property
    def rect(self) -> QRectF:
        return QRectF(self._start, self._end).normalized()

    @property
    def is_box(self) -> bool:
        return min(self.rect.width(), self.rect.height()) >= SMALLEST_PX

    def paint(self, painter: QPainter, theme: Theme) -> None:
        tint = QColor(theme.accent)
        tint.setAlpha(40)
        painter.setBrush(tint)
        painter.setPen(QPen(QColor(theme.accent), 1.6, Qt.PenStyle.DashLine))
        painter.drawRect(self.rect)


def band_in_the_middle(room: QRectF, draws: Draws) -> RubberBand:
    """Where one begins who draws with keys; `room`: the visible picture, widget px."""
    size = room.width() / 2, room.height() / (8 if draws is Draws.LINE else 2)
    half = QPointF(*size) / 2
    return RubberBand(room.center() - half, room.center() + half)


def quad_of(rect: QRectF, viewport: Viewport) -> F32 | None:
    """(4, 2) picture px of what `rect`, widget px, has of the picture; None when that is next to nothing."""
    x0, y0, x1, y1 = _within(rect, viewport)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return None
    return np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)


def box_of(rect: QRectF, viewport: Viewport) -> Box:
    """What `rect`, widget px, has of the picture, as fractions of it."""
    x0, y0, x1, y1 = _within(rect, viewport)
    across, down = viewport.image_width, viewport.image_height
    return x0 / across, y0 / down, x1 / across, y1 / down


def _within(rect: QRectF, viewport: Viewport) -> tuple[float, float, float, float]:
    x0, y0 = viewport.to_image(rect.left(), rect.top())
    x1, y1 = viewport.to_image(rect.right(), rect.bottom())
    (x0, x1), (y0, y1) = (
        np.clip([x0, x1], 0, viewport.image_width),
        np.clip([y0, y1], 0, viewport.image_height),
    )
    return float(x0), float(y0), float(x1), float(y1)
