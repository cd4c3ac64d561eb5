"""Writing that stands on its head or on its side is turned by what reads best."""

import cv2
import numpy as np
import pytest

from camera_ocr.detection.text_map import TextDetector
from camera_ocr.geometry import quad_angle_deg, transform_points
from camera_ocr.orientation import turned_back
from camera_ocr.pipeline import Pipeline, as_frame
from camera_ocr.preprocess.parts import reframe
from camera_ocr.recognition.line_reader import LineReader
from camera_ocr.types import U8, FrameResult

CODES = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(LineReader(language="none"), judge=TextDetector())


def text_of(result: FrameResult) -> list[str]:
    return [line.text for line in result.lines]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_reads_like_the_upright_one(pipeline, scanned_lines, turns: int) -> None:
    upright = pipeline.read_still(scanned_lines.image)
    turned = pipeline.read_still(np.ascontiguousarray(cv2.rotate(scanned_lines.image, CODES[turns])))
    assert text_of(turned) == text_of(upright)
    for line in turned.lines:
        off = quad_angle_deg(line.quad) + 90 * turns
        assert abs((off + 180) % 360 - 180) < 10


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_point_of_the_turned_picture_is_found_again(turns: int) -> None:
    image = np.zeros((30, 50, 3), np.uint8)
    image[7, 41] = 255
    frame = as_frame(image)
    seen = reframe(frame, frame.framing.turned(turns)).image
    y, x = np.argwhere(seen[:, :, 0])[0]
    at = transform_points(np.array([[x, y]], np.float64), turned_back(frame, turns))
    assert at.tolist() == [[41, 7]]


def test_a_picture_without_writing_stays_as_it_is(pipeline) -> None:
    blank: U8 = np.full((300, 400, 3), 230, np.uint8)
    assert pipeline.read_still(blank).lines == ()
