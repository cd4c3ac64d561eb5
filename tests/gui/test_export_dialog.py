"""Taking away what was read: preview, copy, save, drag."""

import csv
import io
import json

import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtGui import QContextMenuEvent, QGuiApplication
from PyQt5.QtWidgets import QApplication, QFileDialog, QMenu

from camera_ocr.capture.files import read_image
from camera_ocr.export import FORMATS
from camera_ocr.gui.export_dialog import FORMAT
from camera_ocr.gui.settings import Settings

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = list(FORMATS)


@pytest.fixture
def dialog(qtbot, desk, results, until):
    """Open on three lines."""
    desk.begin(result=results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_S, CTRL)
    made = desk.window.taking.export
    until(made.save_button.isEnabled)
    return made


def choose(qtbot, dialog, name: str, until) -> None:
    """Click the format in the list."""
    row = NAMES.index(name)
    place = dialog.formats.visualItemRect(dialog.formats.item(row)).center()
    qtbot.mouseClick(dialog.formats.viewport(), LEFT, pos=place)
    until(dialog.save_button.isEnabled)


def test_preview_is_what_the_file_will_hold(qtbot, dialog, until):
    assert dialog.text.toPlainText() == "Hello world\nécrit à Zürich\nthird line\n"
    choose(qtbot, dialog, "csv", until)
    rows = list(csv.DictReader(io.StringIO(dialog.text.toPlainText())))
    assert [row["text"] for row in rows] == ["Hello world", "écrit à Zürich", "third line"]
    choose(qtbot, dialog, "json", until)
    assert json.loads(dialog.text.toPlainText())["lines"][1]["text"] == "écrit à Zürich"


def test_picture_is_previewed_and_saved_with_its_boxes(qtbot, desk, dialog, until, monkeypatch, tmp_path):
    path = tmp_path / "page.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    choose(qtbot, dialog, "png", until)
    assert dialog.preview.currentWidget() is dialog.picture
    qtbot.mouseClick(dialog.save_button, LEFT)
    until(lambda: "Saved" in desk.window.status.text)
    assert not dialog.isVisible()
    picture, shown = read_image(path), desk.window.session.result.frame.image
    assert picture.shape[1] > shown.shape[1]
    assert (picture[:, : shown.shape[1]] != shown).any()


def test_preview_stands_while_the_picture_goes_on(qtbot, desk, dialog, results, until):
    desk.show(results.page(["something else"]))
    choose(qtbot, dialog, "csv", until)
    choose(qtbot, dialog, "txt", until)
    assert dialog.text.toPlainText().startswith("Hello world\n")


def test_copy_takes_what_is_previewed(qtbot, dialog, until):
    choose(qtbot, dialog, "csv", until)
    qtbot.mouseClick(dialog.copy_button, LEFT)
    assert QGuiApplication.clipboard().text().startswith("source,line,text")
    choose(qtbot, dialog, "png", until)
    qtbot.mouseClick(dialog.copy_button, LEFT)
    assert QGuiApplication.clipboard().image().height() == 360


def test_selected_lines_can_be_taken_alone(qtbot, desk, results, until):
    desk.begin(result=results.page())
    desk.click_row(1)
    qtbot.keyClick(desk.window, Qt.Key.Key_S, CTRL)
    dialog = desk.window.taking.export
    until(dialog.save_button.isEnabled)
    assert dialog.text.toPlainText().count("\n") == 3
    qtbot.mouseClick(dialog.selected_only, LEFT, pos=QPoint(10, dialog.selected_only.height() // 2))
    until(dialog.save_button.isEnabled)
    assert dialog.text.toPlainText() == "écrit à Zürich\n"


def test_format_is_remembered(qtbot, desk, dialog, until):
    choose(qtbot, dialog, "json", until)
    assert Settings(desk.settings.path).get(FORMAT) == "json"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.keyClick(desk.window, Qt.Key.Key_S, CTRL)
    until(dialog.save_button.isEnabled)
    assert json.loads(dialog.text.toPlainText())["width"] == 640


def test_keys_alone_are_enough(qtbot, desk, dialog, until, monkeypatch, tmp_path):
    path = tmp_path / "page.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    for _ in range(NAMES.index("csv")):
        qtbot.keyClick(dialog.formats, Qt.Key.Key_Down)
    until(dialog.save_button.isEnabled)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    until(lambda: "Saved" in desk.window.status.text)
    assert path.read_bytes().startswith(b"source,line,text")


def test_a_very_long_page_is_previewed_in_part_and_written_whole(
    qtbot, desk, results, until, monkeypatch, tmp_path
):
    path = tmp_path / "long.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    desk.begin(result=results.page(["word " * 30_000]))
    qtbot.keyClick(desk.window, Qt.Key.Key_S, CTRL)
    dialog = desk.window.taking.export
    until(dialog.save_button.isEnabled)
    assert dialog.text.toPlainText().endswith("(more in the file)")
    qtbot.mouseClick(dialog.save_button, LEFT)
    until(path.exists)
    assert path.read_text().count("word") == 30_000


def test_line_is_copied_from_its_menu(qtbot, desk, results):
    desk.begin(result=results.page())
    rows = desk.window.panel.list
    desk.click_row(1)
    place = desk.row_place(1)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, rows.viewport().mapToGlobal(place))
    QApplication.sendEvent(rows.viewport(), asked)
    (menu,) = rows.findChildren(QMenu)
    entry = next(action for action in menu.actions() if action.text() == "Copy")
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    assert QGuiApplication.clipboard().text() == "écrit à Zürich"


def test_selected_lines_can_be_dragged_out_of_the_list(qtbot, desk, results):
    desk.begin(result=results.page())
    desk.click_row(2)
    desk.click_row(0, CTRL)
    rows = desk.window.panel.list
    data = rows.model().mimeData(rows.selectedIndexes())
    assert data.text() == "Hello world\nthird line"
    assert rows.dragEnabled()
