"""Draws boxes on the picture, of lines or of parts to be read, with mouse, finger or keys."""

from PyQt5.QtCore import QObject, QPointF, QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QPainter

from camera_ocr.gui.rubberband import Draws, RubberBand, band_in_the_middle, box_of, quad_of
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.viewport import Viewport


class BoxPen(QObject):
    """Knows what the next drag draws, and the box under way; places are widget px.

    `line_drawn` carries a box, (4, 2) f32 picture px, `region_drawn` a framing.Box, `changed` the Draws that
    is wanted from now on.
    """

    line_drawn = pyqtSignal(object)
    region_drawn = pyqtSignal(object)
    changed = pyqtSignal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.draws = Draws.NOTHING
        self._band: RubberBand | None = None

    def draw(self, what: Draws, wanted: bool = True) -> None:
        """Let the next drag draw `what` instead of moving the picture, or not after all; Enter does so in the
        middle, for keys to take it on."""
        if wanted or self.draws is what:
            self._take(what if wanted else Draws.NOTHING)

    def stop(self) -> None:
        self._take(Draws.NOTHING)

    def _take(self, what: Draws) -> None:
        if what is not self.draws:
            self.draws, self._band = what, None
            self.changed.emit(what)

    @property
    def under_way(self) -> bool:
        """A box has been begun."""
        return self._band is not None

    def press(self, at: QPointF) -> None:
        self._band = RubberBand(at)

    def stretch(self, to: QPointF) -> None:
        if self._band is not None:
            self._band.stretch(to)

    def forget(self) -> None:
        """The box under way is none after all."""
        self._band = None

    def finish(self, viewport: Viewport) -> None:
        """The box is as it is now; one that is too small was a slip of the hand."""
        band, self._band = self._band, None
        if band is None or not band.is_box:
            return
        what = self.draws
        self.stop()
        if what is Draws.REGION:
            self.region_drawn.emit(box_of(band.rect, viewport))
        elif (quad := quad_of(band.rect, viewport)) is not None:
            self.line_drawn.emit(quad)

    def key(self, key: int, *, shift: bool, room: QRectF, viewport: Viewport) -> bool:
        """Enter begins a box in the middle of `room`, the visible picture, and ends it; arrows move it. False
        for any other key."""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._band is not None:
                self.finish(viewport)
            else:
                self._band = band_in_the_middle(room, self.draws)
            return True
        return self._band is not None and self._band.press(key, shift=shift)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        if self._band is not None:
            self._band.paint(painter, theme)
