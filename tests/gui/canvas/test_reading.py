"""What is drawn is read."""

import time

import cv2
from PyQt5.QtCore import QEvent, QPointF, Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtTest import QTest

from camera_ocr.errors import ModelError
from camera_ocr.gui.canvas import CanvasPanel
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.theme import LIGHT
from camera_ocr.recognition.digit_reader import DigitReader


def test_what_is_drawn_is_read_at_once_and_shown_large(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.reads("0")
    sheet.hand.mouse((200, 100), (200, 200))
    sheet.reads("01")
    assert sheet.panel.side.number.text() == "01"
    assert "90%" in sheet.panel.side.sure.text()


def test_it_is_read_while_the_pen_is_still_down(sheet):
    hand = sheet.hand
    hand._send(QEvent.Type.MouseButtonPress, QPointF(50, 50), *[Qt.MouseButton.LeftButton] * 2)
    hand._send(QEvent.Type.MouseMove, QPointF(50, 150), Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton)
    sheet.reads("0")
    assert not sheet.area.drawing.can_undo


def test_rows_are_read_one_below_the_other(sheet):
    for x, y in ((100, 60), (160, 60), (100, 300)):
        sheet.hand.mouse((x, y), (x, y + 100))
    sheet.reads("01\n0")


def test_the_bars_show_the_last_digit_or_the_one_pointed_at(sheet):
    for x in (100, 200, 300):
        sheet.hand.mouse((x, 100), (x, 200))
    sheet.reads("012")
    assert sheet.panel.side.bars.digit.text == "2"
    sheet.hand.hover(100, 150)
    assert sheet.panel.side.bars.digit.text == "0"
    assert sheet.panel.side.network.digit.image.shape == (28, 28)
    sheet.hand.hover(500, 400)
    assert sheet.panel.side.bars.digit.text == "2"


def test_undo_redo_and_clear_are_read_too(sheet, qtbot):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.hand.mouse((200, 100), (200, 200))
    sheet.reads("01")
    sheet.panel.activateWindow()
    qtbot.waitUntil(sheet.panel.isActiveWindow)
    QTest.keyClick(sheet.panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    sheet.reads("0")
    sheet.panel.redo_action.trigger()
    sheet.reads("01")
    sheet.panel.clear_action.trigger()
    sheet.reads("")
    assert not sheet.panel.copy_action.isEnabled()
    sheet.panel.undo_action.trigger()
    sheet.reads("01")


def test_only_the_newest_ink_waits_while_a_reading_goes_on(sheet, qtbot):
    sheet.reads("")
    qtbot.waitUntil(lambda: not sheet.panel._busy)
    calls = sheet.reader.calls
    sheet.reader.may_go_on.clear()
    sheet.hand.mouse((100, 100), (100, 200))
    QTest.qWait(60)
    for x in range(200, 600, 50):
        sheet.hand.mouse((x, 100), (x, 200))
        QTest.qWait(20)
    sheet.reader.may_go_on.set()
    sheet.reads("012345678")
    assert sheet.reader.calls <= calls + 3


def test_a_line_of_writing_is_read_by_the_line_reader(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.reads("0")
    sheet.panel.text_action.trigger()
    sheet.reads("1 line, 255 paper")
    assert not sheet.panel.side.bars.isVisible()
    sheet.panel.digits_action.trigger()
    sheet.reads("0")
    assert sheet.panel.side.bars.isVisible()


def test_what_was_read_is_copied(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.reads("0")
    sheet.panel.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == "0"


def test_copying_two_rows_says_both(sheet, qtbot):
    sheet.hand.mouse((100, 60), (100, 160))
    sheet.hand.mouse((100, 300), (100, 400))
    sheet.reads("0\n0")
    with qtbot.waitSignal(sheet.panel.notice) as said:
        sheet.panel.copy_action.trigger()
    assert said.args == ["Copied 0 · 0"]


def test_a_line_stands_at_the_top_as_digits_do(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.reads("0")
    digits_end = sheet.panel.side.sure.geometry().bottom()
    sheet.panel.text_action.trigger()
    sheet.reads("1 line, 255 paper")
    QTest.qWait(50)
    assert sheet.panel.side.sure.geometry().bottom() < digits_end + 60


def test_a_drawing_is_saved_and_opened_again(sheet, qtbot, tmp_path):
    for x in (100, 200):
        sheet.hand.mouse((x, 100), (x, 200))
    sheet.reads("01")
    path = tmp_path / "drawing.png"
    with qtbot.waitSignal(sheet.panel.notice, timeout=20_000) as told:
        sheet.panel.save(path)
    assert str(path) in told.args[0]
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    assert (picture == 255 - sheet.area.ink()).all()
    sheet.panel.clear_action.trigger()
    sheet.reads("")
    sheet.panel.open(path)
    sheet.reads("01")


def test_a_file_that_is_no_picture_is_named(sheet, qtbot, tmp_path):
    path = tmp_path / "notes.png"
    path.write_text("nothing to see")
    with qtbot.waitSignal(sheet.panel.notice, timeout=20_000) as told:
        sheet.panel.open(path)
    assert "notes.png" in told.args[0]


def test_a_missing_model_is_told_in_one_sentence(qtbot):
    def broken():
        raise ModelError("the digit reader is missing; install it again")

    jobs = Jobs()
    panel = CanvasPanel(broken, broken, jobs, LIGHT)
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: "digit reader is missing" in panel.side.sure.text(), timeout=20_000)
    jobs.close()


def test_the_key_changes_between_digits_and_text(sheet, qtbot):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.reads("0")
    sheet.panel.activateWindow()
    qtbot.waitUntil(sheet.panel.isActiveWindow)
    QTest.keyClick(sheet.panel, Qt.Key.Key_M)
    sheet.reads("1 line, 255 paper")
    QTest.keyClick(sheet.panel, Qt.Key.Key_M)
    sheet.reads("0")


def test_five_digits_are_read_well_within_the_time_of_a_glance(sheet):
    """Processor time of reading what is on the canvas, as after each stroke."""
    sheet.hand.write("27036", "art-0094", scale=1.1)
    reader, ink = DigitReader(), sheet.area.ink()
    assert ["".join(digit.text for digit in row) for row in reader.read_ink(ink)] == ["27036"]
    spent = []
    for _ in range(5):
        started = time.thread_time()
        reader.read_ink(ink)
        spent.append(time.thread_time() - started)
    assert min(spent) < 0.05
