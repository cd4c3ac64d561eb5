"""Image files and folders of them."""

import logging
import re
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.capture.imageheader import read_header
from camera_ocr.errors import ImageError, SourceError
from camera_ocr.quiet import caught_stderr
from camera_ocr.types import U8, Frame

IMAGE_SUFFIXES = frozenset(
    {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".pgm", ".ppm", ".pbm", ".pnm"}
)
MAX_MEGAPIXELS = 100
MAX_MEGABYTES = 500
_KNOWN = "JPEG, PNG, TIFF, WebP, BMP, PNM"
_log = logging.getLogger(__name__)

# Decoders give what they could make of a damaged file and only write to stderr that it is. In a JPEG up to
# two thirds of the picture were seen to be wrong then; data left over, some cameras produce that themselves.
_DAMAGE = re.compile(r"Corrupt JPEG data: (?!\d+ extraneous)|Premature end of JPEG|libpng error|TIFF_Error")
_LEFT_OVER = "extraneous bytes before marker"


def read_image(path: Path, warn: Callable[[str], None] = _log.warning) -> U8:
    """A picture as (H, W, 3) BGR, upright as its EXIF orientation says.

    Grey becomes three equal channels, transparency is laid over white paper, more than 8 bits a channel are
    brought to 8, and of an animation or a file of several pages the first is taken. `warn` gets a sentence
    when the picture was read but may be wrong in places.
    Raises ImageError when there is no such file, or it is not a whole image, or one of unreasonable size.
    """
    return decode_image(_read_bytes(path), str(path), warn)


def decode_image(data: bytes, name: str, warn: Callable[[str], None] = _log.warning) -> U8:
    """As read_image, from the bytes of an encoded picture; `name` is for the sentences."""
    if not data:
        raise ImageError(f"{name} is empty (0 bytes); copy it again from where it came from.")
    header = read_header(data)
    if header is None:
        raise ImageError(_not_an_image(data, name))
    if not header.complete:
        raise ImageError(f"{name} is cut short (its {header.format} data ends too early); copy it again.")
    width, height = header.width, header.height
    if not width or not height:
        raise ImageError(f"{name} has no pixels ({width} × {height}); save the picture again.")
    megapixels = width * height / 1e6
    if megapixels > MAX_MEGAPIXELS:
        raise ImageError(
            f"{name} is {width} × {height} px ({megapixels:.0f} megapixels) and at most {MAX_MEGAPIXELS}"
            " can be read; scale it down or cut it into parts first."
        )
    # only UNCHANGED keeps transparency, and only the others turn the picture as EXIF says
    flags = cv2.IMREAD_UNCHANGED if header.alpha else cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH
    with caught_stderr() as said:
        try:
            image = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
        except cv2.error:
            image = None
    if said.text:
        _log.debug("%s: the decoder says: %s", name, said.text)
    if image is None or not image.size:
        raise ImageError(
            f"{name} is damaged or a kind of {header.format} that cannot be read; save it as PNG."
        )
    if _DAMAGE.search(said.text):
        raise ImageError(
            f"{name} is damaged (parts of its {header.format} data are wrong); copy it again from where it"
            " came from."
        )
    if _LEFT_OVER in said.text:
        warn(f"{name} may be damaged (some of its data is left over); compare the text with the picture.")
    return _as_bgr(_to_8_bits(image))


def read_to_end(file: BinaryIO, name: str) -> bytes:
    """All of an open file; raises ImageError when it is too much or cannot be read."""
    parts: list[bytes] = []
    size = 0
    try:
        while part := file.read(1 << 20):
            parts.append(part)
            size += len(part)
            if size > MAX_MEGABYTES * 1e6:
                raise ImageError(
                    f"{name} is more than {MAX_MEGABYTES} MB, which is too much to read; save it as JPEG."
                )
    except OSError as error:
        raise ImageError(f"{name} cannot be read ({error.strerror}).") from None
    return b"".join(parts)


def list_images(folder: Path) -> list[Path]:
    """The image files directly inside a folder (by suffix, hidden ones left out), page 2 before page 10.

    Raises SourceError when the folder is missing or may not be read.
    """
    try:
        found = [
            path
            for path in folder.iterdir()
            if path.suffix.lower() in IMAGE_SUFFIXES and not path.name.startswith(".") and path.is_file()
        ]
    except FileNotFoundError:
        raise SourceError(f"{folder} does not exist; check the name of the folder.") from None
    except NotADirectoryError:
        raise SourceError(f"{folder} is not a folder; give the folder that holds the images.") from None
    except OSError as error:
        raise SourceError(f"{folder} cannot be read ({error.strerror}); check its permissions.") from None
    return sorted(found, key=lambda path: natural_key(path.name))


