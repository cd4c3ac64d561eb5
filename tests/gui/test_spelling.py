"""Marks on words of frozen lines that the language does not have, with real mouse and key events."""

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QContextMenuEvent
from PyQt5.QtWidgets import QApplication, QMenu

from camera_ocr.gui.reading import LANGUAGE
from camera_ocr.gui.settings_dialog import SettingsDialog
from camera_ocr.gui.spelling import MARKS_ON, Spelling
from camera_ocr.own_words import own_words, words_path
from camera_ocr.types import Word
from tests.gui.conftest import choose, open_menu

LEFT = Qt.MouseButton.LeftButton
KEYS = QContextMenuEvent.Reason.Keyboard
TEXTS = ("the handwritting here", "all is well", "a docter and a nurrse", "B-XY 417")


@pytest.fixture
def marked(desk, results, until):
    """A frozen page whose words are checked."""

    def freeze(*texts):
        desk.begin(result=results.page(texts or TEXTS))
        desk.freeze(results.page(texts or TEXTS))
        until(lambda: desk.window.spelling.marks("docter") != ())
        return desk

    return freeze


def word_place(desk, row: int, at: int) -> QPoint:
    """The middle of a letter in a row of the list."""
    rows = desk.window.panel.list
    room = rows.visualRect(desk.window.panel.model.index(row))
    for y in range(room.bottom() - 12, room.top(), -8):
        for x in range(room.left(), room.right(), 3):
            if rows.place_in_text(QPoint(x, y)) == at:
                return QPoint(x, y)
    raise AssertionError(f"no letter {at} in row {row}")


def menu_by_key(widget) -> QMenu:
    """As the window system tells of the menu key."""
    place = QPoint(5, 5)
    QApplication.sendEvent(widget, QContextMenuEvent(KEYS, place, widget.mapToGlobal(place)))
    return open_menu()


def names(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def red_below(desk, row: int) -> int:
    """Pixels of a row that are as red as the mark is."""
    rows = desk.window.panel.list
    shot = rows.viewport().grab(rows.visualRect(desk.window.panel.model.index(row))).toImage()
    pixels = [shot.pixelColor(x, y) for x in range(shot.width()) for y in range(shot.height())]
    return sum(one.red() - max(one.green(), one.blue()) > 60 for one in pixels)


def test_unknown_words_of_frozen_lines_are_underlined(qtbot, marked):
    desk = marked()
    assert [red_below(desk, row) > 5 for row in range(4)] == [True, False, True, False]


def test_nothing_is_underlined_live(qtbot, marked):
    desk = marked()
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    assert red_below(desk, 0) == 0


def test_right_click_on_a_marked_word_offers_others_and_takes_one(qtbot, marked, until):
    desk = marked()
    desk.click_row(0)
    rows = desk.window.panel.list.viewport()
    menu = desk.mouse.menu(rows, word_place(desk, 0, TEXTS[0].index("writ")))
    assert names(menu)[0] == "handwriting"
    choose(menu, "handwriting")
    assert desk.rows()[0] == "the handwriting here"
    assert desk.window.session.corrected_ids == {1}
    qtbot.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.rows()[0] == TEXTS[0]


def test_right_click_beside_marked_words_offers_none(marked):
    desk = marked()
    menu = desk.mouse.menu(desk.window.panel.list.viewport(), word_place(desk, 0, 1))
    assert "handwriting" not in names(menu)
    assert not any("my words" in name for name in names(menu))
    menu.close()


def test_menu_key_offers_for_the_first_marked_word_of_the_row(marked):
    desk = marked()
    desk.click_row(2)
    menu = menu_by_key(desk.window.panel.list)
    assert names(menu)[0] == "doctor"
    menu.close()


def test_right_click_on_the_word_in_the_picture_offers_the_readers_own_readings_first(
    qtbot, desk, results, until
):
    quad = results.line(1, "", 0).quad
    left, right = quad.copy(), quad.copy()
    left[[1, 2], 0], right[[0, 3], 0] = 200, 240
    words = (Word("big", left, 0.9), Word("docter", right, 0.3, ("dector", "doctrine")))
    line = results.line(1, "big docter", 0, words=words)
    desk.begin(result=results(line))
    desk.freeze(results(line))
    until(lambda: desk.window.spelling.marks("docter") != ())
    view = desk.window.view
    menu = desk.mouse.menu(view, desk.line_place(1) + QPoint(40, 0))
    # a word comes before what is none, and both before what the lexicon has
    assert names(menu)[:3] == ["doctrine", "dector", "doctor"]
    choose(menu, "doctrine")
    assert desk.rows() == ["big doctrine"]


def test_word_added_to_ones_own_is_marked_no_more_here_and_after_a_restart(
    qtbot, marked, make_desk, results, until
):
    desk = marked()
    menu = desk.mouse.menu(
        desk.window.panel.list.viewport(), word_place(desk, 2, TEXTS[2].index("docter") + 2)
    )
    choose(menu, "Add “docter” to my words")
    assert own_words() == ("docter",)
    assert [TEXTS[2][s.start : s.end] for s in desk.window.spelling.marks(TEXTS[2])] == ["nurrse"]
    assert "docter" in desk.window.status.text
    later = make_desk()
    later.begin(result=results.page(TEXTS))
    later.freeze(results.page(TEXTS))
    until(lambda: later.window.spelling.marks("nurrse") != ())
    assert later.window.spelling.marks("docter") == ()


def test_words_of_the_lists_in_the_settings_file_are_marked_neither_before_nor_after_one_is_added(
    desk, until
):
    settings, jobs = desk.settings, desk.window.session.jobs
    spelling = Spelling(settings, jobs, lambda: "en", lambda: ("Quimbleton",), desk.window)
    spelling.begin()
    until(lambda: spelling.marks("docter") != ())
    assert spelling.marks("Quimbleton") == ()
    spelling.learn("docter")
    assert spelling.marks("docter") == spelling.marks("Quimbleton") == ()


def test_own_words_that_cannot_be_kept_are_told(qtbot, marked):
    desk = marked()
    words_path().mkdir(parents=True)
    menu = desk.mouse.menu(
        desk.window.panel.list.viewport(), word_place(desk, 2, TEXTS[2].index("docter") + 2)
    )
    choose(menu, "Add “docter” to my words")
    assert "words.txt" in desk.window.status.text
    assert desk.window.spelling.marks("docter") != ()


def test_word_ignored_on_a_page_is_marked_on_the_next(qtbot, marked, results):
    desk = marked()
    menu = desk.mouse.menu(desk.window.panel.list.viewport(), word_place(desk, 0, TEXTS[0].index("writ")))
    choose(menu, "Ignore it on this page")
    assert red_below(desk, 0) == 0
    assert own_words() == ()
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results.page(TEXTS))
    desk.freeze(results.page(TEXTS))
    assert red_below(desk, 0) > 5


