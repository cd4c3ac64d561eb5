"""What other programs hand over, by drag and drop or by the clipboard: files, or a picture itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QMimeData
from PyQt5.QtGui import QImage

from camera_ocr.capture.files import IMAGE_SUFFIXES
from camera_ocr.gui.qimage import from_qimage
from camera_ocr.types import U8


@dataclass(frozen=True, slots=True, eq=False)
class Incoming:
    """One of the two is there; files come first, because they have a name."""

    files: tuple[Path, ...] = ()
    picture: U8 | None = None
    """(H, W, 3) BGR."""


def can_take(mime: QMimeData | None) -> bool:
    """Quick to tell, for the mouse that is still on its way."""
    return mime is not None and (any(url.isLocalFile() for url in mime.urls()) or mime.hasImage())


def incoming(mime: QMimeData | None) -> Incoming | None:
    """What is in there for us; None when nothing is."""
    if mime is None:
        return None
    files = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if files:
        return Incoming(files)
    picture = mime.imageData() if mime.hasImage() else None
    if isinstance(picture, QImage) and not picture.isNull():
        return Incoming(picture=from_qimage(picture))
    return None


def pages_among(files: Sequence[Path]) -> tuple[Path, ...]:
    """The pictures of several files, to be turned like pages; empty when there are not several."""
    pictures = tuple(path for path in files if path.suffix.lower() in IMAGE_SUFFIXES)
    return pictures if len(pictures) > 1 else ()
