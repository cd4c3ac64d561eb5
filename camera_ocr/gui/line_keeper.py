"""Lines that a person has put right, kept as samples of the hand where that is wanted."""

import logging
from enum import Enum

from PyQt5.QtCore import QObject, pyqtSignal

from camera_ocr.errors import CameraOcrError
from camera_ocr.gui.editor import PageEditor, PutRight
from camera_ocr.gui.i18n import mark, tr
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.sentences import said
from camera_ocr.gui.settings import Settings, member
from camera_ocr.own_lines import add_line
from camera_ocr.types import U8

log = logging.getLogger(__name__)

MOST_WAITING = 500
"""Lines that are held until a person has said whether to keep them."""


class Keeping(Enum):
    ASK = mark("Ask me")
    KEEP = mark("Keep them as samples")
    NEVER = mark("Never keep them")


KEEPING = member("samples/lines", Keeping.ASK)


class LineKeeper(QObject):
    """Follows the editor: when a page is left on which lines were put right, they are kept, or it is asked
    once whether they are to be.

    `told`: `waiting` or `problem` is another. `changed`: more samples are kept than before. `notice` carries
    a sentence.
    """

    told = pyqtSignal()
    changed = pyqtSignal()
    notice = pyqtSignal(str)

    def __init__(self, editor: PageEditor, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        # one thread: lines are numbered in the order they were put right
        self._jobs = Jobs(self, workers=1)
        self._put_off = False
        self.waiting: list[tuple[U8, str]] = []
        """Ink and text of lines that a person is asked about."""
        self.problem = ""
        """Why lines could not be kept; empty when they could."""
        editor.leaving.connect(self._left)
        settings.changed.connect(self._set)

    def keep(self) -> None:
        """The lines that wait, and from now on all."""
        self._settings.set(KEEPING, Keeping.KEEP)

    def never(self) -> None:
        self._settings.set(KEEPING, Keeping.NEVER)

    def put_off(self) -> None:
        """Not now: asked again the next time that the program runs."""
        self._put_off = True
        self._forget()

    def dismiss(self) -> None:
        """A person knows of the problem."""
        self.problem = ""
        self.told.emit()

    def close(self) -> None:
        """Returns when everything is written."""
        self._jobs.close(finish=True)

    def _left(self, page: PutRight) -> None:
        wanted = self._settings.get(KEEPING)
        if wanted is Keeping.KEEP:
            self._jobs.run(lambda: _write(page.crops()), self._written, self._failed)
        elif wanted is Keeping.ASK and not self._put_off:
            self._jobs.run(page.crops, self._ask, self._failed)

    def _ask(self, lines: list[tuple[U8, str]]) -> None:
        if self._settings.get(KEEPING) is Keeping.ASK and not self._put_off:
            self.waiting = [*self.waiting, *lines][-MOST_WAITING:]
            self.told.emit()

    def _set(self, key: str) -> None:
        if key != KEEPING.key:
            return
        lines = self.waiting
        if lines and self._settings.get(KEEPING) is Keeping.KEEP:
            self._jobs.run(lambda: _write(lines), self._written, self._failed)
        self._forget()

    def _forget(self) -> None:
        self.waiting = []
        self.told.emit()

    def _written(self, count: int) -> None:
        self.dismiss()
        self.changed.emit()
        self.notice.emit(
            tr("Kept one line as a sample of your hand")
            if count == 1
            else tr("Kept {count} lines as samples of your hand", count=count)
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, CameraOcrError):
            log.error("corrected lines could not be kept", exc_info=error)
        self.problem = tr("Your corrected lines are not kept as samples: {error}", error=said(error))
        self.told.emit()
        self.changed.emit()


def _write(lines: list[tuple[U8, str]]) -> int:
    for image, text in lines:
        add_line(image, text)
    return len(lines)
