"""The engine with a source, a pipeline and a reader that do exactly what each test wants.

Nothing here measures time: a test waits for a state or a result and fails when it does not come.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from camera_ocr.engine import Engine, EngineState, Phase
from camera_ocr.errors import CameraLost, ImageError, ModelError, ReaderError, SourceError
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

    def wanted(self) -> list[Job]:
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


def test_file_is_read_frame_by_frame_and_nothing_is_dropped(run: Callable[..., Engine], watch: Watch) -> None:
    frames = [frame(i) for i in range(40)]
    pipeline = FakePipeline()
    engine = run(ScriptedSource(*frames, None, live=False), pipeline)
    watch.phase(Phase.ENDED)
    assert pipeline.stepped == list(range(40))
    assert pipeline.searched_in_step == 40
    assert pipeline.searched == []
    # every frame is shown once, with its own readings, by whatever threads
    assert [(r.frame.index, r.text) for r in watch.results] == [(i, f"{i + 1} read") for i in range(40)]
    stats = engine.stats()
    assert (stats.captured, stats.shown, stats.dropped, stats.reads) == (40, 40, 0, 40)


def test_view_goes_on_while_the_reader_sits_on_a_line(run: Callable[..., Engine], watch: Watch) -> None:
    reader = FakeReader(gate=threading.Event())
    pipeline = FakePipeline(reader)
    engine = run(ScriptedSource(*[frame(i) for i in range(5)]), pipeline)
    assert reader.started.wait(WAIT_S)
    watch.result(lambda r: r.frame.index >= 10_050)
    stats = engine.stats()
    assert reader.calls == 1
    assert stats.reads == 0
    assert stats.shown >= 10
    assert stats.captured - stats.dropped - stats.shown <= 2  # what is under way
    assert reader.gate is not None
    reader.gate.set()
    watch.result(lambda r: r.text != "0 read")


def test_view_goes_on_while_lines_are_looked_for(run: Callable[..., Engine], watch: Watch) -> None:
    pipeline = FakePipeline()
    pipeline.search_gate = threading.Event()
    run(ScriptedSource(), pipeline)
    assert pipeline.search_started.wait(WAIT_S)
    count = len(watch.results)
    watch.result(lambda r: len(watch.results) > count + 10)
    assert pipeline.searched == []
    assert pipeline.searched_in_step == 0
    pipeline.search_gate.set()
    # and then lines are read as well as looked for
    watch.result(lambda r: r.text not in ("0 read", "1 read"))
    assert pipeline.searched


def test_newest_frame_wins_when_the_fast_path_is_slow(run: Callable[..., Engine], watch: Watch) -> None:
    gate = threading.Event()
    entered = threading.Event()

    class SlowPipeline(FakePipeline):
        def step(self, frame: Frame, *, search: bool) -> FrameResult:
            entered.set()
            assert gate.wait(WAIT_S)
            return super().step(frame, search=search)

    pipeline = SlowPipeline()
    source = QuietSource(frame(0))
    engine = run(source, pipeline)
    assert entered.wait(WAIT_S)
    # the worker is busy with frame 0 while these arrive; the capture thread has put all when it reads again
    source.give(*[frame(i) for i in range(1, 8)])
    while source.reads < 9:
        threading.Event().wait(0.001)
    gate.set()
    newest = watch.result(lambda r: r.frame.index == 7)
    assert pipeline.stepped == [0, 7]
    assert newest.dropped == 6
    assert engine.stats().dropped == 6
    source.give(None)


def test_no_camera_plays_the_fallback_and_says_so(run: Callable[..., Engine], watch: Watch) -> None:
    run(SourceError("No camera was found."), fallback=lambda: ScriptedSource())
    state = watch.state(lambda s: s.phase is Phase.RUNNING)
    assert state.fallback
    assert state.message == "No camera was found."
    watch.result(lambda r: r.text != "")


def test_source_that_cannot_be_opened_is_told_and_another_may_be_chosen(
    run: Callable[..., Engine], watch: Watch
) -> None:
    engine = run(SourceError("film.mp4 does not exist."))
    state = watch.phase(Phase.ERROR)
    assert state.message == "film.mp4 does not exist."
    engine.switch(lambda: ScriptedSource())
    state = watch.phase(Phase.RUNNING)
    assert state.message == ""


def test_unplugged_camera_is_told_and_comes_back_by_itself(run: Callable[..., Engine], watch: Watch) -> None:
    lost = CameraLost("USB camera: no new frame for 3.0 s")
    source = QuietSource(frame(0), frame(1), lost, lost, lost, frame(2))
    engine = run(source)
    state = watch.phase(Phase.LOST)
    assert state.message == "USB camera: no new frame for 3.0 s"
    watch.result(lambda r: r.frame.index == 2)
    state = watch.state(lambda s: s.phase is Phase.RUNNING and s in watch.states[-1:])
    assert state.message == ""
    assert source.closed == 0
    assert engine.latest() is not None
    source.give(None)


def test_text_read_while_the_camera_is_gone_still_appears(run: Callable[..., Engine], watch: Watch) -> None:
    reader = FakeReader(gate=threading.Event())
    source = QuietSource(frame(0), CameraLost("gone"))
    run(source, FakePipeline(reader))
    watch.phase(Phase.LOST)
    assert reader.started.wait(WAIT_S)
    assert reader.gate is not None
    reader.gate.set()
    assert watch.result(lambda r: r.text == "1 read").frame.index == 0
    source.give(None)


def test_truncated_video_shows_its_frames_then_says_why_it_stops(
    run: Callable[..., Engine], watch: Watch
) -> None:
    source = ScriptedSource(frame(0), frame(1), SourceError("film.mp4 breaks off."), live=False)
    run(source)
    state = watch.phase(Phase.ERROR)
    assert state.message == "film.mp4 breaks off."
    watch.result(lambda r: r.frame.index == 1)
    assert [r.frame.index for r in watch.results] == [0, 1]


def test_bad_image_in_a_folder_is_named_and_the_others_are_read(
    run: Callable[..., Engine], watch: Watch
) -> None:
    script = [frame(0), ImageError("b.png is empty (0 bytes)."), frame(2), None]
    run(ScriptedSource(*script, live=False, stills=True))
    watch.phase(Phase.ENDED)
    assert [(r.frame.index, r.text) for r in watch.results] == [(0, "still"), (2, "still")]
    assert any(s.message == "b.png is empty (0 bytes)." for s in watch.states)


def test_model_that_cannot_be_loaded_leaves_the_view_alive(run: Callable[..., Engine], watch: Watch) -> None:
    run(ScriptedSource(), ModelError("reader.tflite was altered."))
    watch.result(lambda r: r.frame.index > 10_001)
    watch.state(lambda s: s.phase is Phase.RUNNING and s.message == "reader.tflite was altered.")


def test_fault_in_the_fast_path_is_logged_once_and_the_view_goes_on(
    run: Callable[..., Engine], watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    run(ScriptedSource(), FakePipeline(step_error=ZeroDivisionError("oops")))
    watch.result(lambda r: r.frame.index > 10_005)
    assert "oops" in watch.state(lambda s: s.message != "").message
    assert len([r for r in caplog.records if r.exc_info]) == 1


def test_fault_in_the_reader_is_told_and_the_view_goes_on(
    run: Callable[..., Engine], watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    reader = FakeReader(error=ZeroDivisionError("oops"))
    run(ScriptedSource(), FakePipeline(reader))
    assert "oops" in watch.state(lambda s: s.message != "").message
    watch.forget()
    watch.result(lambda r: r.frame.index > 10_005)
    assert len([r for r in caplog.records if r.exc_info]) == 1


def test_line_that_cannot_be_read_is_left_out_and_the_others_are_read(
    run: Callable[..., Engine], watch: Watch
) -> None:
    reader = FakeReader(error=ZeroDivisionError("oops"), failing=lambda call: call % 3 == 2)
    pipeline = FakePipeline(reader)
    engine = run(ScriptedSource(*[frame(i) for i in range(30)], None, live=False), pipeline)
    watch.phase(Phase.ENDED)
    assert pipeline.skipped == list(range(1, 30, 3))
    assert pipeline.absorbed == 20
    assert not engine.state.no_text
    assert engine.state.message == ""


@pytest.mark.parametrize(("fine", "calls"), [(0, 3), (2, 7)])
def test_reader_that_fails_again_and_again_is_given_up_until_the_next_source(
    run: Callable[..., Engine], watch: Watch, fine: int, calls: int
) -> None:
    reader = FakeReader(error=ZeroDivisionError("oops"), failing=lambda call: call > fine)
    pipeline = FakePipeline(reader)
    engine = run(ScriptedSource(), pipeline)
    assert "oops" in watch.state(lambda s: s.no_text).message
    watch.forget()
    watch.result(lambda r: len(watch.results) > 5)
    assert reader.calls == calls
    reader.error = None
    watch.forget()
    engine.switch(lambda: ScriptedSource())
    watch.state(lambda s: not s.no_text)
    watch.result(lambda r: r.text not in ("0 read", f"{fine} read"))


def test_failed_search_is_told_and_the_next_one_is_made(run: Callable[..., Engine], watch: Watch) -> None:
    class Hiccup(FakePipeline):
        searches = 0

        def search(self, job: Job) -> str:
            self.searches += 1
            if self.searches == 1:
                raise ZeroDivisionError("oops")
            return super().search(job)

    pipeline = Hiccup()
    run(ScriptedSource(), pipeline)
    watch.state(lambda s: "oops" in s.message)
    watch.state(lambda s: s.phase is Phase.RUNNING and not s.message)
    watch.result(lambda r: len(pipeline.searched) > 2)


def test_search_that_fails_again_and_again_is_given_up(run: Callable[..., Engine], watch: Watch) -> None:
    class NoSearch(FakePipeline):
        def search(self, job: Job) -> str:
            raise ZeroDivisionError("oops")

    run(ScriptedSource(), NoSearch())
    assert "oops" in watch.state(lambda s: s.no_text).message


def test_fault_is_told_until_a_picture_is_fine_again(
    run: Callable[..., Engine], watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    class Hiccups(FakePipeline):
        def step(self, frame: Frame, *, search: bool) -> FrameResult:
            self.step_error = ZeroDivisionError("oops") if frame.index in (1, 3) else None
            return super().step(frame, search=search)

    engine = run(ScriptedSource(*[frame(i) for i in range(5)], None, live=False), Hiccups())
    watch.phase(Phase.ENDED)
    told = [bool(s.message) for s in watch.states if s.phase is Phase.RUNNING]
    assert told == [False, True, False, True, False]
    assert engine.state.message == ""
    # the same fault goes into the log once
    assert len([r for r in caplog.records if r.exc_info]) == 1


def test_fault_is_not_told_of_the_next_source(run: Callable[..., Engine], watch: Watch) -> None:
    pipeline = FakePipeline(FakeReader(error=ZeroDivisionError("oops")))
    engine = run(ScriptedSource(), pipeline)
    watch.state(lambda s: "oops" in s.message)
    pipeline.reader.error = None
    watch.forget()
    engine.switch(lambda: ScriptedSource())
    watch.state(lambda s: s.phase is Phase.RUNNING and not s.message)
    watch.result(lambda r: r.text != "0 read")
    assert engine.state.message == ""


def test_model_that_cannot_be_loaded_is_told_of_the_next_source_too(
    run: Callable[..., Engine], watch: Watch
) -> None:
    engine = run(ScriptedSource(), ModelError("reader.tflite was altered."))
    watch.result(lambda r: True)
    watch.forget()
    second = QuietSource(frame(77))
    engine.switch(lambda: second)
    watch.result(lambda r: r.frame.index == 77)
    assert engine.state.message == "reader.tflite was altered."
    second.give(None)


def test_fault_in_a_source_is_told(
    run: Callable[..., Engine], watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    source = ScriptedSource(frame(0), ZeroDivisionError("oops"))
    run(source)
    assert "oops" in watch.phase(Phase.ERROR).message
    assert caplog.records[-1].exc_info


def test_freeze_holds_one_result_until_resume(run: Callable[..., Engine], watch: Watch) -> None:
    engine = run(ScriptedSource())
    watch.result(lambda r: True)
    held = engine.freeze()
    assert held.text == "still"
    assert engine.state.frozen
    assert engine.latest() is held
    watch.forget()
    engine.resume()
    watch.result(lambda r: r.frame.index > held.frame.index + 5)
    assert engine.latest() is not held
    assert not engine.state.frozen


class SlowStill(FakePipeline):
    """Sits on a still picture until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__()
        self.reading_still = threading.Event()
        self.gate = threading.Event()

    def read_still(self, picture: Frame) -> FrameResult:
        self.reading_still.set()
        assert self.gate.wait(WAIT_S)
        return super().read_still(picture)


