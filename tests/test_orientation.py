"""Writing that stands on its head or on its side is turned by what reads best."""

import cv2
import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

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


class View:
    """A clamped camera: one frame after the other through one pipeline, and what is worth it is read."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline, self._index = pipeline, 0

    def show(self, image: U8, frames: int = 1) -> FrameResult:
        """What the view shows after so many frames."""
        reader = self._pipeline.reader
        assert reader is not None
        for _ in range(frames):
            result = self._pipeline.step(Frame(image, self._index, self._index * 33_000_000, "view"))
            self._index += 1
            for job in self._pipeline.wanted():
                self._pipeline.absorb(job, reader.read([job.crop])[0])
        return result


def live(pipeline: Pipeline, image: U8, frames: int) -> FrameResult:
    return View(pipeline).show(image, frames)


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


def texts_by_id(result: FrameResult) -> dict[int, str]:
    return {line.track_id: line.text for line in result.lines if line.text}


@pytest.mark.parametrize("dark", [20, 75])
def test_lines_come_back_after_the_light_was_out(pipeline, scanned_lines, dark: int) -> None:
    view = View(Pipeline(pipeline.reader, judge=TextDetector()))
    before = view.show(scanned_lines.image, 50)
    view.show(np.full_like(scanned_lines.image, 9), dark)
    after = view.show(scanned_lines.image, 50)
    assert len(texts_by_id(before)) >= 4
    assert texts_by_id(after) == texts_by_id(before)


@pytest.mark.parametrize("degrees", [90, -90, 180])
def test_lines_are_followed_while_the_page_is_turned(pipeline, scanned_lines, degrees: int) -> None:
    page = scanned_lines.image
    height, width = page.shape[:2]
    side = int(np.hypot(height, width)) + 20

    def turned(angle: float) -> U8:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        turn[:, 2] += side / 2 - width / 2, side / 2 - height / 2
        return np.asarray(cv2.warpAffine(page, turn, (side, side), borderValue=(180, 180, 180)), np.uint8)

    view = View(Pipeline(pipeline.reader, judge=TextDetector()))
    before = view.show(turned(0), 40)
    for angle in np.linspace(0, degrees, abs(degrees) // 5 + 1):
        view.show(turned(float(angle)))
    after = view.show(turned(degrees), 40)
    known, shown = texts_by_id(before), texts_by_id(after)
    assert len(known) >= 4
    assert set(shown) == set(known)
    # lying otherwise in the raster, a line may be read a little otherwise
    assert max(Levenshtein.distance(shown[line], text) for line, text in known.items()) <= 4
    for line in after.lines:
        off = quad_angle_deg(line.quad) - degrees
        assert abs((off + 180) % 360 - 180) < 10
