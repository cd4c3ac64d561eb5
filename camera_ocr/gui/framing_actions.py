"""Keys and menu that turn the picture and choose the parts of it that are read."""

from dataclasses import replace

from PyQt5.QtCore import QObject, Qt, pyqtSignal
from PyQt5.QtWidgets import QAction, QWidget

from camera_ocr.framing import Box, Framing
from camera_ocr.gui.actions import make_action
from camera_ocr.gui.i18n import mark, tr
from camera_ocr.gui.rubberband import Draws
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
        self.right = make_action(self, mark("Turn picture right"), "R", lambda: self._turn(1))
        self.left = make_action(self, mark("Turn picture left"), "Shift+R", lambda: self._turn(-1))
        self.mirror = make_action(self, mark("Mirror picture"), "X", self._mirror, checkable=True)
        self.region = make_action(
            self,
            mark("Read only a part…"),
            "A",
            self._toggle_drawing,
            mark("Draw a part of the picture to read alone"),
            checkable=True,
        )
        self.everything = make_action(self, mark("Read all of the picture"), "Shift+A", self._forget_regions)
        self.next_region = make_action(
            self,
            mark("Next part"),
            "N",
            self._choose_next,
            mark("Next part, to be moved and stretched"),
        )
        view.pen.region_drawn.connect(self._add)
        view.parts.removed.connect(self._remove)
        view.parts.changed.connect(self._change)
        view.parts.chosen_changed.connect(self._explain)
        view.pen.changed.connect(lambda draws: self.region.setChecked(draws is Draws.REGION))

    @property
    def all(self) -> tuple[QAction, ...]:
        return self.right, self.left, self.mirror, self.region, self.next_region, self.everything

    def enable(self, *, drawing: bool) -> None:
        """`drawing`: the canvas is shown in place of the picture."""
        can = self._session.can_reframe and not drawing
        for action in self.all:
            action.setEnabled(can)
        self.mirror.setChecked(self._session.watched.framing.mirrored)
        for action in (self.everything, self.next_region):
            action.setEnabled(can and bool(self._session.watched.framing.regions))
        if not can:
            self._view.pen.draw(Draws.REGION, False)

    def _turn(self, quarters: int) -> None:
        self._session.reframe(self._session.watched.framing.turned(quarters))

    def _mirror(self) -> None:
        self._session.reframe(self._session.watched.framing.flipped())

    def _toggle_drawing(self) -> None:
        self._view.pen.draw(Draws.REGION, self.region.isChecked())
        if self._view.drawing:
            self.notice.emit(
                tr("Drag over the part to be read, or Enter, arrows, Shift+arrows, Enter; Esc leaves it.")
            )

    def _choose_next(self) -> None:
        self._view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._view.parts.choose_next()

    def _explain(self, number: int | None) -> None:
        if number is not None:
            self.notice.emit(
                tr(
                    "Part {number} of {count}: drag it, or arrows, Shift+arrows, Del.",
                    number=number + 1,
                    count=len(self._view.parts.boxes),
                )
            )

    def _add(self, box: Box) -> None:
        before = self._session.watched.framing
        self._take(before.with_region(box))
        if self._session.watched.framing != before:
            self._view.parts.choose(len(before.regions))

    def _change(self, number: int, box: Box) -> None:
        self._take(self._session.watched.framing.with_region_changed(number, box))

    def _remove(self, number: int) -> None:
        self._view.parts.choose(None)
        self._take(self._session.watched.framing.without_region(number))

    def _forget_regions(self) -> None:
        self._take(replace(self._session.watched.framing, regions=()))

    def _take(self, framing: Framing) -> None:
        """Read these parts; they are shown at once, though the picture that is read so is still to come."""
        self._session.reframe(framing)
        self._view.parts.expect(self._session.watched.framing.regions if self._session.can_reframe else None)