@pytest.fixture
def frozen(run: Callable[..., Engine], watch: Watch) -> Iterator[tuple[Engine, SlowStill, threading.Thread]]:
    """An engine that is reading a held picture."""
    pipeline = SlowStill()
    engine = run(ScriptedSource(), pipeline)
    watch.result(lambda r: True)
    freezing = threading.Thread(target=engine.freeze)
    freezing.start()
    assert pipeline.reading_still.wait(WAIT_S)
    watch.forget()
    yield engine, pipeline, freezing
    pipeline.gate.set()
    freezing.join(WAIT_S)


def test_resume_does_not_wait_for_the_held_picture(
    frozen: tuple[Engine, SlowStill, threading.Thread], watch: Watch
) -> None:
    engine, pipeline, freezing = frozen
    engine.resume()
    watch.result(lambda r: len(watch.results) > 5)
    assert not pipeline.gate.is_set()
    pipeline.gate.set()
    freezing.join(WAIT_S)
    # what the view has left behind is not shown again
    newest = engine.latest()
    assert newest is not None
    assert newest.text != "still"


def test_switch_does_not_wait_for_the_held_picture(
    frozen: tuple[Engine, SlowStill, threading.Thread], watch: Watch
) -> None:
    engine, pipeline, freezing = frozen
    second = QuietSource(frame(77))
    engine.switch(lambda: second)
    watch.result(lambda r: r.frame.index == 77)
    pipeline.gate.set()
    freezing.join(WAIT_S)
    newest = engine.latest()
    assert newest is not None
    assert newest.frame.index == 77
    second.give(None)


