import cv2
import numpy as np
import pytest

from camera_ocr.geometry import rotation_homography, transform_points
from camera_ocr.preprocess.page import MAX_SIDE, make_page


def test_page_of_a_tilted_sheet_is_upright_and_maps_back(draw_sheet) -> None:
    sheet = draw_sheet([4, 4, 4, 4])
    turn, w, h = rotation_homography(-20, 900, 600)
    page = make_page(cv2.warpPerspective(sheet.image, turn, (w, h), borderValue=(235,) * 3))
    assert page.skew_deg == pytest.approx(20, abs=1.5)
    y, x = np.nonzero(page.ink)
    in_frame = transform_points(np.stack([x, y], axis=1).astype(np.float32), page.to_frame)
    in_sheet = transform_points(in_frame, np.linalg.inv(turn)).round().astype(int)
    near = cv2.erode(sheet.image[:, :, 0], np.ones((5, 5)))
    assert (near[in_sheet[:, 1].clip(0, 599), in_sheet[:, 0].clip(0, 899)] < 150).mean() > 0.98


def test_known_angle_is_used_instead_of_an_estimate(draw_sheet) -> None:
    page = make_page(draw_sheet([4, 4]).image, skew_deg=30.0)
    assert page.skew_deg == 30.0


def test_grey_and_colour_pictures_give_the_same_ink(draw_sheet) -> None:
    image = draw_sheet([4, 4, 4]).image
    assert (make_page(image).ink == make_page(image[:, :, 0]).ink).all()


def test_chalk_on_a_blackboard_gives_the_ink_of_a_page(draw_sheet) -> None:
    image = draw_sheet([4, 3, 4]).image
    ink, chalk = make_page(image).ink > 0, make_page(255 - image).ink > 0
    assert (ink & chalk).sum() > 0.95 * (ink | chalk).sum()


def test_huge_scan_is_pooled_without_losing_thin_strokes(draw_sheet) -> None:
    sheet = draw_sheet([4, 4, 4], pen=1)
    large = cv2.resize(sheet.image, None, fx=5, fy=5, interpolation=cv2.INTER_LINEAR)
    page = make_page(large)
    assert max(page.ink.shape) <= MAX_SIDE
    small = make_page(sheet.image)
    again = cv2.resize(page.ink, small.ink.shape[::-1], interpolation=cv2.INTER_AREA) > 30
    assert (again & (small.ink > 0)).sum() > 0.95 * (small.ink > 0).sum()


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 3), (17, 40)])
def test_tiny_pictures_make_a_page(shape: tuple[int, int]) -> None:
    for level in (0, 255):
        page = make_page(np.full((*shape, 3), level, np.uint8))
        assert page.ink.shape == page.gray.shape
        assert not page.ink.any()


def test_without_a_desk_a_coloured_note_beside_the_sheet_is_kept(draw_sheet):
    sheet, note = draw_sheet([3, 3], size=(700, 300)).image, draw_sheet([2, 2], size=(420, 260)).image
    image = np.full((720, 1280, 3), 225, np.uint8)
    image[40:340, 40:740] = sheet
    # yellow, as a note stuck on a board
    image[400:660, 800:1220] = (note * [0.35, 0.75, 0.85]).astype(np.uint8)
    there = np.s_[410:650, 810:1210]
    assert not make_page(image).ink[there].any()
    assert make_page(image, desk=False).ink[there].mean() > 2
