import cv2
import numpy as np
import pytest

from camera_ocr.detection.digits import find_digit_rows
from camera_ocr.digit_page import make_digit_page


def on_sheet(places, size=(720, 960)):
    """A white sheet with pieces of ink at x, y."""
    gray = np.full(size, 235, np.uint8)
    for ink, x, y in places:
        part = gray[y : y + ink.shape[0], x : x + ink.shape[1]]
        part[:] = cv2.subtract(part, cv2.convertScaleAbs(ink, alpha=0.7))
    return cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR)


def middles(regions):
    return [tuple(region.quad.mean(axis=0)) for region in regions]


def test_one_digit_by_itself_and_rows_of_several_are_found(draw_number):
    places = [(draw_number("7"), 700, 80), (draw_number("19450"), 80, 250), (draw_number("36"), 100, 480)]
    found = middles(find_digit_rows(make_digit_page(on_sheet(places))))
    wanted = [(x + ink.shape[1] / 2, y + ink.shape[0] / 2) for ink, x, y in places]
    assert len(found) == 3
    assert np.abs(np.array(found) - wanted).max() < 14


def test_columns_far_apart_are_rows_of_their_own(draw_number):
    ink = draw_number("28")
    found = find_digit_rows(make_digit_page(on_sheet([(ink, 60, 200), (ink, 600, 200)])))
    assert len(found) == 2


def test_a_box_drawn_around_digits_is_none_of_them(draw_number):
    image = on_sheet([(draw_number("42"), 300, 300)])
    cv2.rectangle(image, (200, 220), (620, 470), (60, 60, 60), 3)
    assert any(
        region.quad[:, 0].max() < 560 and region.quad[:, 0].min() > 220
        for region in find_digit_rows(make_digit_page(image))
    )


@pytest.mark.parametrize("slope", [-0.12, 0.12])
def test_a_sloping_row_has_a_sloping_box(draw_number, slope):
    ink = draw_number("1945036", gap=14)
    h, w = ink.shape
    turned = cv2.warpAffine(
        ink, np.array([[1, 0, 0], [slope, 1, 40.0 if slope > 0 else 100.0]]), (w, h + 140)
    )
    image = on_sheet([(turned, 100, 200)])
    (region,) = find_digit_rows(make_digit_page(image))
    (x0, y0), (x1, y1) = region.quad[0], region.quad[1]
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope, abs=0.05)


def test_an_empty_sheet_has_no_rows():
    assert find_digit_rows(make_digit_page(on_sheet([]))) == []
