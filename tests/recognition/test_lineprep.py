import cv2
import numpy as np
import pytest

from camera_ocr.recognition.lineprep import LINE_HEIGHT, prepare_line


@pytest.fixture
def line() -> np.ndarray:
    """Dark writing on bright paper with wide margins, 300 x 90 px; the ink spans columns 60 to about 240."""
    image = np.full((90, 300), 225, np.uint8)
    cv2.putText(image, "Handl", (60, 60), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 1.6, 40, 3, cv2.LINE_AA)
    return image


def agreement(a: np.ndarray, b: np.ndarray) -> float:
    """Correlation of two prepared lines, the second brought to the first one's width."""
    b = cv2.resize(b, (a.shape[1], a.shape[0]))
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


def test_ink_is_bright_on_black_at_the_readers_height(line):
    pixels = prepare_line(line).pixels
    assert pixels.shape[0] == LINE_HEIGHT
    assert np.median(pixels) < 10
    assert np.percentile(pixels, 99) > 230


def test_blank_margins_are_cut_and_reported(line):
    prepared = prepare_line(line)
    assert prepared.left == pytest.approx(55 / 300, abs=0.05)
    assert prepared.right == pytest.approx(cv2.boundingRect(255 - line // 128 * 255)[2] / 300 + 0.2, abs=0.1)


def test_a_shadow_over_half_the_line_changes_little(line):
    shade = np.interp(np.arange(300), [110, 190], [1.0, 0.5])  # its edge is as soft as a hand's under a lamp
    shaded = (line * shade).astype(np.uint8)
    assert agreement(prepare_line(line).pixels, prepare_line(shaded).pixels) > 0.9


def test_chalk_on_a_board_looks_like_ink_on_paper(line):
    assert agreement(prepare_line(line).pixels, prepare_line(255 - line).pixels) > 0.95


def test_chalk_under_a_lamp_still_looks_like_ink(line):
    board = (255 - line) * np.linspace(0.35, 1.0, 300)
    assert agreement(prepare_line(line).pixels, prepare_line(board.astype(np.uint8)).pixels) > 0.85


def test_faint_writing_in_a_strong_gradient_keeps_its_polarity(line):
    faint = (200 + (line.astype(np.float32) - 225) * 0.25) * np.linspace(0.6, 1.0, 300)
    assert agreement(prepare_line(line).pixels, prepare_line(faint.astype(np.uint8)).pixels) > 0.8


def test_the_edge_of_a_shadow_along_the_line_is_not_taken_for_strokes(line):
    close = line[22:80, 55:250]
    faint = 200 + (close.astype(np.float32) - 225) * 0.3
    shade = 0.3 + 0.7 / (1 + np.exp((np.arange(58) - 26) / 6.5))
    shaded = (faint * shade[:, None]).astype(np.uint8)
    assert agreement(prepare_line(close).pixels, prepare_line(shaded).pixels) > 0.8


@pytest.mark.parametrize("thickness", [2, 6, 10])
def test_bold_print_keeps_its_polarity(thickness):
    image = np.full((90, 420), 225, np.uint8)
    cv2.putText(image, "TOTAL 8", (15, 70), cv2.FONT_HERSHEY_DUPLEX, 2.2, 30, thickness, cv2.LINE_AA)
    for picture in (image, 255 - image):
        assert 0.05 < (prepare_line(picture).pixels > 128).mean() < 0.6
        corner = prepare_line(picture).pixels[:3, :3]
        assert corner.max() < 60


def test_faint_pencil_looks_like_ink(line):
    faint = (200 + (line.astype(np.float32) - 225) * 0.25).astype(np.uint8)
    assert agreement(prepare_line(line).pixels, prepare_line(faint).pixels) > 0.9


def test_size_of_the_crop_does_not_matter(line):
    large = cv2.resize(line, None, fx=6, fy=6, interpolation=cv2.INTER_CUBIC)
    assert agreement(prepare_line(line).pixels, prepare_line(large).pixels) > 0.95


def test_noise_on_blank_paper_is_not_blown_up_to_ink():
    noise = np.random.default_rng(0).normal(200, 3, (64, 400)).astype(np.uint8)
    assert prepare_line(noise).pixels.mean() < 40


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 9000), (2000, 20)])
@pytest.mark.parametrize("value", [0, 128, 255])
def test_odd_crops_give_a_line_of_bounded_size(shape, value):
    pixels = prepare_line(np.full(shape, value, np.uint8)).pixels
    assert pixels.shape[0] == LINE_HEIGHT
    assert 16 <= pixels.shape[1] <= 100 * LINE_HEIGHT


def test_a_lone_dash_is_not_blown_up_to_a_whole_line():
    image = np.full((60, 200), 230, np.uint8)
    cv2.line(image, (60, 30), (120, 30), 30, 3)
    rows = np.flatnonzero(prepare_line(image).pixels.max(axis=1) > 128)
    assert len(rows) < LINE_HEIGHT / 2


def test_a_long_thin_rule_in_a_wide_picture_gives_a_line_of_bounded_size():
    image = np.full((100, 9900), 230, np.uint8)
    image[50:52, 50:9800] = 20
    assert prepare_line(image).pixels.shape[1] <= 100 * LINE_HEIGHT
