"""What the window goes on with when it is opened again: its place, the source, what is read and shown."""

from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject

from camera_ocr.gui.engine_view import Phase, Reads
from camera_ocr.gui.lettering import OverlayStyle
from camera_ocr.gui.settings import Settings, member, state, text

if TYPE_CHECKING:
    from camera_ocr.gui.window import MainWindow

SOURCE = text("source/spec")
"""The camera or stream that was last watched; files are not opened again by themselves."""
READS = member("source/reads", Reads.TEXT)
OVERLAY = member("view/overlay", OverlayStyle.TEXT)
GEOMETRY = state("window/geometry")
SPLITTER = state("window/splitter")


class Remembered(QObject):
    """Restores `window`, which is not shown yet, and keeps what changes."""

    def __init__(self, window: "MainWindow", settings: Settings) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        session, view = window.session, window.view
        if settings.get(GEOMETRY):
            window.restoreGeometry(settings.get(GEOMETRY))
        if settings.get(SPLITTER):
            window.splitter.restoreState(settings.get(SPLITTER))
        session.read_as(settings.get(READS))
        view.set_overlay_style(settings.get(OVERLAY))
        session.changed.connect(self._keep_source)
        view.style_changed.connect(lambda: settings.set(OVERLAY, view.overlay_style))
        settings.changed.connect(self._set)
        window.closing.connect(self._keep_place)

    def _keep_source(self) -> None:
        session = self._window.session
        choice = session.watched.choice
        if session.phase is Phase.LIVE and not session.watched.fallback and choice.is_watched:
            self._settings.set(SOURCE, choice.spec)
        self._settings.set(READS, session.reads)

    def _set(self, key: str) -> None:
        """In the settings, perhaps; what it was set by already shows it."""
        if key == OVERLAY.key and self._window.view.overlay_style is not self._settings.get(OVERLAY):
            self._window.view.set_overlay_style(self._settings.get(OVERLAY))

    def _keep_place(self) -> None:
        window = self._window
        self._settings.set(GEOMETRY, bytes(window.saveGeometry()))
        self._settings.set(SPLITTER, bytes(window.splitter.saveState()))
