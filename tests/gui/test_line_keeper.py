"""Corrected lines as samples of the hand: offered once, kept only where that is wanted, with real events."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QMessageBox, QPushButton

from camera_ocr.gui.line_keeper import KEEPING, Keeping
from camera_ocr.own_lines import add_line, line_numbers, lines_folder, read_line
from camera_ocr.own_words import own_words, set_words
from camera_ocr.types import Word

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def correct(qtbot, desk, results, until):
    """Freezes a page, types other texts into some of its lines, and goes live again."""

    def do(texts: dict[int, str], *keys: Qt.Key):
        if desk.window.session.result is None:
            desk.begin(result=results.page())
        else:
            desk.show(results.page())
        desk.freeze(results.page())
        for row, text in texts.items():
            desk.retype(row, text)
        for key in keys:
            qtbot.keyClick(desk.window, key, CTRL)
        qtbot.keyClick(desk.window, Qt.Key.Key_Space)
        return desk

    return do


def kept() -> list[str]:
    return [read_line(number).text for number in line_numbers()]


def press(qtbot, desk, name: str) -> None:
    qtbot.mouseClick(next(one for one in desk.window.banner.buttons if one.text() == name), LEFT)


def test_corrected_lines_are_offered_to_be_kept_when_the_page_is_left(qtbot, correct, until):
    desk = correct({1: "something else"})
    until(lambda: "train the reader" in desk.window.banner.text)
    assert kept() == []
    press(qtbot, desk, "Keep them")
    until(lambda: kept() == ["something else"])
    until(lambda: "one line" in desk.window.status.text)
    assert desk.window.banner.text == ""
    # the ink as the reader is shown it
    assert read_line(1).image.shape == (40, 400)
    assert read_line(1).image.min() < 90
    # and from now on without being asked
    correct({0: "Hello there"})
    until(lambda: kept() == ["something else", "Hello there"])


def test_a_page_without_corrections_offers_nothing(qtbot, correct, until):
    desk = correct({})
    correct({1: "something else"}, Qt.Key.Key_Z)
    qtbot.wait(100)
    assert desk.window.banner.text == ""
    assert desk.window.lines.waiting == []


def test_not_now_is_not_asked_again_while_the_program_runs(qtbot, correct, until):
    desk = correct({1: "something else"})
    until(lambda: desk.window.lines.waiting != [])
    press(qtbot, desk, "Not now")
    correct({0: "Hello there"})
    qtbot.wait(100)
    assert desk.window.banner.text == ""
    assert kept() == []
    assert desk.settings.get(KEEPING) is Keeping.ASK


def test_never_is_kept(qtbot, correct, until):
    desk = correct({1: "something else"})
    until(lambda: desk.window.lines.waiting != [])
    press(qtbot, desk, "Never")
    correct({0: "Hello there"})
    qtbot.wait(100)
    assert desk.window.banner.text == ""
    assert desk.settings.get(KEEPING) is Keeping.NEVER
    assert kept() == []


def test_what_was_corrected_on_the_page_that_stands_is_kept_when_the_window_closes(qtbot, desk, results):
    desk.settings.set(KEEPING, Keeping.KEEP)
    desk.begin(result=results.page())
    desk.freeze(results.page())
    desk.retype(1, "something else")
    desk.window.close()
    assert kept() == ["something else"]


def test_lines_that_were_joined_or_split_are_no_samples(qtbot, desk, results, until):
    """Nobody said that the ink of the whole says the whole text."""
    desk.settings.set(KEEPING, Keeping.KEEP)
    desk.begin(result=results.page())
    desk.freeze(results.page())
    desk.retype(0, "Hello there")
    desk.click_row(0)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.click_row(1)
    desk.key(Qt.Key.Key_Return, CTRL)
    assert desk.rows() == ["Hello there écrit à Zürich", "third", "line"]
    desk.window.close()
    assert kept() == []


def test_a_page_one_comes_back_to_is_not_kept_twice(qtbot, desk, results, until, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.png").write_bytes(b"")
    desk.settings.set(KEEPING, Keeping.KEEP)
    desk.begin(str(tmp_path), results.page(["one"]))
    desk.end()
    desk.retype(0, "better")
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
        qtbot.keyClick(desk.window, key)
        desk.engine.open()
        desk.show(results.page(["one"]))
        desk.end()
    desk.window.close()
    assert kept() == ["better"]


def test_a_folder_that_cannot_be_written_is_told_and_can_be_put_away(qtbot, correct, desk, until):
    lines_folder().parent.mkdir(parents=True)
    lines_folder().write_text("no folder")
    desk.settings.set(KEEPING, Keeping.KEEP)
    correct({1: "something else"})
    until(lambda: "not kept as samples" in desk.window.banner.text)
    assert "lines could not be written" in desk.window.banner.text
    press(qtbot, desk, "OK")
    assert desk.window.banner.text == ""


@pytest.fixture
def settings_dialog(qtbot, desk, results, until):
    def show():
        if desk.window.session.result is None:
            desk.begin(result=results.page())
        qtbot.keyClick(desk.window, Qt.Key.Key_Comma, CTRL)
        dialog = desk.window.settings_dialog
        dialog.tabs.setCurrentIndex(2)
        return dialog

    return show


def test_settings_tell_how_many_there_are_and_whether_more_are_kept(qtbot, desk, line_crop, settings_dialog):
    add_line(line_crop, "écrit")
    set_words(["Quimbleton", "Übelacker"])
    dialog = settings_dialog()
    assert (dialog.kept_lines.text(), dialog.kept_words.text()) == ("1", "2")
    dialog.keeping.setFocus()
    qtbot.keyClick(dialog.keeping, Qt.Key.Key_End)
    assert desk.settings.get(KEEPING) is Keeping.NEVER
    dialog.close()


def test_kept_lines_are_looked_at_and_deleted(qtbot, desk, line_crop, settings_dialog, until):
    for i, text in enumerate(("one", "two", "three")):
        add_line(line_crop[:, i:].copy(), text)
    (lines_folder() / "000002.png").write_bytes(b"damaged")
    dialog = settings_dialog()
    qtbot.mouseClick(dialog.look_at_lines, LEFT)
    shown = dialog.own_lines
    model = shown.model
    assert model.data(model.index(0)) == "three"
    assert "damaged" in model.data(model.index(1))
    assert "3" in shown.said.text()
    assert str(lines_folder()) in shown.said.text()
    shown.list.grab()
    place = shown.list.visualRect(model.index(1)).center()
    qtbot.mouseClick(shown.list.viewport(), LEFT, pos=place)
    QApplication.setActiveWindow(shown)
    qtbot.keyClick(shown.list, Qt.Key.Key_Delete)
    assert kept() == ["one", "three"]
    qtbot.mouseClick(shown.delete_all_button, LEFT)
    box = shown.findChild(QMessageBox)
    qtbot.mouseClick(next(b for b in box.findChildren(QPushButton) if b.text() == "Delete all"), LEFT)
    until(lambda: line_numbers() == ())
    assert not lines_folder().exists()
    assert model.rowCount() == 0
    shown.close()
    assert dialog.kept_lines.text() == "0"
    dialog.close()


def test_own_words_are_changed_as_a_text(qtbot, desk, settings_dialog, until):
    set_words(["Quimbleton", "Wrnog"])
    dialog = settings_dialog()
    qtbot.mouseClick(dialog.change_words, LEFT)
    words = dialog.findChild(type(dialog).__mro__[1], "ownWords")
    assert words.text.toPlainText() == "Quimbleton\nWrnog"
    qtbot.keyClick(words.text, Qt.Key.Key_End, CTRL)
    qtbot.keyClick(words.text, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(words.text, "Übelacker")
    qtbot.mouseClick(words.buttons.buttons()[0], LEFT)
    assert own_words() == ("Quimbleton", "Übelacker")
    assert dialog.kept_words.text() == "2"
    dialog.close()


def test_words_of_a_line_keep_their_other_readings_when_one_is_corrected(desk, results):
    quad = results.line(1, "", 0).quad
    words = (Word("a", quad, 0.9), Word("docter", quad, 0.3, ("doctrine",)))
    desk.begin(result=results(results.line(1, "a docter", 0, words=words)))
    desk.freeze(results(results.line(1, "a docter", 0, words=words)))
    desk.retype(0, "the docter")
    assert desk.window.session.result.lines[0].words[1].alternatives == ("doctrine",)