def test_frozen_file_goes_on_where_it_was(run: Callable[..., Engine], watch: Watch) -> None:
    source = ScriptedSource(*[frame(i) for i in range(3)], live=False)
    engine = run(source)
    watch.result(lambda r: r.frame.index == 2)
    engine.freeze()
    source.give(*[frame(i) for i in range(3, 6)], None)
    engine.resume()
    watch.phase(Phase.ENDED)
    assert [r.frame.index for r in watch.results] == list(range(6))


def test_freeze_without_a_picture_is_refused(run: Callable[..., Engine], watch: Watch) -> None:
    engine = run(SourceError("none"))
    watch.phase(Phase.ERROR)
    with pytest.raises(SourceError, match="no picture to hold"):
        engine.freeze()
    assert not engine.state.frozen


def test_failed_freeze_lets_the_view_go_on(run: Callable[..., Engine], watch: Watch) -> None:
    class NoStill(FakePipeline):
        def read_still(self, picture: Frame) -> FrameResult:
            raise ModelError("the model went away.")

    engine = run(ScriptedSource(), NoStill())
    watch.result(lambda r: True)
    with pytest.raises(ModelError):
        engine.freeze()
    watch.forget()
    watch.result(lambda r: True)


def test_switch_closes_the_old_source_and_forgets_its_lines(run: Callable[..., Engine], watch: Watch) -> None:
    first, second = ScriptedSource(), QuietSource(frame(77))
    pipeline = FakePipeline()
    engine = run(first, pipeline)
    watch.result(lambda r: True)
    engine.freeze()
    engine.switch(lambda: second)
    watch.result(lambda r: r.frame.index == 77)
    assert first.closed == 1
    assert second.closed == 0
    assert pipeline.resets == 2
    assert not engine.state.frozen
    second.give(None)
    engine.stop()
    assert second.closed == 1


