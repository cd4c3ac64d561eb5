"""Names and terms that the user lists, for `read` and `watch`: on real ink, with the model that ships."""

import json
import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from camera_ocr.commands.common import make_reader
from camera_ocr.own_words import MOST_BYTES

NAMES = Path(__file__).parents[1] / "assets" / "names"
MISREAD = {"doessel.jpg": "Dößel", "haenchen.jpg": "Hänchen"}
"""Read as something else, which differs from model to model, while the name that it is, is not listed."""
WELL_READ = {"stoessen.jpg": "Stößen", "schoenefeld.jpg": "Schönefeld", "gruenstaedtel.jpg": "Grünstädtel"}


@pytest.fixture
def listed(tmp_path):
    """Writes a word list."""

    def write(content: str | bytes, name: str = "names.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def read_words(run):
    """The text of each of some pictures of one word."""

    def read(*options: object, names=(*MISREAD, *WELL_READ)) -> list[str]:
        done = run("read", "--layout", "word", "--format", "json", *options, *(NAMES / n for n in names))
        assert (done.status, done.err) == (0, "")
        return [json.loads(line)["text"] for line in done.out.splitlines()]

    return read


def test_listed_names_win_over_common_words(read_words, listed):
    # one word a line, or several; in two lists; as Windows and macOS write them
    first = listed(b"\xef\xbb\xbf# places\r\nH\xc3\xa4nchen\r\n")
    second = listed("Stößen, Do\u0308ßel", "more.txt")
    unlisted = read_words(names=MISREAD)
    assert not set(unlisted) & set(MISREAD.values())
    assert read_words("--words", first, "--words", second, names=MISREAD) == list(MISREAD.values())


def test_what_is_not_listed_is_read_as_before(read_words, listed):
    # names that differ from what is written by little
    path = listed("Schönfeld\nSchönefeldt\nGrünstadt\nGrünstädte\nDöbeln\nMännchen\nStoß\n")
    before = read_words()
    assert before[len(MISREAD) :] == list(WELL_READ.values())
    assert read_words("--words", path) == before


def test_lists_may_be_named_in_the_settings_and_the_option_goes_before_them(read_words, listed):
    settings = listed(f'[reader]\nwords = ["{listed("Dößel").as_posix()}"]\n', "settings.toml")
    unlisted = read_words(names=MISREAD)
    assert read_words("--config", settings, names=MISREAD) == ["Dößel", unlisted[1]]
    other = listed("Hänchen", "other.txt")
    assert read_words("--config", settings, "--words", other, names=MISREAD) == [unlisted[0], "Hänchen"]


def test_words_of_the_window_count_only_when_their_file_is_named(read_words, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    kept = tmp_path / "camera-ocr" / "words.txt"
    kept.parent.mkdir()
    kept.write_text("Dößel\n", encoding="utf-8")
    assert read_words(names=["doessel.jpg"]) != ["Dößel"]
    assert read_words("--words", kept, names=["doessel.jpg"]) == ["Dößel"]


def test_watch_expects_them_too(run, listed, picture, monkeypatch):
    path = listed("Dößel")
    folder = picture("scans/a.png").parent
    readers = []

    def make(config):
        readers.append(make_reader(config))
        return readers[-1]

    monkeypatch.setattr("camera_ocr.commands.watch.make_reader", make)
    ink = cv2.imdecode(np.fromfile(NAMES / "doessel.jpg", np.uint8), cv2.IMREAD_GRAYSCALE)
    for options in ((), ("--words", path)):
        assert run("watch", "--source", folder, *options).status == 0
    assert [reader.read([ink])[0].text for reader in readers] == ["Döbel", "Dößel"]


def test_what_is_no_word_in_a_list_is_told_and_the_rest_is_taken(run, listed):
    path = listed("Dößel\nA4\n12:30\n")
    done = run("read", "--layout", "word", "--words", path, NAMES / "doessel.jpg")
    assert (done.status, done.out) == (0, "Dößel\n")
    assert done.sentences() == [
        f"camera-ocr: The word list {path} has what is no word and is not expected: A4, 12:30"
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "has no word in it; write one a line"),
        (b"# nothing yet\n\n42\n", "has no word in it"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is not text in UTF-8"),
        ("Dößel\n".encode("utf-16"), "is not text in UTF-8"),
        ("Dößel\n".encode("latin-1"), "is not text in UTF-8"),
        (b"word\n" * (MOST_BYTES // 5 + 1), "has more than 2 MB"),
    ],
    ids=["empty", "no words", "picture", "utf-16", "latin-1", "huge"],
)
@pytest.mark.parametrize("command", [["read", "a.png"], ["watch", "--source", "demo"]], ids=lambda c: c[0])
def test_a_list_that_cannot_be_used_is_named_and_nothing_is_read(run, listed, command, content, why):
    path = listed(content)
    done = run(*command, "--words", path)
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (2, "")
    assert f"The word list {path} {why}" in sentence


def test_a_list_that_is_not_there_or_a_folder_is_named(run, tmp_path):
    for path, why in (
        (tmp_path / "none.txt", "does not exist"),
        (tmp_path, "cannot be read: Is a directory"),
    ):
        done = run("read", "--words", path, "a.png")
        (sentence,) = done.sentences()
        assert (done.status, f"The word list {path} {why}" in sentence) == (2, True), sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_list_that_may_not_be_read_is_named(run, listed):
    path = listed("Dößel")
    path.chmod(0)
    done = run("read", "--words", path, "a.png")
    (sentence,) = done.sentences()
    assert (done.status, f"The word list {path} cannot be read: Permission denied" in sentence) == (2, True)


@pytest.mark.parametrize("options", [("--layout", "digits"), ("--language", "none")], ids=lambda o: o[1])
def test_words_where_they_have_no_effect_are_wrong_usage(run, listed, options):
    done = run("read", "--words", listed("Dößel"), *options, "a.png")
    (sentence,) = done.sentences()
    assert (done.status, "--words has no effect" in sentence) == (2, True)
