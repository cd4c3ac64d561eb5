"""The sheet to draw on: mouse, finger and pen tablet."""

from collections.abc import Sequence
from enum import Enum

from PyQt5.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
)
from PyQt5.QtWidgets import QWidget

from camera_ocr.gui.drawing import NO_PRESSURE, Drawing, Ink, Stroke
from camera_ocr.gui.i18n import speak, tr
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.touch import Finger, fingers_of
from camera_ocr.recognition.digit_reader import Digit
from camera_ocr.types import U8

ERASER_TIMES = 3.0
"""The eraser is this much wider than the pen."""


class Tool(Enum):
    PEN = "pen"
    ERASER = "eraser"


class CanvasArea(QWidget):
    """`changed`: the ink is another, perhaps in the middle of a stroke. `pointed`: the digit under the
    cursor, or None, is another."""

    changed = pyqtSignal()
    pointed = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.drawing = Drawing()
        self.tool = Tool.PEN
        self.pen_width = 12.0
        self.pointed_at: int | None = None
        self.hint = ""
        """Where nothing is drawn yet."""
        self._ink = Ink(self.size(), self.devicePixelRatioF())
        self._stroke: Stroke | None = None
        self._finger: int | None = None
        """The finger that draws the stroke under way."""
        self._digits: Sequence[Digit] = ()
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(240, 160)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speak(self, lambda: self.setAccessibleName(tr("Canvas")))

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    @property
    def digits(self) -> Sequence[Digit]:
        return self._digits

    def ink(self) -> U8:
        """(H, W) ink strength in device px, 255 = ink."""
        return self._ink.pixels()

    def show_digits(self, digits: Sequence[Digit]) -> None:
        """Mark where these were read; their boxes are in device px."""
        self._digits = digits
        if self.pointed_at is not None and self.pointed_at >= len(digits):
            self.pointed_at = None
        self.update()

    def repaint_ink(self) -> None:
        """After undo and the like."""
        self._ink.repaint(self.drawing)
        self.update()
        self.changed.emit()

    def _begin(self, at: QPointF, pressure: float, *, erases: bool) -> None:
        width = self.pen_width * (ERASER_TIMES if erases else 1.0)
        if self.drawing.empty:
            # the hint goes
            self.update()
        self._stroke = self.drawing.begin(width, erases=erases)
        self._go_on(at, pressure)

    def _go_on(self, at: QPointF, pressure: float) -> None:
        stroke = self._stroke
        if stroke is None:
            return
        if stroke.points and (at - QPointF(*stroke.points[-1][:2])).manhattanLength() < 1.0:
            return
        stroke.points.append((at.x(), at.y(), pressure))
        self._ink.extend(stroke, len(stroke.points) - 1)
        self._update_end_of(stroke)
        self.changed.emit()

    def _end(self) -> None:
        self._finger = None
        if self._stroke is None:
            return
        self._ink.finish(self._stroke)
        self._update_end_of(self._stroke)
        self._stroke = None
        self.drawing.end()
        self.changed.emit()

    def _update_end_of(self, stroke: Stroke) -> None:
        """Paint anew where the newest points of a stroke are: all would take too long for a quick hand."""
        xs, ys = [p[0] for p in stroke.points[-3:]], [p[1] for p in stroke.points[-3:]]
        around = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        reach = stroke.width + 2
        self.update(around.adjusted(-reach, -reach, reach, reach).toAlignedRect())

    def _point(self, at: QPointF) -> None:
        found = next((i for i, d in enumerate(self._digits) if self._box(d).contains(at)), None)
        if found != self.pointed_at:
            self.pointed_at = found
            self.update()
            self.pointed.emit()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            erases = self.tool is Tool.ERASER or event.button() == Qt.MouseButton.RightButton
            self._begin(event.localPos(), NO_PRESSURE, erases=erases)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        if self._stroke is not None:
            self._go_on(event.localPos(), NO_PRESSURE)
        else:
            self._point(event.localPos())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self._go_on(event.localPos(), NO_PRESSURE)
            self._end()

    def tabletEvent(self, event: QTabletEvent | None) -> None:
        if event is None:
            return
        event.accept()
        at, kind = event.posF(), event.type()
        if kind == QEvent.Type.TabletPress:
            # its other end, or the button on its barrel, which is the mouse's right one
            turned = event.pointerType() == QTabletEvent.PointerType.Eraser
            turned = turned or event.button() == Qt.MouseButton.RightButton
            self._begin(at, event.pressure(), erases=turned or self.tool is Tool.ERASER)
        elif kind == QEvent.Type.TabletMove and self._stroke is not None:
            self._go_on(at, event.pressure())
        elif kind == QEvent.Type.TabletMove:
            self._point(at)
        elif kind == QEvent.Type.TabletRelease:
            self._end()

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QTouchEvent):
            event.accept()
            self.touch(
                fingers_of(event), over=event.type() in (QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)
            )
            return True
        return event is not None and super().event(event)

    def touch(self, fingers: Sequence[Finger], *, over: bool = False) -> None:
        """One finger draws. Others, and the heel of a hand that holds a pen, do not.

        `over`: all of them have left, or the system takes the touch for something else.
        """
        for finger in fingers:
            if finger.state == Qt.TouchPointState.TouchPointPressed and self._stroke is None:
                self._begin(finger.at, finger.pressure, erases=self.tool is Tool.ERASER)
                self._finger = finger.number
            elif finger.number == self._finger:
                self._go_on(finger.at, finger.pressure)
                if finger.state == Qt.TouchPointState.TouchPointReleased:
                    self._end()
        if over and self._finger is not None:
            self._end()

    def leaveEvent(self, event: QEvent | None) -> None:
        self._point(QPointF(-1, -1))
        if event is not None:  # older stubs of PyQt5 do not allow None
            super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        self._ink = Ink(self.size(), self.devicePixelRatioF())
        self._ink.repaint(self.drawing)
        self.changed.emit()
        if event is not None:
            super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        t = self.theme
        part = event.rect() if event is not None else self.rect()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(part, QColor(t.surface))
        self._paint_dots(painter, part)
        if self.drawing.empty:
            font = QFont(self.font())
            font.setPointSizeF(font.pointSizeF() * 1.5)
            painter.setFont(font)
            painter.setPen(QColor(t.muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.hint)
        painter.drawImage(*self._ink.tinted(QColor(t.text), part))
        for i, digit in enumerate(self._digits):
            self._paint_digit(painter, digit, pointed=i == self.pointed_at)
        painter.end()

    def _paint_dots(self, painter: QPainter, part: QRect) -> None:
        """A faint grid of dots, as on paper made for it."""
        painter.setPen(QPen(QColor(self.theme.border), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for y in range(max(32, part.top() // 32 * 32), part.bottom() + 2, 32):
            for x in range(max(32, part.left() // 32 * 32), part.right() + 2, 32):
                painter.drawPoint(x, y)

    def _box(self, digit: Digit) -> QRectF:
        ratio = self.devicePixelRatioF()
        x, y, w, h = (v / ratio for v in digit.box)
        return QRectF(x, y, w, h).adjusted(-8, -8, 8, 8)

    def _paint_digit(self, painter: QPainter, digit: Digit, *, pointed: bool) -> None:
        t = self.theme
        box = self._box(digit)
        colour = QColor(t.accent if digit.confidence >= 0.8 else t.doubt)
        frame = QColor(colour)
        frame.setAlpha(255 if pointed else 110)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(frame, 2.0 if pointed else 1.2))
        painter.drawRoundedRect(box, 8, 8)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        chip = QRectF(box.center().x() - 13, min(box.bottom() + 5, self.height() - 26.0), 26, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(chip, 6, 6)
        painter.setPen(QColor(t.on_accent))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), digit.text)
