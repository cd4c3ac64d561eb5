"""Putting a standing page right, with real mouse and key events."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import QLineEdit, QToolButton

from camera_ocr.gui.model import CROP_ROLE
from camera_ocr.types import Word
from tests.gui.conftest import choose

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_frozen_line_can_be_corrected_and_the_correction_stays_when_live(qtbot, desk, results, until):
    desk.begin(result=results.page(["one", "twu"]))
    desk.freeze(results.page(["one", "twu"]))
    desk.retype(1, "two words")
    qtbot.keyClick(desk.window, Qt.Key.Key_C, CTRL | SHIFT)
    assert clipboard() == "one\ntwo words"
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results.page(["one", "twu again"]))
    assert desk.rows() == ["one", "two words"]


def test_correction_of_a_line_that_was_not_followed_is_not_laid_over_another_page(
    qtbot, desk, results, until
):
    desk.begin(result=results())
    desk.freeze(results.page(["helo"]))
    session = desk.window.session
    desk.retype(0, "hello")
    assert desk.rows() == ["hello"]
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results())
    desk.freeze(results.page(["another page"]))
    assert desk.rows() == ["another page"]
    assert session.corrected_ids == frozenset()


def test_correction_is_void_when_the_line_shows_other_ink(qtbot, desk, results, until):
    desk.begin(result=results.page(["one", "twu"]))
    desk.freeze(results.page(["one", "twu"]))
    desk.retype(1, "two")
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results(results.line(1, "one", 0), results.line(2, "three", 1, ink=1)))
    assert desk.rows() == ["one", "three"]
    assert desk.window.session.corrected_ids == frozenset()


def test_correction_stays_with_a_line_whose_ink_changed_before(qtbot, desk, results, until):
    desk.begin(result=results(results.line(7, "twu", 0, ink=3)))
    desk.freeze(results.page(["twu"]))
    desk.retype(0, "two")
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results(results.line(7, "twu again", 0, ink=3)))
    assert desk.rows() == ["two"]


def test_live_line_opens_no_editor(qtbot, desk, results):
    desk.begin(result=results.page())
    desk.click_row(1)
    qtbot.keyClick(desk.window.panel.list, Qt.Key.Key_Return)
    assert desk.window.panel.list.findChild(QLineEdit) is None


@pytest.mark.parametrize("name", ["b.png", "b.JPG"])
def test_picture_file_can_be_corrected_without_freezing(desk, results, until, tmp_path, name):
    desk.begin(str(tmp_path / name), results.page())
    desk.end()
    assert not desk.window.reading.freeze.isEnabled()


def test_corrections_of_a_page_are_there_when_one_comes_back(qtbot, desk, results, until, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.png").write_bytes(b"")
    desk.begin(str(tmp_path), results.page(["one"]))
    desk.end()
    desk.retype(0, "better")
    qtbot.keyClick(desk.window, Qt.Key.Key_PageDown)
    desk.engine.open()
    desk.show(results.page(["other page"]))
    assert desk.rows() == ["other page"]
    qtbot.keyClick(desk.window, Qt.Key.Key_PageUp)
    desk.engine.open()
    desk.show(results.page(["one"]))
    desk.end()
    assert desk.rows() == ["better"]


def frozen(desk, results, texts=("one two", "three", "four")) -> None:
    desk.begin(result=results.page(texts))
    desk.freeze(results.page(texts))


def test_each_line_shows_its_own_ink_while_the_picture_stands(desk, results):
    desk.begin(result=results.page())
    model = desk.window.panel.model
    assert model.index(0).data(CROP_ROLE) is None
    live_height = desk.window.panel.list.visualRect(model.index(0)).height()
    desk.freeze(results.page())
    ink = model.index(1).data(CROP_ROLE)
    # the box and a margin around it
    assert ink.width() == pytest.approx(400 + 2 * 0.12 * 40, abs=2)
    assert ink.height() == pytest.approx(40 * 1.24, abs=2)
    assert desk.window.panel.list.visualRect(model.index(0)).height() > live_height
    assert min(ink.pixelColor(x, y).lightness() for x in range(0, 300, 2) for y in range(5, 45, 2)) < 80


def test_every_edit_is_undone_and_done_again(qtbot, desk, results):
    frozen(desk, results)
    seen = [desk.rows()]
    for row, keys in (
        (0, [(Qt.Key.Key_J, CTRL)]),
        (1, [(Qt.Key.Key_Delete, NONE)]),
        (0, [(Qt.Key.Key_Return, CTRL)]),
        (0, [(Qt.Key.Key_Down, ALT)]),
    ):
        desk.click_row(row)
        for key, modifier in keys:
            qtbot.keyClick(desk.window.panel.list, key, modifier)
        seen.append(desk.rows())
    assert seen == [
        ["one two", "three", "four"],
        ["one two three", "four"],
        ["one two three"],
        ["one two", "three"],
        ["three", "one two"],
    ]
    for before in reversed(seen[:-1]):
        qtbot.keyClick(desk.window, Qt.Key.Key_Z, CTRL)
        assert desk.rows() == before
    assert not desk.window.edits.undo.isEnabled()
    for after in seen[1:]:
        qtbot.keyClick(desk.window, Qt.Key.Key_Z, CTRL | SHIFT)
        assert desk.rows() == after
    assert desk.window.session.result.text == "three\none two"


def test_undo_in_the_editor_is_of_what_is_typed_and_then_of_the_page(qtbot, desk, results):
    frozen(desk, results)
    desk.retype(0, "first")
    editor = desk.open_editor(1)
    qtbot.keyClicks(editor, "typed")
    qtbot.mouseClick(tool(desk, desk.window.edits.undo), LEFT)
    assert editor.text() == "three"
    assert desk.rows() == ["first", "three", "four"]
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert desk.rows() == ["one two", "three", "four"]
    editor = desk.open_editor(1)
    qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL | SHIFT)
    assert desk.rows() == ["first", "three", "four"]
    # what was typed into a line that is deleted comes back with it
    qtbot.keyClicks(desk.open_editor(1), "third")
    qtbot.mouseClick(tool(desk, desk.window.edits.delete), LEFT)
    assert desk.rows() == ["first", "four"]
    desk.key(Qt.Key.Key_Z, CTRL)
    assert desk.rows() == ["first", "third", "four"]


def tool(desk, action) -> QToolButton:
    buttons = desk.window.panel.tools.findChildren(QToolButton)
    return next(one for one in buttons if one.defaultAction() is action)


def test_line_is_split_where_the_cursor_is(qtbot, desk, results):
    frozen(desk, results)
    editor = desk.open_editor(1)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(editor, key)
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert desk.rows() == ["one two", "th", "ree", "four"]
    assert len(desk.window.panel.selected()) == 2


def test_what_was_typed_is_kept_when_the_line_is_split(qtbot, desk, results):
    frozen(desk, results)
    editor = desk.open_editor(1)
    qtbot.keyClicks(editor, "big  trees")
    for _ in range(5):
        qtbot.keyClick(editor, Qt.Key.Key_Left)
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert desk.rows() == ["one two", "big", "trees", "four"]


def test_backspace_at_the_start_joins_with_the_line_above(qtbot, desk, results):
    frozen(desk, results)
    editor = desk.open_editor(1)
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert desk.rows() == ["one two three", "four"]


def test_up_and_down_go_from_editor_to_editor(qtbot, desk, results, until):
    frozen(desk, results)
    editor = desk.open_editor(0)
    qtbot.keyClicks(editor, "first")
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    until(lambda: desk.window.panel.list.editor is not None and desk.window.panel.list.editor.track_id == 2)
    assert desk.rows() == ["first", "three", "four"]


def test_one_word_cannot_be_split_without_a_cursor_and_it_is_said(qtbot, desk, results):
    frozen(desk, results)
    desk.click_row(1)
    qtbot.keyClick(desk.window.panel.list, Qt.Key.Key_Return, CTRL)
    assert desk.rows() == ["one two", "three", "four"]
    assert "only one word" in desk.window.status.text


def test_readers_alternatives_are_offered_and_taken(qtbot, desk, results, until):
    desk.begin(result=results.page(["helo", "more"]))
    desk.engine.says = ("helo", "hello", "hell")
    desk.freeze(results.page(["helo", "more"]))
    desk.click_row(0)
    offered = desk.window.panel.suggestions
    until(lambda: offered.texts == ("hello", "hell"))
    # the reader was shown this line's ink
    assert desk.engine.crops[-1].shape == (40, 400)
    qtbot.mouseClick(offered.buttons[0], LEFT)
    assert desk.rows() == ["hello", "more"]
    # and what it said at first can be had back
    until(lambda: offered.texts == ("helo", "hell"))
    qtbot.keyClick(desk.window, Qt.Key.Key_2, ALT)
    assert desk.rows() == ["hell", "more"]


def test_other_readings_of_single_words_are_offered(desk, results, until):
    quad = results.line(1, "", 0).quad
    words = (Word("tree", quad, 0.9), Word("big", quad, 0.3, ("pig", "bag")))
    line = results.line(1, "tree big", 0, words=words)
    desk.begin(result=results(line))
    desk.engine.says = ("tree big",)
    desk.freeze(results(line))
    desk.click_row(0)
    until(lambda: desk.window.panel.suggestions.texts == ("tree pig", "tree bag"))


def test_alternative_goes_into_the_open_editor(qtbot, desk, results, until):
    desk.begin(result=results.page(["helo"]))
    desk.engine.says = ("helo", "hello")
    desk.freeze(results.page(["helo"]))
    editor = desk.open_editor(0)
    until(lambda: desk.window.panel.suggestions.texts == ("hello",))
    qtbot.keyClick(editor, Qt.Key.Key_1, ALT)
    assert editor.text() == "hello"
    qtbot.keyClicks(editor, " you")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    until(lambda: desk.rows() == ["hello you"])


def test_without_a_reader_nothing_is_offered(desk, results, qtbot):
    desk.begin(result=results.page(["helo"]))
    desk.engine.says = None
    desk.freeze(results.page(["helo"]))
    with qtbot.waitSignal(desk.window.session.editor.suggested, timeout=20_000):
        desk.click_row(0)
    assert not desk.window.panel.suggestions.isVisible()


def test_box_drawn_by_hand_is_read_and_listed_in_order(qtbot, desk, results, until):
    frozen(desk, results)
    desk.engine.says = ("between the lines",)
    view = desk.window.view
    qtbot.keyClick(desk.window, Qt.Key.Key_B)
    assert view.drawing
    # below the first line, which ends at 70 px of the picture
    desk.drag_on_picture((60, 74), (200, 90), (300, 104))
    until(lambda: desk.rows() == ["one two", "between the lines", "three", "four"])
    assert not view.drawing
    line = desk.window.session.result.lines[1]
    assert line.quad[[0, 2]].ravel().tolist() == pytest.approx([60, 74, 300, 104], abs=2)
    assert desk.window.panel.selected() == (line.track_id,)
    qtbot.keyClick(desk.window, Qt.Key.Key_Z, CTRL)
    assert desk.rows() == ["one two", "three", "four"]


def test_drawn_box_that_cannot_be_read_is_there_to_be_typed(qtbot, desk, results, until):
    frozen(desk, results)
    desk.engine.says = None
    qtbot.keyClick(desk.window, Qt.Key.Key_B)
    desk.drag_on_picture((60, 300), (200, 340))
    until(lambda: desk.rows() == ["one two", "three", "four", ""])
    assert "type what it says" in desk.window.status.text
    editor = desk.open_editor(3)
    qtbot.keyClicks(editor, "typed")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    until(lambda: desk.rows()[-1] == "typed")


def test_escape_leaves_the_drawing_of_a_box(qtbot, desk, results):
    frozen(desk, results)
    qtbot.keyClick(desk.window, Qt.Key.Key_B)
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not desk.window.view.drawing
    assert not desk.window.edits.add_box.isChecked()


def test_live_line_clicked_twice_freezes_and_opens_its_editor(qtbot, desk, results, until):
    desk.begin(result=results.page())
    desk.engine.still = results.page()
    desk.mouse.click_twice(desk.window.view, desk.line_place(2))
    until(lambda: desk.window.panel.list.editor is not None)
    assert desk.window.panel.list.editor.text() == "écrit à Zürich"


def test_deleted_line_stays_away_when_live_again(qtbot, desk, results):
    frozen(desk, results)
    desk.click_row(1)
    qtbot.keyClick(desk.window.panel.list, Qt.Key.Key_Delete)
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results.page(["one two", "three", "four"]))
    assert desk.rows() == ["one two", "four"]


def test_joined_split_and_drawn_lines_stay_when_live_and_when_frozen_again(qtbot, desk, results, until):
    frozen(desk, results)
    desk.engine.says = ("drawn",)
    desk.key(Qt.Key.Key_B)
    desk.drag_on_picture((60, 300), (300, 340))
    until(lambda: desk.rows() == ["one two", "three", "four", "drawn"])
    desk.click_row(1)
    desk.key(Qt.Key.Key_J, CTRL)
    desk.retype(1, "Three four")
    desk.click_row(0)
    desk.key(Qt.Key.Key_Return, CTRL)
    edited = ["one", "two", "Three four", "drawn"]
    assert desk.rows() == edited
    desk.key(Qt.Key.Key_Space)
    desk.show(results.page(["one two", "thrae", "four"]))
    assert desk.rows() == edited
    desk.click_line(desk.window.session.result.lines[2].track_id)
    assert desk.window.panel.selected() == (desk.window.session.result.lines[2].track_id,)
    desk.freeze(results.page(["one two", "three", "four"]))
    assert desk.rows() == edited


def test_nothing_is_edited_while_live(qtbot, desk, results):
    desk.begin(result=results.page())
    desk.click_row(1)
    assert not any(action.isEnabled() for action in desk.window.edits.all[:-5])
    qtbot.keyClick(desk.window.panel.list, Qt.Key.Key_Delete)
    assert desk.rows() == ["Hello world", "écrit à Zürich", "third line"]
    assert not desk.window.panel.tools.isVisible()


def test_reader_that_goes_on_does_not_overwrite_an_edited_page(qtbot, desk, results, until, tmp_path):
    """The last frame of a recording is read on after its end."""
    desk.begin(str(tmp_path / "a.mp4"), results.page(["one"]))
    desk.end()
    desk.show(results.page(["one!"]))
    assert desk.rows() == ["one!"]
    desk.retype(0, "mine")
    desk.show(results.page(["one?"]))
    assert desk.rows() == ["mine"]


def test_menu_of_a_line_on_the_picture_offers_what_can_be_done(qtbot, desk, results, until):
    frozen(desk, results)
    menu = desk.mouse.menu(desk.window.view, desk.line_place(2))
    assert desk.window.panel.selected() == (2,)
    choose(menu, "Delete")
    assert desk.rows() == ["one two", "four"]


def test_what_is_typed_is_kept_when_the_window_goes_live_by_its_button(qtbot, desk, results, until):
    frozen(desk, results)
    editor = desk.open_editor(1)
    qtbot.keyClicks(editor, "typed")
    qtbot.mouseClick(desk.window.freeze_button, LEFT)
    desk.show(results.page(["one two", "three", "four"]))
    assert desk.rows() == ["one two", "typed", "four"]
