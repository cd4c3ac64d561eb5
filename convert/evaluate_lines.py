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
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from tqdm import tqdm

from camera_ocr.config import DEFAULT_FINDER, FINDERS
from camera_ocr.curve import crop_line, outline
from camera_ocr.detection.lines import find_lines
from camera_ocr.detection.text_map import TextDetector
from camera_ocr.geometry import to_gray
from camera_ocr.preprocess.page import Judge, make_page
from camera_ocr.preprocess.threshold import ink_mask
from camera_ocr.recognition.languages import LANGUAGE_CHOICES
from camera_ocr.types import F32, U8, Region, Transcript
from convert.datasets.shared import copiste_lines, copiste_pages
from convert.false_lines import false_lines, photos
from convert.line_scores import (
    LineScore,
    Overlaps,
    TextScore,
    Truth,
    edit_distance,
    match,
    order_score,
    overlaps,
    owners,
    plain,
    score_lines,
    score_text,
)
from convert.scenes.material import Material, load_material
from convert.scenes.sheets import PAPERS
from convert.scenes.stills import Still, bent_stills, clutter_stills, still, stills
from convert.thresholds import THRESHOLDS, Threshold

SETS = ("pages", "scenes", "bent", "clutter", "paper", "speed")
PHOTOS = "photos"
IOUS = (0.5, 0.7)
FRAME = (1280, 720)
_SPEED_SCENES = 20

Read = Callable[[Sequence[U8]], list[Transcript]]
Find = Callable[[U8], Sequence[F32]]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What lines are to be found in."""

    name: str
    image: U8
    truths: tuple[Truth, ...]
    skew_deg: float | None = None
    ordered: bool = True
    """False where no order of reading is right: several sheets."""


@dataclass(slots=True)
class Tally:
    """Sums over pictures."""

    pictures: int = 0
    lines: dict[float, LineScore] = field(default_factory=lambda: {iou: LineScore() for iou in IOUS})
    text: TextScore = field(default_factory=TextScore)
    in_order: int = 0
    pairs: int = 0
    skew_errors: list[float] = field(default_factory=list)
    straight: "Tally | None" = None
    """The same with every line taken for straight; None where that is not asked for."""
    text_of_bent: TextScore = field(default_factory=TextScore)
    """Of the lines found to bend; in `straight` of the same lines."""

    def figures(self) -> dict[str, Any]:
        out: dict[str, Any] = {"pictures": self.pictures}
        for iou, score in self.lines.items():
            out[f"precision@{iou}"], out[f"recall@{iou}"] = score.precision, score.recall
            out[f"f1@{iou}"] = score.f1
        out["order"] = self.in_order / self.pairs if self.pairs else None
        if self.skew_errors:
            out["skew_error_deg"] = float(np.median(self.skew_errors))
            out["skew_error_deg_p90"] = float(np.percentile(self.skew_errors, 90))
        if self.text.characters:
            out["cer"], out["cer_with_extra"] = self.text.cer, self.text.cer_with_extra
        if self.text_of_bent.characters:
            out["cer_of_lines_that_bend"] = self.text_of_bent.cer
        if self.straight is not None:
            out["straight"] = self.straight.figures()
        return out


def of_page(split: str) -> Iterator[Picture]:
    """The pages of a split."""
    for page in copiste_pages(split):
        truths = tuple(Truth(p, t) for p, t in zip(page.polygons, page.texts, strict=True))
        yield Picture(page.name, page.image, truths)


def of_still(one: Still) -> Picture:
    truths = tuple(Truth(line.polygon, line.text, line.findable, line.legible) for line in one.lines)
    return Picture(one.name, one.image, truths, one.skew_deg, one.kind != "mixed")


def evaluate(
    pictures: Iterable[Picture],
    read: Read | None,
    draw_into: Path | None = None,
    judge: Judge | None = None,
    *,
    both: bool = False,
    threshold: Threshold = ink_mask,
) -> tuple[Tally, dict[str, dict[str, float]]]:
    """All measures over the pictures, and the main ones picture by picture; without text when `read` is
    None. `both`: also with every line taken for straight. `threshold`: see make_page."""
    total, each = Tally(straight=Tally() if both else None), {}
    for picture in pictures:
        page = make_page(picture.image, judge, threshold=threshold)
        regions = find_lines(page)
        table = _overlaps(regions, picture)
        bent = {owner for owner, one in zip(owners(table), regions, strict=True) if one.curve is not None}
        scores, text = _add(total, picture, regions, table, bent, read)
        if picture.skew_deg is not None:
            total.skew_errors.append(abs(page.skew_deg - picture.skew_deg))
        if total.straight is not None:
            as_straight = [replace(region, curve=None) for region in regions]
            _add(total.straight, picture, as_straight, _overlaps(as_straight, picture), bent, read)
        each[picture.name] = {
            "true": scores[0.5].true,
            "found": scores[0.5].found,
            "f1@0.5": scores[0.5].f1,
            "f1@0.7": scores[0.7].f1,
            "cer": text.cer,
        }
        if draw_into is not None:
            draw(picture, [outline(one.quad, one.curve) for one in regions], table, draw_into)
    return total, each


def _overlaps(regions: Sequence[Region], picture: Picture) -> Overlaps:
    return overlaps([outline(one.quad, one.curve) for one in regions], [t.polygon for t in picture.truths])


def _add(
    tally: Tally,
    picture: Picture,
    regions: Sequence[Region],
    table: Overlaps,
    bent: Collection[int | None],
    read: Read | None,
) -> tuple[dict[float, LineScore], TextScore]:
    """What was found in one picture, of whose true lines some are `bent`, added to the sums."""
    scores = {iou: score_lines(table, picture.truths, iou) for iou in IOUS}
    text = TextScore()
    if read is not None:
        gray = to_gray(picture.image)
        quads = [one.quad for one in regions]
        texts = [said.text for said in read([crop_line(gray, one.quad, one.curve) for one in regions])]
        text = score_text(table, quads, texts, picture.truths)
        some = [replace(t, legible=t.legible and j in bent) for j, t in enumerate(picture.truths)]
        tally.text_of_bent += score_text(table, quads, texts, some)
    tally.pictures += 1
    for iou, score in scores.items():
        tally.lines[iou] += score
    tally.text += text
    if picture.ordered:
        in_order, pairs = order_score(table)
        tally.in_order, tally.pairs = tally.in_order + in_order, tally.pairs + pairs
    return scores, text


def cer_of_crops(split: str, read: Read) -> float | None:
    """CER of the lines of `copiste_lines` that are of these pages, cut out by people; None without any."""
    names = {page.name for page in copiste_pages(split)}
    edits = characters = 0
    for sample in copiste_lines(split):
        if sample.writer in names:
            edits += edit_distance(read([sample.image])[0].text, sample.text)
            characters += len(plain(sample.text))
    return edits / characters if characters else None


def measure_speed(finders: dict[str, Find], pictures: Sequence[Picture], rounds: int = 3) -> dict[str, Any]:
    """Processor time on one thread, ms a picture, the finders taking turns; and their F1 on them."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    spent: dict[str, list[float]] = {name: [] for name in finders}
    score = {name: LineScore() for name in finders}
    for find in finders.values():
        find(pictures[0].image)  # loading is not finding
    for turn in range(rounds):
        for picture in pictures:
            for name, find in finders.items():
                begin = time.process_time()
                quads = find(picture.image)
                spent[name].append(1e3 * (time.process_time() - begin))
                if turn == 0:
                    table = overlaps(quads, [truth.polygon for truth in picture.truths])
                    score[name] += score_lines(table, picture.truths, 0.5)
    cv2.setNumThreads(threads)
    return {
        name: {
            "cpu_ms": float(np.median(times)),
            "cpu_ms_quartiles": np.percentile(times, (25, 75)).tolist(),
            "f1@0.5": score[name].f1,
        }
        for name, times in spent.items()
    }


