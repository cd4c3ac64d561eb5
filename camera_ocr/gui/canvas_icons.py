"""Icons of the canvas' tools, painted as those in `icons`."""

from PyQt5.QtCore import QPointF, QRectF
from PyQt5.QtGui import QPainter, QPainterPath, QPolygonF


def _lines(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def pen(painter: QPainter) -> None:
    _lines(painter, (3.5, 16.5), (4.6, 12.6), (13.4, 3.8), (16.2, 6.6), (7.4, 15.4), (3.5, 16.5))
    _lines(painter, (11.5, 5.8), (14.2, 8.5))


def eraser(painter: QPainter) -> None:
    _lines(painter, (7.5, 16), (3.2, 11.7), (10.9, 4), (16.5, 9.6), (10.1, 16), (7.5, 16), (16.8, 16))
    _lines(painter, (6.8, 8.2), (12.4, 13.7))


def undo(painter: QPainter) -> None:
    _lines(painter, (7, 4), (3.5, 7.5), (7, 11))
    path = QPainterPath(QPointF(3.5, 7.5))
    path.lineTo(11.5, 7.5)
    path.arcTo(QRectF(7, 7.5, 9, 8.5), 90, -180)
    path.lineTo(8, 16)
    painter.drawPath(path)


def redo(painter: QPainter) -> None:
    painter.translate(20, 0)
    painter.scale(-1, 1)
    undo(painter)


def clear(painter: QPainter) -> None:
    _lines(painter, (3.5, 5.5), (16.5, 5.5))
    _lines(painter, (7.5, 5.2), (8.2, 3), (11.8, 3), (12.5, 5.2))
    _lines(painter, (5, 5.5), (5.9, 17), (14.1, 17), (15, 5.5))
    _lines(painter, (8.4, 8.5), (8.7, 14))
    _lines(painter, (11.6, 8.5), (11.3, 14))


def sample(painter: QPainter) -> None:
    """A sheet with a stroke on it, and a plus."""
    _lines(painter, (10, 16.5), (3.5, 16.5), (3.5, 3.5), (16.5, 3.5), (16.5, 9))
    path = QPainterPath(QPointF(6.3, 10.5))
    path.cubicTo(7.5, 5, 10, 7, 9, 10)
    path.cubicTo(8.3, 12.5, 11, 12, 13, 8.5)
    painter.drawPath(path)
    _lines(painter, (14.5, 12), (14.5, 18))
    _lines(painter, (11.5, 15), (17.5, 15))


def picture(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(3, 4, 14, 12), 1.8, 1.8)
    _lines(painter, (3.5, 14), (7.5, 9.5), (10.5, 12.5), (13, 10.3), (16.5, 13.6))
    painter.drawEllipse(QPointF(12.6, 7.3), 1.1, 1.1)
