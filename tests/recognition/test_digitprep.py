import cv2
import numpy as np
import pytest

from camera_ocr.recognition.digitprep import BOX_SIDE, DIGIT_SIDE, prepare_digit


def mass_centre(image):
    moments = cv2.moments(image)
    return moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]


@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_fills_the_box_and_is_centred_by_mass(draw_number, digit):
    image = prepare_digit(draw_number(digit))
    assert image.shape == (DIGIT_SIDE, DIGIT_SIDE)
    _, _, w, h = cv2.boundingRect((image > 20).astype(np.uint8))
    assert BOX_SIDE - 1 <= max(w, h) <= BOX_SIDE
    assert mass_centre(image) == pytest.approx((14, 14), abs=0.6)


@pytest.mark.parametrize("scale", [0.25, 1.0, 3.0])
def test_the_size_drawn_makes_little_difference(draw_number, scale):
    usual = prepare_digit(draw_number("5", scale=0.5, pen=4)).astype(float)
    other = prepare_digit(draw_number("5", scale=scale, pen=max(2, round(8 * scale)))).astype(float)
    assert np.abs(usual - other).mean() < 20


def test_a_thin_stroke_is_full_ink(draw_number):
    assert prepare_digit(draw_number("3", scale=3.0, pen=3)).max() == 255


def test_a_prepared_digit_is_prepared_already(draw_number):
    image = prepare_digit(draw_number("8"))
    again = prepare_digit(image)
    assert np.abs(image.astype(int) - again).mean() < 4


def test_ink_at_one_side_is_not_cut_off():
    ink = np.zeros((100, 100), np.uint8)
    ink[10:90, 10:20] = 255
    ink[84:90, 10:90] = 255
    image = prepare_digit(ink)
    assert (image > 128).any(axis=0).sum() == BOX_SIDE
    assert (image > 128).any(axis=1).sum() == BOX_SIDE


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (40, 3)])
def test_no_ink_gives_an_empty_picture(shape):
    assert not prepare_digit(np.zeros(shape, np.uint8)).any()
