"""How well a line reader reads held-out writers: `python -m convert evaluate MODEL.tflite`.

Character error rate (CER), word error rate (WER) and exact matches of the app's own reader, on each set as it
is and through the simulated webcam, greedy and, with --language, decoded beside it; a report in JSON and
picture sheets of the worst readings. Whether the confidence of a line keeps its word is measured besides: the
calibration error, the errors among lines above 0.9, and the calibration plot.
`python -m convert evaluate lines` measures the finding of lines instead, `evaluate live` the live view.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Protocol

import cv2
import matplotlib
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein
from tqdm import tqdm

from camera_ocr.recognition.languages import LANGUAGE_CHOICES
from camera_ocr.types import U8, Transcript
from convert.augment import CLEAN, WEBCAM, Severity
from convert.composed import composed_sets
from convert.printed import printed_set
from convert.reliability import Said, plot, reliability
from convert.reliability import table as reliability_table
from convert.validation import Validation, validation_sets

SETS = ("unipen_words", "unipen_lines", "copiste_lines", "dhsd_words")
COMPOSED = ("codes", "names", "compounds")
VIEWS = {"plain": CLEAN, "webcam": WEBCAM}
BATCH = 16
WORST = 24


class Reader(Protocol):
    def read(self, crops: Sequence[U8]) -> list[Transcript]: ...


@dataclass(frozen=True, slots=True)
class Pair:
    truth: str
    reading: str
    index: int
    """Position of the item in its set."""
    confidence: float = 0.0
    """The reader's own, 0..1."""

    @property
    def edits(self) -> int:
        return int(Levenshtein.distance(self.truth, self.reading))


@dataclass(frozen=True, slots=True)
class Score:
    """Micro-averages: edits are summed over the set before they are divided by its characters or words."""

    items: int
    characters: int
    words: int
    cer: float
    """Edits over true characters; 0 is perfect, more than 1 is possible."""
    wer: float
    exact: float
    """Share of items without any error, 0..1."""


def score(pairs: Sequence[Pair]) -> Score:
    """Raises ValueError for no pairs: an error rate of nothing is not 0."""
    if not pairs:
        raise ValueError("there is nothing to score")
    characters = sum(len(p.truth) for p in pairs)
    words = sum(len(p.truth.split()) for p in pairs)
    edits = sum(p.edits for p in pairs)
    word_edits = sum(Levenshtein.distance(p.truth.split(), p.reading.split()) for p in pairs)
    exact = sum(p.truth == p.reading for p in pairs)
    return Score(len(pairs), characters, words, edits / characters, word_edits / words, exact / len(pairs))


def read_all(reader: Reader, held_out: Validation, label: str) -> tuple[list[Pair], float]:
    """Truth and reading of every item in order; processor seconds an item, line preparation included."""
    pairs: list[Pair] = []
    spent = 0.0
    for start in tqdm(range(0, len(held_out.crops), BATCH), desc=label, unit=f"×{BATCH} lines"):
        crops = held_out.crops[start : start + BATCH]
        begin = time.process_time()
        transcripts = reader.read(crops)
        spent += time.process_time() - begin
        for i, transcript in enumerate(transcripts, start):
            reading = " ".join(transcript.text.split())
            pairs.append(Pair(held_out.texts[i], reading, i, transcript.confidence))
    return pairs, spent / max(1, len(pairs))


def worst(pairs: Sequence[Pair], count: int = WORST) -> list[Pair]:
    """The pairs with the most edits a character, worst first, no truth twice, none without error."""
    found: dict[str, Pair] = {}
    for pair in sorted(pairs, key=lambda p: (-p.edits / len(p.truth), p.index)):
        if pair.edits and len(found) < count:
            found.setdefault(pair.truth, pair)
    return list(found.values())


def picture_sheet(pairs: Sequence[Pair], images: Sequence[U8], path: Path) -> None:
    """PNG, a row for each pair: the line's image, by its index, then truth in black and reading in red."""
    font_file = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    font = ImageFont.truetype(str(font_file), 18)
    image_width, row_height = 760, 64
    text_width = max((font.getlength(t) for p in pairs for t in (p.truth, p.reading)), default=0)
    sheet = Image.new(
        "RGB", (image_width + 120 + round(text_width), row_height * max(1, len(pairs))), "white"
    )
    canvas = ImageDraw.Draw(sheet)
    for number, pair in enumerate(pairs):
        top, image = number * row_height, images[pair.index]
        scale = min((row_height - 8) / image.shape[0], (image_width - 8) / image.shape[1])
        size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
        sheet.paste(Image.fromarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA)), (4, top + 4))
        canvas.text((image_width + 8, top + 6), pair.truth, fill="black", font=font)
        canvas.text((image_width + 8, top + 32), pair.reading or "(nothing)", fill=(190, 0, 0), font=font)
        canvas.line((0, top + row_height - 1, sheet.width, top + row_height - 1), fill=(210, 210, 210))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


