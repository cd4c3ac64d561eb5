"""Keys and menu that turn the picture and choose the parts of it that are read."""

from collections.abc import Callable

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QWidget

from camera_ocr.framing import Box
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.session import Session
from camera_ocr.gui.view import PictureView


class FramingActions(QObject):
    """Acts on the framing of the session's source; `view` is where regions are drawn.

    `notice` carries a sentence about what to do now.
    """

    notice = pyqtSignal(str)

    def __init__(self, session: Session, view: PictureView, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._view = session, view
        self.right = self._action(tr("Turn picture right"), "R", lambda: self._turn(1))
        self.left = self._action(tr("Turn picture left"), "Shift+R", lambda: self._turn(-1))
        self.mirror = self._action(tr("Mirror picture"), "X", self._mirror)
        self.mirror.setCheckable(True)
        self.region = self._action(
            tr("Read only a part…"),
            "A",
            self._toggle_drawing,
            tr("Draw a part of the picture to read alone"),
        )
        self.region.setCheckable(True)
        self.everything = self._action(tr("Read all of the picture"), "Shift+A", self._forget_regions)
        view.region_drawn.connect(self._add)
        view.region_removed.connect(self._remove)
        view.region_drawing_changed.connect(self.region.setChecked)

    @property
    def all(self) -> tuple[QAction, ...]:
        return self.right, self.left, self.mirror, self.region, self.everything

    def enable(self, *, drawing: bool) -> None:
        """`drawing`: the canvas is shown in place of the picture."""
        can = self._session.can_reframe and not drawing
        for action in self.all:
            action.setEnabled(can)
        self.mirror.setChecked(self._session.framing.mirrored)
        self.everything.setEnabled(can and bool(self._session.framing.regions))
        if not can:
            self._view.draw_region(False)

    def _action(self, text: str, keys: str, act: Callable[[], None], does: str = "") -> QAction:
        made = QAction(text, self)
        made.setShortcut(QKeySequence(keys))
        made.setStatusTip(does)
        made.triggered.connect(lambda: act())
        return made

    def _turn(self, quarters: int) -> None:
        self._session.reframe(self._session.framing.turned(quarters))

    def _mirror(self) -> None:
        self._session.reframe(self._session.framing.flipped())

    def _toggle_drawing(self) -> None:
        self._view.draw_region(self.region.isChecked())
        if self._view.drawing:
            self.notice.emit(tr("Drag over the part that is to be read; Escape leaves it."))

    def _add(self, box: Box) -> None:
        self._session.reframe(self._session.framing.with_region(box))

    def _remove(self, number: int) -> None:
        self._session.reframe(self._session.framing.without_region(number))

    def _forget_regions(self) -> None:
        framing = self._session.framing
        for _ in framing.regions:
            framing = framing.without_region(0)
        self._session.reframe(framing)
