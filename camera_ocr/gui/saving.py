"""Saving what was read: asks where, writes beside the window, and asks again when that failed."""

import datetime
import logging
import os
from pathlib import Path

from PyQt5.QtCore import QObject, QStandardPaths, pyqtSignal
from PyQt5.QtWidgets import QFileDialog, QWidget

from camera_ocr.errors import CameraOcrError
from camera_ocr.export import FORMATS, Format, write_whole
from camera_ocr.gui.asking import Answer, ask
from camera_ocr.gui.i18n import mark, tr
from camera_ocr.gui.sentences import said
from camera_ocr.gui.session import Session
from camera_ocr.types import FrameResult

log = logging.getLogger(__name__)

ELSEWHERE = mark("Save somewhere else…")


class SaveDialog(QObject):
    """`saved` carries the path written."""

    saved = pyqtSignal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self._folder = Path(documents) if documents and Path(documents).is_dir() else Path.home()

    def ask(self, result: FrameResult, preferred: Format) -> None:
        """Ask for a name and write `result`; the name's ending may ask for another format."""
        formats = list(FORMATS.values())
        filters = [f"{tr(one.title)} (*{one.suffix})" for one in formats]
        stamp = datetime.datetime.now().strftime("%Y-%m-%d %H.%M.%S")
        suggestion = self._folder / f"{tr('Handwriting')} {stamp}{preferred.suffix}"
        name, chosen = QFileDialog.getSaveFileName(
            self._window,
            tr("Save what was read"),
            str(suggestion),
            ";;".join(filters),
            filters[formats.index(preferred)],
        )
        if name:
            fallback = formats[filters.index(chosen)] if chosen in filters else preferred
            path, form = target(Path(name), fallback)
            if path != Path(name) and os.path.exists(path):
                # the dialog asked about the name as it was typed, without the ending
                self._ask_to_replace(result, path, form)
            else:
                self._write(result, path, form)

    def _ask_to_replace(self, result: FrameResult, path: Path, form: Format) -> None:
        ask(
            self._window,
            tr("Replace file?"),
            tr("{path} is already there; replacing it loses what is in it.", path=path),
            Answer(tr("Replace"), lambda: self._write(result, path, form), loses=True),
            Answer(tr(ELSEWHERE), lambda: self.ask(result, form)),
        )

    def _write(self, result: FrameResult, path: Path, chosen: Format) -> None:
        self._folder = path.parent
        models = self._session.reader_info.models

        def write() -> None:
            write_whole(path, chosen.render(result, models))

        def failed(error: Exception) -> None:
            self._failed(result, chosen, error)

        self._session.jobs.run(write, lambda _: self.saved.emit(str(path)), failed)

    def _failed(self, result: FrameResult, chosen: Format, error: Exception) -> None:
        log.error("saving failed", exc_info=error)
        sentence = (
            said(error)
            if isinstance(error, CameraOcrError)
            else tr("The file could not be saved: {error}.", error=error)
        )
        ask(
            self._window,
            tr("Not saved"),
            sentence,
            Answer(tr(ELSEWHERE), lambda: self.ask(result, chosen)),
            note=tr("Nothing is lost: the text is still here and can be saved somewhere else."),
        )


def target(path: Path, fallback: Format) -> tuple[Path, Format]:
    """The file to write and its format: by the name's ending when that is known, else `fallback`'s."""
    for one in FORMATS.values():
        if path.suffix.lower() == one.suffix:
            return path, one
    return path.with_name(path.name + fallback.suffix), fallback
