import cv2
import numpy as np

from camera_ocr.geometry import full_quad
from camera_ocr.preprocess.sheet import find_sheet


def on_desk(paper: np.ndarray, desk_bgr: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """The paper seen at an angle on a desk of boards, and where it lies (H, W) bool."""
    h, w = paper.shape[:2]
    desk = np.full((720, 1280, 3), desk_bgr, np.uint8)
    desk[::90] = np.array(desk_bgr) // 3
    target = np.array([[300, 60], [1010, 110], [960, 640], [240, 590]], np.float32)
    matrix = cv2.getPerspectiveTransform(full_quad(w, h), target)
    seen = cv2.warpPerspective(paper, matrix, (1280, 720))
    where = cv2.warpPerspective(np.full((h, w), 255, np.uint8), matrix, (1280, 720)) > 127
    desk[where] = seen[where]
    return cv2.GaussianBlur(desk, (0, 0), 1.0), where


def test_sheet_is_told_from_a_wooden_and_from_a_black_desk(draw_sheet) -> None:
    paper = draw_sheet([4, 4, 3, 4]).image
    for desk in ((60, 105, 150), (30, 30, 30)):
        image, where = on_desk(paper, desk)
        mask = find_sheet(image)
        assert mask is not None
        outside = cv2.dilate(where.astype(np.uint8), np.ones((31, 31))) == 0
        inside = cv2.erode(where.astype(np.uint8), np.ones((61, 61))) == 1
        assert (mask[outside] > 0).mean() < 0.01
        assert (mask[inside] > 0).all()


def test_hard_shadow_on_the_sheet_stays_on_the_sheet(draw_sheet) -> None:
    image = draw_sheet([4, 4, 3, 4], size=(1280, 720)).image
    shadow = np.ones((720, 1280, 1))
    shadow[:, 700:] = 0.5
    mask = find_sheet((image * shadow).astype(np.uint8))
    assert mask is None or (mask > 0).all()


def test_picture_that_is_all_sheet_has_no_desk(scanned_lines) -> None:
    assert find_sheet(scanned_lines.image) is None
    assert find_sheet(np.full((1, 1, 3), 200, np.uint8)) is None
    assert find_sheet(np.full((300, 400), 200, np.uint8)) is None
