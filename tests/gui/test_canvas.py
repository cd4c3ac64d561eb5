"""The canvas with a reader that stands in for the model: it counts the pieces of ink in each row."""

import json
import lzma
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPointF, Qt
from PyQt5.QtGui import QGuiApplication, QMouseEvent, QTabletEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QLabel

from camera_ocr.errors import ModelError
from camera_ocr.gui.canvas import CanvasPanel
from camera_ocr.gui.canvas_area import Tool
from camera_ocr.gui.drawing import NO_PRESSURE
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.theme import DARK, LIGHT
from camera_ocr.gui.touch import Finger
from camera_ocr.own_samples import samples_folder, samples_path
from camera_ocr.recognition.digit_reader import Digit, DigitReader
from camera_ocr.recognition.digit_rows import find_rows
from camera_ocr.recognition.digitprep import prepare_digit
from camera_ocr.types import Transcript

STROKES = json.loads((Path(__file__).parents[1] / "assets" / "digits" / "strokes.json").read_text())


class CountingReader:
    """Reads each connected piece of ink as its number in the row; waits when told to."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.calls = 0

    def read_ink(self, ink):
        assert self.may_go_on.wait(20)
        self.calls += 1
        return [self._row(row) for row in find_rows(ink)]

    @staticmethod
    def _row(row):
        labels, boxes = cv2.connectedComponentsWithStats((row.strength > 60).astype(np.uint8))[1:3]
        digits = []
        for number, i in enumerate(sorted(range(1, len(boxes)), key=lambda i: boxes[i, 0])):
            x, y, w, h = (float(v) / row.scale for v in boxes[i, :4])
            probabilities = np.full(10, 0.01, np.float32)
            probabilities[number % 10] = 0.9
            image = prepare_digit(np.where(labels == i, row.strength, 0).astype(np.uint8))
            digits.append(Digit(str(number % 10), probabilities, (x + row.left, y + row.top, w, h), image))
        return digits

    def read(self, crops):
        text = f"{len(crops)} line, {crops[0].max()} paper"
        n = len(text)
        return [Transcript(text, np.full(n, 0.7, np.float32), np.zeros((n, 2), np.float32))]


class Hand:
    """Sends what a mouse or a pen would."""

    def __init__(self, area) -> None:
        self.area = area

    def mouse(self, *points, button=Qt.MouseButton.LeftButton) -> None:
        at = [QPointF(*p) for p in points]
        self._send(QEvent.Type.MouseButtonPress, at[0], button, button)
        for point in at[1:]:
            self._send(QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, button)
        self._send(QEvent.Type.MouseButtonRelease, at[-1], button, Qt.MouseButton.NoButton)

    def hover(self, x, y) -> None:
        self._send(QEvent.Type.MouseMove, QPointF(x, y), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton)

    def _send(self, kind, at, button, buttons) -> None:
        event = QMouseEvent(kind, at, button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.area, event)

    def pen(self, *points, pressure, pointer=QTabletEvent.PointerType.Pen) -> None:
        kinds = [QEvent.Type.TabletPress] + [QEvent.Type.TabletMove] * (len(points) - 1)
        for kind, point in [*zip(kinds, points, strict=True), (QEvent.Type.TabletRelease, points[-1])]:
            at = QPointF(*point)
            event = QTabletEvent(
                kind,
                at,
                at,
                QTabletEvent.TabletDevice.Stylus,
                pointer,
                pressure,
                0,
                0,
                0.0,
                0.0,
                0,
                Qt.KeyboardModifier.NoModifier,
                1,
                Qt.MouseButton.LeftButton,
                Qt.MouseButton.LeftButton,
            )
            QApplication.sendEvent(self.area, event)

    def touch(self, *fingers, pressure=NO_PRESSURE, over=False) -> None:
        """`fingers`: number, state, x, y each. PyQt5 lets nobody make the points of a QTouchEvent."""
        self.area.touch([Finger(n, state, QPointF(x, y), pressure) for n, state, x, y in fingers], over=over)

    def write(self, text, writer="aga-0013", x=40.0, y=60.0, scale=1.0) -> None:
        """A held-out writer's digits."""
        for digit in text:
            strokes = [np.array(s, float).reshape(-1, 2) * scale for s in STROKES[writer][digit]]
            points = np.concatenate(strokes)
            shift = np.array([x, y]) - points.min(axis=0)
            for stroke in strokes:
                self.mouse(*(stroke + shift).tolist())
            x += float(np.ptp(points[:, 0])) + 22