def test_stop_is_clean_whatever_the_threads_are_doing(run: Callable[..., Engine], watch: Watch) -> None:
    gate = threading.Event()
    source = ScriptedSource(*[frame(i) for i in range(100)], live=False)
    engine = run(source, FakePipeline(FakeReader(gate=gate)))
    watch.phase(Phase.RUNNING)
    stopper = threading.Thread(target=engine.stop)
    stopper.start()
    gate.set()
    stopper.join(WAIT_S)
    engine.stop()
    assert source.closed == 1
    assert engine.state.phase is Phase.STOPPED


def test_stop_while_frozen_and_while_lost(run: Callable[..., Engine], watch: Watch) -> None:
    engine = run(ScriptedSource())
    watch.result(lambda r: True)
    engine.freeze()
    engine.stop()
    watch.forget()
    source = ScriptedSource(*[CameraLost("gone")] * 100)
    engine = run(source, retry_s=(1000.0,))
    watch.phase(Phase.LOST)
    engine.stop()
    assert source.closed == 1


def test_view_is_read_by_another_pipeline_from_then_on(run: Callable[..., Engine], watch: Watch) -> None:
    first, second = FakePipeline(), FakePipeline()
    engine = run(ScriptedSource(), first)
    watch.result(lambda r: r.text != "0 read")
    engine.use(lambda: second)
    count = len(first.stepped)
    watch.result(lambda r: second.absorbed > 2)
    assert len(first.stepped) <= count + 1


