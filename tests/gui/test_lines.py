"""The list of lines and the picture: what is shown, selected and copied."""

from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QGuiApplication

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_lines_are_listed_and_shown(desk, results):
    desk.begin(result=results.page())
    assert desk.rows() == ["Hello world", "écrit à Zürich", "third line"]
    assert desk.window.windowTitle() == "Demonstration – Camera OCR"


def test_newest_result_replaces_the_last(desk, results):
    desk.begin(result=results.page(["one", "two"]))
    desk.show(results.page(["one", "three", "four"]))
    assert desk.rows() == ["one", "three", "four"]


def test_click_on_a_box_selects_its_line_in_the_list(qtbot, desk, results):
    desk.begin(result=results.page())
    desk.click_line(2)
    assert desk.window.panel.selected() == (2,)
    assert desk.window.panel.list.currentIndex().row() == 1


def test_click_on_a_row_selects_its_box(qtbot, desk, results):
    desk.begin(result=results.page())
    desk.click_row(2)
    assert desk.window.view.selected == {3}


def test_click_beside_all_boxes_selects_nothing(qtbot, desk, results):
    desk.begin(result=results.page())
    desk.click_row(1)
    qtbot.mouseClick(desk.window.view, LEFT, pos=desk.window.view.rect().bottomRight() - QPoint(20, 120))
    assert desk.window.panel.selected() == ()
    assert desk.window.view.selected == frozenset()


def test_selection_stays_with_its_line_while_live(qtbot, desk, results):
    desk.begin(result=results.page())
    desk.click_row(1)
    line = results.line
    desk.show(results(line(9, "new above", 0), line(1, "Hello world", 1), line(2, "changed", 2)))
    assert desk.window.panel.selected() == (2,)
    assert desk.window.view.selected == {2}


def test_copy_takes_all_lines_when_none_is_selected(qtbot, desk, results):
    desk.begin(result=results.page(["one", "", "écrit"]))
    qtbot.keyClick(desk.window, Qt.Key.Key_C, CTRL)
    assert clipboard() == "one\nécrit"
    assert "Copied 2 lines" in desk.window.status.text


def test_copy_takes_the_selected_lines_in_reading_order(qtbot, desk, results):
    desk.begin(result=results.page())
    desk.click_row(2)
    desk.click_row(0, CTRL)
    qtbot.keyClick(desk.window.panel.list, Qt.Key.Key_C, CTRL)
    assert clipboard() == "Hello world\nthird line"


def test_copy_all_takes_all_whatever_is_selected(qtbot, desk, results):
    desk.begin(result=results.page())
    desk.click_row(2)
    qtbot.keyClick(desk.window, Qt.Key.Key_C, CTRL | SHIFT)
    assert clipboard() == "Hello world\nécrit à Zürich\nthird line"


def test_nothing_to_copy_or_save_before_the_first_text(desk, results):
    desk.begin(result=results.page(["", ""]))
    assert not desk.window.taking.copying.isEnabled()
    assert not desk.window.taking.saving.isEnabled()
    desk.show(results.page(["", "now"]))
    assert desk.window.taking.copying.isEnabled()


def test_suggestions_leave_room_for_the_lines_on_a_small_screen(desk, results, until):
    desk.begin(result=results.page())
    desk.window.resize(1024, 600)
    desk.engine.says = ("Hello world", *"abcde")
    desk.freeze(results.page())
    suggestions = desk.window.panel.suggestions
    desk.click_row(0)
    until(lambda: suggestions.texts == tuple("abcde"))
    shown = [button.isVisible() for button in suggestions.buttons]
    assert 2 <= sum(shown) <= 3
    assert shown == sorted(shown, reverse=True)
    desk.key(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    assert desk.rows()[0] == "Hello world"
    desk.window.resize(1280, 1200)
    until(lambda: all(button.isVisible() for button in suggestions.buttons))
