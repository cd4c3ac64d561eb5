"""Measures the live view: does it keep pace while the reader reads without a pause?"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from camera_ocr.capture import open_source
from camera_ocr.config import SourceConfig
from camera_ocr.engine import Engine, Phase
from camera_ocr.errors import SourceError
from camera_ocr.pipeline import Pipeline, ReadJob
from camera_ocr.recognition.line_reader import LineReader
from camera_ocr.types import U8, FrameResult, Transcript

VIEW_S = 1 / 60
"""The window asks for the newest picture this often."""
START_S = 60.0
"""A source and a reader that have given nothing by then never will."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; times in ms, from grabbing a frame to a view having it, and for reading one line."""

    source: str
    width: int
    height: int
    model: str
    runtime: str
    seconds: float
    captured: int
    shown: int
    dropped: int
    """Captured but never seen by the view, overtaken by a newer one."""
    captured_per_second: float
    shown_per_second: float
    latency_ms_median: float | None
    latency_ms_p95: float | None
    reads: int
    read_ms_median: float | None
    read_ms_p95: float | None

    def as_text(self) -> str:
        return (
            f"{self.source}, {self.width} × {self.height}, {self.seconds} s; {self.model} on {self.runtime}\n"
            f"captured  {self.captured:6} frames, {self.captured_per_second} a second\n"
            f"shown     {self.shown:6} frames, {self.shown_per_second} a second\n"
            f"dropped   {self.dropped:6} frames\n"
            f"latency   median {self.latency_ms_median} ms, 95 % within {self.latency_ms_p95} ms\n"
            f"read      {self.reads:6} lines, median {self.read_ms_median} ms a line,"
            f" 95 % within {self.read_ms_p95} ms\n"
        )


def measure(source: SourceConfig, line_reader: LineReader, seconds: float) -> Figures:
    """Run the engine on a live source for so many seconds, from the first line read on, and fetch its results
    as a window does. Raises SourceError when there is nothing to see or to read."""
    spec = source.spec or "demo"
    reader = _TimedReader(line_reader)
    engine = Engine(
        lambda: open_source(spec, size=(source.width, source.height), fps=source.fps),
        lambda: _RestlessPipeline(reader),
    )
    engine.start()
    try:
        return _measure(engine, reader, seconds)
    finally:
        engine.stop()


class _TimedReader:
    """A line reader that notes how long each line takes."""

    def __init__(self, reader: LineReader) -> None:
        self.reader = reader
        self.took_ms: list[float] = []

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        start = time.perf_counter()
        transcripts = self.reader.read(crops)
        self.took_ms.append((time.perf_counter() - start) * 1e3)
        return transcripts


class _RestlessPipeline(Pipeline):
    """Forgets what was read once all lines are, so that its reader is never idle."""

    def wanted(self, limit: int = 4) -> list[ReadJob]:
        jobs = super().wanted(limit)
        if not jobs:
            for memory in self._memory.values():
                memory.forget()
            jobs = super().wanted(limit)
        return jobs


def _measure(engine: Engine, reader: _TimedReader, seconds: float) -> Figures:
    """Fetch results as a window does, for so many seconds from the first line read on."""
    seen = _wait_for_start(engine, reader)
    before, reads_before = engine.stats(), len(reader.took_ms)
    shown = 0
    latency_ms: list[float] = []
    start = now = time.perf_counter()
    while now - start < seconds and engine.state.phase is not Phase.ENDED:
        time.sleep(VIEW_S)
        newest = engine.latest()
        now = time.perf_counter()
        if newest is not None and newest is not seen:
            seen = newest
            shown += 1
            latency_ms.append((time.monotonic_ns() - newest.frame.t_ns) / 1e6)
    captured = engine.stats().captured - before.captured
    took_ms = reader.took_ms[reads_before:]
    elapsed = now - start
    if not (captured and elapsed):
        raise SourceError(
            f"{seen.frame.source} gave nothing to measure after its first picture; choose a live source, such"
            " as a camera or the demo."
        )
    height, width = seen.frame.image.shape[:2]

    def percentile(values: list[float], percent: float) -> float | None:
        return round(float(np.percentile(values, percent)), 1) if values else None

    return Figures(
        source=seen.frame.source,
        width=width,
        height=height,
        model=reader.reader.model_name,
        runtime=reader.reader.runtime_name,
        seconds=round(elapsed, 1),
        captured=captured,
        shown=shown,
        dropped=max(0, captured - shown),
        captured_per_second=round(captured / elapsed, 1),
        shown_per_second=round(shown / elapsed, 1),
        latency_ms_median=percentile(latency_ms, 50),
        latency_ms_p95=percentile(latency_ms, 95),
        reads=len(took_ms),
        read_ms_median=percentile(took_ms, 50),
        read_ms_p95=percentile(took_ms, 95),
    )


def _wait_for_start(engine: Engine, reader: _TimedReader) -> FrameResult:
    deadline = time.perf_counter() + START_S
    while time.perf_counter() < deadline:
        state, newest = engine.state, engine.latest()
        if state.phase is Phase.ERROR or state.message:
            raise SourceError(state.message)
        if newest is not None and reader.took_ms:
            return newest
        time.sleep(VIEW_S)
    raise SourceError(f"No line of writing was read within {START_S:.0f} s; choose a source that shows some.")
