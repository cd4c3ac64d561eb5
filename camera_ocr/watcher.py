"""Readings of a live view as they settle: what `camera-ocr watch` prints."""

import datetime
import queue
from collections.abc import Callable, Generator

from camera_ocr.capture.base import FrameSource
from camera_ocr.engine import Engine, EngineState, Phase
from camera_ocr.errors import ReaderError, SourceError
from camera_ocr.export.json import line_as_dict
from camera_ocr.pipeline import Pipeline
from camera_ocr.types import FrameResult, JsonDict

REMEMBERED = 1000
"""Lines whose last text is kept, so that it is not told twice."""


class Watcher:
    """Runs a source without a window and tells each line when its text has settled, and anew when it changes.

    `on_trouble` gets a sentence when the source has gone, which may come back, or one picture was bad.
    """

    def __init__(
        self,
        source_factory: Callable[[], FrameSource],
        pipeline: Pipeline,
        on_trouble: Callable[[str], None],
        now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self._open = source_factory
        self._stills = self._live = False
        self._on_trouble = on_trouble
        self.failed = False
        """Whether some of a file or folder could not be read; a camera may come back."""
        self._now = now
        self._told: dict[int, str] = {}
        self._events: queue.SimpleQueue[JsonDict | EngineState] = queue.SimpleQueue()
        self._engine = Engine(
            self._open_source, lambda: pipeline, on_result=self._result, on_state=self._events.put
        )

    def readings(self) -> Generator[JsonDict, None, None]:
        """Each settled reading: time, source, line, text, confidence, quad, words. Ends with the source.

        Raises SourceError when the source cannot be used, ReaderError when nothing can be read any more.
        """
        self._engine.start()
        try:
            trouble = ""
            while True:
                event = self._events.get()
                if not isinstance(event, EngineState):
                    yield event
                    continue
                if event.phase is Phase.ERROR:
                    raise SourceError(event.message)
                if event.no_text:
                    # what a start fails of is not told yet
                    given_up = "Reading failed again and again and was given up; the log has the details."
                    raise ReaderError(given_up if event.message == trouble else event.message)
                if event.message and event.message != trouble:
                    self.failed = self.failed or not self._live
                    self._on_trouble(event.message)
                trouble = event.message
                if event.phase is Phase.ENDED:
                    return
        finally:
            self._engine.stop()

    def _open_source(self) -> FrameSource:
        source = self._open()
        self._stills, self._live = source.stills, source.live
        return source

    def _result(self, result: FrameResult) -> None:
        """Called by the engine for every frame; only what is new goes into the queue."""
        if self._stills:
            # each picture numbers its lines from the start
            self._told.clear()
        for line in result.lines:
            if not (line.stable and line.text) or self._told.get(line.track_id) == line.text:
                continue
            self._told.pop(line.track_id, None)
            self._told[line.track_id] = line.text
            if len(self._told) > REMEMBERED:
                del self._told[next(iter(self._told))]
            time = self._now().isoformat(timespec="milliseconds")
            self._events.put(
                {"time": time, "source": result.frame.source, "line": line.track_id, **line_as_dict(line)}
            )