def our_finder(judge: Judge | None) -> Find:
    """As lines are looked for live."""
    return lambda image: [
        outline(region.quad, region.curve) for region in find_lines(make_page(image, judge, tables=False))
    ]


def rapid_finder() -> Find | None:
    """RapidOCR's detector with one thread, or None when it is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    engine = RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "error",
        }
    )

    def find(image: U8) -> Sequence[F32]:
        boxes = engine(image, use_det=True, use_cls=False, use_rec=False).boxes
        return [] if boxes is None else [np.asarray(box, np.float32) for box in boxes]

    return find


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
            figures[name] = _speed(material, judge)
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


def _speed(material: Material, judge: Judge | None) -> dict[str, Any]:
    pictures = [of_still(still(material, seed, size=FRAME)) for seed in range(_SPEED_SCENES)]
    finders: dict[str, Find] = {"camera-ocr": our_finder(None)}
    if judge is not None:
        finders = {"camera-ocr": our_finder(judge), "camera-ocr, classical": our_finder(None)}
    if (rapid := rapid_finder()) is not None:
        finders["rapidocr"] = rapid
    return measure_speed(finders, pictures)


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


def draw(picture: Picture, found: Sequence[F32], table: Overlaps, folder: Path) -> None:
    """True polygons green, grey where they need not be found; found ones that match at IoU 0.5 blue, others
    red, numbered in reading order."""
    folder.mkdir(parents=True, exist_ok=True)
    canvas = picture.image.copy()
    hit = {i for i, _ in match(table.iou, 0.5)}
    for truth in picture.truths:
        colour = (0, 160, 0) if truth.findable else (140, 140, 140)
        cv2.polylines(canvas, [np.rint(truth.polygon).astype(np.int32)], True, colour, 1)
    for i, quad in enumerate(found):
        colour = (255, 0, 0) if i in hit else (0, 0, 255)
        cv2.polylines(canvas, [np.round(quad).astype(np.int32)], True, colour, 2)
        x, y = quad[0]
        at = (max(0, int(x) - 30), int(y) + 20)
        cv2.putText(canvas, str(i + 1), at, cv2.FONT_HERSHEY_SIMPLEX, 0.6, colour, 2)
    cv2.imwrite(str(folder / f"{picture.name}.jpg"), canvas)


if __name__ == "__main__":
    raise SystemExit(main())
