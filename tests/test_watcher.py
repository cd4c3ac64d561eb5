import datetime

import numpy as np
import pytest

from camera_ocr.errors import CameraLost, ImageError, ReaderError, SourceError
from camera_ocr.pipeline import Pipeline
from camera_ocr.types import Frame, Transcript
from camera_ocr.watcher import Watcher

NOON = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC)


class Reader:
    """Reads every crop as "hello"."""

    def read(self, crops):
        spans = np.linspace(0, 1, 6, dtype=np.float32)
        said = Transcript("hello", np.full(5, 0.9, np.float32), np.stack([spans[:-1], spans[1:]], axis=1))
        return [said for _ in crops]


def page_with_a_line() -> np.ndarray:
    """A white page with one row of strokes on it."""
    image = np.full((240, 640, 3), 255, np.uint8)
    for x in range(60, 560, 24):
        image[100:130, x : x + 4] = 0
        image[126:130, x : x + 20] = 0
    return image


class Pictures:
    """A folder of these pictures; an exception among them is raised in its turn."""

    name = "pictures"
    live = False
    stills = True

    def __init__(self, *pictures):
        self._pictures = list(pictures)
        self.closed = False
        self._index = 0

    def read(self):
        if not self._pictures:
            return None
        picture = self._pictures.pop(0)
        if isinstance(picture, Exception):
            raise picture
        self._index += 1
        return Frame(picture, self._index, 0, f"page {self._index}")

    def close(self):
        self.closed = True


def test_each_line_of_each_picture_is_told_with_all_its_fields():
    source = Pictures(page_with_a_line(), page_with_a_line())
    readings = list(Watcher(lambda: source, Pipeline(Reader()), pytest.fail, now=lambda: NOON).readings())
    assert [r["source"] for r in readings] == ["page 1", "page 2"]
    assert list(readings[0]) == ["time", "source", "line", "text", "confidence", "quad", "words"]
    assert readings[0]["time"] == "2024-05-01T12:00:00.000+00:00"
    assert readings[0]["text"] == "hello"
    assert source.closed


def test_a_bad_picture_is_told_and_the_next_is_read():
    troubles = []
    source = Pictures(ImageError("a.jpg is empty."), page_with_a_line())
    watcher = Watcher(lambda: source, Pipeline(Reader()), troubles.append)
    assert len(list(watcher.readings())) == 1
    assert troubles == ["a.jpg is empty."]
    assert watcher.failed


def test_a_picture_on_which_the_reader_fails_has_failed():
    class Broken:
        def read(self, crops):
            raise ZeroDivisionError("oops")

    troubles = []
    watcher = Watcher(lambda: Pictures(page_with_a_line()), Pipeline(Broken()), troubles.append)
    assert list(watcher.readings()) == []
    assert ["oops" in trouble for trouble in troubles] == [True]
    assert watcher.failed


def test_a_camera_that_comes_back_has_not_failed():
    class Camera(Pictures):
        live = True
        stills = False

    troubles = []
    script = [page_with_a_line(), CameraLost("The camera has gone."), page_with_a_line()]
    watcher = Watcher(lambda: Camera(*script), Pipeline(Reader()), troubles.append)
    list(watcher.readings())
    assert troubles == ["The camera has gone."]
    assert not watcher.failed


def test_a_source_that_cannot_be_opened_is_an_error():
    def missing():
        raise SourceError("There is no camera.")

    with pytest.raises(SourceError, match="There is no camera"):
        list(Watcher(missing, Pipeline(Reader()), pytest.fail).readings())


def test_a_standing_view_tells_its_line_once():
    class Film(Pictures):
        stills = False

    source = Film(*[page_with_a_line()] * 12)
    readings = list(Watcher(lambda: source, Pipeline(Reader()), pytest.fail).readings())
    assert [r["text"] for r in readings] == ["hello"]
    assert source.closed


def test_reader_that_fails_on_every_line_ends_the_run():
    class Film(Pictures):
        stills = False

    class Broken:
        def read(self, crops):
            raise ZeroDivisionError("oops")

    source = Film(*[page_with_a_line()] * 12)
    troubles = []
    with pytest.raises(ReaderError, match="given up"):
        list(Watcher(lambda: source, Pipeline(Broken()), troubles.append).readings())
    assert ["oops" in trouble for trouble in troubles] == [True]
    assert source.closed


def test_whoever_stops_listening_lets_the_source_go():
    source = Pictures(*[page_with_a_line()] * 50)
    readings = Watcher(lambda: source, Pipeline(Reader()), pytest.fail).readings()
    next(readings)
    readings.close()
    assert source.closed
