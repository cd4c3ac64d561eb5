import sqlite3
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from camera_ocr.editing import EditedPage, with_text, without
from camera_ocr.errors import HistoryError
from camera_ocr.history import History, folded, open_history
from camera_ocr.types import Curve, FusedLine, Word


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "history.sqlite"


@pytest.fixture
def history(path):
    seconds = iter(range(1000, 2000))
    made = History(path, lambda: float(next(seconds)))
    yield made
    made.close()


@pytest.fixture
def image(scanned_lines):
    return scanned_lines.image


def page(*texts: str) -> EditedPage:
    lines = []
    for row, text in enumerate(texts):
        quad = np.array(
            [[5, 30 * row], [200.5, 30 * row], [200, 30 * row + 25], [5, 30 * row + 25]], np.float32
        )
        words = tuple(Word(word, quad, 0.75) for word in text.split())
        lines.append(FusedLine(row + 1, quad, text, 0.8125, 3, True, words))
    return EditedPage(tuple(lines))


def test_page_comes_back_with_its_picture_and_what_a_person_said(history, image):
    edited = without(with_text(page("helo", "world", "dirt"), 1, "hello"), [3])
    frame, again = history.load(history.add(image, edited, "Desk camera"))
    assert frame.source == "Desk camera"
    assert frame.image.shape == image.shape
    # JPEG changes pixels a little
    assert np.abs(frame.image.astype(int) - image).mean() < 3
    assert [line.text for line in again.lines] == ["hello", "world"]
    assert (again.by_hand, again.removed) == ({1}, {3})
    kept, line = again.lines[1], edited.lines[1]
    np.testing.assert_allclose(kept.quad, line.quad, atol=0.05)
    assert (kept.confidence, kept.votes, kept.stable) == (line.confidence, line.votes, True)
    assert [(word.text, word.confidence) for word in kept.words] == [("world", 0.75)]


def test_the_course_of_a_line_comes_back(history, image):
    bent, straight = page("bent", "straight").lines
    arc = Curve(np.linspace(0.2, 0.9, 33, dtype=np.float32), 0.5)
    kept = EditedPage((replace(bent, curve=arc), straight))
    first, second = history.load(history.add(image, kept, ""))[1].lines
    np.testing.assert_allclose(first.curve.middle, arc.middle, atol=1e-3)
    assert first.curve.height == 0.5
    assert second.curve is None


def test_updated_page_keeps_its_place_and_picture(history, image):
    first = history.add(image, page("one"), "a")
    history.add(image, page("two"), "b")
    history.update(first, with_text(page("one"), 1, "uno"))
    assert [(entry.text, entry.edited) for entry in history.entries()] == [("two", False), ("uno", True)]
    assert history.load(first)[0].image.shape == image.shape


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["straße nach Zürich", "Écrit\nà Paris"]),
        ("zurich", ["straße nach Zürich"]),
        ("STRASSE", ["straße nach Zürich"]),
        ("paris ecrit", ["Écrit\nà Paris"]),
        ("paris zurich", []),
        ("%", []),
    ],
)
def test_search_takes_every_word_whatever_case_and_accents(history, image, query, found):
    history.add(image, page("Écrit", "à Paris"), "a")
    history.add(image, page("straße nach Zürich"), "b")
    assert [entry.text for entry in history.entries(query)] == found


def test_thumbnail_is_a_small_jpeg(history, image):
    thumbnail = history.thumbnail(history.add(image, page("a"), "a"))
    assert thumbnail[:2] == b"\xff\xd8"
    assert len(thumbnail) < 20_000
    assert history.thumbnail(99) is None


def test_removed_page_is_gone_and_clear_takes_all_and_their_room(history, image, path):
    ids = [history.add(image, page(text), "a") for text in ("one", "two", "three")]
    full = path.stat().st_size
    history.remove(ids[0])
    assert [entry.text for entry in history.entries()] == ["three", "two"]
    with pytest.raises(HistoryError, match="not in the history"):
        history.load(ids[0])
    history.update(ids[0], page("late"))
    history.clear()
    assert history.entries() == []
    assert path.stat().st_size < full / 2


def test_pages_are_there_when_it_is_opened_again(history, image, path):
    history.add(image, page("one"), "a")
    history.close()
    again, said = open_history(path)
    assert said == ""
    assert [entry.text for entry in again.entries()] == ["one"]
    again.close()


def test_others_may_not_read_it(history, path):
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "content", [b"this is not a database, by far" * 99, b"SQLite format 3\0" + b"x" * 5000]
)
def test_damaged_file_is_set_aside_and_said(path, content, image):
    path.parent.mkdir()
    path.write_bytes(content)
    history, said = open_history(path)
    aside = [one for one in path.parent.iterdir() if "damaged" in one.name]
    assert [one.read_bytes() for one in aside] == [content]
    assert str(aside[0]) in said
    history.add(image, page("new"), "a")
    history.close()


def test_full_disk_is_a_sentence_and_loses_nothing(history, image):
    history.add(image, page("one"), "a")
    # what SQLite says when the disk is full, it says of this limit too
    history._db.execute("PRAGMA max_page_count = 1")
    with pytest.raises(HistoryError, match="the disk is full"):
        history.add(image, page("two"), "b")
    assert [entry.text for entry in history.entries()] == ["one"]


def test_folder_that_cannot_be_made_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HistoryError, match="cannot be kept"):
        History(tmp_path / "file" / "history.sqlite")


def test_newer_file_is_left_alone(path, history):
    history.close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(HistoryError, match="newer version"):
        open_history(path)
    assert path.exists()


def test_page_of_a_killed_process_is_found_once(history, image, path):
    code = (
        "import os, signal, sys; from pathlib import Path; from camera_ocr.history import History;"
        "h = History(Path(sys.argv[1])); h.mark_open(h.entries()[0].id); os.kill(os.getpid(), signal.SIGKILL)"
    )
    page_id = history.add(image, page("unfinished"), "a")
    subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60)
    assert history.left_open() == page_id
    assert history.left_open() is None


def test_page_that_was_left_properly_needs_no_recovery(history, image):
    history.mark_open(history.add(image, page("one"), "a"))
    history.mark_open(None)
    assert history.left_open() is None


def test_folding_takes_case_and_accents_away():
    assert folded("Écrit à ZÜRICH, Straße") == "ecrit a zurich, strasse"


def test_the_oldest_pages_go_when_pictures_take_too_much(history, image, path):
    ids = [history.add(image, page(text), "a") for text in ("one", "two", "three", "four")]
    size = path.stat().st_size / 4
    history.mark_open(ids[0])
    assert history.trim(round(2.5 * size)) == 1
    assert [entry.text for entry in history.entries()] == ["four", "three", "one"]
    assert history.thumbnail(ids[1]) is None
    assert history.trim(0) == 1
    assert [entry.text for entry in history.entries()] == ["four", "one"]


def test_pages_older_than_wanted_go(path, image):
    now = 0.0
    history = History(path, lambda: now)
    for day in (0, 10, 40):
        now = day * 86_400.0
        history.add(image, page(f"day {day}"), "a")
    assert history.trim(10**9) == 0
    assert history.trim(10**9, max_days=31) == 1
    assert [entry.text for entry in history.entries()] == ["day 40", "day 10"]
    history.close()
