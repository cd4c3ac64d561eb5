"""Sources come, go, break off and are changed; threads end."""

import threading
from collections.abc import Callable

from camera_ocr.engine import Engine, Phase
from camera_ocr.errors import CameraLost, ImageError, SourceError
from tests.engine.conftest import (
    WAIT_S,
    FakePipeline,
    FakeReader,
    QuietSource,
    ScriptedSource,
    Watch,
    frame,
)


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
