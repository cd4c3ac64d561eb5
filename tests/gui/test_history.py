"""The history of pages that were frozen, in the window."""

import sqlite3

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QMessageBox, QPushButton

from camera_ocr.editing import EditedPage
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.history_model import THUMBNAIL_ROLE
from camera_ocr.gui.keeper import HISTORY_DAYS, HISTORY_MB, HISTORY_ON
from camera_ocr.history import History

LEFT = Qt.MouseButton.LeftButton
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def saved(desk, qtbot):
    """Wait until everything is on the disk."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not desk.keeper._waiting, timeout=20_000)

    return wait


def kept(desk) -> list[str]:
    """The texts in the file, newest first, as another process would see them."""
    history = History(desk.history_path)
    texts = [entry.text for entry in history.entries()]
    history.close()
    return texts


def open_page(desk, history, row: int, until) -> None:
    """Show a page of the history again, with key and mouse."""
    if not history.isVisible():
        QApplication.setActiveWindow(desk.window)
        desk.key(Qt.Key.Key_H)
    until(lambda: history.model.rowCount() > row)
    QApplication.setActiveWindow(history)
    desk.mouse.click_twice(
        history.list.viewport(), history.list.visualRect(history.model.index(row)).center()
    )
    until(lambda: not history.isVisible())
    QApplication.setActiveWindow(desk.window)


def forget_from_now_on(desk) -> None:
    """The switch in the settings, with keys."""
    desk.key(Qt.Key.Key_Comma, CTRL)
    dialog = desk.window.settings_dialog
    QApplication.setActiveWindow(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_H, ALT)
    QTest.keyClick(dialog.keeps, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not desk.settings.get(HISTORY_ON)
    QApplication.processEvents()
    QApplication.setActiveWindow(desk.window)


def freeze_page(qtbot, desk, results, *texts: str) -> None:
    if desk.window.session.frozen:
        qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results.page(texts))
    desk.freeze(results.page(texts))


@pytest.fixture
def three_pages(qtbot, desk, results, saved, until):
    """Three pages in the history, and its window open."""
    desk.begin(result=results.page(["first"]))
    for texts in (["one apple", "two pears"], ["grüne Äpfel"], ["three plums"]):
        freeze_page(qtbot, desk, results, *texts)
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    saved()
    qtbot.keyClick(desk.window, Qt.Key.Key_H)
    until(lambda: desk.window.history.model.rowCount() == 3)
    return desk.window.history


def listed(history) -> list[str]:
    return [entry.text for entry in history.model.entries]


def test_frozen_page_is_on_the_disk_before_it_is_read(qtbot, desk, results, saved):
    desk.begin(result=results.page(["live text"]))
    desk.engine.may_finish_reading.clear()
    desk.engine.still = results.page(["read anew"])
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    saved()
    assert kept(desk) == ["live text"]
    desk.engine.may_finish_reading.set()
    qtbot.waitUntil(lambda: desk.window.session.phase is Phase.FROZEN)
    saved()
    assert kept(desk) == ["read anew"]


def test_every_edit_is_kept_and_undone_in_the_file_too(qtbot, desk, results, saved):
    desk.begin(result=results.page(["one", "two"]))
    desk.freeze(results.page(["one", "two"]))
    desk.retype(0, "uno")
    desk.click_row(1)
    desk.key(Qt.Key.Key_Delete)
    saved()
    assert kept(desk) == ["uno"]
    qtbot.keyClick(desk.window, Qt.Key.Key_Z, CTRL)
    saved()
    assert kept(desk) == ["uno\ntwo"]


def test_live_lines_and_untouched_files_are_not_kept(desk, results, saved, tmp_path):
    desk.begin("demo", results.page())
    desk.window.session.open(str(tmp_path / "a.png"))
    desk.engine.open()
    desk.show(results.page(["a picture"]))
    desk.end()
    saved()
    assert not desk.history_path.exists()
    desk.retype(0, "a better text")
    saved()
    assert kept(desk) == ["a better text"]


def test_pages_are_listed_newest_first_with_their_pictures(three_pages, until):
    assert listed(three_pages) == ["three plums", "grüne Äpfel", "one apple\ntwo pears"]
    model = three_pages.model
    until(lambda: all(model.index(row).data(THUMBNAIL_ROLE) is not None for row in range(3)))


def test_search_narrows_the_list_while_typing(qtbot, three_pages, until):
    qtbot.keyClicks(three_pages.search, "APFEL")
    until(lambda: listed(three_pages) == ["grüne Äpfel"])
    qtbot.keyClick(three_pages.search, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(three_pages.search, "nowhere")
    until(lambda: listed(three_pages) == [])
    assert not three_pages.list.isVisible()


def test_page_is_shown_again_and_edited_further(qtbot, desk, three_pages, until, saved):
    qtbot.keyClicks(three_pages.search, "pears")
    until(lambda: three_pages.model.rowCount() == 1)
    qtbot.keyClick(three_pages.search, Qt.Key.Key_Return)
    until(lambda: desk.rows() == ["one apple", "two pears"])
    assert not three_pages.isVisible()
    session = desk.window.session
    assert session.phase is Phase.FROZEN
    assert "Demonstration, 20" in desk.window.windowTitle()
    QApplication.setActiveWindow(desk.window)
    desk.retype(1, "two sweet pears")
    saved()
    assert kept(desk) == ["three plums", "grüne Äpfel", "one apple\ntwo sweet pears"]


def test_from_the_history_one_goes_live_again(qtbot, desk, results, three_pages, until):
    desk.show(results.page(["live"]))
    open_page(desk, three_pages, 0, until)
    until(lambda: desk.rows() == ["three plums"])
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    # the engine has nothing newer, so what it has is shown
    until(lambda: desk.rows() == ["live"])
    desk.show(results.page(["live again"]))
    assert desk.window.windowTitle() == "Demonstration – Camera OCR"


def test_from_the_history_one_goes_back_to_a_picture_and_its_corrections(
    qtbot, desk, results, three_pages, until, tmp_path
):
    desk.window.session.open(str(tmp_path / "a.png"))
    desk.engine.open()
    desk.show(results.page(["a picture"]))
    desk.end()
    qtbot.keyClick(three_pages.list, Qt.Key.Key_Escape)
    QApplication.setActiveWindow(desk.window)
    desk.retype(0, "corrected")
    open_page(desk, three_pages, 0, until)
    until(lambda: desk.rows() == ["three plums"])
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    until(lambda: desk.rows() == ["corrected"])


def test_chosen_pages_are_deleted(qtbot, desk, three_pages, until, saved):
    for row in (0, 1):
        place = three_pages.list.visualRect(three_pages.model.index(row)).center()
        qtbot.mouseClick(three_pages.list.viewport(), LEFT, CTRL, place)
    qtbot.mouseClick(three_pages.remove_button, LEFT)
    until(lambda: listed(three_pages) == ["one apple\ntwo pears"])
    saved()
    assert kept(desk) == ["one apple\ntwo pears"]


def test_everything_is_forgotten_only_when_a_person_says_so(qtbot, desk, three_pages, until, saved):
    for answer, left in (("Cancel", 3), ("Clear all", 0)):
        qtbot.mouseClick(three_pages.clear_button, LEFT)
        until(lambda: any(box.isVisible() for box in three_pages.findChildren(QMessageBox)))
        (box,) = (one for one in three_pages.findChildren(QMessageBox) if one.isVisible())
        button = next(one for one in box.findChildren(QPushButton) if one.text().replace("&", "") == answer)
        qtbot.mouseClick(button, LEFT)
        until(lambda box=box: not box.isVisible())
        saved()
        assert len(kept(desk)) == left
    until(lambda: listed(three_pages) == [])


def test_full_disk_is_told_and_the_page_stays(desk, results, until, saved, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("camera_ocr.history._columns", full)
    desk.begin(result=results.page(["one"]))
    desk.freeze(results.page(["one"]))
    until(lambda: "the disk is full" in desk.window.banner.text)
    assert "saved as a file" in desk.window.banner.text
    desk.retype(0, "uno")
    assert desk.rows() == ["uno"]
    saved()
    monkeypatch.undo()
    # room was made: the next edit is kept, and the page with it
    desk.retype(0, "due")
    saved()
    assert not desk.window.banner.isVisible()
    assert kept(desk) == ["due"]


def test_damaged_history_is_set_aside_and_the_page_is_kept_in_a_new_one(desk, results, until, saved):
    desk.history_path.parent.mkdir(parents=True)
    desk.history_path.write_bytes(b"scribble " * 1000)
    desk.begin(result=results.page(["one"]))
    desk.freeze(results.page(["one"]))
    until(lambda: "damaged" in desk.window.banner.text)
    saved()
    assert kept(desk) == ["one"]


def test_ten_thousand_lines_are_listed_and_searched(qtbot, desk, results, until):
    history = History(desk.history_path)
    image = results.page().frame.image[::4, ::4].copy()
    for number in range(500):
        lines = tuple(results.line(row + 1, f"page {number} line {row}", row) for row in range(20))
        history.add(image, EditedPage(lines), "Desk camera")
    history.close()
    desk.begin(result=results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_H)
    dialog = desk.window.history
    until(lambda: dialog.model.rowCount() == 500)
    dialog.list.scrollToBottom()
    qtbot.keyClicks(dialog.search, "page 321")
    until(lambda: [entry.text.split("\n")[0] for entry in dialog.model.entries] == ["page 321 line 0"])
    # and only pages that were looked at have been fetched
    assert len(dialog.model._thumbnails) < 60


def test_disabled_history_keeps_nothing(desk, results, saved):
    desk.begin(result=results.page(["one"]))
    forget_from_now_on(desk)
    desk.freeze(results.page(["one"]))
    desk.retype(0, "uno")
    saved()
    assert not desk.history_path.exists()


def test_history_switched_off_while_a_page_stands_keeps_no_edit_more(qtbot, desk, results, saved):
    desk.begin(result=results.page(["one"]))
    desk.freeze(results.page(["one"]))
    saved()
    forget_from_now_on(desk)
    desk.retype(0, "uno")
    saved()
    assert kept(desk) == ["one"]


def test_history_takes_no_more_room_than_was_set(qtbot, desk, results, saved, monkeypatch):
    asked = []
    monkeypatch.setattr(History, "trim", lambda _, size, days: asked.append((size, days)) or 0)
    desk.begin(result=results.page(["one"]))
    desk.settings.set(HISTORY_MB, 50)
    desk.settings.set(HISTORY_DAYS, 30)
    freeze_page(qtbot, desk, results, "one")
    saved()
    assert asked[-1] == (50_000_000, 30)
    assert len(asked) == 3
