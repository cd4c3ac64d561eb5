"""How the live view follows and reads moving scenes: `python -m convert evaluate live`.

Films with ground truth (convert/scenes/films.py) run through the app's own pipeline on a clock of their own:
a frame comes every 1/30 s, and looking for lines and reading one take as long as `--search-ms` and
`--read-ms` say, whatever this machine is doing. So the figures are the same on every run. They are of what is
shown, frame by frame, as the engine's threads have it: the view never waits, the slow work goes on in turn.

With --realtime the engine itself plays each film as well: frames shown and latency, which depend on the
machine.
"""

import argparse
import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from camera_ocr.config import DEFAULT_FINDER, FINDERS
from camera_ocr.detection.text_map import TextDetector
from camera_ocr.engine import READS_A_TURN, Engine
from camera_ocr.engine_stats import EngineStats
from camera_ocr.pipeline import Found, Pipeline, Reader, ReadJob, SearchJob
from camera_ocr.preprocess.page import Judge
from camera_ocr.recognition.languages import LANGUAGE_CHOICES
from camera_ocr.types import Frame, FrameResult, Transcript
from convert.line_scores import edit_distance, plain
from convert.live_scores import (
    Identity,
    LineStory,
    Moment,
    Shown,
    follow,
    seen_of,
    stories,
)
from convert.scenes.films import FILMS, Film, Shot
from convert.scenes.material import load_material

AFTER_S = (0.5, 1.0, 2.0, 3.0, 5.0)
SETTLED_S = 3.0
"""After this the published text is held against that of single frames."""
REST_S = 3.0
"""A camera that rests has read all there is by then."""
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
    pipeline = Pipeline(reader, judge=judge)
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


@dataclass(slots=True)
class Tally:
    """Sums over films."""

    films: int = 0
    identity: Identity = field(default_factory=Identity)
    seconds: float = 0.0
    after: dict[float, list[int]] = field(default_factory=lambda: {after: [0, 0] for after in AFTER_S})
    """Edits and characters of published text so long after its line appeared."""
    settled: list[int] = field(default_factory=lambda: [0, 0])
    """The same of all frames after SETTLED_S."""
    single: list[float] = field(default_factory=list)
    """CER of each single frame."""
    settled_beats: list[tuple[float, float, float]] = field(default_factory=list)
    """Film by film: CER of the settled text, mean and median CER of its single frames."""
    flips: int = 0
    changes_when_stable: int = 0
    lines: int = 0
    reads: int = 0
    first_text_s: list[float] = field(default_factory=list)
    """By page: from its appearance to its first text."""
    all_text_s: list[float] = field(default_factory=list)
    unread: int = 0
    """Pages of which some line was never read."""
    rest_reads: int = 0
    rest_s: float = 0.0
    rest_cpu_s: float = 0.0

    def add(self, run: Run, kind: str, fps: float, turned_at_s: float | None) -> None:
        self.films += 1
        identity, pairs = follow(run.moments)
        self.identity += identity
        told = stories(run.moments, pairs)
        seconds = len(run.cpu_s) / fps
        self.seconds += seconds
        self.reads += len(run.reads_at)
        settled = [0, 0]
        for story in told.values():
            characters = len(plain(story.text))
            self.lines += 1
            self.flips += story.flips()
            self.changes_when_stable += story.changes_when_stable()
            for after, counts in self.after.items():
                edits = story.edits_at(after)
                if edits is not None:
                    counts[0], counts[1] = counts[0] + edits, counts[1] + characters
            for at in np.arange(SETTLED_S, seconds, 0.5):
                edits = story.edits_at(float(at))
                if edits is not None:
                    settled[0], settled[1] = settled[0] + edits, settled[1] + characters
        self.settled = [a + b for a, b in zip(self.settled, settled, strict=True)]
        rates = [edits / characters for edits, characters in run.single]
        self.single += rates
        if settled[1] and rates:
            beats = (settled[0] / settled[1], float(np.mean(rates)), float(np.median(rates)))
            self.settled_beats.append(beats)
        self._add_pages(told, turned_at_s)
        if kind == "rest":
            self.rest_s += max(0.0, seconds - REST_S)
            self.rest_reads += sum(t >= REST_S for t in run.reads_at)
            self.rest_cpu_s += sum(run.cpu_s[round(REST_S * fps) :])

    def _add_pages(self, told: dict[int, LineStory], turned_at_s: float | None) -> None:
        begins = [0.0] if turned_at_s is None else [0.0, turned_at_s]
        for begin in begins:
            # lines that come into view later, out from behind a hand, have a time of their own
            page = [story for story in told.values() if begin <= story.born_s < begin + 0.1]
            times = [story.first_text_s() for story in page]
            known = [t for t in times if t is not None]
            if known:
                self.first_text_s.append(min(known))
            if len(known) == len(times) and known:
                self.all_text_s.append(max(known))
            else:
                self.unread += 1

    def figures(self) -> dict[str, Any]:
        minutes = max(1e-9, self.seconds / 60)
        identity = self.identity
        return {
            "film_s": round(self.seconds, 1),
            "lines": self.lines,
            "followed": identity.followed / max(1, identity.line_frames),
            "switches": identity.switches,
            "switches_per_1000": identity.switches_per_1000,
            "fragmentations": identity.fragmentations,
            "idf1": identity.idf1,
            "returns_kept": f"{identity.kept} of {identity.returns}",
            "cer_after": {f"{after} s": _rate(counts) for after, counts in self.after.items()},
            "cer_settled": _rate(self.settled),
            "cer_single_mean": float(np.mean(self.single)) if self.single else None,
            "cer_single_median": float(np.median(self.single)) if self.single else None,
            "films_worse_than_median_frame": sum(a > c + 1e-9 for a, _, c in self.settled_beats),
            "flips_a_minute": self.flips / minutes,
            "flips_a_line_minute": self.flips / minutes / max(1, self.lines) * self.films,
            "stable_changes_a_line_minute": self.changes_when_stable
            / minutes
            / max(1, self.lines)
            * self.films,
            "stable_changes": self.changes_when_stable,
            "reads_a_line": self.reads / max(1, self.lines),
            "first_text_s": _middle(self.first_text_s),
            "all_text_s": _middle(self.all_text_s),
            "pages_not_wholly_read": self.unread,
            "rest_reads": self.rest_reads if self.rest_s else None,
            "rest_cpu_percent": 100 * self.rest_cpu_s / self.rest_s if self.rest_s else None,
        }


