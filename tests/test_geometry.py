import cv2
import numpy as np
import pytest

from camera_ocr.geometry import (
    crop_quad,
    full_quad,
    grow_quad,
    is_usable,
    quad_angle_deg,
    quad_area,
    quad_iou,
    quad_size,
    rotation_homography,
    sub_quad,
    to_gray,
    transform_quad,
)

LINE = np.array([[100, 50], [300, 50], [300, 90], [100, 90]], np.float32)


def test_iou_of_a_quad_shifted_by_half_its_width_is_a_third() -> None:
    assert quad_iou(LINE, LINE) == pytest.approx(1.0)
    assert quad_iou(LINE, LINE + np.array([100, 0], np.float32)) == pytest.approx(1 / 3, abs=1e-3)
    assert quad_iou(LINE, LINE + np.array([0, 41], np.float32)) == 0.0


def test_writing_that_climbs_becomes_level() -> None:
    climbing = np.array([[0, 200], [200, 100], [220, 140], [20, 240]], np.float32)
    angle = quad_angle_deg(climbing)
    assert angle == pytest.approx(26.57, abs=0.01)
    turn, width, height = rotation_homography(angle, 400, 300)
    level = transform_quad(climbing, turn)
    assert quad_angle_deg(level) == pytest.approx(0.0, abs=1e-3)
    corners = transform_quad(full_quad(399, 299), turn)
    assert corners.min() >= -1.0
    assert (corners.max(axis=0) <= [width, height]).all()


def test_parts_of_a_line_lie_end_to_end() -> None:
    first, second = sub_quad(LINE, 0.0, 0.25), sub_quad(LINE, 0.25, 1.0)
    assert quad_area(first) + quad_area(second) == pytest.approx(quad_area(LINE))
    np.testing.assert_allclose(first[1], second[0])


def test_grown_quad_reaches_out_on_all_sides() -> None:
    np.testing.assert_allclose(
        grow_quad(LINE, 5), LINE + np.array([[-5, -5], [5, -5], [5, 5], [-5, 5]]), atol=1e-4
    )


def test_crop_shows_a_tilted_line_upright(draw_sheet) -> None:
    sheet = draw_sheet([3])
    gray = to_gray(sheet.image)
    upright = crop_quad(gray, sheet.lines[0])
    turn, width, height = rotation_homography(-17.0, gray.shape[1], gray.shape[0])
    tilted = cv2.warpPerspective(gray, turn, (width, height), borderValue=235)
    again = crop_quad(tilted, transform_quad(sheet.lines[0], turn))
    assert again.shape == pytest.approx(upright.shape, abs=1)
    h, w = (min(a, b) for a, b in zip(again.shape, upright.shape, strict=True))
    assert np.corrcoef(again[:h, :w].ravel(), upright[:h, :w].ravel())[0, 1] > 0.9


def test_crop_is_as_large_as_the_line_and_bounded() -> None:
    gray = np.zeros((120, 400), np.uint8)
    assert crop_quad(gray, LINE).shape == (40, 200)
    assert crop_quad(gray, LINE * 200).shape == (1024, 8192)
    assert crop_quad(gray, LINE + 5000).shape == (40, 200)
    assert crop_quad(gray[:1, :1], LINE).shape == (40, 200)


def test_folded_and_boundless_quads_are_not_usable() -> None:
    assert is_usable(LINE)
    assert not is_usable(LINE[[0, 2, 1, 3]])
    assert not is_usable(LINE * np.float32(np.nan))
    assert not is_usable(LINE * np.float32(1e6))
    assert quad_size(LINE) == (200.0, 40.0)


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_gray_of_any_number_of_channels(channels: int) -> None:
    image = np.full((5, 7, channels), 90, np.uint8)
    assert to_gray(image).shape == (5, 7)
    assert (to_gray(image) == 90).all()
