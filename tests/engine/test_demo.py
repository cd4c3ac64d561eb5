"""The engine with the real pipeline on the demo, and a reader that says the same of the same picture."""

import threading
import zlib
from collections.abc import Sequence

import numpy as np

from camera_ocr.capture.demo import DemoSource
from camera_ocr.engine import Engine, EngineState, Phase
from camera_ocr.pipeline import Pipeline
from camera_ocr.types import U8, FrameResult, Transcript

FRAMES = 12
WAIT_S = 120.0


class Checksums:
    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        texts = [f"{zlib.crc32(np.ascontiguousarray(crop)):08x}" for crop in crops]
        conf, span = np.full(8, 0.9, np.float32), np.linspace(0, 1, 16, dtype=np.float32).reshape(8, 2)
        return [Transcript(text, conf, span) for text in texts]


def run_demo() -> list[FrameResult]:
    results: list[FrameResult] = []
    ended = threading.Event()

    def on_state(state: EngineState) -> None:
        if state.phase in (Phase.ENDED, Phase.ERROR):
            ended.set()

    engine = Engine(
        lambda: DemoSource(size=(640, 360), realtime=False, frames=FRAMES),
        lambda: Pipeline(Checksums()),
        on_state=on_state,
        on_result=results.append,
    )
    engine.start()
    assert ended.wait(WAIT_S)
    assert engine.state.message == ""
    engine.stop()
    return results


def test_a_run_that_drops_nothing_gives_the_same_every_time() -> None:
    first, second = run_demo(), run_demo()
    assert [r.frame.index for r in first] == list(range(FRAMES))
    assert all(r.dropped == 0 for r in first)
    assert [r.text for r in first] == [r.text for r in second]
    for a, b in zip(first, second, strict=True):
        assert len(a.lines) == len(b.lines)
        assert all((x.quad == y.quad).all() for x, y in zip(a.lines, b.lines, strict=True))
    assert len(first[-1].lines) >= 10
    assert sum(bool(line.text) for line in first[-1].lines) >= 10