class Sheet:
    def __init__(self, qtbot, theme) -> None:
        self.reader = CountingReader()
        self.jobs = Jobs()
        self.panel = CanvasPanel(lambda: self.reader, lambda: self.reader, self.jobs, theme)
        self.panel.resize(1100, 640)
        qtbot.addWidget(self.panel)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.area = self.panel.area
        self.hand = Hand(self.area)
        self._qtbot = qtbot

    def reads(self, text) -> None:
        self._qtbot.waitUntil(lambda: self.panel.text == text, timeout=20_000)


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def sheet(qtbot, request):
    made = Sheet(qtbot, request.param)
    yield made
    made.reader.may_go_on.set()
    made.jobs.close()


def test_what_is_drawn_is_read_at_once_and_shown_large(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.reads("0")
    sheet.hand.mouse((200, 100), (200, 200))
    sheet.reads("01")
    assert sheet.panel.number.text() == "01"
    assert "90%" in sheet.panel.sure.text()


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
    assert sheet.panel.bars.digit.text == "2"
    sheet.hand.hover(100, 150)
    assert sheet.panel.bars.digit.text == "0"
    assert sheet.panel.network.digit.image.shape == (28, 28)
    sheet.hand.hover(500, 400)
    assert sheet.panel.bars.digit.text == "2"


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


def test_the_eraser_takes_a_digit_away(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.hand.mouse((200, 100), (200, 200))
    sheet.reads("01")
    sheet.panel.eraser_action.trigger()
    assert sheet.area.tool is Tool.ERASER
    sheet.hand.mouse((200, 90), (200, 150), (200, 210))
    sheet.reads("0")


def test_the_right_button_erases(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.reads("0")
    sheet.hand.mouse((100, 90), (100, 150), (100, 210), button=Qt.MouseButton.RightButton)
    sheet.reads("")


def test_a_tablets_pressure_widens_the_stroke(sheet):
    sheet.hand.pen((100, 100), (100, 150), (100, 200), pressure=0.1)
    light = int((sheet.area.ink() > 128).sum())
    sheet.panel.clear_action.trigger()
    sheet.hand.pen((100, 100), (100, 150), (100, 200), pressure=1.0)
    assert int((sheet.area.ink() > 128).sum()) > 2 * light


def test_the_other_end_of_the_pen_erases(sheet):
    sheet.hand.pen((100, 100), (100, 150), (100, 200), pressure=0.5)
    sheet.hand.pen((100, 90), (100, 210), pressure=1.0, pointer=QTabletEvent.PointerType.Eraser)
    assert not (sheet.area.ink() > 128).any()


def test_the_sliders_width_is_the_pens(sheet):
    sheet.panel.width_slider.setValue(30)
    sheet.hand.mouse((100, 100), (300, 100))
    assert int(
        (sheet.area.ink()[:, round(200 * sheet.area.devicePixelRatioF())] > 128).sum()
    ) == pytest.approx(30 * sheet.area.devicePixelRatioF(), abs=2)


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
    assert not sheet.panel.bars.isVisible()
    sheet.panel.digits_action.trigger()
    sheet.reads("0")
    assert sheet.panel.bars.isVisible()


def test_what_was_read_is_copied(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.reads("0")
    sheet.panel.copy_action.trigger()
    assert QGuiApplication.clipboard().text() == "0"


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
    qtbot.waitUntil(lambda: "digit reader is missing" in panel.sure.text(), timeout=20_000)
    jobs.close()


def test_the_drawing_survives_a_resize(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    before = int((sheet.area.ink() > 128).sum())
    sheet.panel.resize(900, 500)
    QTest.qWait(20)
    assert int((sheet.area.ink() > 128).sum()) == before


def test_a_held_out_writers_digits_are_drawn_smoothly(sheet):
    sheet.hand.write("28")
    ink = sheet.area.ink()
    assert len(find_rows(ink)) == 1
    assert cv2.connectedComponents((ink > 100).astype(np.uint8))[0] == 3


def test_a_point_of_a_stroke_takes_little_time_to_paint(sheet):
    sheet.reader.may_go_on.clear()
    points = [(100 + 3 * k, 200 + 50 * np.sin(k / 5)) for k in range(100)]
    started = time.process_time()
    sheet.hand.mouse(*points)
    assert (time.process_time() - started) / len(points) < 0.01


PRESSED, MOVED = Qt.TouchPointState.TouchPointPressed, Qt.TouchPointState.TouchPointMoved
STAYS, RELEASED = Qt.TouchPointState.TouchPointStationary, Qt.TouchPointState.TouchPointReleased


def test_a_finger_draws_and_a_second_one_does_not(sheet):
    hand = sheet.hand
    hand.touch((1, PRESSED, 100, 100))
    hand.touch((1, MOVED, 100, 150))
    hand.touch((1, STAYS, 100, 150), (2, PRESSED, 400, 300))
    hand.touch((1, MOVED, 100, 200), (2, MOVED, 450, 300))
    hand.touch((1, RELEASED, 100, 200), (2, RELEASED, 450, 300), over=True)
    assert [[p[:2] for p in s.points] for s in sheet.area.drawing.strokes] == [
        [(100, 100), (100, 150), (100, 200)]
    ]
    sheet.reads("0")


def test_a_finger_on_a_screen_that_feels_pressure_draws_bolder_when_pressed(sheet):
    widths = []
    for pressure in (NO_PRESSURE, 0.1, 1.0):
        sheet.hand.touch((1, PRESSED, 100, 100), pressure=pressure)
        sheet.hand.touch((1, RELEASED, 100, 200), pressure=pressure, over=True)
        widths.append(int((sheet.area.ink() > 128).sum()))
        sheet.panel.clear_action.trigger()
    plain, light, firm = widths
    assert light < plain < firm


def test_a_touch_that_is_taken_away_ends_its_stroke(sheet):
    sheet.hand.touch((1, PRESSED, 100, 100))
    sheet.hand.touch((1, MOVED, 100, 200))
    sheet.hand.touch(over=True)
    assert sheet.area.drawing.pending is None
    assert sheet.area.drawing.can_undo


def test_the_heel_of_the_hand_does_not_draw_while_the_pen_does(sheet):
    left = Qt.MouseButton.LeftButton
    sheet.hand._send(QEvent.Type.MouseButtonPress, QPointF(50, 50), left, left)
    sheet.hand.touch((1, PRESSED, 300, 300))
    sheet.hand.touch((1, RELEASED, 320, 320), over=True)
    assert len(sheet.area.drawing.strokes) == 1
    assert sheet.area.drawing.pending is not None


def test_what_a_stroke_paints_bit_by_bit_is_what_painting_all_gives(sheet):
    sheet.hand.write("28", scale=1.3)
    sheet.reads("01")
    sheet.area.show_digits(())
    QTest.qWait(30)
    part_by_part = sheet.area.grab().toImage()
    sheet.area.repaint_ink()
    QTest.qWait(30)
    sheet.area.show_digits(())
    assert sheet.area.grab().toImage() == part_by_part


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


def test_all_samples_are_deleted_from_the_dialog(sheet, samples):
    for _ in range(2):
        sheet.hand.mouse((100, 100), (100, 200))
        sheet.panel.sample_action.trigger()
        dialog = sheet.panel.sample_dialog
        dialog.text.setText("1")
        assert dialog.delete_button.isEnabled() == samples.exists()
        dialog.keep_button.click()
    sheet.panel.sample_action.trigger()
    sheet.panel.sample_dialog.delete_all()
    assert not list(samples.iterdir())


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
