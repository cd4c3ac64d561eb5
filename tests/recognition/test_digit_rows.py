import cv2
import numpy as np
import pytest

from camera_ocr.recognition.digit_rows import ROW_HEIGHT, find_rows


def below(*pictures):
    """Pictures one below the other."""
    width = max(p.shape[1] for p in pictures)
    return np.vstack([np.pad(p, ((0, 0), (0, width - p.shape[1]))) for p in pictures])


def test_digits_that_stand_apart_are_pieces_from_left_to_right(draw_number):
    (row,) = find_rows(draw_number("170"))
    assert len(row.boxes) >= 3
    middles = row.boxes[:, 0] + row.boxes[:, 2] / 2
    assert (np.diff(middles) > 0).all()
    assert sorted(set(np.unique(row.owner))) == [-1, *range(len(row.boxes))]


def test_rows_come_from_top_to_bottom(draw_number):
    first, second, third = (draw_number(t) for t in ("12", "345", "6"))
    rows = find_rows(below(first, second, third))
    assert len(rows) == 3
    assert [row.top for row in rows] == sorted(row.top for row in rows)


def test_a_column_of_single_digits_is_as_many_rows(draw_number):
    assert len(find_rows(below(*(draw_number(d) for d in "4711")))) == 4


def test_touching_digits_can_be_told_apart_by_a_cut(draw_number):
    ink = draw_number("33", gap=-10)
    assert cv2.connectedComponents(ink)[0] == 2
    (row,) = find_rows(ink)
    assert len(row.boxes) >= 2


def test_the_bar_over_a_five_belongs_to_its_row(draw_number):
    ink = draw_number("95", "aga-0013", scale=1.4, pen=10)
    (row,) = find_rows(ink)
    _, _, _, height = cv2.boundingRect(ink)
    assert row.strength.shape[0] == pytest.approx((height + 4) * row.scale, abs=2)


def test_large_digits_are_shrunk_and_small_ones_left_alone(draw_number):
    (large,) = find_rows(draw_number("28", scale=3.0, pen=16))
    assert large.height == pytest.approx(ROW_HEIGHT)
    assert large.scale < 0.3
    (small,) = find_rows(draw_number("28", scale=0.3, pen=3))
    assert small.scale == 1.0


def test_specks_are_left_out(draw_number):
    ink = draw_number("70")
    clean = [row.boxes.tolist() for row in find_rows(ink)]
    ink[2:4, 30:32] = 255
    ink[-3:-1, 60:62] = 255
    assert [row.boxes.tolist() for row in find_rows(ink)] == clean


@pytest.mark.parametrize("value", [0, 255])
def test_a_picture_of_one_tone_does_not_fail(value):
    rows = find_rows(np.full((50, 80), value, np.uint8))
    assert len(rows) == (value > 0)


def test_an_empty_picture_has_no_rows():
    assert find_rows(np.zeros((0, 0), np.uint8)) == []
