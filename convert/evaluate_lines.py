"""How well lines are found, and what that does to their text: `python -m convert evaluate lines`.

pages    scanned pages of Copiste, their lines as people drew them
scenes   simulated webcam pictures, see convert/scenes
bent     the same of sheets that do not lie flat, and of hands that write in arcs; also with every line taken
         for straight, as `straight`, and the text of those lines alone that were found to bend
clutter  the same without text: nothing should be found
photos   the pictures in the folder --photos, which must show no writing: lines found, and those left when the
         reader has told what is none
paper    the same ink before the same camera on blank, ruled and squared paper
speed    processor time of preprocessing and finding, for 1280 × 720; beside RapidOCR's detector where the
         extra `peers` is installed

A page's CER is of whole lines: all that was found on a true line makes its text.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from camera_ocr.config import DEFAULT_FINDER, FINDERS
from camera_ocr.detection.text_map import TextDetector
from camera_ocr.recognition.languages import LANGUAGE_CHOICES
from convert.false_lines import false_lines, photos
from convert.finder_speed import finder_speed
from convert.line_tally import Picture, Read, Tally, cer_of_crops, evaluate, of_page, of_still
from convert.scenes.material import Material, load_material
from convert.scenes.sheets import PAPERS
from convert.scenes.stills import bent_stills, clutter_stills, still, stills
from convert.thresholds import THRESHOLDS

SETS = ("pages", "scenes", "bent", "clutter", "paper", "speed")
PHOTOS = "photos"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures of each set and write report.json; returns 0."""
    args = _arguments(argv)
    read: Read | None = None
    if not args.no_text:
        from camera_ocr.careful import CarefulReader
        from camera_ocr.recognition.line_reader import LineReader

        reader = LineReader(args.model, language=args.language)
        read = CarefulReader(reader).read if args.again else reader.read
    judge = TextDetector(args.detector) if args.finder == "net" else None
    threshold = THRESHOLDS[args.threshold]
    scenes_wanted = not {"scenes", "bent", "clutter", "paper", "speed"}.isdisjoint(args.sets)
    material = load_material(args.split, args.fonts) if scenes_wanted else Material()
    figures: dict[str, Any] = {}
    each: dict[str, Any] = {}
    args.output.mkdir(parents=True, exist_ok=True)
    for name in args.sets:
        if name == "paper":
            for paper in PAPERS:
                pictures = _of_one_paper(material, args.paper_scenes, paper)
                bar = _bar(pictures, paper)
                tally, each[f"paper {paper}"] = evaluate(bar, read, judge=judge, threshold=threshold)
                figures[f"paper {paper}"] = tally.figures()
        elif name == "speed":
            figures[name] = finder_speed(material, judge)
        elif name == PHOTOS:
            figures[name] = false_lines(_bar(photos(args.photos), name), read, judge)
        else:
            pictures = _bar(_pictures(name, material, args), name)
            tally, each[name] = evaluate(
                pictures, read, args.pictures, judge, both=name == "bent", threshold=threshold
            )
            figures[name] = tally.figures()
            if name == "pages" and read is not None:
                figures[name]["cer_of_given_crops"] = cer_of_crops(args.split, read)
            if name == "clutter":
                figures[name] = _clutter_figures(tally)
        # written after each set: a long run that is stopped keeps what it has found
        report = {
            "split": args.split,
            "finder": args.finder,
            "threshold": args.threshold,
            "language": args.language,
            "sets": figures,
            "pictures": each,
        }
        (args.output / "report.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    for name, values in figures.items():
        print(f"{name}: " + "  ".join(_told(key, value) for key, value in values.items()))
    print(f"Report: {args.output / 'report.json'}")
    return 0


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m convert evaluate lines",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sets", nargs="+", choices=(*SETS, PHOTOS), default=SETS, metavar="SET")
    parser.add_argument("--split", choices=("val", "train"), default="val")
    parser.add_argument("--stills", type=int, default=200, help="scenes with text (default: 200)")
    parser.add_argument("--bent", type=int, default=60, help="scenes with bent lines (default: 60)")
    parser.add_argument("--clutter", type=int, default=100, help="scenes without text (default: 100)")
    parser.add_argument("--paper-scenes", type=int, default=40, help="scenes on each paper (default: 40)")
    parser.add_argument("--photos", type=Path, default=None, help="folder of pictures without writing")
    parser.add_argument("--fonts", type=Path, default=None, help="folder with folders of fonts, for print")
    parser.add_argument("--model", type=Path, default=None, help="line reader (default: the one shipped)")
    parser.add_argument("--finder", choices=FINDERS, default=DEFAULT_FINDER)
    parser.add_argument(
        "--detector", type=Path, default=None, help="net of the finder (default: the one shipped)"
    )
    parser.add_argument(
        "--threshold", choices=THRESHOLDS, default="ours", help="another way to tell ink from paper"
    )
    parser.add_argument("--language", choices=LANGUAGE_CHOICES, default="none")
    parser.add_argument(
        "--again", action="store_true", help="read doubtful lines again, as `camera-ocr read` does"
    )
    parser.add_argument("--no-text", action="store_true", help="find only, read nothing")
    parser.add_argument(
        "--pictures", type=Path, default=None, help="folder to draw found and true lines into"
    )
    parser.add_argument("--output", type=Path, default=Path("runs/evaluate/lines"))
    args = parser.parse_args(argv)
    if PHOTOS in args.sets and (args.photos is None or not args.photos.is_dir()):
        parser.error("the set photos needs --photos FOLDER")
    return args


def _pictures(name: str, material: Material, args: argparse.Namespace) -> Iterator[Picture]:
    if name == "pages":
        return of_page(args.split)
    if name == "clutter":
        return map(of_still, clutter_stills(material, args.clutter))
    if name == "bent":
        return map(of_still, bent_stills(material, args.bent))
    return map(of_still, stills(material, args.stills))


def _of_one_paper(material: Material, count: int, paper: str) -> Iterator[Picture]:
    return (of_still(still(material, seed, kind="written", paper=paper)) for seed in range(count))


def _clutter_figures(tally: Tally) -> dict[str, Any]:
    found = tally.lines[0.5].found
    return {"pictures": tally.pictures, "false_lines_a_scene": found / max(1, tally.pictures)}


def _bar(pictures: Iterator[Picture], name: str) -> Iterable[Picture]:
    return tqdm(pictures, desc=name, unit=" pictures")


def _told(key: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"{key} ({', '.join(_told(k, v) for k, v in value.items())})"
    if isinstance(value, list):
        return f"{key} {' to '.join(f'{v:.1f}' for v in value)}"
    return f"{key} {value:.4g}" if isinstance(value, float) else f"{key} {value}"


if __name__ == "__main__":
    raise SystemExit(main())
