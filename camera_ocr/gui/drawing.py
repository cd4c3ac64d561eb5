"""What was drawn on the canvas, as strokes, with its history; and the ink these strokes leave."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray
from PyQt5.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from camera_ocr.types import U8

_STEP = 2.0
NO_PRESSURE = 0.5
"""Pressure of what cannot tell, such as a mouse: the pen's own width."""


@dataclass(slots=True)
class Stroke:
    """One movement of the pen, or of the eraser."""

    width: float
    """px at NO_PRESSURE."""
    erases: bool
    points: list[tuple[float, float, float]] = field(default_factory=list)
    """x, y in px of the canvas, and pressure 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    strokes: tuple[Stroke, ...] = ()
    picture: U8 | None = None
    """(H, W) ink strength of an opened image, which lies under the strokes."""


class Drawing:
    """Strokes and their history. The newest stroke may still be under way."""

    def __init__(self) -> None:
        self._states = [_State()]
        self._at = 0
        self._pending: Stroke | None = None

    @property
    def pending(self) -> Stroke | None:
        """The stroke under way."""
        return self._pending

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        done = self._states[self._at].strokes
        return (*done, self._pending) if self._pending else done

    @property
    def picture(self) -> U8 | None:
        return self._states[self._at].picture

    @property
    def empty(self) -> bool:
        return not self.strokes and self.picture is None

    @property
    def can_undo(self) -> bool:
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        return self._at + 1 < len(self._states)

    def begin(self, width: float, *, erases: bool = False) -> Stroke:
        """A new stroke, to which the caller adds points."""
        self._pending = Stroke(width, erases)
        return self._pending

    def end(self) -> None:
        """The stroke is done and can be taken back from now on."""
        if self._pending is not None and self._pending.points:
            stroke, self._pending = self._pending, None
            self._push(_State((*self.strokes, stroke), self.picture))
        self._pending = None

    def undo(self) -> None:
        self._pending = None
        self._at = max(0, self._at - 1)

    def redo(self) -> None:
        self._at = min(len(self._states) - 1, self._at + 1)

    def clear(self) -> None:
        """Away with everything; undo brings it back."""
        self._pending = None
        if not self.empty:
            self._push(_State())

    def set_picture(self, picture: U8) -> None:
        """Begin anew with (H, W) ink strength; undo brings back what was there."""
        self._pending = None
        self._push(_State((), picture))

    def _push(self, state: _State) -> None:
        self._states = [*self._states[: self._at + 1], state]
        self._at += 1


class Ink:
    """The ink of a drawing as pixels: what is shown, and what is read."""

    def __init__(self, size: QSize, ratio: float) -> None:
        """`size` in px of the canvas, `ratio` device px for each."""
        self.ratio = ratio
        width, height = round(size.width() * ratio), round(size.height() * ratio)
        self.image = QImage(width, height, QImage.Format.Format_Grayscale8)
        self.image.fill(0)

    def repaint(self, drawing: Drawing) -> None:
        """Paint everything anew."""
        self.image.fill(0)
        if drawing.picture is not None:
            self._paint_picture(drawing.picture)
        for stroke in drawing.strokes:
            for k in range(len(stroke.points)):
                self.extend(stroke, k)
            if stroke is not drawing.pending:
                self.finish(stroke)

    def extend(self, stroke: Stroke, k: int) -> None:
        """Paint what point `k` adds to a stroke.

        The curve goes from middle to middle between points with the points as its handles, so it has no
        corners and follows the hand with a delay of half a step.
        """
        points = [QPointF(x, y) for x, y, _ in stroke.points[max(0, k - 2) : k + 1]]
        path = QPainterPath(points[0])
        if len(points) == 1:
            path.lineTo(points[0] + QPointF(0.01, 0))
        elif len(points) == 2:
            path.lineTo(_middle(*points))
        else:
            path = QPainterPath(_middle(*points[:2]))
            path.quadTo(points[1], _middle(*points[1:]))
        self._paint(path, stroke, stroke.points[k][2])

    def finish(self, stroke: Stroke) -> None:
        """Paint the last half step."""
        if len(stroke.points) < 2:
            return
        before, last = (QPointF(x, y) for x, y, _ in stroke.points[-2:])
        path = QPainterPath(_middle(before, last))
        path.lineTo(last)
        self._paint(path, stroke, stroke.points[-1][2])

    def _paint(self, path: QPainterPath, stroke: Stroke, pressure: float) -> None:
        painter = QPainter(self.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.ratio, self.ratio)
        pen = QPen(QColor("#000000" if stroke.erases else "#ffffff"), stroke.width * pressed(pressure))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPath(path)
        painter.end()

    def pixels(self) -> U8:
        """(H, W) ink strength in device px, 255 = ink; a copy."""
        height, width = self.image.height(), self.image.width()
        bits = self.image.constBits()
        if bits is None or not height or not width:
            return np.zeros((0, 0), np.uint8)
        stored = np.frombuffer(bits.asstring(self.image.sizeInBytes()), np.uint8)
        rows = stored.reshape(height, self.image.bytesPerLine())
        return np.ascontiguousarray(rows[:, :width])

    def tinted(self, colour: QColor, part: QRect) -> tuple[QPointF, QImage]:
        """The ink of a part of the canvas (px) in a colour, on nothing; and where it begins."""
        r = self.ratio
        wanted = QRectF(part.x() * r, part.y() * r, part.width() * r, part.height() * r).toAlignedRect()
        place = wanted.intersected(self.image.rect())
        shown = QImage(place.size(), QImage.Format.Format_ARGB32_Premultiplied)
        shown.fill(colour)
        shown.setAlphaChannel(self.image.copy(place))
        shown.setDevicePixelRatio(r)
        return QPointF(place.x() / r, place.y() / r), shown

    def _paint_picture(self, picture: U8) -> None:
        """Into the middle, shrunk where it is larger than the canvas."""
        height, width = self.image.height(), self.image.width()
        scale = min(1.0, 0.94 * width / picture.shape[1], 0.94 * height / picture.shape[0])
        size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
        small = np.ascontiguousarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
        shown = QImage(small.tobytes(), size[0], size[1], size[0], QImage.Format.Format_Grayscale8)
        painter = QPainter(self.image)
        painter.drawImage((width - size[0]) // 2, (height - size[1]) // 2, shown)
        painter.end()


def remaining_strokes(strokes: Sequence[Stroke]) -> list[list[tuple[float, float]]]:
    """The pen's strokes as x, y in px of the canvas, without what was erased after they were drawn; a stroke
    that was erased in its middle is two."""
    remaining: list[list[tuple[float, float]]] = []
    for number, stroke in enumerate(strokes):
        if stroke.erases or not stroke.points:
            continue
        points = np.array([(x, y) for x, y, _ in stroke.points])
        erasers = [later for later in strokes[number + 1 :] if later.erases and later.points]
        if not erasers:
            remaining.append([(x, y) for x, y, _ in stroke.points])
            continue
        points = _dense(points)
        erased = np.zeros(len(points), bool)
        for eraser in erasers:
            path = _dense(np.array(eraser.points))
            # as wide as the pen's other end was pressed there
            reach = eraser.width * np.array([pressed(p) for p in path[:, 2].tolist()]) / 2
            gaps = np.hypot(*(points[:, None] - path[None, :, :2]).transpose(2, 0, 1))
            erased |= (gaps < reach).any(axis=1)
        ends = np.flatnonzero(np.diff(erased)) + 1
        for part, gone in zip(np.split(points, ends), np.split(erased, ends), strict=True):
            if not gone[0]:
                remaining.append([(float(x), float(y)) for x, y in part])
    return remaining


def _dense(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """More points (n, 2 or more) along a path, _STEP px apart at most; x, y, and what else each has."""
    if len(points) < 2:
        return points
    lengths = np.hypot(*np.diff(points[:, :2], axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.union1d(along, np.linspace(0, along[-1], 2 + int(along[-1] / _STEP)))
    return np.stack([np.interp(at, along, column) for column in points.T], axis=1)


def pressed(pressure: float) -> float:
    """Width of the stroke over the pen's own, for a pressure 0..1."""
    return 0.4 + 1.2 * min(1.0, max(0.0, pressure))


def _middle(a: QPointF, b: QPointF) -> QPointF:
    return QPointF((a.x() + b.x()) / 2, (a.y() + b.y()) / 2)
