import cv2
import numpy as np
import pytest

from camera_ocr.geometry import full_quad, to_gray, transform_points
from camera_ocr.tracking.motion import estimate_motion, moved_px
from camera_ocr.types import F64, U8


def seen(image: U8, motion: F64) -> U8:
    h, w = image.shape[:2]
    return np.asarray(cv2.warpPerspective(to_gray(image), motion, (w, h), borderValue=235), np.uint8)


def camera(dx: float, dy: float, turn_deg: float = 0.0, scale: float = 1.0, tilt: float = 0.0) -> F64:
    angle = np.deg2rad(turn_deg)
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    return np.array([[cos, -sin, dx], [sin, cos, dy], [tilt, 0.0, 1.0]])


@pytest.mark.parametrize(
    "motion",
    [camera(0, 0), camera(9, -5), camera(3, 2, turn_deg=1.5), camera(-8, 3, scale=1.03, tilt=4e-5)],
    ids=["still", "shift", "turn", "closer and tilted"],
)
def test_motion_of_a_page_is_found_within_a_pixel(draw_sheet, motion: F64) -> None:
    image = draw_sheet([4, 4, 4, 4]).image
    rng = np.random.default_rng(0)

    def noisy(gray: U8) -> U8:
        return np.clip(gray + rng.normal(0, 3, gray.shape), 0, 255).astype(np.uint8)

    found = estimate_motion(noisy(to_gray(image)), noisy(seen(image, motion)))
    assert found is not None
    written = np.array([[60, 40], [500, 40], [500, 300], [60, 300]], np.float32)
    off = transform_points(written, found) - transform_points(written, motion)
    assert np.abs(off).max() < 1.2


def test_another_scene_has_no_motion(draw_sheet) -> None:
    page = to_gray(draw_sheet([4, 4, 4, 4]).image)
    rng = np.random.default_rng(1)
    other = cv2.GaussianBlur(rng.integers(0, 255, page.shape, np.uint8), (0, 0), 3)
    assert estimate_motion(page, np.asarray(other, np.uint8)) is None


def test_blank_tiny_and_differently_sized_pictures_have_no_motion() -> None:
    blank = np.full((200, 300), 200, np.uint8)
    assert estimate_motion(blank, blank - 3) is None
    assert estimate_motion(blank[:4, :4], blank[:4, :4]) is None
    assert estimate_motion(blank, blank[:100]) is None


def test_moved_px_is_that_of_the_corner_that_moves_most() -> None:
    assert moved_px(np.eye(3), 640, 480) == 0.0
    assert moved_px(camera(3, -7), 640, 480) == pytest.approx(7.0)
    assert moved_px(camera(0, 0, scale=1.1), 640, 480) == pytest.approx(64.0)
    assert full_quad(640, 480)[2].tolist() == [640, 480]
