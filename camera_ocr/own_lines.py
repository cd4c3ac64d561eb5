"""Lines that a person has put right, kept on this computer as samples of the hand: ink, and what it says.

In a folder that only its owner may enter are two files for each line, `000123.png` (grey, as the line lay
before the camera) and `000123.gt.txt` (UTF-8, one line): the ground truth that kraken, Calamari and the
trainer of Tesseract take as it is. The text is written last and is what makes a sample: a picture without it
was cut off in being written and does not count. Nothing but `python -m convert personal line` reads them.
"""

import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.errors import ExportError
from camera_ocr.export import write_whole
from camera_ocr.own_samples import samples_folder
from camera_ocr.types import U8

_TEXT = ".gt.txt"


@dataclass(frozen=True, slots=True, eq=False)
class OwnLine:
    number: int
    """Counts from 1 in the order they were kept; one that is deleted leaves a gap."""
    text: str
    image: U8
    """(H, W) grey."""


def lines_folder(folder: Path | None = None) -> Path:
    """Where the lines are, in the folder of one's own samples; it need not exist yet."""
    return (folder or samples_folder()) / "lines"


def line_numbers(folder: Path | None = None) -> tuple[int, ...]:
    """Of all lines that are kept, rising. Raises ExportError when the folder cannot be read."""
    place = lines_folder(folder)
    try:
        names = [path.name.removesuffix(_TEXT) for path in place.iterdir() if path.name.endswith(_TEXT)]
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise ExportError(f"{place} cannot be read ({error.strerror}).") from error
    return tuple(sorted(int(name) for name in names if name.isdecimal()))


def read_line(number: int, folder: Path | None = None) -> OwnLine:
    """One of the lines. Raises ExportError when its picture or text is missing or damaged."""
    picture, words = _paths(number, folder)
    try:
        text = " ".join(words.read_bytes().decode("utf-8").split())
        data = np.frombuffer(picture.read_bytes(), np.uint8)
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"{picture} or its text is damaged; delete it.") from error
    image = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE) if len(data) else None
    if image is None or not text:
        raise ExportError(f"{picture} or its text is damaged; delete it.")
    return OwnLine(number, text, np.ascontiguousarray(image, np.uint8))


def add_line(image: U8, text: str, folder: Path | None = None) -> int:
    """Keep a line, (H, W) grey, and return its number; of ink that is kept already only the text is replaced.

    Raises ExportError when it cannot be written; then nothing of it is kept.
    """
    done, encoded = cv2.imencode(".png", image)
    if not done or not text.strip():
        raise ExportError("A sample has ink and a text.")
    data = encoded.tobytes()
    place = lines_folder(folder)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir(mode=0o700, exist_ok=True)
        known = _with_ink(data, place)
    except OSError as error:
        raise ExportError(f"{place} could not be written: {error.strerror}.") from error
    number = known or max((int(p.stem) for p in place.glob("*.png") if p.stem.isdecimal()), default=0) + 1
    picture, words = _paths(number, folder)
    if known is None:
        write_whole(picture, data)
    try:
        write_whole(words, f"{' '.join(text.split())}\n".encode())
    except ExportError:
        if known is None:
            picture.unlink(missing_ok=True)
        raise
    return number


def delete_lines(numbers: Collection[int], folder: Path | None = None) -> None:
    """Forget these lines. Raises ExportError when one cannot be deleted."""
    for number in numbers:
        # without its text a picture is no sample any more
        for path in reversed(_paths(number, folder)):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise ExportError(f"{path} could not be deleted: {error.strerror}.") from error


def delete_all_lines(folder: Path | None = None) -> None:
    """Forget all, also what is damaged. Raises ExportError when something cannot be deleted."""
    place = lines_folder(folder)
    try:
        shutil.rmtree(place)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise ExportError(f"{place} could not be deleted: {error.strerror}.") from error


def _paths(number: int, folder: Path | None) -> tuple[Path, Path]:
    """Of the picture and of the text."""
    place = lines_folder(folder)
    return place / f"{number:06d}.png", place / f"{number:06d}{_TEXT}"


def _with_ink(data: bytes, place: Path) -> int | None:
    """The line whose picture is the same file."""
    for path in sorted(place.glob("*.png")):
        if path.stem.isdecimal() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return int(path.stem)
    return None
