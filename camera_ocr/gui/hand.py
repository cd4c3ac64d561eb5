"""The mouse, or one finger, on the picture: it points, clicks, drags the picture or a part, and draws."""

from typing import TYPE_CHECKING

from PyQt5.QtCore import QPointF, Qt

from camera_ocr.gui.viewport import Viewport

if TYPE_CHECKING:
    from camera_ocr.gui.view import PictureView

DRAG_STARTS_PX = 4


class Hand:
    """Acts on one view; all places are px of it. Is what `touch.Touches` holds."""

    def __init__(self, view: "PictureView") -> None:
        self._view = view
        self.at: QPointF | None = None
        """Where it points; None when it is not over the picture."""
        self.hovered: int | None = None
        """The track id of the line there, while nothing is dragged or drawn."""
        self._press: QPointF | None = None
        self._dragging = False
        self._holds_part = False
        """What is dragged is a region, not the picture."""

    @property
    def viewport(self) -> Viewport:
        return self._view.viewport

    def move_to(self, viewport: Viewport) -> None:
        self._view.move_to(viewport)

    def begin_drag(self, at: QPointF) -> None:
        view = self._view
        self._press = self.at = at
        self._dragging = False
        view.show_keys(False)
        if view.drawing and view.has_picture:
            view.pen.press(at)
        elif not view.drawing:
            self._holds_part = view.parts.press(at, view.viewport)

    def go_to(self, at: QPointF) -> None:
        view = self._view
        if view.pen.under_way and self._press is not None:
            view.pen.stretch(at)
            view.update()
        elif self._press is not None and self.at is not None:
            moved = at - self._press
            if self._dragging or abs(moved.x()) + abs(moved.y()) >= DRAG_STARTS_PX:
                step = at - (self.at if self._dragging else self._press)
                self._dragging = True
                if self._holds_part:
                    view.parts.drag(self._press, at, view.viewport)
                else:
                    view.move_to(view.viewport.panned(step.x(), step.y()))
        self.at = at
        self.look()
        view.say_anew()

    def let_go(self, at: QPointF) -> None:
        if self._press is None:
            return
        view = self._view
        if view.pen.under_way:
            view.pen.finish(view.viewport)
            view.update()
        elif not self._dragging:
            view.click(at)
        view.parts.let_go()
        self.forget_drag()
        self.look()

    def click_twice(self, at: QPointF) -> None:
        self._view.click_twice(at)

    def forget_drag(self) -> None:
        self._press, self._dragging, self._holds_part = None, False, False
        self._view.pen.forget()
        self._view.parts.cancel()

    def leave(self) -> None:
        """It points at the picture no more."""
        self.at = None
        self.look()

    def look(self) -> None:
        """Find again what is below it: it, the picture or what is drawn there has moved."""
        view = self._view
        idle = self.at is not None and not self._dragging and not view.drawing
        line = view.line_at(self.at) if self.at is not None and idle else None
        hovered = line.track_id if line else None
        if hovered != self.hovered:
            self.hovered = hovered
            view.update()
        view.setCursor(self._shape())

    def _shape(self) -> Qt.CursorShape:
        """The cursor that says what a press would do here."""
        view, shapes = self._view, Qt.CursorShape
        of_part = view.parts.cursor_at(self.at, view.viewport) if self.at is not None else None
        if view.drawing:
            return shapes.CrossCursor
        if of_part is not None and not (self._dragging and not view.parts.dragging):
            return of_part
        if self._dragging:
            return shapes.ClosedHandCursor
        if self.hovered is not None:
            return shapes.PointingHandCursor
        return shapes.OpenHandCursor if view.viewport.zoom > 1.0 else shapes.ArrowCursor
