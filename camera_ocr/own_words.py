"""Words that the reader of a page knows better than any lexicon: names, terms, places.

A text file in UTF-8, one word a line, which may be edited by hand. A line with several words, set apart by
blanks, commas or semicolons, has each of them; one that begins with # has none. What is no word is left as it
is and not used. The window keeps one such file; lists named by the user are read only.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_data_path

from camera_ocr.errors import ConfigError, ExportError
from camera_ocr.export import write_whole

MOST_BYTES = 2_000_000
"""Of a list named by the user, some 200,000 words: more is no list of one's own words but another file."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BETWEEN = re.compile(r"[\s,;]+")


class WordList(NamedTuple):
    """What a text holds, in its order, each once."""

    words: tuple[str, ...]
    others: tuple[str, ...]
    """What stands there and is no word, as numbers or what has a digit in it."""


def parse_words(text: str) -> WordList:
    """The words in the text of such a file."""
    # as macOS writes them, letter and accent are two characters, and no letter of the reader's
    lines = unicodedata.normalize("NFC", text).splitlines()
    found = [part for line in lines if not line.lstrip().startswith("#") for part in _BETWEEN.split(line)]
    words = dict.fromkeys(part for part in found if _WORD.fullmatch(part))
    others = dict.fromkeys(part for part in found if part and part not in words)
    return WordList(tuple(words), tuple(others))


def read_word_list(path: Path) -> WordList:
    """A list of words named by the user.

    Raises ConfigError when there is no such file, it may not be read, is larger than MOST_BYTES, no text in
    UTF-8, or has no word in it.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError(f"The word list {path} does not exist; check the name.") from None
    except OSError as error:
        raise ConfigError(f"The word list {path} cannot be read: {error.strerror}.") from None
    if len(content) > MOST_BYTES:
        raise ConfigError(
            f"The word list {path} has more than {MOST_BYTES / 1e6:.0f} MB; give a list of words, not a text."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ConfigError(f"The word list {path} is not text in UTF-8; save it as that, one word a line.")
    found = parse_words(text)
    if not found.words:
        raise ConfigError(f"The word list {path} has no word in it; write one a line.")
    return found


def listed_words(paths: Sequence[Path]) -> tuple[str, ...]:
    """The words of several lists, each once. Raises ConfigError as `read_word_list`."""
    return tuple(dict.fromkeys(word for path in paths for word in read_word_list(path).words))


def words_path() -> Path:
    """Where the words are; it need not exist yet."""
    return user_data_path("camera-ocr") / "words.txt"


def own_words(path: Path | None = None) -> tuple[str, ...]:
    """The words, in the order they were added. Raises ExportError when the file cannot be read."""
    return parse_words(_content(path or words_path()).decode("utf-8", "replace")).words


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
