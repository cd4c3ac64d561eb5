"""A source, a pipeline and a reader that do exactly what each test wants.

Nothing here measures time: a test waits for a state or a result and fails when it does not come.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from camera_ocr.engine import Engine, EngineState, Phase
from camera_ocr.types import U8, Frame, FrameResult, FusedLine, Transcript

WAIT_S = 10.0
CROP = np.zeros((8, 8), np.uint8)
QUAD = np.zeros((4, 2), np.float32)


def frame(index: int) -> Frame:
    return Frame(np.full((4, 6, 3), index % 256, np.uint8), index, index, "script")


class ScriptedSource:
    """Gives out what the test puts in: frames, errors to raise, None for the end."""

    def __init__(self, *script: object, live: bool = True, stills: bool = False) -> None:
        self.name = "script"
        self.live = live
        self.stills = stills
        self.closed = 0
        self.reads = 0
        self._script: queue.Queue[object] = queue.Queue()
        self.give(*script)

    def give(self, *script: object) -> None:
        for step in script:
            self._script.put(step)

    def read(self) -> Frame | None:
        self.reads += 1
        try:
            # a live source comes back now and then, so that it can be closed
            step = self._script.get(timeout=0.02 if self.live else WAIT_S)
        except queue.Empty:
            return frame(10_000 + self.reads)
        if isinstance(step, Exception):
            raise step
        assert step is None or isinstance(step, Frame)
        return step

    def close(self) -> None:
        self.closed += 1


class QuietSource(ScriptedSource):
    """Live, but gives nothing beyond the script: read() then waits until it is closed or given more."""

    def read(self) -> Frame | None:
        self.reads += 1
        step = self._script.get(timeout=WAIT_S)
        if isinstance(step, Exception):
            raise step
        assert step is None or isinstance(step, Frame)
        return step


@dataclass
class FakeReader:
    """Reads "text"; with a gate, only after the test opens it."""

    gate: threading.Event | None = None
    error: Exception | None = None
    failing: Callable[[int], bool] = lambda call: True
    """Which calls, counted from 1, raise `error`."""
    started: threading.Event = field(default_factory=threading.Event)
    calls: int = 0

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        self.calls += 1
        self.started.set()
        if self.gate is not None:
            assert self.gate.wait(WAIT_S)
        if self.error is not None and self.failing(self.calls):
            raise self.error
        empty = np.zeros(0, np.float32)
        return [Transcript("text", empty, empty.reshape(0, 2)) for _ in crops]


@dataclass
class Job:
    index: int
    crop: U8


class FakePipeline:
    """One line in every frame, wanted once a frame; its text is how many readings were absorbed."""

    def __init__(self, reader: FakeReader | None = None, step_error: Exception | None = None) -> None:
        self.reader = reader or FakeReader()
        self.step_error = step_error
        self.stepped: list[int] = []
        self.searched_in_step = 0
        self.searched: list[int] = []
        self.search_gate: threading.Event | None = None
        self.search_started = threading.Event()
        self.resets = 0
        self.absorbed = 0
        self.skipped: list[int] = []
        self._open: Frame | None = None
        self._frame: Frame | None = None

    def _result(self, of: Frame) -> FrameResult:
        line = FusedLine(1, QUAD, f"{self.absorbed} read", 1.0, self.absorbed, True, ())
        return FrameResult(of, None, (line,))

    def step(self, frame: Frame, *, search: bool) -> FrameResult:
        self.stepped.append(frame.index)
        self.searched_in_step += search
        if self.step_error is not None:
            raise self.step_error
        self._frame = self._open = frame
        return self._result(frame)

    def search_wanted(self) -> Job | None:
        if self._frame is None or self._frame.index in self.searched:
            return None
        return Job(self._frame.index, CROP)

    def search(self, job: Job) -> str:
        self.search_started.set()
        if self.search_gate is not None:
            assert self.search_gate.wait(WAIT_S)
        return f"lines of {job.index}"

    def absorb_search(self, job: Job, found: str) -> None:
        assert found == f"lines of {job.index}"
        self.searched.append(job.index)

    def wanted(self, _limit: int) -> list[Job]:
        return [] if self._open is None else [Job(self._open.index, CROP)]

    def absorb(self, job: Job, transcript: Transcript) -> None:
        assert transcript.text == "text"
        self.absorbed += 1
        if self._open is not None and job.index == self._open.index:
            self._open = None

    def skip(self, job: Job) -> None:
        self.skipped.append(job.index)
        if self._open is not None and job.index == self._open.index:
            self._open = None

    def refresh(self) -> FrameResult | None:
        return None if self._frame is None else self._result(self._frame)

    def read_still(self, picture: Frame) -> FrameResult:
        self.reader.read([CROP])
        line = FusedLine(1, QUAD, "still", 1.0, 1, True, ())
        return FrameResult(picture, None, (line,))

    def reset(self) -> None:
        self.resets += 1
        self._open = self._frame = None


class Watch:
    """Collects states and results, and waits for one that is wanted."""

    def __init__(self) -> None:
        self.states: list[EngineState] = []
        self.results: list[FrameResult] = []
        self._changed = threading.Condition()

    def on_state(self, state: EngineState) -> None:
        with self._changed:
            self.states.append(state)
            self._changed.notify_all()

    def on_result(self, result: FrameResult) -> None:
        with self._changed:
            self.results.append(result)
            self._changed.notify_all()

    def state(self, wanted: Callable[[EngineState], bool]) -> EngineState:
        with self._changed:
            found = self._changed.wait_for(lambda: any(map(wanted, self.states)), WAIT_S)
            assert found, f"never came; states were {self.states}"
            return next(s for s in self.states if wanted(s))

    def phase(self, phase: Phase) -> EngineState:
        return self.state(lambda s: s.phase is phase)

    def result(self, wanted: Callable[[FrameResult], bool]) -> FrameResult:
        with self._changed:
            found = self._changed.wait_for(lambda: any(map(wanted, self.results)), WAIT_S)
            assert found, f"never came among {len(self.results)} results"
            return next(r for r in self.results if wanted(r))

    def forget(self) -> None:
        with self._changed:
            self.states.clear()
            self.results.clear()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def run(watch: Watch) -> Iterator[Callable[..., Engine]]:
    """Starts an engine; whatever the test does, no thread of it is left behind."""
    engines: list[Engine] = []
    before = set(threading.enumerate())

    def start(source: object, pipeline: object = None, **options: object) -> Engine:
        def open_it() -> object:
            if isinstance(source, Exception):
                raise source
            return source

        def make() -> object:
            if isinstance(pipeline, Exception):
                raise pipeline
            return pipeline or FakePipeline()

        options.setdefault("retry_s", (0.0,))
        engine = Engine(open_it, make, on_state=watch.on_state, on_result=watch.on_result, **options)  # type: ignore[arg-type]
        engines.append(engine)
        engine.start()
        return engine

    yield start
    for engine in engines:
        engine.stop(WAIT_S)
    assert set(threading.enumerate()) == before