def test_f7_goes_from_marked_word_to_marked_word_round_the_page(qtbot, marked):
    desk = marked()
    seen = []
    for _ in range(4):
        editor = desk.window.panel.list.editor
        qtbot.keyClick(editor or desk.window, Qt.Key.Key_F7)
        editor = desk.window.panel.list.editor
        seen.append((editor.track_id, editor.selectedText()))
    assert seen == [(1, "handwritting"), (3, "docter"), (3, "nurrse"), (1, "handwritting")]


def test_what_is_typed_over_the_word_that_f7_found_is_kept_when_it_goes_on(qtbot, marked):
    desk = marked()
    qtbot.keyClick(desk.window, Qt.Key.Key_F7)
    qtbot.keyClicks(desk.window.panel.list.editor, "writing")
    qtbot.keyClick(desk.window.panel.list.editor, Qt.Key.Key_F7)
    assert desk.rows()[0] == "the writing here"
    assert desk.window.panel.list.editor.selectedText() == "docter"


def test_f7_says_when_there_is_nothing_to_check(qtbot, marked):
    desk = marked("all is well", "and so is this")
    qtbot.keyClick(desk.window, Qt.Key.Key_F7)
    assert "no word to check" in desk.window.status.text
    # nor on a page without lines
    desk.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    desk.key(Qt.Key.Key_Delete)
    desk.window.status.notice("")
    desk.key(Qt.Key.Key_F7)
    assert "no word to check" in desk.window.status.text
    assert desk.window.panel.list.editor is None


def test_menu_key_in_the_editor_offers_for_the_word_at_the_cursor(qtbot, marked):
    desk = marked()
    for _ in range(3):
        qtbot.keyClick(desk.window.panel.list.editor or desk.window, Qt.Key.Key_F7)
    editor = desk.window.panel.list.editor
    menu = menu_by_key(editor)
    entry = menu.actions()[0]
    assert entry.text() == "nurse"
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    assert editor.text() == "a docter and a nurse"
    editor.undo()
    assert editor.text() == TEXTS[2]


def test_word_is_not_marked_while_it_is_being_typed(qtbot, marked):
    desk = marked()
    desk.click_row(1)
    qtbot.keyClick(desk.window.panel.list, Qt.Key.Key_Return)
    editor = desk.window.panel.list.editor
    qtbot.keyClicks(editor, "the docte")
    assert editor.marked == []
    qtbot.keyClicks(editor, " and")
    assert [editor.text()[s.start : s.end] for s in editor.marked] == ["docte"]
    # marking leaves the text, the cursor and what can be undone alone
    assert editor.text() == "the docte and"
    assert editor.cursorPosition() == len("the docte and")
    qtbot.keyClick(editor, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert editor.selectedText() == "d"


def test_marks_are_switched_off_and_on_in_the_settings(qtbot, marked):
    desk = marked()
    qtbot.keyClick(desk.window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = desk.window.settings_dialog
    assert isinstance(dialog, SettingsDialog)
    qtbot.mouseClick(dialog.marks, LEFT, pos=QPoint(8, dialog.marks.height() // 2))
    assert not desk.settings.get(MARKS_ON)
    assert red_below(desk, 0) == 0
    QApplication.setActiveWindow(dialog)
    qtbot.keyClick(dialog.marks, Qt.Key.Key_Space)
    assert desk.settings.get(MARKS_ON)
    assert red_below(desk, 0) > 5
    dialog.close()


def test_another_language_marks_other_words(marked, until):
    desk = marked()
    desk.settings.set(LANGUAGE, "de")
    until(lambda: desk.window.spelling.marks("thoughtful") != ())
    desk.settings.set(LANGUAGE, "none")
    until(lambda: desk.window.spelling.marks("docter") == ())
