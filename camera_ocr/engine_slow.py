"""The slow work of the live view, looking for lines and reading them, while another thread follows them."""

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from camera_ocr.engine_state import StateBoard
from camera_ocr.engine_stats import Meter
from camera_ocr.jobs import Reader
from camera_ocr.types import Frame, FrameResult, Transcript

READS_A_TURN = 4
"""Lines read between two searches, at most."""

_READING = "The text reader failed"
_SEARCHING = "Looking for lines failed"

_GIVE_UP = 5
"""Failures in a row after which no more is read of a source."""
_UNPROVEN = 2
"""Failures that are held against a reader that has not read a line of the source yet: there may be one line
only, and that is not tried five times."""


class Pipeline(Protocol):
    """The part of camera_ocr.pipeline.Pipeline that runs in here."""

    @property
    def reader(self) -> Reader | None: ...
    def step(self, frame: Frame, *, search: bool) -> FrameResult: ...
    def search_wanted(self) -> Any | None: ...
    def search(self, job: Any) -> Any: ...
    def absorb_search(self, job: Any, found: Any) -> None: ...
    def wanted(self, limit: int) -> Sequence[Any]: ...
    def absorb(self, job: Any, transcript: Transcript) -> None: ...
    def skip(self, job: Any) -> None: ...
    def refresh(self) -> FrameResult | None: ...
    def read_still(self, picture: Frame) -> FrameResult: ...
    def reset(self) -> None: ...


class SlowPath:
    """Searches and reads for one pipeline at a time; what fails goes to the board.

    Whoever calls the pipeline beside it holds `pipeline_lock` for each call, whoever reads with its reader
    holds `reader_lock`; neither is taken inside the other.
    """

    def __init__(self, board: StateBoard, meter: Meter, clock: Callable[[], int]) -> None:
        """`clock` gives nanoseconds."""
        self._board, self._meter, self._clock = board, meter, clock
        self.pipeline: Pipeline | None = None
        self.live = False
        """Whether `take_turn` searches and reads; else whoever steps the pipeline does, between frames."""
        self.reader_lock = threading.Lock()
        self.pipeline_lock = threading.Lock()
        self.forget_failures()

    def forget_failures(self) -> None:
        """Another source, or another pipeline: nothing that failed is held against it."""
        self._reader_works = True
        self._failures = {_READING: _UNPROVEN, _SEARCHING: 0}

    def take_turn(self) -> bool:
        """A search, when it is due, and some lines read; False when there was nothing to do."""
        # in turn: neither may keep the other waiting for long while the camera moves
        searched = self._search()
        reads = 0
        while reads < READS_A_TURN and self.read_one(live=True):
            reads += 1
        return searched or reads > 0

    def _search(self) -> bool:
        """Looks for lines when that is due; False when it is not."""
        pipeline = self.pipeline
        if pipeline is None or not self._reader_works:
            return False
        try:
            with self.pipeline_lock:
                job = pipeline.search_wanted() if self.live else None
            if job is None:
                return False
            found = pipeline.search(job)
            with self.pipeline_lock:
                pipeline.absorb_search(job, found)
        except Exception as error:
            self._failed(_SEARCHING, error)
        else:
            self._went_well(_SEARCHING)
        return True

    def read_one(self, *, live: bool) -> bool:
        """Reads the most urgent line; False when there is none, or none for the thread that asks."""
        pipeline = self.pipeline
        if pipeline is None or pipeline.reader is None or not self._reader_works:
            return False
        jobs: Sequence[Any] = ()
        try:
            with self.pipeline_lock:
                jobs = pipeline.wanted(1) if live is self.live else ()
            if not jobs:
                return False
            with self.reader_lock:
                begin = self._clock()
                transcripts = pipeline.reader.read([jobs[0].crop])
                self._meter.read_once(self._clock() - begin)
            with self.pipeline_lock:
                pipeline.absorb(jobs[0], transcripts[0])
        except Exception as error:
            self._failed(_READING, error)
            with self.pipeline_lock:
                for job in jobs[:1]:
                    pipeline.skip(job)
        else:
            self._went_well(_READING)
        return True

    def _failed(self, what: str, error: Exception) -> None:
        """The job is left out; after some in a row there are no more."""
        self._board.report(what, error)
        self._failures[what] += 1
        if self._failures[what] >= _GIVE_UP:
            self._reader_works = False
            self._board.set(no_text=True)

    def _went_well(self, what: str) -> None:
        self._failures[what] = 0
        self._board.clear(what)
