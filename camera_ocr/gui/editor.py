"""Putting a page right: every edit with its way back, and what the reader has to say on demand."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QUndoCommand, QUndoStack

from camera_ocr import editing
from camera_ocr.curve import crop_line
from camera_ocr.detection.words import split_words
from camera_ocr.editing import EditedPage
from camera_ocr.geometry import to_gray
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.sentences import said
from camera_ocr.types import F32, U8, Curve, FusedLine, Transcript

log = logging.getLogger(__name__)

MAX_SUGGESTIONS = 5

ReadCrops = Callable[[Sequence[U8]], list[Transcript]]


@dataclass(frozen=True, slots=True, eq=False)
class PutRight:
    """What a person has written of the lines of a page, other than it was read."""

    image: U8
    """(H, W, 3) BGR."""
    lines: tuple[FusedLine, ...]
    """As the person says that they are."""

    def crops(self) -> list[tuple[U8, str]]:
        """Ink (H, W) grey, cut out as it is read, and text of each line."""
        return [(_crop(self.image, line.quad, line.curve), line.text) for line in self.lines]


class PageEditor(QObject):
    """One page at a time, and its undo stack; edits without a page do nothing.

    `changed`: the page is another than before. `select` carries the ids of lines that an edit made or
    touched. `suggested` carries a line's id and the texts it may have. `notice` carries a sentence. `leaving`
    carries the PutRight of a page that is left, if a person wrote anything on it; `finishing` comes before,
    for what is still being typed to be put in.
    """

    changed = pyqtSignal()
    select = pyqtSignal(object)
    suggested = pyqtSignal(int, object)
    notice = pyqtSignal(str)
    finishing = pyqtSignal()
    leaving = pyqtSignal(object)

    def __init__(self, jobs: Jobs, read: ReadCrops, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self.page: EditedPage | None = None
        self.edited = False
        """A person has changed something since the page was begun, if only to undo it again."""
        self._image: U8 | None = None
        self._first: dict[int, str] = {}
        """What each line said before a person changed it."""
        self._written: set[tuple[int, str]] = set()
        """Lines and texts that a person gave them, though it may have been undone since."""
        self._jobs = jobs
        self._read = read

    def begin(self, page: EditedPage, image: U8) -> None:
        """Edit `page`, whose quads are px of `image` (H, W, 3) BGR; earlier edits cannot be undone."""
        self._tell_what_was_written()
        self.undo_stack.clear()
        self.page, self._image, self.edited = page, image, False
        self._first = {line.track_id: line.text for line in page.lines}

    def finish(self) -> None:
        """The page is going to be left."""
        if self.page is not None:
            self.finishing.emit()

    def leave(self) -> None:
        self._tell_what_was_written()
        self.undo_stack.clear()
        self.page, self._image, self.edited = None, None, False

    def close(self) -> None:
        """For good: the stack would still tell of its own end, when those who listen are gone."""
        self.leave()
        self.undo_stack.blockSignals(True)

    def _tell_what_was_written(self) -> None:
        page, image = self.page, self._image
        written, self._written = self._written, set()
        if page is None or image is None:
            return
        lines = [
            line
            for line in page.lines
            if (line.track_id, line.text) in written and line.text != self._first.get(line.track_id)
        ]
        if lines:
            self.leaving.emit(PutRight(image, tuple(lines)))

    def correct(self, track_id: int, text: str) -> None:
        self._written.add((track_id, " ".join(text.split())))
        self._do(tr("correction"), lambda page: editing.with_text(page, track_id, text), [track_id])

    def remove(self, track_ids: Collection[int]) -> None:
        """Afterwards the line that took the place of the first is selected."""
        page = self.page
        if page is None:
            return
        ids = [line.track_id for line in page.lines]
        rows = [row for row, one in enumerate(ids) if one in track_ids]
        left = [one for one in ids if one not in track_ids]
        after = left[min(rows[0], len(left) - 1)] if rows and left else None
        self._do(
            tr("deletion"),
            lambda page: editing.without(page, track_ids) if rows else page,
            [] if after is None else [after],
        )

    def join(self, track_ids: Collection[int]) -> None:
        """One line alone is joined with the one below it."""
        page = self.page
        if page is None:
            return
        wanted = set(track_ids)
        if len(wanted) == 1:
            rows = [row for row, line in enumerate(page.lines) if line.track_id in wanted]
            wanted |= {line.track_id for row in rows for line in page.lines[row + 1 : row + 2]}
        self._do(tr("joining"), lambda page: editing.joined(page, wanted))

    def join_with_previous(self, track_id: int) -> None:
        page = self.page
        rows = [row for row, line in enumerate(page.lines) if line.track_id == track_id] if page else []
        if page is not None and rows and rows[0]:
            self.join([page.lines[rows[0] - 1].track_id, track_id])

    def split(self, track_id: int, at: int | None = None) -> None:
        """Before the character `at`, or at the widest gap."""
        if not self._do(tr("splitting"), lambda page: editing.split(page, track_id, at)) and self.page:
            self.notice.emit(tr("There is only one word in this line; put the cursor where to split it."))

    def move(self, track_id: int, step: int) -> None:
        self._do(tr("moving"), lambda page: editing.moved(page, track_id, step), [track_id])

    def add(self, quad: F32) -> None:
        """Read what is in the box (4, 2) px and put it where it belongs; edits meanwhile are kept."""
        image, page = self._image, self.page
        if image is None or page is None:
            return

        def put(text: str, said: Transcript | None) -> None:
            if self._image is image:
                words = split_words(said, quad) if said is not None and text else ()
                sure = said.confidence if said is not None else 0.0
                self._do(tr("new box"), lambda page: editing.with_box(page, quad, text, sure, words))

        def failed(error: Exception) -> None:
            log.warning("a drawn box could not be read", exc_info=error)
            put("", None)
            self.notice.emit(tr("The box could not be read ({error}); type what it says.", error=said(error)))

        self._jobs.run(lambda: self._read([_crop(image, quad)])[0], lambda said: put(said.text, said), failed)

    def suggest(self, track_id: int) -> None:
        """Ask the reader what else the line may say; `suggested` tells, also when it is nothing."""
        image, line = self._image, self.page.line(track_id) if self.page is not None else None
        if image is None or line is None:
            return

        def done(said: Transcript) -> None:
            if self._image is image:
                self.suggested.emit(track_id, self._others(track_id, [said.text, *said.alternatives]))

        def failed(error: Exception) -> None:
            log.info("no suggestions: %s", error)
            if self._image is image:
                self.suggested.emit(track_id, self._others(track_id, []))

        self._jobs.run(lambda: self._read([_crop(image, line.quad, line.curve)])[0], done, failed)

    def _others(self, track_id: int, texts: Sequence[str]) -> tuple[str, ...]:
        """Without what the line says already; what it said at first comes along."""
        line = self.page.line(track_id) if self.page is not None else None
        if line is None:
            return ()
        # a dict keeps the order and says each text once
        distinct = dict.fromkeys([*texts, *line.alternatives, *_one_word_changed(line)])
        first = self._first.get(track_id, "")
        if first and first != line.text:
            distinct = {first: None} | distinct
        return tuple(text for text in distinct if text and text != line.text)[:MAX_SUGGESTIONS]

    def _do(
        self, name: str, edit: Callable[[EditedPage], EditedPage], select: Sequence[int] | None = None
    ) -> bool:
        """False when the edit changes nothing. Without `select` the new lines are selected."""
        before = self.page
        if before is None:
            return False
        after = edit(before)
        if after is before:
            return False
        known = {line.track_id for line in before.lines}
        new = [line.track_id for line in after.lines if line.track_id not in known]
        self.edited = True
        self.undo_stack.push(_Change(self, name, before, after, new if select is None else select))
        return True

    def put(self, page: EditedPage, select: Sequence[int]) -> None:
        """Show this state of the page; for the undo stack only."""
        self.page = page
        self.changed.emit()
        self.select.emit(tuple(select))


class _Change(QUndoCommand):
    """From one state of the page to another: pages are small, so both are kept whole."""

    def __init__(
        self, editor: PageEditor, name: str, before: EditedPage, after: EditedPage, select: Sequence[int]
    ) -> None:
        super().__init__(name)
        self._editor, self._before, self._after, self._select = editor, before, after, select

    def redo(self) -> None:
        self._editor.put(self._after, self._select)

    def undo(self) -> None:
        now = {line.track_id for line in self._after.lines}
        back = [line.track_id for line in self._before.lines if line.track_id not in now]
        self._editor.put(self._before, back or _present(self._before.lines, self._select))


def _one_word_changed(line: FusedLine) -> list[str]:
    """The line's text with another reading of one of its words, doubtful words first."""
    said = line.text.split()
    if [word.text for word in line.words] != said:
        return []
    doubtful = sorted(range(len(said)), key=lambda i: line.words[i].confidence)
    return [
        " ".join([*said[:i], other, *said[i + 1 :]]) for i in doubtful for other in line.words[i].alternatives
    ]


def _present(lines: Sequence[FusedLine], ids: Sequence[int]) -> list[int]:
    return [line.track_id for line in lines if line.track_id in ids]


def _crop(image: U8, quad: F32, curve: Curve | None = None) -> U8:
    return crop_line(to_gray(image), quad, curve)
