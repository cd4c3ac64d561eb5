"""Words that the reader of a page knows better than any lexicon: names, terms, places.

A text file in UTF-8, one word a line, which may be edited by hand. What in it is no word is left as it is and
not used.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from platformdirs import user_data_path

from camera_ocr.errors import ExportError
from camera_ocr.export import write_whole

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def words_path() -> Path:
    """Where the words are; it need not exist yet."""
    return user_data_path("camera-ocr") / "words.txt"


def own_words(path: Path | None = None) -> tuple[str, ...]:
    """The words, in the order they were added. Raises ExportError when the file cannot be read."""
    found = (line.strip() for line in _content(path or words_path()).decode("utf-8", "replace").splitlines())
    return tuple(dict.fromkeys(word for word in found if _WORD.fullmatch(word)))


def add_word(word: str, path: Path | None = None) -> None:
    """Append a word. Raises ExportError when it cannot be written; then the file is as it was."""
    path = path or words_path()
    before = _content(path)
    if before and not before.endswith(b"\n"):
        before += b"\n"
    _write(path, before + word.encode("utf-8") + b"\n")


def set_words(words: Iterable[str], path: Path | None = None) -> None:
    """These words and no others. Raises ExportError as `add_word`."""
    _write(path or words_path(), "".join(f"{word}\n" for word in words).encode("utf-8"))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise ExportError(f"{path} cannot be read ({error.strerror}).") from error


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{path} could not be written: {error.strerror}.") from error
    write_whole(path, content)
