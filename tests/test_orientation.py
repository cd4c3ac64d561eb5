"""Writing that stands on its head or on its side is turned by what reads best."""

import cv2
import numpy as np
import pytest

from camera_ocr.detection.text_map import TextDetector
from camera_ocr.geometry import quad_angle_deg, transform_points
from camera_ocr.orientation import turned_back
from camera_ocr.pipeline import Pipeline
from camera_ocr.preprocess.parts import reframe
from camera_ocr.recognition.line_reader import LineReader
from camera_ocr.stills import as_frame
from camera_ocr.types import U8, Frame, FrameResult

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


def live(pipeline: Pipeline, image: U8, frames: int) -> FrameResult:
    """What a view shows after so many frames, everything worth reading being read."""
    reader = pipeline.reader
    assert reader is not None
    for index in range(frames):
        result = pipeline.step(Frame(image, index, index * 33_000_000, "view"))
        for job in pipeline.wanted():
            pipeline.absorb(job, reader.read([job.crop])[0])
    return result


@pytest.mark.parametrize("turns", [1, 3])
def test_a_live_view_that_lies_sideways_is_read_once_it_rests(pipeline, scanned_lines, turns: int) -> None:
    upright = live(Pipeline(pipeline.reader, judge=TextDetector()), scanned_lines.image, 40)
    image = np.ascontiguousarray(cv2.rotate(scanned_lines.image, CODES[turns]))
    turned = live(Pipeline(pipeline.reader, judge=TextDetector()), image, 100)
    assert len(set(text_of(turned)) & set(text_of(upright))) >= 3
    assert all(abs(quad_angle_deg(line.quad) - (-90 if turns == 1 else 90)) < 10 for line in turned.lines)


def test_a_single_upright_word_is_not_turned_to_its_side(pipeline, draw_sheet) -> None:
    view = Pipeline(pipeline.reader, judge=TextDetector())
    image = draw_sheet([1], scale=0.35, top=200, pen=3).image
    first = live(view, image, 20)
    shown = [len(live(view, image, 5).lines) for _ in range(16)]
    assert len(first.lines) == 1
    assert shown == [1] * 16


def test_a_live_view_of_a_bare_desk_is_looked_at_from_the_side_once(pipeline) -> None:
    view = Pipeline(pipeline.reader, judge=TextDetector())
    desk: U8 = np.full((300, 400, 3), 190, np.uint8)
    desk[:, 250:] = 120
    sides = []
    for index in range(200):
        view.step(Frame(desk, index, index * 33_000_000, "view"), search=False)
        if (job := view.search_wanted()) is not None:
            view.absorb_search(job, view.search(job))
            sides.append(job.turns)
    assert sides[0] == sides[-1] == 0
    assert 0 < sides.count(1) <= 6
    assert sorted(set(sides)) == [0, 1]


def test_a_live_view_that_is_upside_down_is_read_the_right_way_up(pipeline, scanned_lines) -> None:
    upright = live(Pipeline(pipeline.reader, judge=TextDetector()), scanned_lines.image, 40)
    image = np.ascontiguousarray(cv2.rotate(scanned_lines.image, cv2.ROTATE_180))
    turned = live(Pipeline(pipeline.reader, judge=TextDetector()), image, 40)
    # lines that the picture's border cuts need not be found both ways
    assert len(set(text_of(turned)) & set(text_of(upright))) >= 3
    assert all(abs(quad_angle_deg(line.quad)) > 170 for line in turned.lines)
    assert all(abs(quad_angle_deg(line.quad)) < 10 for line in upright.lines)