def table(sets: dict[str, dict[str, float]]) -> str:
    """The report's sets as text, one a line."""
    lines = [f"{'set':28} {'items':>6} {'CER %':>7} {'WER %':>7} {'exact %':>8} {'cpu ms':>7}"]
    for name, f in sets.items():
        rates = f"{100 * f['cer']:7.2f} {100 * f['wer']:7.2f} {100 * f['exact']:8.2f}"
        lines.append(f"{name:28} {f['items']:6.0f} {rates} {f['cpu_ms_per_line']:7.1f}")
    return "\n".join(lines)


def _held_out(args: argparse.Namespace, severity: Severity) -> list[Validation]:
    """The sets asked for; those of single characters only then, since they take time to make."""
    found: list[Validation] = []
    if not set(SETS).isdisjoint(args.sets):
        found += validation_sets(args.limit, severity)
    if not set(COMPOSED).isdisjoint(args.sets):
        found += composed_sets(args.limit or 300, severity)
    if args.fonts:
        found.append(printed_set(args.fonts, args.limit or 300, severity))
        args.sets = {*args.sets, "printed"}
    return [held_out for held_out in found if held_out.name in args.sets]


def main(argv: Sequence[str] | None = None) -> int:
    """Evaluate a model file and print its figures; returns 0."""
    parser = argparse.ArgumentParser(
        prog="python -m convert evaluate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("model", type=Path, help="a .tflite with its card beside it")
    parser.add_argument("--sets", nargs="+", choices=SETS + COMPOSED, default=SETS, metavar="SET")
    parser.add_argument(
        "--fonts", type=Path, help="folder of fonts: adds `printed`, in fonts kept from training"
    )
    parser.add_argument("--view", choices=("both", *VIEWS), default="both")
    parser.add_argument(
        "--limit", type=int, default=None, help="so many items a set, spread over it (default: all)"
    )
    parser.add_argument(
        "--language", choices=LANGUAGE_CHOICES, default="none", help="decode with it besides greedily"
    )
    parser.add_argument(
        "--again", action="store_true", help="with --language: also as stills are read, doubtful lines again"
    )
    parser.add_argument("--runtime", default=None, help="ai-edge-litert or tflite-runtime")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--output", type=Path, default=None, help="folder (default: runs/evaluate/MODEL)")
    args = parser.parse_args(argv)

    from camera_ocr.careful import CarefulReader
    from camera_ocr.recognition.line_reader import LineReader

    def reader_of(language: str) -> LineReader:
        return LineReader(args.model, runtime=args.runtime, threads=args.threads, language=language)

    ink_alone = reader_of("none")
    decoded, again = f"+{args.language}", f"+{args.language}-again"
    readers: dict[str, Reader] = {"": ink_alone}
    if args.language != "none":
        readers[decoded] = reader_of(args.language)
        if args.again:
            readers[again] = CarefulReader(readers[decoded])
    output = args.output or Path("runs/evaluate") / args.model.stem
    output.mkdir(parents=True, exist_ok=True)
    figures: dict[str, dict[str, float]] = {}
    confidence: dict[str, dict[str, float]] = {}
    said: dict[str, list[Said]] = {}
    report = {
        "model": args.model.name,
        "sha256": hashlib.sha256(args.model.read_bytes()).hexdigest(),
        "runtime": ink_alone.runtime_name,
        "threads": args.threads,
        "decoding": "greedy; names with a + by prefix beam search with that language, -again as stills are",
        "limit": args.limit,
        "sets": figures,
        "confidence": confidence,
    }
    for view in VIEWS if args.view == "both" else (args.view,):
        for held_out, (way, reader) in product(_held_out(args, VIEWS[view]), readers.items()):
            name = held_out.name if view == "plain" else f"{held_out.name}-{view}"
            name += way
            pairs, seconds = read_all(reader, held_out, name)
            figures[name] = asdict(score(pairs)) | {"cpu_ms_per_line": round(1000 * seconds, 2)}
            said[name] = [Said(p.truth, p.reading, p.confidence) for p in pairs]
            every = f"all{way}"
            said[every] = said.get(every, []) + said[name]
            for one in (name, every):
                confidence[one] = asdict(reliability(said[one]))
            picture_sheet(worst(pairs), held_out.crops, output / f"worst-{name}.png")
            # written after each set: a long run that is stopped keeps what it has found
            (output / "report.json").write_text(
                json.dumps(report, indent=2, ensure_ascii=False) + "\n", "utf-8"
            )
    print(table(figures))
    print(reliability_table({name: reliability(lines) for name, lines in said.items()}))
    ways = {"by the ink alone": "all", f"decoded ({args.language})": f"all{decoded}"}
    plot({way: said[every] for way, every in ways.items() if every in said}, output / "calibration.png")
    print(f"Report and worst readings: {output}")
    return 0
