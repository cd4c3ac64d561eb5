"""Films through the app's own pipeline: on a clock of their own, or in real time through the engine."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from camera_ocr.engine import Engine
from camera_ocr.engine_slow import READS_A_TURN
from camera_ocr.engine_stats import EngineStats
from camera_ocr.jobs import Found, Reader, ReadJob, SearchJob
from camera_ocr.pipeline import Pipeline
from camera_ocr.pipeline_config import PipelineConfig
from camera_ocr.preprocess.page import Judge
from camera_ocr.types import Frame, FrameResult, Transcript
from convert.line_scores import edit_distance, plain
from convert.live_scores import Moment, Shown, follow, seen_of
from convert.scenes.films import Shot

_SINGLE_EVERY = 15
"""Frames from one that is read by itself to the next."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Virtual seconds that the slow work takes."""

    search_s: float = 0.03
    read_s: float = 0.012


@dataclass(slots=True)
class Run:
    """What came of one film."""

    moments: list[Moment] = field(default_factory=list)
    reads_at: list[float] = field(default_factory=list)
    """When each call of the reader began, s."""
    searches_at: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)
    """Processor seconds spent on each frame and on the slow work begun before the next one."""
    single: list[tuple[int, int]] = field(default_factory=list)
    """Edits and characters of single frames, each read by itself."""


class VirtualEngine:
    """The engine's three threads, one event after the other on a virtual clock.

    The policy is that of `Engine`: every frame goes through the fast path at once; beside it one search, when
    it is due, and up to READS_A_TURN lines in turn, each taken in when its time has passed.
    """

    def __init__(self, pipeline: Pipeline, reader: Reader, costs: Costs) -> None:
        self._pipeline, self._reader, self._costs = pipeline, reader, costs
        self._free_at = 0.0
        """When the slow path has finished what it is at, s."""
        self._finish: Callable[[], None] | None = None
        self._reads_left = 0
        self.run = Run()

    def step(self, frame: Frame, t_s: float) -> FrameResult:
        """A frame arrives at `t_s`; what the view shows with it."""
        begin = time.process_time()
        self._work_until(t_s)
        if self._finish is None:
            self._free_at = max(self._free_at, t_s)
        result = self._pipeline.step(frame, search=False)
        self.run.cpu_s.append(time.process_time() - begin)
        return result

    def _work_until(self, t_s: float) -> None:
        while self._free_at <= t_s:
            if self._finish is not None:
                self._finish()
                self._finish = None
            if not (self._begin_read() or self._begin_search() or self._begin_read(new_turn=True)):
                return

    def _begin_search(self) -> bool:
        job = self._pipeline.search_wanted()
        if job is None:
            return False
        self.run.searches_at.append(self._free_at)
        found = self._pipeline.search(job)
        self._reads_left = READS_A_TURN

        def finish(job: SearchJob = job, found: Found = found) -> None:
            self._pipeline.absorb_search(job, found)

        self._finish, self._free_at = finish, self._free_at + self._costs.search_s
        return True

    def _begin_read(self, *, new_turn: bool = False) -> bool:
        if new_turn:
            self._reads_left = READS_A_TURN
        if not self._reads_left:
            return False
        jobs = self._pipeline.wanted(1)
        if not jobs:
            self._reads_left = 0
            return False
        self._reads_left -= 1
        self.run.reads_at.append(self._free_at)
        transcript = self._reader.read([jobs[0].crop])[0]

        def finish(job: ReadJob = jobs[0], transcript: Transcript = transcript) -> None:
            self._pipeline.absorb(job, transcript)

        self._finish, self._free_at = finish, self._free_at + self._costs.read_s
        return True


def play(shots: Sequence[Shot], fps: float, reader: Reader, costs: Costs, judge: Judge | None = None) -> Run:
    """A film through the virtual engine."""
    engine = VirtualEngine(Pipeline(reader, judge=judge), reader, costs)
    for shot in shots:
        t_s = shot.index / fps
        result = engine.step(Frame(shot.image, shot.index, round(t_s * 1e9), "film"), t_s)
        if not shot.turning:
            shown = tuple(Shown(line.track_id, line.quad, line.text, line.stable) for line in result.lines)
            engine.run.moments.append(Moment(t_s, seen_of(shot.lines), shown))
    return engine.run


def read_single_frames(
    shots: Sequence[Shot], reader: Reader, judge: Judge | None = None
) -> list[tuple[int, int]]:
    """Edits and characters of one frame in _SINGLE_EVERY, read by itself as a picture."""
    pipeline = Pipeline(reader, PipelineConfig(look_again=False), judge)
    counts = []
    for shot in shots[::_SINGLE_EVERY]:
        if shot.turning:
            continue
        result = pipeline.read_still(Frame(shot.image, shot.index, 0, "film"))
        shown = tuple(Shown(line.track_id, line.quad, line.text, True) for line in result.lines)
        moment = Moment(0.0, seen_of(shot.lines), shown)
        _, (pairs,) = follow([moment])
        legible = [seen for seen in moment.seen if seen.legible]
        edits = sum(
            edit_distance(shown[pairs[seen.number]].text if seen.number in pairs else "", seen.text)
            for seen in legible
        )
        characters = sum(len(plain(seen.text)) for seen in legible)
        if characters:
            counts.append((edits, characters))
    return counts


class FilmSource:
    """A film as a live camera: frames come when they are due, and those that nobody fetched are gone."""

    live, stills = True, False

    def __init__(self, shots: Sequence[Shot], fps: float, name: str) -> None:
        self.name = name
        self._shots, self._fps = shots, fps
        self._start: float | None = None
        self._next = 0
        self._closed = threading.Event()
        self.ended = threading.Event()

    def read(self) -> Frame | None:
        now = time.monotonic()
        if self._start is None:
            self._start = now
        self._closed.wait(max(0.0, self._start + self._next / self._fps - now))
        index = max(self._next, int((time.monotonic() - self._start) * self._fps))
        if self._closed.is_set() or index >= len(self._shots):
            self.ended.set()
            return None
        self._next = index + 1
        grabbed = time.monotonic_ns()
        return Frame(self._shots[index].image, index, grabbed, self.name)

    def close(self) -> None:
        self._closed.set()


def play_in_real_time(
    shots: Sequence[Shot], fps: float, name: str, reader: Reader, judge: Judge | None = None
) -> EngineStats:
    """A film through the engine itself; its own counts, latencies of the last seconds."""
    source = FilmSource(shots, fps, name)
    engine = Engine(lambda: source, lambda: Pipeline(reader, judge=judge))
    engine.start()
    source.ended.wait(len(shots) / fps + 30)
    stats = engine.stats()
    engine.stop()
    return stats
