"""Text on its way out of the window: copied, saved, read aloud."""

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QAction, QWidget

from camera_ocr.gui.actions import make_bar_action
from camera_ocr.gui.export_dialog import ExportDialog
from camera_ocr.gui.i18n import mark, tr
from camera_ocr.gui.panel import LinesPanel
from camera_ocr.gui.saving import SaveDialog
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings
from camera_ocr.gui.speech import ReadAloud
from camera_ocr.gui.theme import Theme
from camera_ocr.rows import text_in_rows
from camera_ocr.types import FusedLine


class TakeAwayActions(QObject):
    """Acts on the lines that are selected in `panel`, on all when none is. `notice` tells what was done."""

    notice = pyqtSignal(str)

    def __init__(
        self, session: Session, panel: LinesPanel, settings: Settings, theme: Theme, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._panel = session, panel
        saving = SaveDialog(session, window)
        self.export = ExportDialog(session, saving, settings, theme, window)
        self.copying = make_bar_action(
            self, mark("Copy"), "Ctrl+C", self.copy, mark("Copy the selected lines, or all")
        )
        self.copying_all = make_bar_action(
            self, mark("Copy all lines"), "Ctrl+Shift+C", lambda: self.copy(everything=True)
        )
        self.saving = make_bar_action(
            self, mark("Save"), "Ctrl+S", self._export, mark("Save as text, table, JSON or picture")
        )
        self.read_aloud = ReadAloud(self._texts, settings, window)
        self.read_aloud.notice.connect(self.notice)
        saving.saved.connect(lambda path: self.notice.emit(tr("Saved {path}", path=path)))

    @property
    def all(self) -> tuple[QAction, ...]:
        return self.copying, self.copying_all, self.saving, self.read_aloud

    def enable(self, *, drawing: bool) -> None:
        """`drawing`: the canvas is shown in place of the lines."""
        result = self._session.result
        has_text = not drawing and result is not None and any(line.text for line in result.lines)
        for action in self.all:
            action.setEnabled(has_text)

    def copy(self, *, everything: bool = False) -> None:
        """Selected lines to the clipboard; all when none is selected or `everything` is asked for."""
        lines = self._lines(everything=everything)
        clipboard = QGuiApplication.clipboard()
        if lines and clipboard is not None:
            clipboard.setText(text_in_rows(lines))
            self.notice.emit(
                tr("Copied one line") if len(lines) == 1 else tr("Copied {count} lines", count=len(lines))
            )

    def _export(self) -> None:
        self.export.ask(self._panel.selected())

    def _texts(self) -> list[str]:
        return [line.text for line in self._lines()]

    def _lines(self, *, everything: bool = False) -> list[FusedLine]:
        result = self._session.result
        chosen = set(self._panel.selected()) if not everything else set()
        lines = result.lines if result is not None else ()
        return [line for line in lines if line.text and (not chosen or line.track_id in chosen)]
