"""The picture with what was read on it: zoom, pan, hover, click."""

from collections.abc import Sequence

import cv2
import numpy as np
from PyQt5.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PyQt5.QtWidgets import QSizePolicy, QWidget

from camera_ocr.curve import outline
from camera_ocr.gui.arrows import way_of
from camera_ocr.gui.box_pen import BoxPen
from camera_ocr.gui.hand import Hand
from camera_ocr.gui.hud import Hud, paint_chip, paint_drop, paint_focus, paint_hud, progress_room
from camera_ocr.gui.i18n import percent, speak, tr
from camera_ocr.gui.lettering import Lettering, OverlayStyle, to_polygon, word_at
from camera_ocr.gui.qimage import render
from camera_ocr.gui.region_layer import paint_shade
from camera_ocr.gui.region_tool import RegionTool
from camera_ocr.gui.rubberband import Draws
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.touch import Finger, Touches, fingers_of
from camera_ocr.gui.viewport import Viewport
from camera_ocr.types import FrameResult, FusedLine, Word

STEP_PX = 80
"""A key moves the zoomed picture so far."""


class PictureView(QWidget):
    """Shows one FrameResult at a time, as large as it fits; the wheel zooms, dragging pans.

    `picked` carries the track id of the clicked line, or None for a click beside all lines; `activated` that
    of a line clicked twice. `pen` draws boxes, `parts` has the regions that are drawn already.
    """

    picked = pyqtSignal(object)
    activated = pyqtSignal(int)
    style_changed = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureView")
        speak(self, lambda: self.setAccessibleName(tr("Picture")))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.theme = theme
        self.overlay_style = OverlayStyle.TEXT
        self._lettering = Lettering(theme)
        self._result: FrameResult | None = None
        self._viewport = Viewport.fitted(1, 1, 1.0, 1.0)
        self._scaled: tuple[QImage, QRectF] | None = None
        self._selected: frozenset[int] = frozenset()
        self._told = ""
        """What was painted about the line under the mouse."""
        self.pen = BoxPen(self)
        self.pen.changed.connect(self._pen_changed)
        self._hud = Hud()
        self._hint = ""
        self._drop = False
        self._by_keys = False
        """Keys lead here, not the mouse: it is shown where they act."""
        self.parts = RegionTool(self)
        self.parts.looks_changed.connect(self.update)
        self.hand = Hand(self)
        self._touches = Touches(self.hand)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._tick = 0
        self._in_sight = QRectF()
        """Where the picture was painted."""
        self._busy = QTimer(self)
        self._busy.setInterval(33)
        self._busy.timeout.connect(self._run_on)

    def set_theme(self, theme: Theme) -> None:
        self.theme = self._lettering.theme = theme
        self.update()

    @property
    def viewport(self) -> Viewport:
        return self._viewport

    @property
    def selected(self) -> frozenset[int]:
        return self._selected

    @property
    def hovered(self) -> int | None:
        """The track id of the line under the mouse."""
        return self.hand.hovered

    @property
    def pointed_at(self) -> str:
        """What is said about the line under the mouse, and about its word there; empty beside all lines."""
        line = self._line(self.hovered)
        if line is None or not line.text:
            return ""
        said = f"{line.text}   {percent(line.confidence)}"
        word = self.word_at(self.hand.at) if self.hand.at is not None else None
        if word is None or len(line.words) < 2:
            return said
        return f"{said}   ·   {word.text}   {percent(word.confidence)}"

    def sizeHint(self) -> QSize:
        return QSize(900, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    def show_result(self, result: FrameResult | None) -> None:
        """Show `result`; zoom and place stay as they are while the picture's size does."""
        if result is None or self._result is None or result.frame.image is not self._result.frame.image:
            # with other lines on the same picture it looks the same: an edit does not scale it anew
            self._scaled = None
        self._result = result
        if result is not None:
            height, width = result.frame.image.shape[:2]
            if (width, height) != (self._viewport.image_width, self._viewport.image_height):
                self._viewport = Viewport.fitted(width, height, self.width(), self.height())
        if result is None:
            self.parts.show((), None)
        else:
            framing = result.frame.framing
            self.parts.show(framing.regions, (result.frame.source, framing.turns, framing.mirrored))
        self.hand.look()
        self.update()

    def show_hud(self, hud: Hud, hint: str = "") -> None:
        """`hint`: what to say while there is no picture at all."""
        if hud.busy:
            self._busy.start()
        else:
            self._busy.stop()
        self._hud, self._hint = hud, hint
        self.update()

    def show_drop(self, over: bool) -> None:
        """Something that can be opened is being dragged over the window, or no more."""
        self._drop = over
        self.update()

    def select(self, track_ids: Sequence[int]) -> None:
        self._selected = frozenset(track_ids)
        self.update()

    def set_overlay_style(self, style: OverlayStyle) -> None:
        self.overlay_style = style
        self.update()
        self.style_changed.emit()

    def fit(self) -> None:
        """The whole picture again."""
        v = self._viewport
        self.move_to(Viewport.fitted(v.image_width, v.image_height, self.width(), self.height()))

    def zoom(self, factor: float) -> None:
        """About the middle of the view."""
        self.move_to(self._viewport.zoomed(factor, self.width() / 2, self.height() / 2))

    @property
    def has_picture(self) -> bool:
        return self._result is not None

    @property
    def drawing(self) -> bool:
        """The next drag draws a box or a region."""
        return self.pen.draws is not Draws.NOTHING

    def _pen_changed(self) -> None:
        if self.drawing:
            self.parts.choose(None)
            self.setFocus()
        self.hand.look()
        self.update()

    def line_at(self, point: QPointF) -> FusedLine | None:
        """The line whose box holds `point`, widget px; the last painted wins."""
        if self._result is None or self.overlay_style is OverlayStyle.OFF:
            return None
        x, y = self._viewport.to_image(point.x(), point.y())
        for line in reversed(self._result.lines):
            around = np.asarray(outline(line.quad, line.curve), np.float32)
            if cv2.pointPolygonTest(around, (x, y), False) >= 0:
                return line
        return None

    def word_at(self, point: QPointF) -> Word | None:
        """The word of that line whose box holds `point`."""
        line = self.line_at(point)
        return word_at(line, *self._viewport.to_image(point.x(), point.y())) if line is not None else None

    def centre_of(self, track_id: int) -> QPointF | None:
        """Middle of a line's box in widget px; None when it is not on the picture."""
        line = self._line(track_id)
        if line is None:
            return None
        x, y = line.quad.mean(axis=0)
        return QPointF(*self._viewport.to_widget(float(x), float(y)))

    def _line(self, track_id: int | None) -> FusedLine | None:
        lines = self._result.lines if self._result else ()
        return next((line for line in lines if line.track_id == track_id), None)

    def _run_on(self) -> None:
        self._tick += 1
        # and not the whole picture with its text, thirty times a second
        self.update(progress_room(self._in_sight).toAlignedRect())

    def move_to(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._scaled = None
        self.hand.look()
        self.update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        self.move_to(self._viewport.resized(float(self.width()), float(self.height())))

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None and event.angleDelta().y():
            at = event.position()
            # One notch is 120: a little over a fifth, so five notches zoom in about two and a half times.
            self.move_to(self._viewport.zoomed(1.2 ** (event.angleDelta().y() / 120), at.x(), at.y()))
            event.accept()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.hand.begin_drag(event.localPos())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self.hand.go_to(event.localPos())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.hand.let_go(event.localPos())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and not self._key(event):
            super().keyPressEvent(event)

    def _overrides(self, event: QKeyEvent) -> bool:
        """A key that means something else on the picture than in the window."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        return asked and self.parts.wants(event.key()) and event.modifiers() in _PLAIN_OR_SHIFT

    def _key(self, event: QKeyEvent) -> bool:
        """True when the key was for the picture: for a box under way, the chosen region, or the zoomed
        picture."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() not in _PLAIN_OR_SHIFT:
            return False
        if self.drawing and self._result is not None:
            taken = self.pen.key(key, shift=shift, room=self._seen(), viewport=self._viewport)
            self.update()
            return taken
        way = way_of(key)
        if not self.parts.key(key, shift=shift):
            if way is None or self._viewport.zoom <= 1.0:
                return False
            self.move_to(self._viewport.panned(-way[0] * STEP_PX, -way[1] * STEP_PX))
        self.show_keys(True)
        return True

    def _seen(self) -> QRectF:
        """The visible part of the picture, widget px."""
        v = self._viewport
        whole = QRectF(
            QPointF(*v.to_widget(0, 0)), QPointF(*v.to_widget(float(v.image_width), float(v.image_height)))
        )
        return whole.intersected(QRectF(self.rect()))

    def show_keys(self, by_keys: bool) -> None:
        """Whether a frame says that keys act on the picture."""
        if by_keys != self._by_keys:
            self._by_keys = by_keys
            self.update()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        reasons = Qt.FocusReason
        keys = (reasons.TabFocusReason, reasons.BacktabFocusReason, reasons.ShortcutFocusReason)
        self.show_keys(event is not None and event.reason() in keys)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        self.show_keys(False)

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and self._overrides(event):
            event.accept()
            return True
        if isinstance(event, QTouchEvent):
            event.accept()
            self.touch(fingers_of(event), over=event.type() == QEvent.Type.TouchCancel)
            return True
        return event is not None and super().event(event)

    def touch(self, fingers: Sequence[Finger], *, over: bool = False) -> None:
        """`over`: the system takes the fingers away."""
        self._touches.take(fingers, over=over)

    def say_anew(self) -> None:
        """Paint again if another word of the same line is pointed at."""
        if self.pointed_at != self._told:
            self.update()

    def click(self, at: QPointF) -> None:
        """Choose the part or the line there."""
        line = self.line_at(at)
        if not self.parts.click(at, self._viewport, on_line=line is not None):
            self.picked.emit(line.track_id if line else None)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self.click_twice(event.localPos())

    def click_twice(self, at: QPointF) -> None:
        """Activate the line there; beside all lines, show the whole picture."""
        if self.drawing:
            return
        line = self.line_at(at)
        if line is None:
            self.fit()
        else:
            self.activated.emit(line.track_id)

    def leaveEvent(self, event: QEvent | None) -> None:
        self.hand.leave()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.canvas))
        if self._result is None:
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._hint)
            self._paint_drop(painter)
            return
        if self._scaled is None:
            self._scaled = render(self._result.frame.image, self._viewport, self.devicePixelRatioF())
        picture, place = self._scaled
        painter.drawImage(place, picture)
        painter.save()
        painter.setClipRect(place)
        paint_shade(painter, self.parts.boxes, self._viewport, place)
        self._lettering.paint(
            painter,
            self._result.frame.image,
            self._result.lines,
            self._viewport,
            style=self.overlay_style,
            selected=self._selected,
            hovered=self.hovered,
            room=QRectF(event.rect()) if event is not None else None,
        )
        self.parts.paint(painter, self._viewport, self.theme)
        painter.restore()
        self._in_sight = place.intersected(QRectF(self.rect()))
        paint_hud(painter, self._hud, self._in_sight, self.theme, self.font(), self._tick)
        self.pen.paint(painter, self.theme)
        line = self._line(self.hovered)
        self._told = self.pointed_at
        if line is not None and self._told:
            box = to_polygon(line.quad, self._viewport).boundingRect()
            paint_chip(painter, self._told, box, QRectF(self.rect()), self.font())
        if self._by_keys and self.parts.chosen is None:
            paint_focus(painter, QRectF(self.rect()), self.theme)
        self._paint_drop(painter)

    def _paint_drop(self, painter: QPainter) -> None:
        if self._drop:
            paint_drop(painter, tr("Drop to open"), QRectF(self.rect()), self.theme, self.font())


_PLAIN_OR_SHIFT = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
