"""Keeps pages that stand in the history, at once and after every edit, without making the window wait."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from PyQt5.QtCore import QObject, pyqtSignal

from camera_ocr.editing import EditedPage
from camera_ocr.errors import CameraOcrError, HistoryDamaged
from camera_ocr.gui.engine_view import Reads
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.sentences import said
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings, flag, number
from camera_ocr.history import Entry, History
from camera_ocr.types import U8, Frame, FrameResult

log = logging.getLogger(__name__)

HISTORY_ON = flag("history/on", True)
HISTORY_MB = number("history/megabytes", 2000, 10, 1_000_000)
"""What the pictures may take on the disk."""
HISTORY_DAYS = number("history/days", 0, 0, 36_500)
"""How long pages are kept; 0 is for good, or until they take too much."""

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Kept:
    """The page that stands now."""

    image: U8
    hold: int
    """Session.hold, and what was read of it."""
    reads: Reads
    page: EditedPage
    """As it was last handed to the history."""
    page_id: int | None = None
    """Known once it was written; for the thread of the history only."""


class HistoryKeeper(QObject):
    """Follows a session. `open_history` is called in a thread, when the history is first needed.

    `changed`: pages came, went or were edited. `told`: `problem`, `notice` or `recovered` is another.
    `saved`: all that a person did so far is on the disk.
    """

    changed = pyqtSignal()
    told = pyqtSignal()
    saved = pyqtSignal()

    def __init__(
        self,
        session: Session,
        open_history: Callable[[], tuple[History, str]],
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._open_history = open_history
        self._settings = settings
        self._history: History | None = None
        # one thread: what is written last is newest
        self._jobs = Jobs(self, workers=1)
        self._kept: _Kept | None = None
        self._waiting = 0
        self.problem = ""
        """Why the history cannot be written; empty when it can."""
        self.notice = ""
        """One sentence about what happened to it."""
        self.recovered: int | None = None
        """A page that was being worked on when the program ended by itself."""
        session.changed.connect(self._follow)
        session.editor.changed.connect(self._follow)
        settings.changed.connect(self._set)

    def begin(self) -> None:
        """Look for what a crash left, and forget what is too old."""
        self._run(lambda history: history.left_open(), self._found_left_open)
        self._trim()

    def close(self) -> None:
        """Returns when everything is written."""
        if self._kept is not None:
            self._jobs.run(lambda: self._use(lambda history: history.mark_open(None)))
        self._jobs.close(finish=True)
        if self._history is not None:
            self._history.close()
            self._history = None

    def entries(self, query: str, done: Callable[[list[Entry]], None]) -> None:
        self._run(lambda history: history.entries(query), done)

    def thumbnail(self, page_id: int, done: Callable[[bytes | None], None]) -> None:
        self._run(lambda history: history.thumbnail(page_id), done)

    def remove(self, page_ids: Sequence[int]) -> None:
        def remove(history: History) -> None:
            for page_id in page_ids:
                history.remove(page_id)

        self._run(remove, lambda _: self.changed.emit())

    def clear(self) -> None:
        """Forget all pages; one that stands is kept again when it is next edited."""
        self._kept = None
        self._run(lambda history: history.clear(), lambda _: self.changed.emit())

    def restore(self, page_id: int) -> None:
        """Show a page again, to be edited further."""
        self.dismiss()

        def done(found: tuple[Frame, EditedPage]) -> None:
            frame, page = found
            self._kept = _Kept(frame.image, self._session.hold + 1, self._session.reads, page, page_id)
            held = datetime.fromtimestamp(frame.t_ns / 1e9)
            title = tr("{source}, {when}", source=frame.source, when=f"{held:%Y-%m-%d %H:%M}")
            self._session.restore(FrameResult(frame, None, page.lines), page, title)
            self._run(lambda history: history.mark_open(page_id))

        self._run(lambda history: history.load(page_id), done)

    def _set(self, key: str) -> None:
        if key == HISTORY_ON.key and not self._settings.get(HISTORY_ON):
            self._leave()
        elif key in (HISTORY_MB.key, HISTORY_DAYS.key):
            self._trim()

    def _trim(self) -> None:
        size, days = self._settings.get(HISTORY_MB) * 1_000_000, self._settings.get(HISTORY_DAYS)

        def trimmed(count: int) -> None:
            if count:
                self.changed.emit()

        self._run(lambda history: history.trim(size, days), trimmed)

    def dismiss(self) -> None:
        """The page that a crash left is not asked about any more."""
        if self.recovered is not None:
            self.recovered = None
            self.told.emit()

    def _found_left_open(self, page_id: int | None) -> None:
        if page_id is not None:
            self.recovered = page_id
            self.told.emit()

    def _follow(self) -> None:
        """Keep what stands: a held picture from the first moment, a file once a person edited it."""
        session, result = self._session, self._session.result
        page = session.editor.page
        if result is None or (not session.frozen and not session.editable):
            self._leave()
            return
        if page is None:
            page = EditedPage(result.lines, session.corrected_ids)
        image, kept = result.frame.image, self._kept
        if kept is not None and kept.hold == session.hold and kept.reads is session.reads:
            # the picture that was read may be newer than the one that was shown when it was frozen
            other = image if kept.image is not image else None
            if other is not None or kept.page.lines is not page.lines or kept.page.by_hand != page.by_hand:
                kept.image, kept.page = image, page
                self._run(lambda history: self._update(history, kept, page, other), self._written)
        elif self._settings.get(HISTORY_ON) and (
            session.editor.edited or (session.frozen and not session.browsing)
        ):
            self._leave()
            new = self._kept = _Kept(image, session.hold, session.reads, page)
            title = session.title
            self._run(lambda history: self._add(history, new, page, title), self._written)
            self._trim()

    def _leave(self) -> None:
        if self._kept is not None:
            self._kept = None
            self._run(lambda history: history.mark_open(None))

    @staticmethod
    def _add(history: History, kept: _Kept, page: EditedPage, source: str) -> None:
        kept.page_id = history.add(kept.image, page, source)
        history.mark_open(kept.page_id)

    @classmethod
    def _update(cls, history: History, kept: _Kept, page: EditedPage, image: U8 | None) -> None:
        if kept.page_id is None:
            # it could not be written before; it may work now
            cls._add(history, kept, page, "")
        else:
            history.update(kept.page_id, page, image)

    def _written(self, _: None) -> None:
        if self.problem:
            self.problem = ""
            self.told.emit()
        self.changed.emit()

    def _run(self, work: Callable[[History], T], done: Callable[[T], None] = lambda _: None) -> None:
        self._waiting += 1

        def finished(outcome: tuple[T, str]) -> None:
            value, told = outcome
            if told:
                self.notice = said(told)
                self.told.emit()
            done(value)
            self._count_down()

        def failed(error: Exception) -> None:
            if not isinstance(error, CameraOcrError):
                log.error("the history failed", exc_info=error)
            self.problem = tr("{error} What is on the screen can be saved as a file.", error=said(error))
            self.told.emit()
            self._count_down()

        self._jobs.run(lambda: self._use(work), finished, failed)

    def _count_down(self) -> None:
        self._waiting -= 1
        if not self._waiting:
            self.saved.emit()

    def _use(self, work: Callable[[History], T]) -> tuple[T, str]:
        """In the thread of the history; and what is to be told about opening it."""
        told = ""
        if self._history is None:
            self._history, told = self._open_history()
        try:
            return work(self._history), told
        except HistoryDamaged:
            # set aside, and the same once more with a new one
            self._history.close()
            self._history = None
            self._history, told = self._open_history()
            return work(self._history), told
