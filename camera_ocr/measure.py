"""Measures the live view: does it keep pace, and what does it take of the machine?"""

import time
from array import array
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from camera_ocr.capture import open_source
from camera_ocr.config import SourceConfig
from camera_ocr.engine import Engine, Phase
from camera_ocr.errors import SourceError
from camera_ocr.jobs import ReadJob
from camera_ocr.pipeline import Pipeline
from camera_ocr.preprocess.page import Judge
from camera_ocr.process import Usage, usage
from camera_ocr.recognition.line_reader import LineReader
from camera_ocr.types import U8, FrameResult, Transcript

VIEW_S = 1 / 60
"""The window asks for the newest picture this often."""
START_S = 60.0
"""A source and a reader that have given nothing by then never will."""
FREEZES = 9
"""How often the view is frozen to see how soon it stands."""
FLOW_S = 0.4
"""It flows for so long between two of them."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One row of the curve of a long run."""

    seconds: float
    cpu_percent: float
    """Of one core, since the row before."""
    memory_mb: float | None
    threads: int | None
    handles: int | None

    def as_text(self) -> str:
        return (
            f"{self.seconds:8.0f} s  {self.cpu_percent:6.1f} %  {self.memory_mb} MB"
            f"  {self.threads} threads  {self.handles} handles\n"
        )


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
    freeze_ms_median: float
    """From asking for the picture to be held to its standing there with what was read so far."""
    freeze_ms_worst: float
    still_ms_median: float
    """From the same to its lines having been read once more, at full quality."""
    cpu_percent: dict[str, float]
    """Of one core: all of the process, and of that its threads; capture is what the source takes."""
    memory_mb: float | None
    threads: int | None
    handles: int | None
    curve: tuple[CurvePoint, ...] = ()

    def as_text(self) -> str:
        return (
            f"{self.source}, {self.width} × {self.height}, {self.seconds} s; {self.model} on {self.runtime}\n"
            f"captured  {self.captured:6} frames, {self.captured_per_second} a second\n"
            f"shown     {self.shown:6} frames, {self.shown_per_second} a second\n"
            f"dropped   {self.dropped:6} frames\n"
            f"latency   median {self.latency_ms_median} ms, 95 % within {self.latency_ms_p95} ms\n"
            f"read      {self.reads:6} lines, median {self.read_ms_median} ms a line,"
            f" 95 % within {self.read_ms_p95} ms\n"
            f"freeze    stands after {self.freeze_ms_median} ms, at worst {self.freeze_ms_worst} ms;"
            f" read anew after {self.still_ms_median} ms\n"
            f"processor {self.cpu_percent['all']:6} % of one core"
            + "".join(f", {name} {part}" for name, part in self.cpu_percent.items() if name != "all")
            + f"\nmemory    {self.memory_mb or '?':>6} MB, {self.threads or '?'} threads,"
            f" {self.handles or '?'} open handles\n" + "".join(point.as_text() for point in self.curve)
        )


def measure(
    source: SourceConfig,
    line_reader: LineReader,
    seconds: float,
    *,
    judge: Judge | None = None,
    restless: bool = True,
    every_s: float | None = None,
) -> Figures:
    """Run the engine on a live source for so many seconds, from the first line read on, and fetch its results
    as a window does.

    Args:
        judge: what tells writing from the rest, see Pipeline.
        restless: have the reader read without a pause; else it reads what is new, as in the window.
        every_s: seconds between the points of the curve; None for no curve.

    Raises:
        SourceError: there is nothing to see or to read.
    """
    spec = source.spec or "demo"
    reader = _TimedReader(line_reader)
    kind = _RestlessPipeline if restless else Pipeline
    engine = Engine(
        lambda: open_source(spec, size=(source.width, source.height), fps=source.fps),
        lambda: kind(reader, judge=judge),
    )
    engine.start()
    try:
        return _measure(engine, reader, seconds, every_s)
    finally:
        engine.stop()


class _TimedReader:
    """A line reader that notes how long each line takes."""

    def __init__(self, reader: LineReader) -> None:
        self.reader = reader
        # of plain numbers: a run of hours must not be what fills the memory it measures
        self.took_ms = array("f")

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


class _Curve:
    """What the process takes, noted every so many seconds."""

    def __init__(self, start: float, every_s: float | None) -> None:
        self.points: list[CurvePoint] = []
        self._start = self._last = start
        self._every_s = every_s
        self._cpu_s = time.process_time()

    def note(self, now: float) -> None:
        """When the next point is due."""
        if self._every_s is None or now - self._last < self._every_s:
            return
        taken = usage()
        busy = 100 * (taken.cpu_s - self._cpu_s) / (now - self._last)
        self.points.append(
            CurvePoint(
                round(now - self._start, 1), round(busy, 1), taken.memory_mb, taken.threads, taken.handles
            )
        )
        self._last, self._cpu_s = now, taken.cpu_s


def _cpu_percent(before: Usage, after: Usage, seconds: float) -> dict[str, float]:
    """Of one core: all, and the engine's threads by their short names."""
    parts = {"all": after.cpu_s - before.cpu_s}
    for name, cpu_s in after.by_thread_s.items():
        if name.startswith("camera-ocr "):
            parts[name.removeprefix("camera-ocr ")] = cpu_s - before.by_thread_s.get(name, 0.0)
    return {name: round(100 * part / seconds, 1) for name, part in parts.items()}


def _measure(engine: Engine, reader: _TimedReader, seconds: float, every_s: float | None) -> Figures:
    """Fetch results as a window does, for so many seconds from the first line read on."""
    seen = _wait_for_start(engine, reader)
    before, reads_before = engine.stats(), len(reader.took_ms)
    shown = 0
    latency_ms = array("f")
    used = usage()
    start = now = time.perf_counter()
    curve = _Curve(start, every_s)
    while now - start < seconds and engine.state.phase is not Phase.ENDED:
        time.sleep(VIEW_S)
        newest = engine.latest()
        now = time.perf_counter()
        if newest is not None and newest is not seen:
            seen = newest
            shown += 1
            latency_ms.append((time.monotonic_ns() - newest.frame.t_ns) / 1e6)
        curve.note(now)
    left = usage()
    captured = engine.stats().captured - before.captured
    took_ms = reader.took_ms[reads_before:]
    elapsed = now - start
    if not (captured and elapsed):
        raise SourceError(
            f"{seen.frame.source} gave nothing to measure after its first picture; choose a live source, such"
            " as a camera or the demo."
        )
    height, width = seen.frame.image.shape[:2]
    stood_ms, read_ms = zip(*(_freeze_once(engine) for _ in range(FREEZES)), strict=True)

    def percentile(values: "array[float]", percent: float) -> float | None:
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
        freeze_ms_median=round(float(np.median(stood_ms)), 1),
        freeze_ms_worst=round(max(stood_ms), 1),
        still_ms_median=round(float(np.median(read_ms)), 1),
        cpu_percent=_cpu_percent(used, left, elapsed),
        memory_mb=left.memory_mb,
        threads=left.threads,
        handles=left.handles,
        curve=tuple(curve.points),
    )


def _freeze_once(engine: Engine) -> tuple[float, float]:
    """ms until the picture stands, and until it was read anew; lets the view flow again."""
    time.sleep(FLOW_S)
    with ThreadPoolExecutor(1) as window:
        begin = time.perf_counter()
        reading = window.submit(engine.freeze)
        while not (engine.state.frozen or reading.done()):
            time.sleep(0.001)
        stood = time.perf_counter()
        reading.result()
    done = time.perf_counter()
    engine.resume()
    return 1e3 * (stood - begin), 1e3 * (done - begin)


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
