import cv2
import numpy as np
import pytest

from camera_ocr.geometry import rotation_homography, to_gray
from camera_ocr.preprocess.deskew import estimate_skew
from camera_ocr.preprocess.illumination import even_light
from camera_ocr.preprocess.threshold import ink_mask


def ink_of(image: np.ndarray) -> np.ndarray:
    return ink_mask(even_light(to_gray(image)))


def climbing(image: np.ndarray, degrees: float) -> np.ndarray:
    turn, w, h = rotation_homography(-degrees, image.shape[1], image.shape[0])
    return cv2.warpPerspective(image, turn, (w, h), borderValue=(235,) * 3)


@pytest.mark.parametrize("degrees", [-40, -22, -7, -1, 0, 3, 15, 31, 44])
def test_angle_of_several_lines_is_found_within_a_degree(draw_sheet, degrees: float) -> None:
    image = climbing(draw_sheet([4, 5, 3, 4, 5]).image, degrees)
    found = estimate_skew(ink_of(image))
    assert found is not None
    assert abs(found - degrees) < 1.5


@pytest.mark.parametrize("degrees", [-30, 0, 12])
def test_angle_of_one_line_is_found_within_a_few_degrees(draw_sheet, degrees: float) -> None:
    found = estimate_skew(ink_of(climbing(draw_sheet([4]).image, degrees)))
    assert found is not None
    assert abs(found - degrees) < 4


def test_too_little_ink_has_no_angle() -> None:
    ink = np.zeros((480, 640), np.uint8)
    assert estimate_skew(ink) is None
    ink[100:104, 100:104] = 255
    assert estimate_skew(ink) is None
    assert estimate_skew(np.full((1, 1), 255, np.uint8)) is None


def test_same_picture_gives_the_same_angle(scanned_lines) -> None:
    ink = ink_of(scanned_lines.image)
    first = estimate_skew(ink)
    assert first == estimate_skew(ink)
    assert first is not None
    assert abs(first) < 2
