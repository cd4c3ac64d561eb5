"""What a person did to pages that do not stand any more: whole pages of files, corrections live."""

from collections.abc import Hashable, Sequence

from camera_ocr.corrections import Corrections
from camera_ocr.editing import EditedPage
from camera_ocr.remade import Remade
from camera_ocr.types import FrameResult, FusedLine

Key = tuple[Hashable, ...]
"""Of a page that looks the same when one comes back to it; the file's name comes first."""


class PageMemory:
    """By a `key` the page of a picture file, or a frame of a video, that a person edited. A camera's view
    does not look the same when one comes back to it (`key` None): what was said about its lines is kept with
    these while they are followed, and lines that were made of them go where they go.
    """

    def __init__(self) -> None:
        self._view, self._remade = Corrections(), Remade()
        self._pages: dict[Key, EditedPage] = {}
        self._recalled = False
        """The page that stands is one of those: its lines have the numbers of an earlier reading."""

    @property
    def corrected_ids(self) -> frozenset[int]:
        """Lines of the live view whose text a person gave."""
        return self._view.ids | self._remade.ids

    def lay_over(self, result: FrameResult) -> FrameResult:
        """`result` of the live view with what was said about its lines."""
        return self._remade.lay_over(self._view.lay_over(result), result.lines)

    def page_for(self, result: FrameResult, key: Key | None) -> EditedPage:
        """The page to begin with when `result` stands: as it was left, else as it was read."""
        page = self._pages.pop(key, None) if key is not None else None
        self._recalled = page is not None
        if page is None:
            known = self.lay_over(result)
            page = EditedPage(known.lines, self.corrected_ids & {line.track_id for line in known.lines})
        return page

    def leave(self, page: EditedPage, lines: Sequence[FusedLine], key: Key | None) -> None:
        """`page` stands no more; `lines` are as the reader gave them."""
        ids = [line.track_id for line in page.lines]
        edited = page.by_hand or page.removed or ids != [line.track_id for line in lines]
        if key is not None and edited:
            self._pages[key] = page
        if not self._recalled:
            texts = {line.track_id: line.text for line in page.lines if line.track_id in page.by_hand}
            gone = self._remade.remember(page, lines)
            self._view.remember(texts, page.removed | gone, lines)

    def forget_view(self) -> None:
        """Another view: lines have other numbers."""
        self._view, self._remade = Corrections(), Remade()

    def forget_file(self, name: Hashable) -> None:
        """All that was done to its pages."""
        self._pages = {key: page for key, page in self._pages.items() if key[0] != name}