def natural_key(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key by which numbers inside names count as numbers."""
    parts = re.findall(r"\d+|\D+", name.lower())
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts], name


class PictureSource:
    """One picture that is in memory already, (H, W, 3) BGR, as a source of one frame."""

    live = False
    stills = True

    def __init__(self, image: U8, name: str, clock: Callable[[], int] = time.monotonic_ns) -> None:
        self.name = name
        self._clock = clock
        self._image: U8 | None = image

    def read(self) -> Frame | None:
        """The picture, then None."""
        image, self._image = self._image, None
        return None if image is None else Frame(image, 0, self._clock(), self.name)

    def close(self) -> None:
        self._image = None


class ImageSource(PictureSource):
    """One image file, as a source of one frame."""

    def __init__(self, path: Path, clock: Callable[[], int] = time.monotonic_ns) -> None:
        # read at once: who opens a broken file is told so then
        super().__init__(read_image(path), str(path), clock)


class FolderSource:
    """The images of a folder, one frame each, in natural order of their names.

    Raises SourceError when the folder cannot be read or has no image.
    """

    live = False
    stills = True

    def __init__(self, folder: Path, clock: Callable[[], int] = time.monotonic_ns) -> None:
        self.name = str(folder)
        self._clock = clock
        self._paths = list_images(folder)
        self._next = 0
        if not self._paths:
            raise SourceError(f"{folder} has no image in it ({_KNOWN}); choose another folder.")

    def read(self) -> Frame | None:
        """The next picture, its file as `source`.

        Raises ImageError for a bad one; the next call goes on behind it.
        """
        if self._next >= len(self._paths):
            return None
        index = self._next
        self._next += 1
        path = self._paths[index]
        return Frame(read_image(path), index, self._clock(), str(path))

    def close(self) -> None:
        self._next = len(self._paths)


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise ImageError(f"{path} is a folder, not an image; give the name of an image in it.")
        # a pipe may well bring an image; a device may never end
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
            raise ImageError(f"{path} is a device, not an image; give the name of an image file.")
        with path.open("rb") as file:
            return read_to_end(file, str(path))
    except FileNotFoundError:
        raise ImageError(f"{path} does not exist; check the name.") from None
    except PermissionError:
        raise ImageError(f"{path} may not be read; check the permissions of the file.") from None
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
        raise ImageError(f"{path} cannot be read ({error}).") from None


def _not_an_image(data: bytes, name: str) -> str:
    if data.startswith(b"%PDF"):
        return f"{name} is a PDF, not an image; export its pages as PNG or JPEG first."
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        return f"{name} is a HEIC or AVIF photo, which cannot be read; save it as JPEG first."
    if data.startswith(b"GIF8"):
        return f"{name} is a GIF, which cannot be read; save it as PNG first."
    return f"{name} is not an image that can be read; give one of {_KNOWN}."


def _to_8_bits(image: NDArray[np.generic]) -> U8:
    if image.dtype == np.uint8:
        return image.astype(np.uint8, copy=False)
    if image.dtype == np.uint16:
        # 10- and 12-bit scans come in 16 bits: the bits in use decide, else the page would be nearly black
        bits = max(8, int(image.max(initial=0)).bit_length())
        return (image.astype(np.uint16) >> (bits - 8)).astype(np.uint8)
    values = np.nan_to_num(image.astype(np.float32), nan=1.0)
    low, high = min(0.0, float(values.min())), max(1.0, float(values.max()))
    return ((values - low) * (255.0 / (high - low))).round().astype(np.uint8)


def _as_bgr(image: U8) -> U8:
    if image.ndim == 2:
        return np.ascontiguousarray(np.repeat(image[:, :, None], 3, axis=2))
    channels = image.shape[2]
    if channels in (2, 4):
        alpha = image[:, :, -1:].astype(np.uint16)
        over = (image[:, :, :-1] * alpha + 255 * (255 - alpha) + 127) // 255
        image = over.astype(np.uint8)
    if image.shape[2] == 1:
        image = np.repeat(image, 3, axis=2)
    return np.ascontiguousarray(image)
