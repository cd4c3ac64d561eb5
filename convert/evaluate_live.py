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
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from camera_ocr.config import DEFAULT_FINDER, FINDERS
from camera_ocr.detection.text_map import TextDetector
from camera_ocr.recognition.languages import LANGUAGE_CHOICES
from convert.live_play import Costs, play, play_in_real_time, read_single_frames
from convert.live_tally import Tally
from convert.scenes.films import FILMS, Film
from convert.scenes.material import load_material


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
