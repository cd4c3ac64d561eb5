import cv2
import numpy as np
import pytest

from camera_ocr.recognition.digit_rows import ROW_HEIGHT, cut_apart, find_rows


def below(*pictures):
    """Pictures one below the other."""
    width = max(p.shape[1] for p in pictures)
    return np.vstack([np.pad(p, ((0, 0), (0, width - p.shape[1]))) for p in pictures])


def middles_of(ink):
    """x of the middle of each connected piece, rising."""
    _, _, boxes, middles = cv2.connectedComponentsWithStats((ink > 60).astype(np.uint8))
    return sorted(middles[boxes[:, 2] < ink.shape[1] - 4][:, 0].tolist())


def test_digits_that_stand_apart_are_cut_where_no_ink_is(draw_number):
    ink = draw_number("170")
    (row,) = find_rows(ink)
    parts = cut_apart(row.strength, middles_of(row.strength))
    assert [cv2.connectedComponents((part > 60).astype(np.uint8))[0] - 1 for part in parts] == [1, 1, 1]
    np.testing.assert_array_equal(np.maximum.reduce(parts), row.strength)
    lefts = [cv2.boundingRect(part)[0] for part in parts]
    assert lefts == sorted(lefts)


def test_rows_come_from_top_to_bottom(draw_number):
    first, second, third = (draw_number(t) for t in ("12", "345", "6"))
    rows = find_rows(below(first, second, third))
    assert len(rows) == 3
    assert [row.top for row in rows] == sorted(row.top for row in rows)


def test_a_column_of_single_digits_is_as_many_rows(draw_number):
    assert len(find_rows(below(*(draw_number(d) for d in "4711")))) == 4


def test_touching_digits_are_cut_where_they_touch(draw_number):
    ink = draw_number("33", gap=-10)
    assert cv2.connectedComponents(ink)[0] == 2
    (row,) = find_rows(ink)
    width = row.strength.shape[1]
    one, other = cut_apart(row.strength, [0.25 * width, 0.75 * width])
    assert min(one.sum(), other.sum()) > 0.4 * row.strength.sum()
    assert not (np.minimum(one, other)).any()


def test_one_mark_is_not_cut(draw_number):
    (row,) = find_rows(draw_number("8"))
    (only,) = cut_apart(row.strength, [3.0])
    np.testing.assert_array_equal(only, row.strength)


@pytest.mark.parametrize("middles", [[0.0, 0.0], [5.0, 5.0], [40.0, 41.0], [0.0, 200.0]])
def test_marks_in_the_same_place_or_beyond_the_row_do_not_fail(draw_number, middles):
    (row,) = find_rows(draw_number("28"))
    parts = cut_apart(row.strength, middles)
    assert len(parts) == 2
    np.testing.assert_array_equal(np.maximum.reduce(parts), row.strength)


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
    (clean,) = find_rows(ink)
    ink[2:4, 30:32] = 255
    ink[-3:-1, 60:62] = 255
    (row,) = find_rows(ink)
    np.testing.assert_array_equal(row.strength, clean.strength)


@pytest.mark.parametrize("value", [0, 255])
def test_a_picture_of_one_tone_does_not_fail(value):
    rows = find_rows(np.full((50, 80), value, np.uint8))
    assert len(rows) == (value > 0)


def test_an_empty_picture_has_no_rows():
    assert find_rows(np.zeros((0, 0), np.uint8)) == []
