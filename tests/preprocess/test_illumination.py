import cv2
import numpy as np

from camera_ocr.geometry import to_gray
from camera_ocr.preprocess.illumination import PAPER, even_light, is_light_on_dark, pixel_noise
from camera_ocr.preprocess.threshold import ink_mask


def test_shading_and_a_hard_shadow_leave_paper_white_and_ink_dark(draw_sheet) -> None:
    sheet = draw_sheet([4, 4, 4])
    gray = to_gray(sheet.image)
    light = np.linspace(1.0, 0.35, gray.shape[1])[None, :].repeat(gray.shape[0], axis=0)
    light[:, 500:700] *= 0.55
    shaded = (gray * light).astype(np.uint8)
    even = even_light(shaded)
    ink, paper = gray < 100, cv2.erode(gray, np.ones((9, 9))) > 230
    assert np.median(even[paper]) > PAPER - 8
    assert np.quantile(even[paper], 0.01) > 200
    assert np.median(even[ink]) < 130


def test_edge_between_sheet_and_dark_desk_is_no_ink() -> None:
    gray = np.full((400, 600), 45, np.uint8)
    gray[80:320, 120:480] = 220
    gray = cv2.GaussianBlur(gray, (0, 0), 1.0)
    assert ink_mask(even_light(gray)).sum() == 0


def test_chalk_on_a_blackboard_is_told_from_ink_on_paper(draw_sheet) -> None:
    gray = to_gray(draw_sheet([4, 3, 4]).image)
    assert not is_light_on_dark(gray)
    assert is_light_on_dark(255 - gray)
    # a dark photo of paper is still dark ink on lighter paper
    assert not is_light_on_dark((gray * 0.3).astype(np.uint8))


def test_noise_is_measured_in_grey_levels() -> None:
    rng = np.random.default_rng(0)
    flat = np.full((300, 400), 128.0)
    for sigma in (2.0, 6.0):
        noisy = np.clip(flat + rng.normal(0, sigma, flat.shape), 0, 255).astype(np.uint8)
        assert abs(pixel_noise(noisy) - sigma) < 0.15 * sigma + 0.2
    assert pixel_noise(np.full((2, 2), 9, np.uint8)) == 0.0
