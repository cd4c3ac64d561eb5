import cv2
import numpy as np
import pytest

from camera_ocr.detection.lines import find_lines
from camera_ocr.detection.single import single_line
from camera_ocr.geometry import full_quad, quad_angle_deg
from camera_ocr.preprocess.page import make_page
from camera_ocr.types import Region


def region(x: float, y: float, w: float, h: float) -> Region:
    return Region(full_quad(w, h) + np.array([x, y], np.float32), 1.0)


def test_a_small_line_in_a_large_picture_is_cut_out():
    quad = single_line([region(300, 200, 400, 60)], 900).quad
    np.testing.assert_allclose(quad, region(300, 200, 400, 60).quad, atol=1e-3)


def test_pieces_of_the_line_are_joined_and_other_lines_left_out():
    pieces = [region(100, 200, 300, 60), region(450, 210, 80, 40), region(120, 500, 90, 40)]
    quad = single_line(pieces, 900).quad
    assert quad[:, 0].max() == pytest.approx(530, abs=1)
    assert quad[:, 1].max() == pytest.approx(260, abs=1)


def test_a_crop_that_is_close_to_its_line_is_left_whole():
    assert single_line([region(5, 8, 380, 50)], 64) is None
    assert single_line([], 64) is None


def test_a_sloping_word_on_a_photo_is_cut_out_along_its_slope():
    photo = np.full((600, 900), 200, np.uint8)
    cv2.putText(photo, "handwritten", (200, 300), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2.5, 40, 5, cv2.LINE_AA)
    turned = cv2.warpAffine(photo, cv2.getRotationMatrix2D((450, 300), 12, 1), (900, 600), borderValue=200)
    quad = single_line(find_lines(make_page(turned)), 600).quad
    assert quad_angle_deg(quad) == pytest.approx(12, abs=3)
