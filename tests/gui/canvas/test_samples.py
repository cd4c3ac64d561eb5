"""Drawings that are kept as samples of a person's hand."""

import json
import lzma

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QLabel, QMessageBox, QPushButton

from camera_ocr.own_samples import samples_folder, samples_path


@pytest.fixture
def samples(monkeypatch, tmp_path):
    """The folder of samples of a user who has none yet."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return samples_folder()


def test_a_drawing_is_kept_as_a_sample_with_what_it_says(sheet, qtbot, samples):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.hand.mouse((200, 100), (200, 200))
    sheet.reads("01")
    sheet.panel.sample_action.trigger()
    dialog = sheet.panel.sample_dialog
    # what was read is offered, where it goes is said
    assert dialog.text.text() == "01"
    assert any(str(samples) in label.text() for label in dialog.findChildren(QLabel))
    dialog.text.setText("11")
    with qtbot.waitSignal(sheet.panel.notice, timeout=20_000) as told:
        dialog.keep_button.click()
    assert "digits: 1" in told.args[0]
    with lzma.open(samples_path("digits"), "rt") as file:
        (record,) = [json.loads(line) for line in file]
    assert (record["text"], len(record["strokes"])) == ("11", 2)


def test_nothing_is_kept_when_the_dialog_is_cancelled(sheet, samples):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.panel.sample_action.trigger()
    sheet.panel.sample_dialog.reject()
    assert sheet.panel.sample_dialog is None
    assert not samples.exists()


def test_a_sample_of_digits_takes_no_letters(sheet, samples):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.panel.sample_action.trigger()
    dialog = sheet.panel.sample_dialog
    dialog.text.clear()
    assert not dialog.keep_button.isEnabled()
    QTest.keyClicks(dialog.text, "a1b")
    assert dialog.text.text() == "1"


def test_all_samples_are_deleted_from_the_dialog_when_a_person_says_so(sheet, samples, qtbot):
    for _ in range(2):
        sheet.hand.mouse((100, 100), (100, 200))
        sheet.panel.sample_action.trigger()
        dialog = sheet.panel.sample_dialog
        dialog.text.setText("1")
        assert dialog.delete_button.isEnabled() == samples.exists()
        dialog.keep_button.click()
    sheet.panel.sample_action.trigger()
    dialog = sheet.panel.sample_dialog
    left = Qt.MouseButton.LeftButton
    for sure in (False, True):
        qtbot.mouseClick(dialog.delete_button, left)
        box = next(one for one in dialog.findChildren(QMessageBox) if one.isVisible())
        if sure:
            yes = next(one for one in box.findChildren(QPushButton) if "Delete all" in one.text())
            qtbot.mouseClick(yes, left)
        else:
            # Return keeps them
            qtbot.keyClick(box, Qt.Key.Key_Return)
        assert not box.isVisible()
        assert bool(list(samples.iterdir())) != sure
    assert not dialog.delete_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_an_opened_picture_cannot_be_a_sample(sheet, qtbot):
    sheet.area.drawing.set_picture(np.full((50, 50), 255, np.uint8))
    sheet.area.repaint_ink()
    with qtbot.waitSignal(sheet.panel.notice, timeout=20_000) as told:
        sheet.panel.sample_action.trigger()
    assert "picture" in told.args[0]


def test_two_rows_are_not_one_sample(sheet, qtbot):
    for y in (60, 300):
        sheet.hand.mouse((100, y), (100, y + 100))
    sheet.reads("0\n0")
    with qtbot.waitSignal(sheet.panel.notice, timeout=20_000) as told:
        sheet.panel.sample_action.trigger()
    assert "one row" in told.args[0]
    assert sheet.panel.sample_dialog is None
