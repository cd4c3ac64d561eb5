"""Faults of the program are told, logged once, and the view goes on."""

from collections.abc import Callable

import pytest

from camera_ocr.engine import Engine, Phase
from camera_ocr.errors import ModelError
from camera_ocr.types import Frame, FrameResult
from tests.engine.conftest import FakePipeline, FakeReader, Job, QuietSource, ScriptedSource, Watch, frame


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
