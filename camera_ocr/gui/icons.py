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


def undo(painter: QPainter) -> None:
    """An arrow that turns back to the left."""
    painter.drawPolyline(QPolygonF([QPointF(7.2, 3.8), QPointF(3.8, 7.2), QPointF(7.2, 10.6)]))
    painter.drawLine(QPointF(4.2, 7.2), QPointF(11.8, 7.2))
    painter.drawArc(QRectF(7.3, 7.2, 9, 8.8), -90 * 16, 180 * 16)
    painter.drawLine(QPointF(11.8, 16), QPointF(7.5, 16))


def redo(painter: QPainter) -> None:
    painter.translate(20, 0)
    painter.scale(-1, 1)
    undo(painter)


def add_box(painter: QPainter) -> None:
    """A dashed frame with a plus."""
    pen = QPen(painter.pen())
    pen.setDashPattern([2.0, 1.8])
    plain = painter.pen()
    painter.setPen(pen)
    painter.drawRect(QRectF(3, 4.5, 14, 11))
    painter.setPen(plain)
    painter.drawLine(QPointF(10, 7.2), QPointF(10, 12.8))
    painter.drawLine(QPointF(7.2, 10), QPointF(12.8, 10))


def join(painter: QPainter) -> None:
    """Two arrows that meet."""
    painter.drawLine(QPointF(10, 3.5), QPointF(10, 16.5))
    for side in (-1, 1):
        painter.drawLine(QPointF(10 + side * 7, 10), QPointF(10 + side * 2.5, 10))
        painter.drawPolyline(
            QPolygonF(
                [QPointF(10 + side * 5, 7.4), QPointF(10 + side * 2.4, 10), QPointF(10 + side * 5, 12.6)]
            )
        )


def split(painter: QPainter) -> None:
    """Two arrows that part."""
    painter.drawLine(QPointF(10, 3.5), QPointF(10, 16.5))
    for side in (-1, 1):
        painter.drawLine(QPointF(10 + side * 2.8, 10), QPointF(10 + side * 7, 10))
        painter.drawPolyline(
            QPolygonF(
                [QPointF(10 + side * 4.8, 7.4), QPointF(10 + side * 7.4, 10), QPointF(10 + side * 4.8, 12.6)]
            )
        )


def delete(painter: QPainter) -> None:
    """A bin."""
    painter.drawLine(QPointF(4, 5.8), QPointF(16, 5.8))
    painter.drawPolyline(QPolygonF([QPointF(8, 5.6), QPointF(8, 3.6), QPointF(12, 3.6), QPointF(12, 5.6)]))
    painter.drawPolyline(
        QPolygonF([QPointF(5.4, 6), QPointF(6.2, 16.6), QPointF(13.8, 16.6), QPointF(14.6, 6)])
    )
    for x in (8.6, 11.4):
        painter.drawLine(QPointF(x, 8.6), QPointF(x, 14))


def up(painter: QPainter) -> None:
    painter.drawLine(QPointF(10, 4), QPointF(10, 16))
    painter.drawPolyline(QPolygonF([QPointF(5.4, 8.6), QPointF(10, 4), QPointF(14.6, 8.6)]))


def down(painter: QPainter) -> None:
    painter.translate(0, 20)
    painter.scale(1, -1)
    up(painter)


def history(painter: QPainter) -> None:
    """A clock."""
    painter.drawEllipse(QPointF(10, 10), 6.8, 6.8)
    painter.drawPolyline(QPolygonF([QPointF(10, 5.8), QPointF(10, 10.2), QPointF(13, 12)]))


def settings(painter: QPainter) -> None:
    """Three sliders."""
    for y, knob in ((5.0, 13.0), (10.0, 6.5), (15.0, 11.0)):
        painter.drawLine(QPointF(3, y), QPointF(knob - 2, y))
        painter.drawLine(QPointF(knob + 2, y), QPointF(17, y))
        painter.drawEllipse(QPointF(knob, y), 2.0, 2.0)
