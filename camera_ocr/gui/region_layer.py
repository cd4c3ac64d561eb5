"""How the parts of the picture that are read look: frames, handles, and dimmed what lies around them."""

import math
from collections.abc import Sequence

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QPainter, QPainterPath, QPen

from camera_ocr.framing import Box, Edge
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.viewport import Viewport

SHADE = QColor(10, 12, 16, 130)
BADGE_RADIUS = 11.0
FINGER_RADIUS = 18.0
"""Around a badge's middle, px: what counts as on it."""
HANDLE = 9.0
"""Side of the square at each corner and edge of the chosen region, px."""
REACH = 8.0
"""As far from an edge still takes hold of it, px."""


def region_rect(box: Box, viewport: Viewport) -> QRectF:
    """In widget px."""
    left, top, right, bottom = box
    x0, y0 = viewport.to_widget(left * viewport.image_width, top * viewport.image_height)
    x1, y1 = viewport.to_widget(right * viewport.image_width, bottom * viewport.image_height)
    return QRectF(QPointF(x0, y0), QPointF(x1, y1))


def badge_centre(rect: QRectF) -> QPointF:
    """Of the cross that takes a region away, inside its upper right corner as far as it is large enough, and
    clear of the handle there."""
    inset = BADGE_RADIUS + 10
    return QPointF(max(rect.center().x(), rect.right() - inset), min(rect.center().y(), rect.top() + inset))


def badge_at(regions: Sequence[Box], viewport: Viewport, at: QPointF) -> int | None:
    """The region whose cross is at that place of the widget, px."""
    for number, box in enumerate(regions):
        centre = badge_centre(region_rect(box, viewport))
        if math.hypot(at.x() - centre.x(), at.y() - centre.y()) <= FINGER_RADIUS:
            return number
    return None


def edges_at(
    regions: Sequence[Box], viewport: Viewport, at: QPointF, *, first: int | None = None
) -> tuple[int, Edge] | None:
    """The region whose frame is at that place of the widget, px, and which of its edges; `first` wins where
    frames cross."""
    order = sorted(range(len(regions)), key=lambda number: number != first)
    for number in order:
        rect = region_rect(regions[number], viewport)
        if not rect.adjusted(-REACH, -REACH, REACH, REACH).contains(at):
            continue
        # of a small region the inner half is left to be held as a whole
        reach_x, reach_y = min(REACH, rect.width() / 4), min(REACH, rect.height() / 4)
        edges = Edge.NONE
        for edge, other, distance, reach in (
            (Edge.LEFT, Edge.RIGHT, at.x() - rect.left(), reach_x),
            (Edge.RIGHT, Edge.LEFT, rect.right() - at.x(), reach_x),
            (Edge.TOP, Edge.BOTTOM, at.y() - rect.top(), reach_y),
            (Edge.BOTTOM, Edge.TOP, rect.bottom() - at.y(), reach_y),
        ):
            if distance <= reach and not edges & other:
                edges |= edge
        if edges:
            return number, edges
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


def paint_frames(
    painter: QPainter,
    regions: Sequence[Box],
    viewport: Viewport,
    theme: Theme,
    chosen: int | None = None,
) -> None:
    """Frames and crosses, and the handles of the `chosen` one, above everything else on the picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rects = [region_rect(box, viewport) for box in regions]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for number, rect in enumerate(rects):
        painter.setPen(QPen(QColor("#ffffff"), 3.6 if number == chosen else 1.6))
        painter.drawRect(rect)
    for number, rect in enumerate(rects):
        if number == chosen:
            _paint_handles(painter, rect, theme)
        _paint_badge(painter, badge_centre(rect), theme)


def _paint_handles(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    painter.setPen(QPen(QColor(theme.accent), 1.8))
    painter.drawRect(rect)
    painter.setBrush(QColor("#ffffff"))
    middle = rect.center()
    for x in (rect.left(), middle.x(), rect.right()):
        for y in (rect.top(), middle.y(), rect.bottom()):
            if (x, y) != (middle.x(), middle.y()):
                painter.drawRect(QRectF(x - HANDLE / 2, y - HANDLE / 2, HANDLE, HANDLE))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_badge(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    painter.setPen(QPen(QColor("#ffffff"), 1.4))
    painter.setBrush(QColor(theme.accent))
    painter.drawEllipse(centre, BADGE_RADIUS, BADGE_RADIUS)
    arm = BADGE_RADIUS * 0.36
    painter.setPen(QPen(QColor(theme.on_accent), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for way in (1, -1):
        painter.drawLine(centre - QPointF(arm, way * arm), centre + QPointF(arm, way * arm))
