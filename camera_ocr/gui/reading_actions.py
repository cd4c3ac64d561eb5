"""Keys and buttons for what is read, and when it stands: freeze, text or digits, pages of a folder."""

from functools import partial

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QAction, QActionGroup, QWidget

from camera_ocr.gui import icons
from camera_ocr.gui.actions import make_action, make_bar_action
from camera_ocr.gui.engine_view import Reads
from camera_ocr.gui.i18n import mark, tr
from camera_ocr.gui.session import Session
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.top_bar import make_switch


class ReadingActions(QObject):
    """Acts on the session, and shows what is so."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self.freeze = make_bar_action(
            self, mark("Freeze"), "Space", session.toggle_frozen, mark("Freeze, or go live again")
        )
        self.reads = {
            reads: make_action(self, reads.value, "", partial(session.read_as, reads), checkable=True)
            for reads in Reads
        }
        group = QActionGroup(self)
        for one in self.reads.values():
            group.addAction(one)
        self.other = make_bar_action(
            self, mark("Read the other"), "M", self._read_the_other, mark("Read text, or digits only")
        )
        self.previous = make_action(
            self, mark("Previous picture of the folder"), "PgUp", lambda: session.turn_page(-1)
        )
        self.next = make_action(
            self, mark("Next picture of the folder"), "PgDown", lambda: session.turn_page(1)
        )

    @property
    def all(self) -> tuple[QAction, ...]:
        return self.freeze, self.other, *self.turning_pages

    @property
    def turning_pages(self) -> tuple[QAction, ...]:
        return self.previous, self.next

    def make_switch(self, parent: QWidget) -> QWidget:
        """Text or digits."""
        tips = {
            Reads.TEXT: mark("Read every line of writing"),
            Reads.DIGITS: mark("Read numbers only: meters, scores, forms"),
        }
        actions = [(action, tips[reads]) for reads, action in self.reads.items()]
        return make_switch(actions, self.other, "readsSwitch", parent)

    def show_state(self, theme: Theme) -> None:
        """The session is in another state, or looks or speaks otherwise."""
        session = self._session
        self.reads[session.reads].setChecked(True)
        self.freeze.setIconText(" " + (self._go_on() if session.frozen else tr("Freeze")))
        draw = icons.play if session.frozen else icons.pause
        self.freeze.setIcon(icons.icon(draw, theme.on_accent, theme.disabled))

    def enable(self, *, drawing: bool) -> None:
        """`drawing`: the canvas is shown in place of the picture, and keys are the canvas'."""
        self.freeze.setEnabled(self._session.can_freeze and not drawing)
        self.other.setEnabled(not drawing)
        number, pages = self._session.watched.page_number, len(self._session.watched.pages)
        self.previous.setEnabled(number > 1)
        self.next.setEnabled(0 < number < pages)

    def _go_on(self) -> str:
        return tr("Play on") if self._session.film is not None else tr("Go live")

    def _read_the_other(self) -> None:
        self._session.read_as(Reads.DIGITS if self._session.reads is Reads.TEXT else Reads.TEXT)
