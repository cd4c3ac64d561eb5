"""Looking for lines beside the fast path: what was found belongs to an earlier frame."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from camera_ocr.capture.demo import DemoSource
from camera_ocr.curve import PLACES
from camera_ocr.geometry import full_quad
from camera_ocr.pipeline import Pipeline
from camera_ocr.pipeline_config import PipelineConfig
from camera_ocr.tracking.looks import sharpness_of
from camera_ocr.types import U8, Curve, Frame, Region, Transcript


class Says:
    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        conf, span = np.full(2, 0.9, np.float32), np.array([[0, 0.5], [0.5, 1]], np.float32)
        return [Transcript("ab", conf, span) for _ in crops]


@pytest.fixture(scope="module")
def moving_frames() -> list[Frame]:
    """A third of a second in which the camera moves on."""
    source = DemoSource(size=(960, 540), fps=30, realtime=False, frames=205)
    frames = [source.read() for _ in range(205)]
    return [frame for frame in frames[193:] if frame is not None]


def middles(pipeline_result: object) -> np.ndarray:
    return np.array([line.quad.mean(axis=0) for line in pipeline_result.lines])  # type: ignore[attr-defined]


def test_lines_found_in_an_earlier_frame_are_put_where_they_are_now(moving_frames: list[Frame]) -> None:
    late = Pipeline(Says())
    late.step(moving_frames[0], search=False)
    job = late.search_wanted()
    assert job is not None
    assert job.frame is moving_frames[0]
    for frame in moving_frames[1:]:
        result = late.step(frame, search=False)
        assert result.lines == ()
    late.absorb_search(job, late.search(job))
    shown = late.refresh()
    assert shown is not None
    at_once = Pipeline(Says()).step(moving_frames[-1])
    at_first = Pipeline(Says()).step(moving_frames[0])
    assert len(shown.lines) >= 10

    def off(result: object) -> float:
        """Median distance of the lines shown to the nearest of another search, px."""
        gaps = np.linalg.norm(middles(shown)[:, None] - middles(result)[None], axis=2)
        return float(np.median(gaps.min(axis=1)))

    assert off(at_once) < 3
    assert off(at_first) > 2 * off(at_once)


def test_search_is_asked_for_once_and_again_when_due(moving_frames: list[Frame]) -> None:
    pipeline = Pipeline(Says())
    assert pipeline.search_wanted() is None
    frame = moving_frames[0]
    pipeline.step(frame, search=False)
    assert pipeline.search_wanted() is not None
    assert pipeline.search_wanted() is None
    asked = 0
    for _ in range(16):
        pipeline.step(frame, search=False)
        asked += pipeline.search_wanted() is not None
    assert asked == 2


def test_search_of_a_view_that_was_left_is_thrown_away(moving_frames: list[Frame]) -> None:
    pipeline = Pipeline(Says())
    pipeline.step(moving_frames[0], search=False)
    job = pipeline.search_wanted()
    assert job is not None
    found = pipeline.search(job)
    # somebody holds a hand before the camera
    blank = np.ascontiguousarray(cv2.GaussianBlur(np.full_like(moving_frames[0].image, 128), (3, 3), 0))
    for i in range(30):
        pipeline.step(Frame(blank, 1 + i, 0, "hand"), search=False)
    pipeline.absorb_search(job, found)
    shown = pipeline.refresh()
    assert shown is not None
    assert shown.lines == ()
    assert pipeline.search_wanted() is not None

    pipeline.reset()
    pipeline.step(moving_frames[0], search=False)
    pipeline.absorb_search(job, found)
    shown = pipeline.refresh()
    assert shown is not None
    assert shown.lines == ()


@pytest.mark.parametrize(("swings", "is_bent"), [(0.3, False), (0.6, True)])
def test_line_that_hardly_bends_is_followed_as_a_straight_one(
    moving_frames: list[Frame], monkeypatch: pytest.MonkeyPatch, swings: float, is_bent: bool
) -> None:
    course = 0.5 + swings * np.sin(np.linspace(0, np.pi, PLACES, dtype=np.float32))
    found = Region(full_quad(400, 40), 1.0, Curve(course.astype(np.float32), 1.0))
    monkeypatch.setattr("camera_ocr.pipeline.find_lines", lambda page: [found])
    pipeline = Pipeline(Says())
    pipeline.step(moving_frames[0], search=False)
    job = pipeline.search_wanted()
    assert job is not None
    (region,) = pipeline.search(job).regions
    assert (region.curve is not None) is is_bent


@pytest.mark.parametrize(("sharpening", "least", "most"), [(1.0, 1.2, 3.0), (0.0, 0.9, 1.1)])
def test_strokes_are_sharpened_for_the_reader_as_configured(
    moving_frames: list[Frame], sharpening: float, least: float, most: float
) -> None:
    pipeline = Pipeline(Says(), PipelineConfig(sharpening=sharpening))
    pipeline.step(moving_frames[0])
    jobs = pipeline.wanted(12)
    assert len(jobs) >= 10
    steeper = [sharpness_of(job.crop) / sharpness_of(job.plain) for job in jobs]
    assert least < np.median(steeper) < most


def test_line_that_could_not_be_read_makes_way_and_is_tried_in_the_next_frame(
    moving_frames: list[Frame],
) -> None:
    pipeline = Pipeline(Says())
    pipeline.step(moving_frames[0])
    failed = pipeline.wanted()[0]
    pipeline.skip(failed)
    others: list[int] = []
    while jobs := pipeline.wanted():
        others.append(jobs[0].track_id)
        pipeline.absorb(jobs[0], Says().read([jobs[0].crop])[0])
    assert len(others) >= 9
    assert failed.track_id not in others
    pipeline.step(moving_frames[1], search=False)
    assert failed.track_id in [job.track_id for job in pipeline.wanted(limit=100)]


def test_no_line_is_read_twice_in_one_frame(moving_frames: list[Frame]) -> None:
    pipeline = Pipeline(Says())
    pipeline.step(moving_frames[0])
    read: list[int] = []
    while jobs := pipeline.wanted():
        read.append(jobs[0].track_id)
        pipeline.absorb(jobs[0], Says().read([jobs[0].crop])[0])
        assert len(read) < 100
    assert len(read) == len(set(read)) >= 10
    shown = pipeline.refresh()
    assert shown is not None
    assert {line.votes for line in shown.lines} == {1}
