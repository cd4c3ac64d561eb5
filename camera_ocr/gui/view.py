"""The picture with what was read on it: zoom, pan, hover, click."""

from collections.abc import Sequence
from enum import Enum

import cv2
import numpy as np
from PyQt5.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
    QWheelEvent,
)
from PyQt5.QtWidgets import QSizePolicy, QWidget

from camera_ocr.framing import Box
from camera_ocr.gui.hud import Hud, paint_chip, paint_drop, paint_hud
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.lettering import Lettering, OverlayStyle, to_polygon, word_at
from camera_ocr.gui.qimage import render
from camera_ocr.gui.region_layer import badge_at, paint_frames, paint_shade
from camera_ocr.gui.rubberband import RubberBand
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.touch import Finger, Touches, fingers_of
from camera_ocr.gui.viewport import Viewport
from camera_ocr.types import FrameResult, FusedLine

DRAG_STARTS_PX = 4


class Draws(Enum):
    """What the next drag does."""

    NOTHING = "moves the picture"
    LINE = "draws the box of a line"
    REGION = "draws a part of the picture that is to be read"


class PictureView(QWidget):
    """Shows one FrameResult at a time, as large as it fits; the wheel zooms, dragging pans.

    `picked` carries the track id of the clicked line, or None for a click beside all lines; `activated` that
    of a line clicked twice. `box_drawn` carries a box, (4, 2) f32 picture px, drawn after draw_box(),
    `region_drawn` a framing.Box after draw_region(); `region_removed` the number of a region.
    """

    picked = pyqtSignal(object)
    activated = pyqtSignal(int)
    box_drawn = pyqtSignal(object)
    drawing_changed = pyqtSignal(bool)
    style_changed = pyqtSignal()
    region_drawn = pyqtSignal(object)
    region_removed = pyqtSignal(int)
    region_drawing_changed = pyqtSignal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureView")
        self.setAccessibleName(tr("Picture"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.theme = theme
        self.overlay_style = OverlayStyle.TEXT
        self._lettering = Lettering(theme)
        self._result: FrameResult | None = None
        self._viewport = Viewport.fitted(1, 1, 1.0, 1.0)
        self._scaled: tuple[QImage, QRectF] | None = None
        self._selected: frozenset[int] = frozenset()
        self._hovered: int | None = None
        self._told = ""
        """What was painted about the line under the mouse."""
        self._mouse: QPointF | None = None
        self._press: QPointF | None = None
        self._dragging = False
        self._draws = Draws.NOTHING
        self._band: RubberBand | None = None
        self._hud = Hud()
        self._hint = ""
        self._drop = False
        self._touches = Touches(self)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._tick = 0
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
        return self._hovered

    @property
    def pointed_at(self) -> str:
        """What is said about the line under the mouse, and about its word there; empty beside all lines."""
        line = self._line(self._hovered)
        if line is None or not line.text:
            return ""
        said = f"{line.text}   {line.confidence:.0%}"
        at = self._mouse
        word = word_at(line, *self._viewport.to_image(at.x(), at.y())) if at is not None else None
        if word is None or len(line.words) < 2:
            return said
        return f"{said}   ·   {word.text}   {word.confidence:.0%}"

    def sizeHint(self) -> QSize:
        return QSize(900, 560)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    def show_result(self, result: FrameResult | None) -> None:
        """Show `result`; zoom and place stay as they are while the picture's size does."""
        self._result = result
        self._scaled = None
        if result is not None:
            height, width = result.frame.image.shape[:2]
            if (width, height) != (self._viewport.image_width, self._viewport.image_height):
                self._viewport = Viewport.fitted(width, height, self.width(), self.height())
        self._find_hovered()
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
    def drawing(self) -> bool:
        """The next drag draws a box or a region."""
        return self._draws is not Draws.NOTHING

    def draw_box(self, wanted: bool = True) -> None:
        """Let the next drag draw a box instead of moving the picture, or not after all."""
        if wanted or self._draws is Draws.LINE:
            self._draw(Draws.LINE if wanted else Draws.NOTHING)

    def draw_region(self, wanted: bool = True) -> None:
        """The same for a part of the picture that is to be read alone."""
        if wanted or self._draws is Draws.REGION:
            self._draw(Draws.REGION if wanted else Draws.NOTHING)

    def stop_drawing(self) -> None:
        self._draw(Draws.NOTHING)

    def _draw(self, what: Draws) -> None:
        if what is not self._draws:
            self._draws, self._band = what, None
            self._find_hovered()
            self.update()
            self.drawing_changed.emit(what is Draws.LINE)
            self.region_drawing_changed.emit(what is Draws.REGION)

    @property
    def regions(self) -> tuple[Box, ...]:
        """The parts of the picture that are read; the whole when empty."""
        return self._result.frame.framing.regions if self._result is not None else ()

    def line_at(self, point: QPointF) -> FusedLine | None:
        """The line whose box holds `point`, widget px; the last painted wins."""
        if self._result is None or self.overlay_style is OverlayStyle.OFF:
            return None
        x, y = self._viewport.to_image(point.x(), point.y())
        for line in reversed(self._result.lines):
            if cv2.pointPolygonTest(np.asarray(line.quad, dtype=np.float32), (x, y), False) >= 0:
                return line
        return None

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
        self.update()

    def move_to(self, viewport: Viewport) -> None:
        self._viewport = viewport
        self._scaled = None
        self._find_hovered()
        self.update()

    def _find_hovered(self) -> None:
        idle = self._mouse is not None and not self._dragging and not self.drawing
        line = self.line_at(self._mouse) if self._mouse is not None and idle else None
        hovered = line.track_id if line else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()
        zoomed = self._viewport.zoom > 1.0
        shapes = Qt.CursorShape
        self.setCursor(
            shapes.CrossCursor
            if self.drawing
            else shapes.ClosedHandCursor
            if self._dragging
            else shapes.PointingHandCursor
            if line or self._badge() is not None
            else shapes.OpenHandCursor
            if zoomed
            else shapes.ArrowCursor
        )

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
            self.begin_drag(event.localPos())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self.go_to(event.localPos())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.let_go(event.localPos())

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QTouchEvent):
            event.accept()
            self.touch(fingers_of(event), over=event.type() == QEvent.Type.TouchCancel)
            return True
        return event is not None and super().event(event)

    def touch(self, fingers: Sequence[Finger], *, over: bool = False) -> None:
        """`over`: the system takes the fingers away."""
        self._touches.take(fingers, over=over)

    def forget_drag(self) -> None:
        self._press, self._band, self._dragging = None, None, False

    def leave(self) -> None:
        """Nothing points at the picture any more."""
        self._mouse = None
        self._find_hovered()

    def begin_drag(self, at: QPointF) -> None:
        self._press = self._mouse = at
        self._dragging = False
        if self.drawing and self._result is not None:
            self._band = RubberBand(at)

    def go_to(self, at: QPointF) -> None:
        if self._band is not None:
            self._band.stretch(at)
            self.update()
        elif self._press is not None and self._mouse is not None:
            moved = at - self._press
            if self._dragging or abs(moved.x()) + abs(moved.y()) >= DRAG_STARTS_PX:
                step = at - (self._mouse if self._dragging else self._press)
                self._dragging = True
                self._viewport = self._viewport.panned(step.x(), step.y())
                self._scaled = None
                self.update()
        self._mouse = at
        self._find_hovered()
        if self.pointed_at != self._told:
            # another word of the same line
            self.update()

    def let_go(self, at: QPointF) -> None:
        if self._press is None:
            return
        if self._band is not None:
            self._finish_box(self._band)
        elif not self._dragging:
            self._click(at)
        self._press = None
        self._dragging = False
        self._find_hovered()

    def _click(self, at: QPointF) -> None:
        badge = badge_at(self.regions, self._viewport, at)
        if badge is not None:
            self.region_removed.emit(badge)
            return
        line = self.line_at(at)
        self.picked.emit(line.track_id if line else None)

    def _badge(self) -> int | None:
        """The region whose cross is under the mouse."""
        return badge_at(self.regions, self._viewport, self._mouse) if self._mouse is not None else None

    def _finish_box(self, band: RubberBand) -> None:
        self._band = None
        self.update()
        if not band.is_box:
            return
        v, rect = self._viewport, band.rect
        x0, y0 = v.to_image(rect.left(), rect.top())
        x1, y1 = v.to_image(rect.right(), rect.bottom())
        (x0, x1), (y0, y1) = np.clip([x0, x1], 0, v.image_width), np.clip([y0, y1], 0, v.image_height)
        for_region = self._draws is Draws.REGION
        self.stop_drawing()
        if for_region:
            across, down = v.image_width, v.image_height
            self.region_drawn.emit((x0 / across, y0 / down, x1 / across, y1 / down))
        elif x1 - x0 >= 2 and y1 - y0 >= 2:
            self.box_drawn.emit(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32))

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        if event is not None:
            self.click_twice(event.localPos())

    def click_twice(self, at: QPointF) -> None:
        if self.drawing:
            return
        line = self.line_at(at)
        if line is None:
            self.fit()
        else:
            self.activated.emit(line.track_id)

    def leaveEvent(self, event: QEvent | None) -> None:
        self.leave()

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
        paint_shade(painter, self.regions, self._viewport, place)
        self._lettering.paint(
            painter,
            self._result.frame.image,
            self._result.lines,
            self._viewport,
            style=self.overlay_style,
            selected=self._selected,
            hovered=self._hovered,
        )
        paint_frames(painter, self.regions, self._viewport, self.theme)
        painter.restore()
        seen = place.intersected(QRectF(self.rect()))
        paint_hud(painter, self._hud, seen, self.theme, self.font(), self._tick)
        if self._band is not None:
            self._band.paint(painter, self.theme)
        line = self._line(self._hovered)
        self._told = self.pointed_at
        if line is not None and self._told:
            box = to_polygon(line.quad, self._viewport).boundingRect()
            paint_chip(painter, self._told, box, QRectF(self.rect()), self.font())
        self._paint_drop(painter)

    def _paint_drop(self, painter: QPainter) -> None:
        if self._drop:
            paint_drop(painter, tr("Drop to open"), QRectF(self.rect()), self.theme, self.font())
