"""What is painted over the picture beside its text: the state, progress, and the line under the mouse."""

from dataclasses import dataclass

from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from camera_ocr.gui.theme import Theme

GLASS = QColor(18, 20, 24, 180)
"""Behind white text: readable on any picture."""
MARGIN = 14


@dataclass(frozen=True, slots=True)
class Hud:
    """What to say over the picture."""

    word: str = ""
    """The state, in the upper left corner; nothing is shown when empty."""
    frozen: bool = False
    busy: bool = False
    """A read is under way."""
    stale: bool = False
    """The picture is not moving although it should."""


def paint_hud(painter: QPainter, hud: Hud, place: QRectF, theme: Theme, font: QFont, tick: int) -> None:
    """`place`: the picture's visible part in widget px; `tick`: counts up while busy, moves the bar."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if hud.frozen:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.accent), 4.0))
        painter.drawRect(place.adjusted(2, 2, -2, -2))
    if hud.busy:
        _paint_progress(painter, place, theme, tick)
    if hud.word:
        _paint_pill(painter, hud, place, theme, font)


def progress_room(place: QRectF) -> QRectF:
    """Where the bar runs that shows that something is under way; `place`: the picture's visible part."""
    return QRectF(place.x(), place.y(), place.width(), 4)


def _paint_progress(painter: QPainter, place: QRectF, theme: Theme, tick: int) -> None:
    """A short bar that runs along the picture's upper edge: it takes about a second, nobody knows exactly."""
    run = place.width() * 1.3
    start = (tick * 0.025 % 1.0) * run - place.width() * 0.3
    left = max(0.0, start)
    right = min(place.width(), start + place.width() * 0.3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.live))
    painter.drawRect(QRectF(place.x() + left, place.y(), max(0.0, right - left), 4))


def _paint_pill(painter: QPainter, hud: Hud, place: QRectF, theme: Theme, font: QFont) -> None:
    """A dot when live, two bars when frozen, and a word or two."""
    bold = QFont(font)
    bold.setBold(True)
    metrics = QFontMetricsF(bold)
    corner = place.topLeft() + QPointF(MARGIN, MARGIN)
    pill = QRectF(corner.x(), corner.y(), metrics.horizontalAdvance(hud.word) + 40, metrics.height() + 10)
    ink = QColor(theme.on_accent) if hud.frozen else QColor("#ffffff")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.accent) if hud.frozen else GLASS)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    middle = pill.center().y()
    if hud.frozen:
        painter.setBrush(ink)
        for x in (pill.x() + 13, pill.x() + 18.5):
            painter.drawRoundedRect(QRectF(x, middle - 5, 3, 10), 1, 1)
    else:
        painter.setBrush(QColor("#e2a03f" if hud.stale else "#45c983"))
        painter.drawEllipse(QPointF(pill.x() + 16, middle), 4.0, 4.0)
    painter.setPen(ink)
    painter.setFont(bold)
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
    painter.drawText(pill.adjusted(27, 0, 0, 0), flags, hud.word)


def paint_chip(painter: QPainter, text: str, box: QRectF, room: QRectF, font: QFont) -> None:
    """`text` on dark glass just below `box`, or above it where `room` ends; all in widget px."""
    metrics = QFontMetricsF(font)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width() - 40)
    width, height = metrics.horizontalAdvance(text) + 22, metrics.height() + 10
    x = min(
        max(room.left() + 8, box.center().x() - width / 2), max(room.left() + 8, room.right() - width - 8)
    )
    below = box.bottom() + 6
    y = below if below + height < room.bottom() else box.top() - 6 - height
    # of a line that is larger than the view
    y = max(room.top() + 8, min(y, room.bottom() - height - 8))
    chip = QRectF(x, y, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GLASS.red(), GLASS.green(), GLASS.blue(), 230))
    painter.drawRoundedRect(chip, 7, 7)
    painter.setPen(QColor("#ffffff"))
    painter.setFont(font)
    painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), text)


def paint_focus(painter: QPainter, room: QRectF, theme: Theme) -> None:
    """Keys act on the picture in `room`, widget px."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.text), 2.0))
    painter.drawRect(room.adjusted(1, 1, -1, -1))


def paint_drop(painter: QPainter, text: str, room: QRectF, theme: Theme, font: QFont) -> None:
    """Where something that is dragged over `room`, widget px, may be let go."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    veil = QColor(theme.canvas)
    veil.setAlpha(190)
    painter.fillRect(room, veil)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.accent), 3.0, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(room.adjusted(14, 14, -14, -14), 14, 14)
    large = QFont(font)
    large.setPointSizeF(font.pointSizeF() * 1.5)
    painter.setFont(large)
    painter.setPen(QColor(theme.text))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
