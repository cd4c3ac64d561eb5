"""Drawing a box on the picture with the mouse."""

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPen

from camera_ocr.gui.theme import Theme

SMALLEST_PX = 6
"""A box with a shorter side, widget px, is a slip of the hand."""


class RubberBand:
    """From where the button was pressed to where the mouse is, all in widget px."""

    def __init__(self, start: QPointF) -> None:
        self._start = self._end = start

    def stretch(self, to: QPointF) -> None:
        self._end = to

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
