from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from camera_ocr.curve import outline
from camera_ocr.fusion import AGREE
from camera_ocr.pipeline import Pipeline
from camera_ocr.pipeline_config import PipelineConfig
from camera_ocr.types import U8, Frame, FrameResult, Transcript

PLAIN = PipelineConfig(margins=(0.0,))
"""The reader below tells a line by its width, which a margin changes."""


class FakeReader:
    """Tells a line by its width."""

    def __init__(self, confidence: float = 0.8) -> None:
        self.confidence = confidence
        self.said = "w"
        self.crops: list[U8] = []

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        self.crops += crops
        return [self._say(f"{self.said} {crop.shape[1] // 40}") for crop in crops]

    def _say(self, text: str) -> Transcript:
        spans = np.linspace(0, 1, 2 * len(text), dtype=np.float32).reshape(-1, 2)
        return Transcript(text, np.full(len(text), self.confidence, np.float32), spans)


class View:
    """A camera over one sheet; every frame has its own noise."""

    def __init__(self, image: U8) -> None:
        self.image, self.index = image, 0
        self._rng = np.random.default_rng(0)

    def frame(self, dx: float = 0.0, blur: float = 0.0) -> Frame:
        h, w = self.image.shape[:2]
        shift = np.array([[1, 0, dx], [0, 1, dx / 2]], float)
        seen = cv2.warpAffine(self.image, shift, (w, h), borderValue=(235,) * 3)
        if blur:
            seen = cv2.GaussianBlur(seen, (0, 0), blur)
        noise = self._rng.normal(0, 2, (h, w, 1))
        self.index += 1
        pixels = np.clip(seen + noise, 0, 255).astype(np.uint8)
        return Frame(pixels, self.index - 1, self.index * 33_000_000, "view")


def read_all(pipeline: Pipeline, reader: FakeReader) -> int:
    """Let the reader have all that is wanted now; how much that was."""
    jobs = pipeline.wanted(limit=100)
    for job in jobs:
        pipeline.absorb(job, reader.read([job.crop])[0])
    return len(jobs)


def texts(result: FrameResult) -> list[str]:
    return [line.text for line in result.lines]


@pytest.fixture
def view(draw_sheet) -> View:
    return View(draw_sheet([4, 2, 4, 3]).image)


def test_first_frame_shows_boxes_and_text_follows_when_read(view: View) -> None:
    reader, pipeline = FakeReader(), Pipeline()
    first = pipeline.step(view.frame())
    assert len(first.lines) == 4
    assert texts(first) == [""] * 4
    assert first.page is not None
    assert read_all(pipeline, reader) == 4
    second = pipeline.step(view.frame())
    assert all(text.startswith("w ") for text in texts(second))
    assert [len(line.words) for line in second.lines] == [2] * 4
    assert [line.track_id for line in second.lines] == [line.track_id for line in first.lines]


def test_settled_lines_of_a_still_view_are_not_read_again(view: View) -> None:
    reader, pipeline = FakeReader(), Pipeline(config=PLAIN)
    for _ in range(40):
        result = pipeline.step(view.frame())
        read_all(pipeline, reader)
    assert all(line.stable for line in result.lines)
    assert len(reader.crops) == AGREE * 4


def test_boxes_and_text_stay_with_a_moving_page(view: View) -> None:
    reader, pipeline = FakeReader(), Pipeline()
    start = pipeline.step(view.frame())
    read_all(pipeline, reader)
    for i in range(1, 21):
        result = pipeline.step(view.frame(dx=4.0 * i))
        assert texts(result) == texts(pipeline.refresh() or result)
        shift = np.array([4.0 * i, 2.0 * i])
        for before, now in zip(start.lines, result.lines, strict=True):
            assert now.track_id == before.track_id
            assert np.abs(now.quad - before.quad - shift).max() < 6
            assert now.text.startswith("w ")