def _rate(counts: Sequence[int]) -> float | None:
    return counts[0] / counts[1] if counts[1] else None


def _middle(values: Sequence[float]) -> dict[str, float] | None:
    return {"median": float(np.median(values)), "worst": max(values)} if values else None


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


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures by kind of film and in all, write report.json; returns 0."""
    args = _arguments(argv)
    from camera_ocr.recognition.line_reader import LineReader

    reader = LineReader(args.model, language=args.language)
    material = load_material(args.split)
    judge = TextDetector() if args.finder == "net" else None
    costs = Costs(args.search_ms / 1e3, args.read_ms / 1e3)
    total, tallies = Tally(), {kind: Tally() for kind in args.kinds}
    real: list[dict[str, float]] = []
    args.output.mkdir(parents=True, exist_ok=True)
    for film in _films(args, material):
        shots = list(film.shots())
        run = play(shots, film.fps, reader, costs, judge)
        run.single = read_single_frames(shots, reader, judge)
        for tally in (total, tallies[film.kind]):
            tally.add(run, film.kind, film.fps, film.turned_at_s)
        if args.realtime:
            real.append(asdict(play_in_real_time(shots, film.fps, film.name, reader, judge)))
        figures = {kind: tally.figures() for kind, tally in {**tallies, "all": total}.items() if tally.films}
        report: dict[str, Any] = {"costs": asdict(costs), "language": args.language, "films": figures}
        if real:
            report["realtime"] = _real_figures(real)
        # written after each film: a long run that is stopped keeps what it has found
        (args.output / "report.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(_table(report["films"]))
    if real:
        print("realtime: " + "  ".join(f"{k} {v:.4g}" for k, v in report["realtime"].items()))
    print(f"Report: {args.output / 'report.json'}")
    return 0


def _films(args: argparse.Namespace, material: Any) -> Iterator[Film]:
    wanted = [(kind, seed) for seed in range(args.films) for kind in args.kinds]
    for kind, seed in tqdm(wanted, unit=" films"):
        yield Film(material, args.first_seed + seed, kind, seconds=args.seconds)


def _real_figures(stats: Sequence[dict[str, float]]) -> dict[str, float]:
    return {
        "shown_share": sum(s["shown"] for s in stats) / max(1, sum(s["captured"] for s in stats)),
        "latency_ms_median": float(np.median([s["latency_ms_median"] for s in stats])),
        "latency_ms_p95": float(np.median([s["latency_ms_p95"] for s in stats])),
        "latency_ms_p95_worst": max(s["latency_ms_p95"] for s in stats),
    }


def _table(films: dict[str, dict[str, Any]]) -> str:
    """A row for each measure, a column for each kind of film."""
    rows = [f"{'':34}" + "".join(f"{kind:>10}" for kind in films)]
    for key, first in next(iter(films.values())).items():
        parts = sorted({part for f in films.values() if isinstance(f[key], dict) for part in f[key]})
        if parts or isinstance(first, dict):
            for part in parts:
                values = [(f[key] or {}).get(part) for f in films.values()]
                rows.append(f"{key + ' ' + part:34}" + "".join(f"{_told(v):>10}" for v in values))
        else:
            rows.append(f"{key:34}" + "".join(f"{_told(f[key]):>10}" for f in films.values()))
    return "\n".join(rows)


def _told(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m convert evaluate live",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--kinds", nargs="+", choices=FILMS, default=FILMS, metavar="KIND")
    parser.add_argument("--films", type=int, default=3, help="films of each kind (default: 3)")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of a film (default: 8)")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--split", choices=("val", "train"), default="val")
    parser.add_argument("--model", type=Path, default=None, help="line reader (default: the one shipped)")
    parser.add_argument("--finder", choices=FINDERS, default=DEFAULT_FINDER)
    parser.add_argument("--language", choices=LANGUAGE_CHOICES, default="none")
    parser.add_argument("--search-ms", type=float, default=30.0, help="what a search takes (default: 30)")
    parser.add_argument("--read-ms", type=float, default=12.0, help="what reading a line takes (default: 12)")
    parser.add_argument("--realtime", action="store_true", help="run each film through the engine as well")
    parser.add_argument("--output", type=Path, default=Path("runs/evaluate/live"))
    return parser.parse_args(argv)


if __name__ == "__main__":
    raise SystemExit(main())
