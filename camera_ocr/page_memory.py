"""What a person did to pages that do not stand any more: whole pages of picture files, corrections live."""

from collections.abc import Hashable, Sequence

from camera_ocr.corrections import Corrections
from camera_ocr.editing import EditedPage
from camera_ocr.types import FrameResult, FusedLine


class PageMemory:
    """By a `key` the page of a picture file, which looks the same when one comes back to it. A camera's view
    does not (`key` None): what was said about its lines is kept with these while they are followed.
    """

    def __init__(self) -> None:
        self._view = Corrections()
        self._pages: dict[Hashable, EditedPage] = {}

    @property
    def corrected_ids(self) -> frozenset[int]:
        """Lines of the live view whose text a person gave."""
        return self._view.ids

    def lay_over(self, result: FrameResult) -> FrameResult:
        """`result` of the live view with what was said about its lines."""
        return self._view.lay_over(result)

    def page_for(self, result: FrameResult, key: Hashable | None) -> EditedPage:
        """The page to begin with when `result` stands: as it was left, else as it was read."""
        page = self._pages.pop(key, None) if key is not None else None
        if page is None:
            known = self._view.lay_over(result)
            page = EditedPage(known.lines, self._view.ids & {line.track_id for line in known.lines})
        return page

    def leave(self, page: EditedPage, lines: Sequence[FusedLine], key: Hashable | None) -> None:
        """`page` stands no more; `lines` are as the reader gave them."""
        if key is not None:
            self._pages[key] = page
        else:
            texts = {line.track_id: line.text for line in page.lines if line.track_id in page.by_hand}
            self._view.remember(texts, page.removed, lines)

    def forget_view(self) -> None:
        """Another view: lines have other numbers."""
        self._view = Corrections()

    def forget_page(self, key: Hashable) -> None:
        self._pages.pop(key, None)

    def forget_unedited(self) -> None:
        """Pages that nobody corrected are read anew when one comes back to them."""
        self._pages = {key: page for key, page in self._pages.items() if page.by_hand or page.removed}
