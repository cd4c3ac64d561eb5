"""Icons painted by code: they take the theme's colours and are sharp at every size."""

from collections.abc import Callable

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

Draw = Callable[[QPainter], None]
"""Draws on a field of 20 × 20 units with the pen that is set."""


def icon(draw: Draw, colour: str, disabled: str) -> QIcon:
    """`draw` in `colour`, or `disabled` where it cannot be used, at one, two and three pixels a unit."""
    result = QIcon()
    for mode, tint in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
        for ratio in (1, 2, 3):
            result.addPixmap(_painted(draw, tint, ratio), mode)
    return result


def _painted(draw: Draw, colour: str, ratio: int) -> QPixmap:
    pixmap = QPixmap(20 * ratio, 20 * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), 1.5)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    draw(painter)
    painter.end()
    return pixmap


def pause(painter: QPainter) -> None:
    painter.setBrush(painter.pen().color())
    for x in (6.0, 11.5):
        painter.drawRoundedRect(QRectF(x, 5, 2.5, 10), 0.8, 0.8)


def play(painter: QPainter) -> None:
    painter.setBrush(painter.pen().color())
    painter.drawPolygon(QPolygonF([QPointF(6.5, 4.5), QPointF(15, 10), QPointF(6.5, 15.5)]))


def copy(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(7.5, 7.5, 9, 9), 1.8, 1.8)
    painter.drawPolyline(
        QPolygonF(
            [
                QPointF(4.6, 12.2),
                QPointF(3.5, 11.5),
                QPointF(3.5, 3.5),
                QPointF(11.5, 3.5),
                QPointF(12.2, 4.6),
            ]
        )
    )


def save(painter: QPainter) -> None:
    painter.drawLine(QPointF(10, 3.5), QPointF(10, 12))
    painter.drawPolyline(QPolygonF([QPointF(6.5, 8.8), QPointF(10, 12.3), QPointF(13.5, 8.8)]))
    painter.drawPolyline(
        QPolygonF([QPointF(3.5, 12.5), QPointF(3.5, 16.5), QPointF(16.5, 16.5), QPointF(16.5, 12.5)])
    )


def camera(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(2.5, 6, 15, 10), 2, 2)
    painter.drawPolyline(QPolygonF([QPointF(6.8, 6), QPointF(8, 3.8), QPointF(12, 3.8), QPointF(13.2, 6)]))
    painter.drawEllipse(QPointF(10, 11), 2.8, 2.8)


def text(painter: QPainter) -> None:
    """A page with lines of writing."""
    painter.drawRoundedRect(QRectF(4, 2.8, 12, 14.4), 1.8, 1.8)
    for y, right in ((7.0, 13.0), (10.0, 13.0), (13.0, 10.5)):
        painter.drawLine(QPointF(7, y), QPointF(right, y))
