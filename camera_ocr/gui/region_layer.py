"""The parts of the picture that are read: what lies around them is dimmed, each can be taken away."""

import math
from collections.abc import Sequence

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPainterPath, QPen

from camera_ocr.framing import Box
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.viewport import Viewport

SHADE = QColor(10, 12, 16, 130)
BADGE_RADIUS = 11.0
FINGER_RADIUS = 18.0
"""Around a badge's middle, px: what counts as on it."""


def region_rect(box: Box, viewport: Viewport) -> QRectF:
    """In widget px."""
    left, top, right, bottom = box
    x0, y0 = viewport.to_widget(left * viewport.image_width, top * viewport.image_height)
    x1, y1 = viewport.to_widget(right * viewport.image_width, bottom * viewport.image_height)
    return QRectF(QPointF(x0, y0), QPointF(x1, y1))


def badge_centre(rect: QRectF) -> QPointF:
    """Of the cross that takes a region away, inside its upper right corner as far as it is large enough."""
    inset = BADGE_RADIUS + 4
    return QPointF(max(rect.center().x(), rect.right() - inset), min(rect.center().y(), rect.top() + inset))


def badge_at(regions: Sequence[Box], viewport: Viewport, at: QPointF) -> int | None:
    """The region whose cross is at that place of the widget, px."""
    for number, box in enumerate(regions):
        centre = badge_centre(region_rect(box, viewport))
        if math.hypot(at.x() - centre.x(), at.y() - centre.y()) <= FINGER_RADIUS:
            return number
    return None


def paint_shade(painter: QPainter, regions: Sequence[Box], viewport: Viewport, place: QRectF) -> None:
    """Dim what is not read, below all that is painted on it; `place`: the visible picture, widget px."""
    if not regions:
        return
    rects = [region_rect(box, viewport) for box in regions]
    around = QPainterPath()
    around.addRect(place)
    inside = QPainterPath()
    for rect in rects:
        one = QPainterPath()
        one.addRect(rect)
        inside = inside.united(one)
    painter.fillPath(around.subtracted(inside), SHADE)


def paint_frames(painter: QPainter, regions: Sequence[Box], viewport: Viewport, theme: Theme) -> None:
    """Frames and crosses, above everything else on the picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rects = [region_rect(box, viewport) for box in regions]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#ffffff"), 1.6))
    for rect in rects:
        painter.drawRect(rect)
    for rect in rects:
        _paint_badge(painter, badge_centre(rect), theme)


def _paint_badge(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    painter.setPen(QPen(QColor("#ffffff"), 1.4))
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(centre, BADGE_RADIUS, BADGE_RADIUS)
    arm = BADGE_RADIUS * 0.36
    painter.setPen(QPen(QColor(theme.on_accent), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for way in (1, -1):
        painter.drawLine(centre - QPointF(arm, way * arm), centre + QPointF(arm, way * arm))