@pytest.mark.parametrize("held", [False, True], ids=["end of a film", "frozen"])
def test_standing_picture_is_read_anew_by_another_pipeline(
    run: Callable[..., Engine], watch: Watch, held: bool
) -> None:
    source = ScriptedSource() if held else ScriptedSource(frame(0), None, live=False)
    engine = run(source)
    if held:
        watch.result(lambda r: True)
        engine.freeze()
    else:
        watch.phase(Phase.ENDED)

    class Digits(FakePipeline):
        def read_still(self, picture: Frame) -> FrameResult:
            return FrameResult(picture, None, (FusedLine(1, QUAD, "42", 1.0, 1, True, ()),))

    before = engine.latest()
    engine.use(Digits)
    after = engine.latest()
    assert before is not None
    assert after is not None
    assert (after.text, after.frame) == ("42", before.frame)


def test_pipeline_that_cannot_be_made_leaves_the_old_one_at_work(
    run: Callable[..., Engine], watch: Watch
) -> None:
    engine = run(ScriptedSource())
    watch.result(lambda r: r.text != "0 read")

    def broken() -> FakePipeline:
        raise ModelError("the digit reader is missing")

    with pytest.raises(ModelError):
        engine.use(broken)
    count = len(watch.results)
    watch.result(lambda r: len(watch.results) > count + 3 and bool(r.text))
    assert not engine.state.no_text


def test_another_pipeline_reads_where_the_first_could_not_be_made(
    run: Callable[..., Engine], watch: Watch
) -> None:
    engine = run(ScriptedSource(), ModelError("the line reader is missing"))
    watch.state(lambda s: s.no_text)
    engine.use(FakePipeline)
    watch.result(lambda r: bool(r.text))
    assert (engine.state.no_text, engine.state.message) == (False, "")


def test_crops_are_read_whatever_the_view_shows(run: Callable[..., Engine], watch: Watch) -> None:
    engine = run(ScriptedSource(frame(1)), FakePipeline(FakeReader()))
    watch.result(lambda r: True)
    engine.freeze()
    assert [said.text for said in engine.read_crops([CROP, CROP])] == ["text", "text"]


def test_without_a_reader_crops_are_refused(run: Callable[..., Engine], watch: Watch) -> None:
    engine = run(ScriptedSource(frame(1)), ModelError("the model is missing."))
    watch.result(lambda r: True)
    with pytest.raises(ReaderError):
        engine.read_crops([CROP])


def test_picture_put_in_place_of_the_one_that_stands_is_read(
    run: Callable[..., Engine], watch: Watch
) -> None:
    engine = run(QuietSource(frame(0)))
    watch.result(lambda r: r.frame.index == 0)
    turned = frame(0)
    assert engine.show_instead(turned) is None
    assert engine.latest().frame is not turned
    engine.freeze()
    read = engine.show_instead(turned)
    assert read is engine.latest()
    assert read.frame is turned
    assert read.text == "still"


def test_first_frame_of_a_source_stands_when_that_is_wanted(run: Callable[..., Engine], watch: Watch) -> None:
    engine = run(ScriptedSource(frame(0), frame(1), frame(2), None, live=False))
    watch.phase(Phase.ENDED)
    later = ScriptedSource(frame(7), frame(8), None, live=False)
    number = engine.switch(lambda: later, hold_first=True)
    state = watch.state(lambda s: s.frozen)
    assert state.switch == number
    held = engine.latest()
    assert (held.frame.index, held.text) == (7, "still")
    engine.resume()
    watch.state(lambda s: s.switch == number and s.phase is Phase.ENDED)
    assert engine.latest().frame.index == 8


def test_another_switch_does_not_wait_for_a_first_frame_that_is_being_read(
    run: Callable[..., Engine], watch: Watch
) -> None:
    engine = run(ScriptedSource(frame(0), None, live=False))
    watch.phase(Phase.ENDED)
    for index in (3, 4, 5):
        first = ScriptedSource(frame(index), frame(index + 1), None, live=False)
        number = engine.switch(lambda source=first: source, hold_first=True)
    watch.state(lambda s: s.frozen and s.switch == number)
    assert engine.latest().frame.index == 5
