"""A picture is held, read at full quality, and let go."""

import threading
from collections.abc import Callable, Iterator

import pytest

from camera_ocr.engine import Engine, Phase
from camera_ocr.errors import CameraLost, ModelError, SourceError
from camera_ocr.types import Frame, FrameResult
from tests.engine.conftest import WAIT_S, FakePipeline, QuietSource, ScriptedSource, Watch, frame


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
