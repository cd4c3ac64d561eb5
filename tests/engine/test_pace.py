"""The view keeps pace with the source, whatever searching and reading take."""

import threading
from collections.abc import Callable

from camera_ocr.engine import Engine, Phase
from camera_ocr.types import Frame, FrameResult
from tests.engine.conftest import WAIT_S, FakePipeline, FakeReader, QuietSource, ScriptedSource, Watch, frame


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
