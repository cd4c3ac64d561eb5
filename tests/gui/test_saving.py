import json

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFileDialog, QMessageBox, QPushButton

from camera_ocr.export import FORMATS
from camera_ocr.gui.saving import target

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def answers(monkeypatch) -> list[tuple[str, str]]:
    """What a person answers to the dialogs that ask for a file name, one after the other."""
    given: list[tuple[str, str]] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: given.pop(0) if given else ("", ""))
    return given


@pytest.fixture
def export(qtbot, desk, until):
    """Opens the dialog by its key, waits for the preview, and presses Save."""

    def press() -> None:
        dialog = desk.window.taking.export
        qtbot.keyClick(desk.window, Qt.Key.Key_S, CTRL)
        until(dialog.save_button.isEnabled)
        qtbot.mouseClick(dialog.save_button, LEFT)

    return press


def boxes(desk) -> list[QMessageBox]:
    return [box for box in desk.window.findChildren(QMessageBox) if box.isVisible()]


def test_text_is_saved_as_it_is_shown(qtbot, desk, results, until, export, answers, tmp_path):
    desk.begin(result=results.page(["one", "", "écrit"]))
    answers.append((str(tmp_path / "notes.txt"), ""))
    export()
    until(lambda: "Saved" in desk.window.status.text)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "one\nécrit\n"


def test_json_has_boxes_and_the_models_name(qtbot, desk, results, until, export, answers, tmp_path):
    desk.begin(result=results.page(["one"]))
    answers.append((str(tmp_path / "notes.json"), "Plain text (*.txt)"))
    export()
    until(lambda: "Saved" in desk.window.status.text)
    saved = json.loads((tmp_path / "notes.json").read_text("utf-8"))
    assert saved["models"] == ["crnn"]
    assert saved["lines"][0]["quad"] == [[40, 30], [440, 30], [440, 70], [40, 70]]


def test_corrections_are_saved(qtbot, desk, results, until, export, answers, tmp_path):
    desk.begin(result=results.page(["won"]))
    desk.freeze(results.page(["won"]))
    desk.retype(0, "one")
    answers.append((str(tmp_path / "notes.txt"), ""))
    export()
    until(lambda: "Saved" in desk.window.status.text)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "one\n"


def test_failure_is_told_and_the_same_text_can_be_saved_elsewhere(
    qtbot, desk, results, until, export, answers, tmp_path
):
    desk.begin(result=results.page(["one"]))
    answers.extend([(str(tmp_path / "missing" / "notes.txt"), ""), (str(tmp_path / "notes.txt"), "")])
    export()
    until(lambda: bool(boxes(desk)))
    (box,) = boxes(desk)
    assert "missing" in box.text()
    # the picture went on meanwhile
    desk.show(results.page(["something else"]))
    elsewhere = next(
        button for button in box.findChildren(QPushButton) if button.text() == "Save somewhere else…"
    )
    qtbot.mouseClick(elsewhere, LEFT)
    until(lambda: "Saved" in desk.window.status.text)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "one\n"


def press(qtbot, box: QMessageBox, text: str) -> None:
    button = next(one for one in box.findChildren(QPushButton) if one.text().replace("&", "") == text)
    qtbot.mouseClick(button, LEFT)


def test_file_that_the_added_ending_would_hit_is_replaced_only_when_a_person_says_so(
    qtbot, desk, results, until, export, answers, tmp_path
):
    kept = tmp_path / "notes.txt"
    kept.write_text("a year of work", "utf-8")
    desk.begin(result=results.page(["one"]))
    answers.append((str(tmp_path / "notes"), ""))
    export()
    until(lambda: bool(boxes(desk)))
    (box,) = boxes(desk)
    assert str(kept) in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    until(lambda: not boxes(desk))
    assert kept.read_text("utf-8") == "a year of work"
    answers.append((str(tmp_path / "notes"), ""))
    export()
    until(lambda: bool(boxes(desk)))
    press(qtbot, boxes(desk)[0], "Replace")
    until(lambda: "Saved" in desk.window.status.text)
    assert kept.read_text("utf-8") == "one\n"


def test_another_name_can_be_given_when_the_file_is_there(
    qtbot, desk, results, until, export, answers, tmp_path
):
    (tmp_path / "notes.txt").write_text("a year of work", "utf-8")
    desk.begin(result=results.page(["one"]))
    answers.extend([(str(tmp_path / "notes"), ""), (str(tmp_path / "more"), "")])
    export()
    until(lambda: bool(boxes(desk)))
    press(qtbot, boxes(desk)[0], "Save somewhere else…")
    until(lambda: "Saved" in desk.window.status.text)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "a year of work"
    assert (tmp_path / "more.txt").read_text("utf-8") == "one\n"


def test_file_that_the_dialog_asked_about_is_replaced(qtbot, desk, results, until, export, answers, tmp_path):
    (tmp_path / "notes.txt").write_text("old", "utf-8")
    desk.begin(result=results.page(["one"]))
    answers.append((str(tmp_path / "notes.txt"), ""))
    export()
    until(lambda: "Saved" in desk.window.status.text)
    assert (tmp_path / "notes.txt").read_text("utf-8") == "one\n"


def test_cancelled_dialog_saves_nothing(qtbot, desk, results, export, answers, tmp_path):
    desk.begin(result=results.page(["one"]))
    export()
    assert list(tmp_path.iterdir()) == []
    assert desk.window.taking.export.isVisible()


@pytest.mark.parametrize(
    ("name", "chosen", "file", "format_name"),
    [
        ("notes.txt", "json", "notes.txt", "txt"),
        ("notes.JSON", "txt", "notes.JSON", "json"),
        ("notes", "json", "notes.json", "json"),
        ("page 1.5", "txt", "page 1.5.txt", "txt"),
    ],
)
def test_name_decides_the_format_and_gets_an_ending(tmp_path, name, chosen, file, format_name):
    path, written = target(tmp_path / name, FORMATS[chosen])
    assert (path.name, written.name) == (file, format_name)
