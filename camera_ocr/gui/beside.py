"""Text set beside its ink, where it covers none of it as far as there is room."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter

from camera_ocr.gui.hud import GLASS
from camera_ocr.types import FusedLine

GAP = 7.0
"""Between ink and text, px."""
PAD_X, PAD_Y = 6.0, 2.0
TEXT_HEIGHT = 0.42
SMALLEST, LARGEST = 11, 20
"""Height of the letters as a part of the lines' median height, within these bounds in px."""
MOST = 0.7
"""So much of a text is worth showing without its end."""
FIRM_INK, TENTATIVE_INK = "#ffffff", "#c9d1db"


def paint_beside(
    painter: QPainter, lines: Sequence[FusedLine], boxes: Sequence[QRectF], room: QRectF
) -> None:
    """Paint the texts of `lines`, whose ink is in `boxes`, within `room`; all widget px."""
    if not lines:
        return
    # one size reads as one page
    height = statistics.median(box.height() for box in boxes) * TEXT_HEIGHT
    pixels = round(min(LARGEST, max(SMALLEST, height)))
    labels = [
        _Label.fitting(line, painter.font(), pixels, room.right() - box.right() - GAP)
        for line, box in zip(lines, boxes, strict=True)
    ]
    places = place_labels(boxes, [label.size for label in labels], room)
    for line, label, place in zip(lines, labels, places, strict=True):
        glass = QColor(GLASS)
        glass.setAlpha(225 if line.stable else 150)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(glass)
        painter.drawRoundedRect(place, 5, 5)
        painter.setPen(QColor(FIRM_INK if line.stable else TENTATIVE_INK))
        painter.setFont(label.font)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), label.text)


@dataclass(frozen=True, slots=True)
class _Label:
    text: str
    font: QFont
    size: QSizeF

    @classmethod
    def of(cls, line: FusedLine, base: QFont, pixels: int, room: float = math.inf) -> "_Label":
        """In letters of that size; its end left out where it is wider than `room`, px."""
        font = QFont(base)
        font.setPixelSize(pixels)
        font.setItalic(not line.stable)
        metrics = QFontMetricsF(font)
        text = line.text
        if metrics.horizontalAdvance(text) + 2 * PAD_X > room:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 2 * PAD_X)
        size = QSizeF(metrics.horizontalAdvance(text) + 2 * PAD_X, metrics.height() + 2 * PAD_Y)
        return cls(text, font, size)

    @classmethod
    def fitting(cls, line: FusedLine, base: QFont, pixels: int, room: float) -> "_Label":
        """Rather smaller, or without its end, than over the next line, where `room` px are nearly enough."""
        label = cls.of(line, base, pixels)
        if room < label.size.width():
            label = cls.of(line, base, max(SMALLEST, int(pixels * max(0.0, room) / label.size.width())))
        if label.size.width() > room >= MOST * label.size.width():
            label = cls.of(line, base, SMALLEST, room)
        return label


def place_labels(boxes: Sequence[QRectF], sizes: Sequence[QSizeF], room: QRectF) -> list[QRectF]:
    """Where labels of `sizes` go: right of their box, else left of it, else below; none over another.

    A box outside of `room` has its label at the room's edge.
    """
    placed: list[QRectF] = []
    for box, size in zip(boxes, sizes, strict=True):
        level = box.center().y() - size.height() / 2
        right, left = box.right() + GAP, box.left() - GAP - size.width()
        if right + size.width() <= room.right():
            at = QPointF(right, level)
        elif left >= room.left():
            at = QPointF(left, level)
        else:
            at = QPointF(box.left(), box.bottom() + 1)
        label = _held(QRectF(at, size), room)
        label.moveTop(_free_top(label, placed))
        placed.append(label)
    return placed


def _free_top(label: QRectF, placed: Sequence[QRectF]) -> float:
    """The nearest place at or below that of `label` where it is over none of `placed`."""
    left, right, top, height = label.left(), label.right(), label.top(), label.height()
    above = [each for each in placed if each.left() < right and each.right() > left]
    for low, high in sorted((each.top(), each.bottom()) for each in above):
        if low < top + height and high > top:
            top = high + 1
    return top


def _held(label: QRectF, room: QRectF) -> QRectF:
    """Moved into `room`; its left end where it is wider, because texts begin there."""
    x = max(room.left(), min(label.x(), room.right() - label.width()))
    y = max(room.top(), min(label.y(), room.bottom() - label.height()))
    return QRectF(QPointF(x, y), label.size())