def test_sharper_look_is_read_again(view: View) -> None:
    reader, pipeline = FakeReader(confidence=0.6), Pipeline()
    for _ in range(20):
        pipeline.step(view.frame(blur=2.5))
        read_all(pipeline, reader)
    blurred = len(reader.crops)
    for _ in range(20):
        pipeline.step(view.frame())
        read_all(pipeline, reader)
    assert len(reader.crops) >= blurred + 4


def test_page_that_is_turned_over_gives_its_own_text(view: View, draw_sheet) -> None:
    reader, pipeline = FakeReader(), Pipeline(config=PLAIN)
    pipeline.step(view.frame())
    read_all(pipeline, reader)
    other = View(draw_sheet([1, 4, 3], top=110, left=200).image)
    other.index = view.index
    for _ in range(40):
        result = pipeline.step(other.frame())
        read_all(pipeline, reader)
    assert texts(result) == texts(Pipeline(reader).read_still(other.image))


def test_line_that_takes_the_place_of_another_is_told_to_be_other_ink(view: View, draw_sheet) -> None:
    reader, pipeline = FakeReader(), Pipeline()
    first = pipeline.step(view.frame())
    read_all(pipeline, reader)
    assert all(line.ink == 0 for line in first.lines)
    # the same page with each of its lines mirrored in place
    view.image = view.image.copy()
    for quad in draw_sheet([4, 2, 4, 3]).lines:
        (x0, y0), (x1, y1) = np.floor(quad.min(axis=0)).astype(int), np.ceil(quad.max(axis=0)).astype(int)
        view.image[y0:y1, x0:x1] = view.image[y0:y1, x0:x1][:, ::-1].copy()
    reader.said = "other"
    for _ in range(40):
        result = pipeline.step(view.frame())
        read_all(pipeline, reader)
    known = {line.track_id for line in first.lines}
    same_place = [line for line in result.lines if line.track_id in known]
    assert all(line.text.startswith("other") for line in same_place)
    # mirrored, one of two words may look much the same
    assert sum(line.ink > 0 for line in same_place) >= 3


def test_reading_under_way_when_the_source_changes_is_dropped(view: View, draw_sheet) -> None:
    reader, pipeline = FakeReader(), Pipeline()
    pipeline.step(view.frame())
    job = pipeline.wanted()[0]
    pipeline.reset()
    assert pipeline.refresh() is None
    pipeline.step(view.frame())
    pipeline.absorb(job, reader.read([job.crop])[0])
    refreshed = pipeline.refresh()
    assert refreshed is not None
    assert set(texts(refreshed)) == {""}


def test_most_urgent_jobs_come_first_and_no_more_than_asked_for(view: View) -> None:
    reader, pipeline = FakeReader(), Pipeline()
    pipeline.step(view.frame())
    done = pipeline.wanted(limit=2)
    assert len(done) == 2
    for job in done:
        pipeline.absorb(job, reader.read([job.crop])[0])
    pipeline.step(view.frame())
    first_two = {job.track_id for job in pipeline.wanted(limit=2)}
    assert first_two.isdisjoint(job.track_id for job in done)


def test_still_picture_is_read_once_in_reading_order(scanned_lines) -> None:
    reader = FakeReader(confidence=0.95)
    result = Pipeline(reader).read_still(scanned_lines.image)
    assert len(result.lines) in (6, 7)
    assert len(reader.crops) == len(result.lines)
    tops = [float(line.quad[:, 1].mean()) for line in result.lines]
    assert tops == sorted(tops)
    assert all(line.stable and line.votes == 1 for line in result.lines)
    assert set(result.timings_ms) == {"page", "lines", "read", "total"}


@pytest.mark.parametrize(("look_again", "looks"), [(True, 4), (False, 1)])
def test_doubtful_lines_of_a_still_picture_are_read_again(scanned_lines, look_again, looks) -> None:
    reader = FakeReader(confidence=0.89)
    pipeline = Pipeline(reader, PipelineConfig(look_again=look_again))
    page = pipeline.read_still(scanned_lines.image)
    assert len(reader.crops) == looks * len(page.lines)
    reader.crops.clear()
    line = pipeline.read_line(scanned_lines.image)
    assert len(line.lines) == 1
    assert len(reader.crops) == 2 + looks - 1  # the whole picture, and the line found in it


