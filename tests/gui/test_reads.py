"""The switch between text and digits."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QToolButton

from camera_ocr.errors import ModelError
from camera_ocr.gui.engine_view import Phase, Reads
from camera_ocr.types import FrameResult


def checked(desk):
    return [reads for reads, action in desk.window.reading.reads.items() if action.isChecked()]


def press(desk, reads: Reads) -> None:
    """The button of the switch, with the mouse."""
    buttons = desk.window.reads_switch.findChildren(QToolButton)
    button = next(one for one in buttons if one.defaultAction() is desk.window.reading.reads[reads])
    desk.mouse.click(button, button.rect().center())


@pytest.fixture
def digits(results):
    """A result as the digit reader gives it."""
    return results.page(["1945", "27036"])


def test_the_key_switches_to_digits_and_back(qtbot, desk, results, digits, until):
    desk.begin(result=results.page())
    assert checked(desk) == [Reads.TEXT]
    qtbot.keyClick(desk.window, Qt.Key.Key_M)
    until(lambda: desk.engine.used == [Reads.DIGITS])
    assert checked(desk) == [Reads.DIGITS]
    desk.show(digits)
    assert desk.rows() == ["1945", "27036"]
    qtbot.keyClick(desk.window, Qt.Key.Key_M)
    until(lambda: desk.engine.used == [Reads.DIGITS, Reads.TEXT])
    assert checked(desk) == [Reads.TEXT]


def test_a_frozen_picture_is_read_as_digits_without_going_live(qtbot, desk, results, digits, until):
    desk.begin(result=results.page())
    held = results.page()
    desk.engine.still = held
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    until(lambda: desk.window.session.phase is Phase.FROZEN)
    desk.engine.reread = FrameResult(held.frame, None, digits.lines)
    press(desk, Reads.DIGITS)
    until(lambda: desk.window.session.phase is Phase.FROZEN and desk.rows() == ["1945", "27036"])
    assert "resume" not in desk.engine.calls


def test_a_correction_of_the_text_does_not_show_among_the_digits(qtbot, desk, results, digits, until):
    desk.begin(result=results.page())
    desk.freeze(results.page())
    desk.retype(0, "corrected")
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results.page())
    assert desk.rows()[0] == "corrected"
    press(desk, Reads.DIGITS)
    until(lambda: desk.engine.used == [Reads.DIGITS])
    desk.show(digits)
    assert desk.rows() == ["1945", "27036"]


def test_a_missing_digit_model_is_told_and_text_goes_on(desk, results, until):
    desk.begin(result=results.page())
    desk.broken = ModelError("The digit reader is missing; install the program again.")
    press(desk, Reads.DIGITS)
    until(lambda: "missing" in desk.window.banner.text)
    assert checked(desk) == [Reads.TEXT]
    desk.show(results.page(["still", "read"]))
    assert desk.rows() == ["still", "read"]


def test_switching_twice_at_once_ends_where_it_began(desk, results, until):
    desk.begin(result=results.page())
    for reads in (Reads.DIGITS, Reads.TEXT):
        press(desk, reads)
    until(lambda: desk.engine.used[-1:] == [Reads.TEXT])
    assert checked(desk) == [Reads.TEXT]
