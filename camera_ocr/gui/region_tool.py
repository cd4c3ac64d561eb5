"""Moves, stretches and takes away the parts of the picture that are read, with mouse, finger and keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QObject, QPointF, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QPainter

from camera_ocr.framing import Box, Edge, moved, stretched
from camera_ocr.gui.arrows import way_of
from camera_ocr.gui.region_layer import badge_at, edges_at, paint_frames, region_rect
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.viewport import Viewport

STEP = 0.01
"""A key moves or stretches by this fraction of the picture."""
SETTLE_MS = 250
"""After the last of several keys: with each change a picture that stands is read anew."""


@dataclass(frozen=True, slots=True)
class Grip:
    """What of a region is held: edges are stretched, without any the whole is moved."""

    number: int
    edges: Edge


class RegionTool(QObject):
    """Knows which region is chosen and where a region is being taken to.

    `changed` carries a region's number and its new Box, `removed` a number; both are wishes: what is shown
    follows show() or expect(). `chosen_changed` carries the number of the region that keys act on, or None.
    `looks_changed`: paint again. Places are widget px.
    """

    changed = pyqtSignal(int, object)
    removed = pyqtSignal(int)
    chosen_changed = pyqtSignal(object)
    looks_changed = pyqtSignal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.chosen: int | None = None
        self._shown: tuple[Box, ...] = ()
        """Those of the picture that is shown."""
        self._expected: tuple[Box, ...] | None = None
        """As they will be in a picture that is still to come."""
        self._view: object = None
        self._grip: Grip | None = None
        self._from: tuple[QPointF, Box] | None = None
        """Where the drag began, and the region's box then."""
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._tell)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """As a person has them, though a picture may still be of before."""
        return self._expected if self._expected is not None else self._shown

    @property
    def dragging(self) -> bool:
        return self._from is not None

    def show(self, boxes: Sequence[Box], view: object) -> None:
        """The regions of the picture that is shown now; `view` is another when the picture is from elsewhere
        or turned otherwise, and what was expected is not to come any more."""
        self._shown = tuple(boxes)
        if view != self._view:
            self._view = view
            self.choose(None)
            self.expect(None)
        elif self._shown == self._expected and not self.dragging and not self._settle.isActive():
            self._expected = None
        self._hold_choice()

    def expect(self, boxes: Sequence[Box] | None) -> None:
        """They will be `boxes` in a picture that is still to come; None: as they are in the present one."""
        self._settle.stop()
        self._from = self._grip = None
        self._expected = tuple(boxes) if boxes is not None and tuple(boxes) != self._shown else None
        self._hold_choice()
        self.looks_changed.emit()

    def _hold_choice(self) -> None:
        if self.chosen is not None and self.chosen >= len(self.boxes):
            self.choose(None)

    def choose(self, number: int | None) -> None:
        if number != self.chosen:
            if self._settle.isActive():
                # what keys did to the one that was chosen
                self._tell()
            self.chosen = number
            self.chosen_changed.emit(number)
            self.looks_changed.emit()

    def choose_next(self) -> None:
        """From one to the next, and after the last to none."""
        following = 0 if self.chosen is None else self.chosen + 1
        self.choose(following if following < len(self.boxes) else None)

    # mouse and fingers

    def grip_at(self, at: QPointF, viewport: Viewport) -> Grip | None:
        """What is held there; the inside of the chosen region only, or else one could not reach its lines."""
        found = edges_at(self.boxes, viewport, at, first=self.chosen)
        if found is not None:
            return Grip(*found)
        if self.chosen is not None and region_rect(self.boxes[self.chosen], viewport).contains(at):
            return Grip(self.chosen, Edge.NONE)
        return None

    def press(self, at: QPointF, viewport: Viewport) -> bool:
        """Take hold of a region; False when there is none to hold."""
        self._grip = None if badge_at(self.boxes, viewport, at) is not None else self.grip_at(at, viewport)
        return self._grip is not None

    def drag(self, start: QPointF, at: QPointF, viewport: Viewport) -> None:
        """What is held goes along from `start`, where it was pressed."""
        grip = self._grip
        if grip is None or grip.number >= len(self.boxes):
            return
        if self._from is None:
            self._from = start, self.boxes[grip.number]
            self.choose(grip.number)
        start, box = self._from
        step = (at - start) / viewport.scale
        across, down = step.x() / viewport.image_width, step.y() / viewport.image_height
        self._put(
            grip.number,
            stretched(box, grip.edges, across, down) if grip.edges else moved(box, across, down),
        )

    def let_go(self) -> None:
        """The button is up: the region is where it is now."""
        dragged, self._from, self._grip = self._from is not None, None, None
        if dragged:
            self._tell()

    def cancel(self) -> None:
        """The drag is not one after all: the region is where it was."""
        if self.dragging:
            self.expect(None)
        self._grip = None

    def click(self, at: QPointF, viewport: Viewport, *, on_line: bool) -> bool:
        """Take a region away by its cross, or choose it; True when the click was for a region.

        `on_line`: there is a line of writing, which is what the click inside of a region was for.
        """
        badge = badge_at(self.boxes, viewport, at)
        if badge is not None:
            self.removed.emit(badge)
            return True
        held = edges_at(self.boxes, viewport, at, first=self.chosen)
        within = [n for n, box in enumerate(self.boxes) if region_rect(box, viewport).contains(at)]
        chosen = held[0] if held is not None else within[-1] if within and not on_line else None
        self.choose(chosen)
        return chosen is not None

    def cursor_at(self, at: QPointF, viewport: Viewport) -> Qt.CursorShape | None:
        """What the mouse would do there; None where there is no region to hold."""
        if badge_at(self.boxes, viewport, at) is not None:
            return Qt.CursorShape.PointingHandCursor
        grip = self._grip or self.grip_at(at, viewport)
        return _CURSORS.get(grip.edges) if grip is not None else None

    # keys

    def wants(self, key: int) -> bool:
        """A key that acts on the chosen region."""
        return self.chosen is not None and (way_of(key) is not None or key in _DELETE)

    def key(self, key: int, *, shift: bool) -> bool:
        """Arrows move the chosen region, with Shift its lower right corner; Del takes it away."""
        number = self.chosen
        if number is None or number >= len(self.boxes) or not self.wants(key):
            return False
        way = way_of(key)
        if way is None:
            self.removed.emit(number)
            return True
        across, down = way[0] * STEP, way[1] * STEP
        box = self.boxes[number]
        corner = Edge.RIGHT | Edge.BOTTOM
        self._put(number, stretched(box, corner, across, down) if shift else moved(box, across, down))
        self._settle.start()
        return True

    # looks

    def paint(self, painter: QPainter, viewport: Viewport, theme: Theme) -> None:
        """Above everything else on the picture."""
        paint_frames(painter, self.boxes, viewport, theme, self.chosen)

    def _put(self, number: int, box: Box) -> None:
        boxes = self.boxes
        self._expected = (*boxes[:number], box, *boxes[number + 1 :])
        self.looks_changed.emit()

    def _tell(self) -> None:
        self._settle.stop()
        number = self.chosen
        if number is not None and number < len(self.boxes):
            self.changed.emit(number, self.boxes[number])


_DELETE = {int(Qt.Key.Key_Delete), int(Qt.Key.Key_Backspace)}
_SHAPES = Qt.CursorShape
_CURSORS = {
    Edge.NONE: _SHAPES.SizeAllCursor,
    Edge.LEFT: _SHAPES.SizeHorCursor,
    Edge.RIGHT: _SHAPES.SizeHorCursor,
    Edge.TOP: _SHAPES.SizeVerCursor,
    Edge.BOTTOM: _SHAPES.SizeVerCursor,
    Edge.LEFT | Edge.TOP: _SHAPES.SizeFDiagCursor,
    Edge.RIGHT | Edge.BOTTOM: _SHAPES.SizeFDiagCursor,
    Edge.RIGHT | Edge.TOP: _SHAPES.SizeBDiagCursor,
    Edge.LEFT | Edge.BOTTOM: _SHAPES.SizeBDiagCursor,
}