def test_still_frame_keeps_its_name_and_grey_pictures_are_taken(view: View) -> None:
    pipeline = Pipeline(FakeReader())
    frame = view.frame()
    assert pipeline.read_still(frame).frame is frame
    assert len(pipeline.read_still(view.image[:, :, 0]).lines) == 4


def test_one_word_is_never_split(view: View) -> None:
    word = np.ascontiguousarray(view.image[20:90, 40:330])
    result = Pipeline(FakeReader()).read_line(word, one_word=True)
    assert len(result.lines) == 1
    assert " " not in result.lines[0].text
    assert [w.text for w in result.lines[0].words] == [result.lines[0].text]


def test_pipeline_without_reader_says_so(view: View) -> None:
    with pytest.raises(ValueError, match="without a reader"):
        Pipeline().read_still(view.image)


@pytest.mark.parametrize("shape", [(1, 1), (1, 600), (7, 3), (720, 1280)])
def test_pictures_without_writing_give_no_lines(shape: tuple[int, int]) -> None:
    pipeline = Pipeline(FakeReader())
    for level in (0, 255):
        image = np.full((*shape, 3), level, np.uint8)
        assert pipeline.read_still(image).lines == ()
        for i in range(3):
            assert pipeline.step(Frame(image, i, i, "plain")).lines == ()
        assert pipeline.wanted() == []


def test_readings_of_a_line_differ_in_their_margins_and_words_stay_where_they_are(view: View) -> None:
    class Ends(FakeReader):
        def read(self, crops: Sequence[U8]) -> list[Transcript]:
            self.crops += crops
            return [Transcript("ab", np.full(2, 0.9, np.float32), self.spans(crop)) for crop in crops]

        @staticmethod
        def spans(crop: U8) -> np.ndarray:
            """From the first inked column to the last, as fractions."""
            inked = np.flatnonzero(crop.min(axis=0) < 150)
            first, last = inked[0] / crop.shape[1], (inked[-1] + 1) / crop.shape[1]
            middle = (first + last) / 2
            return np.array([[first, middle], [middle, last]], np.float32)

    def word_ends(config: PipelineConfig) -> tuple[np.ndarray, int]:
        reader, pipeline = Ends(), Pipeline(config=config)
        for _ in range(30):
            result = pipeline.step(view.frame())
            read_all(pipeline, reader)
        ends = np.array([line.words[0].quad[:2, 0] for line in result.lines])
        return ends, len({crop.shape for crop in reader.crops})

    plain, few = word_ends(PLAIN)
    varied, many = word_ends(PipelineConfig())
    assert many > few
    assert np.abs(plain - varied).max() < 4


def test_a_bent_line_is_read_and_boxed_along_its_course_and_keeps_it_as_the_view_moves(draw_sheet) -> None:
    x, y = np.meshgrid(np.arange(900, dtype=np.float32), np.arange(600, dtype=np.float32))
    flat = draw_sheet([4, 4, 4, 4], pitch=90, top=110).image
    drop = (40 * (((x - 290) / 240) ** 2 - 0.5)).astype(np.float32)
    bent = cv2.remap(flat, x, y - drop, cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE)
    view, reader, pipeline = View(np.asarray(bent, np.uint8)), FakeReader(), Pipeline()
    pipeline.step(view.frame())
    read_all(pipeline, reader)
    for _ in range(4):
        result = pipeline.step(view.frame())
    moved = pipeline.step(view.frame(dx=6))
    for line, later in zip(result.lines, moved.lines, strict=True):
        assert line.curve is not None
        assert later.curve is not None
        middle = outline(line.quad, line.curve).mean(axis=0)
        assert outline(later.quad, later.curve).mean(axis=0) - middle == pytest.approx((6, 3), abs=1.5)
        first, last = line.words[0].quad, line.words[-1].quad
        # along the arc its ends run down and up again
        assert first[1, 1] < first[0, 1]
        assert last[1, 1] > last[0, 1]
