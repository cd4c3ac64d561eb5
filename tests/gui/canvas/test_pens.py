"""Mouse, pen, finger and eraser on the canvas."""

import time

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPointF, Qt
from PyQt5.QtGui import QTabletEvent
from PyQt5.QtTest import QTest

from camera_ocr.gui.canvas_area import Tool
from camera_ocr.gui.drawing import NO_PRESSURE
from camera_ocr.recognition.digit_rows import find_rows


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


def test_a_stroke_grows_thicker_where_the_pen_is_pressed_harder(sheet):
    points = [(100, 100 + 10 * k) for k in range(21)]
    sheet.hand.pen(*points, pressure=[k / 20 for k in range(21)])
    ratio = sheet.area.devicePixelRatioF()
    light, middle, firm = (int((sheet.area.ink()[round(y * ratio)] > 128).sum()) for y in (120, 200, 280))
    assert light < middle < firm
    assert firm > 1.8 * light


def test_a_pen_over_the_sheet_draws_nothing_and_points_at_digits(sheet):
    sheet.hand.mouse((100, 100), (100, 200))
    sheet.reads("0")
    before = sheet.area.ink()
    sheet.hand.hover_pen(100, 150)
    assert sheet.area.pointed_at == 0
    sheet.hand.hover_pen(400, 300)
    assert sheet.area.pointed_at is None
    np.testing.assert_array_equal(sheet.area.ink(), before)
    assert len(sheet.area.drawing.strokes) == 1


def test_the_button_on_the_pen_erases_as_the_mouses_right_one_does(sheet):
    sheet.hand.pen((100, 100), (100, 150), (100, 200), pressure=0.5)
    sheet.hand.pen((100, 90), (100, 210), pressure=1.0, button=Qt.MouseButton.RightButton)
    assert not (sheet.area.ink() > 128).any()


def test_the_sliders_width_is_the_pens(sheet):
    sheet.panel.width_slider.setValue(30)
    sheet.hand.mouse((100, 100), (300, 100))
    assert int(
        (sheet.area.ink()[:, round(200 * sheet.area.devicePixelRatioF())] > 128).sum()
    ) == pytest.approx(30 * sheet.area.devicePixelRatioF(), abs=2)


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
