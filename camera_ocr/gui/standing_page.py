"""The page that stands still: begun, edited, left, and found again as it was left."""

import dataclasses
from collections.abc import Callable, Sequence

from PyQt5.QtCore import QObject

from camera_ocr.editing import EditedPage
from camera_ocr.gui.editor import PageEditor
from camera_ocr.gui.jobs import Jobs
from camera_ocr.page_memory import Key, PageMemory
from camera_ocr.types import U8, FrameResult, Transcript


class StandingPage:
    """Has the page edited while it stands, and lays what a person said over what is shown live."""

    def __init__(
        self, jobs: Jobs, read_crops: Callable[[Sequence[U8]], list[Transcript]], parent: QObject
    ) -> None:
        self.editor = PageEditor(jobs, read_crops, parent)
        self.memory = PageMemory()
        self.restored = ""
        """What a page from the history is called while one is shown in place of the source, else empty."""

    @property
    def corrected_ids(self) -> frozenset[int]:
        """Lines that say what a person said."""
        page = self.editor.page
        return page.by_hand if page is not None else self.memory.corrected_ids

    @property
    def is_put_right(self) -> bool:
        """A person has edited it, or fetched it from the history: it is not to be read anew."""
        return self.editor.page is not None and bool(self.editor.edited or self.restored)

    def begin(self, result: FrameResult, key: Key | None) -> None:
        """Let the lines of `result` be edited; `key` as page_memory has it."""
        self.editor.begin(self.memory.page_for(result, key), result.frame.image)

    def restore(self, page: EditedPage, image: U8, title: str) -> None:
        """A page from the history; `image`: (H, W, 3) BGR; `title`: what it is called."""
        self.restored = title
        self.editor.begin(page, image)

    def leave(self, result: FrameResult | None, key: Key | None) -> bool:
        """Remember what was done to it, unless the history does. `result`: what was read; False when nothing
        stood."""
        self.editor.finish()
        page = self.editor.page
        if page is None or result is None:
            return False
        if self.restored:
            self.restored = ""
        else:
            self.memory.leave(page, result.lines, key)
        self.editor.leave()
        return True

    def lay_over(self, result: FrameResult) -> FrameResult:
        """`result` as a person put it right."""
        page = self.editor.page
        if page is not None:
            return dataclasses.replace(result, lines=page.lines)
        return self.memory.lay_over(result)
