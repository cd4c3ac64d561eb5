"""Numbers before a camera: found, followed, and read again and again, since a counter changes."""

import cv2
import numpy as np
import pytest

from camera_ocr.capture import demo
from camera_ocr.capture.demo import DemoSource
from camera_ocr.digit_page import DigitPipeline
from camera_ocr.recognition.digit_reader import DigitReader
from camera_ocr.types import Frame


@pytest.fixture(scope="module")
def reader():
    return DigitReader()


def on_page(numbers, size=(1180, 1480)):
    """A white page with numbers' ink at x, y; (H, W, 3) BGR."""
    gray = np.full(size, 248, np.uint8)
    for ink, x, y in numbers:
        part = gray[y : y + ink.shape[0], x : x + ink.shape[1]]
        part[:] = cv2.subtract(part, cv2.convertScaleAbs(ink, alpha=0.75))
    return cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR)


def run(pipeline, frames):
    """The pipeline and its reader on each frame in turn; the last result."""
    for frame in frames:
        pipeline.step(frame)
        while jobs := pipeline.wanted():
            pipeline.absorb(jobs[0], pipeline.reader.read([jobs[0].crop])[0])
    return pipeline.refresh()


def test_numbers_seen_by_a_hand_held_camera_are_read_and_settle(reader, draw_number, monkeypatch, tmp_path):
    # GIVEN a page with a sum, a lone digit and a meter's number on it, before the demonstration's camera
    numbers = {"1945": (200, 150), "8": (1100, 380), "27036": (300, 500), "308": (250, 800)}
    page = on_page(
        [
            (draw_number(text, "art-0094" if text == "27036" else "aga-0013", scale=0.8, pen=7), *at)
            for text, at in numbers.items()
        ]
    )
    cv2.imwrite(str(tmp_path / "page.png"), page)
    monkeypatch.setattr(demo, "PAGE", tmp_path / "page.png")
    source = DemoSource(size=(1280, 720), fps=30, realtime=False, frames=40)
    # WHEN it is watched for a second
    result = run(DigitPipeline(reader), [source.read() for _ in range(40)])
    # THEN each number is a line, read several times, and settled
    assert [line.text for line in result.lines] == list(numbers)
    assert all(line.stable and line.votes >= 2 for line in result.lines)


def frames_of(image, count, first=0):
    """A camera that stands still: the same picture with fresh noise."""
    rng = np.random.default_rng(first)
    for i in range(count):
        noise = rng.normal(0, 2, image.shape)
        yield Frame(np.clip(image + noise, 0, 255).astype(np.uint8), first + i, (first + i) * 33_000_000, "")


def test_a_counter_that_goes_on_is_read_anew(reader, draw_number):
    # GIVEN a meter that was read
    places = [(draw_number(text, scale=0.7, pen=6, gap=14), 100, 120) for text in ("19450", "19453")]
    before, after = (on_page([place], size=(400, 700)) for place in places)
    pipeline = DigitPipeline(reader)
    first = run(pipeline, frames_of(before, 30))
    assert [(line.text, line.stable) for line in first.lines] == [("19450", True)]
    # WHEN its last digit changes and all else stays
    second = run(pipeline, frames_of(after, 60, first=30))
    # THEN the new number is told, of the same line, as another ink
    assert [(line.text, line.stable) for line in second.lines] == [("19453", True)]
    assert second.lines[0].track_id == first.lines[0].track_id
    assert second.lines[0].ink > first.lines[0].ink


def test_writing_is_not_shown_as_numbers(reader, scanned_lines):
    pipeline = DigitPipeline(reader)
    lines = run(pipeline, frames_of(scanned_lines.image, 30)).lines
    still = pipeline.read_still(scanned_lines.image).lines
    for found in (lines, still):
        assert sum(len(line.text.replace(" ", "")) for line in found) < 0.1 * sum(
            map(len, scanned_lines.texts)
        )


def test_a_held_picture_is_read_at_once(reader, draw_number):
    page = on_page([(draw_number("36"), 100, 100), (draw_number("7"), 100, 250)], size=(500, 700))
    assert DigitPipeline(reader).read_still(page).text == "36\n7"
