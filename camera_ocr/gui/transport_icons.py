"""Icons of the bar below a video."""

from PyQt5.QtCore import QPointF
from PyQt5.QtGui import QPainter, QPolygonF


def step_on(painter: QPainter) -> None:
    """A triangle against a wall."""
    painter.setBrush(painter.pen().color())
    painter.drawPolygon(QPolygonF([QPointF(5, 5.5), QPointF(11.5, 10), QPointF(5, 14.5)]))
    painter.drawLine(QPointF(14.5, 5.5), QPointF(14.5, 14.5))


def step_back(painter: QPainter) -> None:
    painter.setBrush(painter.pen().color())
    painter.drawPolygon(QPolygonF([QPointF(15, 5.5), QPointF(8.5, 10), QPointF(15, 14.5)]))
    painter.drawLine(QPointF(5.5, 5.5), QPointF(5.5, 14.5))
