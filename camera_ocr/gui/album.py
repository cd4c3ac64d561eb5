"""Pictures that are turned like pages: those of a folder, or several that were opened together."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from camera_ocr.capture.files import list_images
from camera_ocr.errors import SourceError
from camera_ocr.gui.choice import Choice


class Album:
    """Empty where no such pictures are open."""

    def __init__(self, pages: Sequence[Path] = ()) -> None:
        self.pages = tuple(pages)

    @classmethod
    def of(cls, choice: Choice) -> "Album":
        """The pictures of a folder; of anything else an empty one."""
        # what is wrong with a folder is found again, and told, when it is opened
        with contextlib.suppress(SourceError):
            if choice.is_folder:
                return cls(list_images(Path(choice.spec)))
        return cls()

    def number(self, spec: str) -> int:
        """Of the page that `spec` names, from 1; 0 when nothing is there to be turned."""
        return self.pages.index(Path(spec)) + 1 if self.pages else 0

    def beside(self, spec: str, step: int) -> Path | None:
        """The page so many after the one that `spec` names, if there is one; 0 is that one itself."""
        number = self.number(spec) + step
        return self.pages[number - 1] if 1 <= number <= len(self.pages) else None
