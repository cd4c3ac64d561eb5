"""Train a model on to one's own hand: `python -m convert personal digits|line runs/mine`.

The samples that the app's canvas keeps (Ctrl+K), and for the line reader the lines that were put right, where
the app was allowed to keep them, are mixed into what everybody's model is trained on, and training goes on
from the shipped weights, so that what was known is not forgotten. The model is installed only if it reads
neither the common held-out sets nor the held-out fifth of one's own samples worse than the installed one
does.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from camera_ocr.errors import CameraOcrError
from camera_ocr.own_samples import KINDS, samples_folder
from camera_ocr.recognition.card import card_path, models_dir
from camera_ocr.types import U8
from convert import ink
from convert.charset import normalise
from convert.export import install
from convert.own import need_samples, own_line_images, own_samples, single_digits

if TYPE_CHECKING:
    from camera_ocr.recognition.digit_reader import DigitReader

LEAST = 10
"""Samples below which training on them is not worth it."""
_OWN_SHARE = 0.2
"""Of what the digit reader is shown."""
_OWN_TIMES = 60
"""Drawings of each of one's own digits, with other pens and slants."""
_WIDE_GATE = ("--gate", "100")
"""For the export of a trial: what quantisation costs shows when it is measured beside the installed one."""
_OWN_HEIGHT = 64
_OWN_PEN = 0.06


class Figure(NamedTuple):
    """Errors on one held-out set, per cent, of the installed model and of the new one."""

    name: str
    before: float
    after: float
    own: bool = False


def main(argv: Sequence[str] | None = None) -> int:
    """Train, measure, install; returns 0, or 1 when the new model reads worse and was not installed."""
    parser = argparse.ArgumentParser(prog="python -m convert personal", description=__doc__)
    parser.add_argument("model", choices=("digits", "line"))
    parser.add_argument("run", type=Path, help="folder of this run; the same command goes on from there")
    parser.add_argument("--samples", type=Path, default=samples_folder(), help="folder of one's own samples")
    parser.add_argument("--minutes", type=float, default=30, help="of training the line reader")
    parser.add_argument("--steps", type=int, default=1500, help="of training the digit reader")
    parser.add_argument("--rate", type=float, default=4e-4, help="peak learning rate")
    parser.add_argument("--copies", type=int, default=1, help="varied drawings of each common character")
    parser.add_argument("--others", type=int, default=40000, help="drawings of what is no character")
    parser.add_argument("--limit", type=int, default=500, help="lines of each common set to measure on")
    parser.add_argument("--tolerance", type=float, default=0.5, help="points that a common set may lose")
    parser.add_argument("--fonts", help="as for `python -m convert train`")
    parser.add_argument("--cuts", help="as for `python -m convert train`")
    parser.add_argument("--output", type=Path, default=models_dir(), help="folder (default: models)")
    options = parser.parse_args(argv)
    digits = options.model == "digits"
    need_samples(options.model, options.samples, LEAST)
    name = "digit_reader" if digits else "line_reader"
    installed = options.output / f"{name}.tflite"
    checkpoint = models_dir() / "checkpoints" / f"{name}.npz"
    for path in (installed, checkpoint):
        if not path.is_file():
            raise CameraOcrError(f"{path} is missing; there is nothing to train on from")
    options.run.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / installed.name
        make, measure = (_make_digits, _measure_digits) if digits else (_make_line, _measure_line)
        make(options, checkpoint, trial)
        figures = measure(options, installed, trial)
        for figure in figures:
            print(f"{figure.name}: {figure.before:.2f} % wrong before, {figure.after:.2f} % now")
        worse = [f.name for f in figures if f.after > f.before + (0.0 if f.own else options.tolerance)]
        if worse:
            print(f"not installed: it reads {', '.join(worse)} worse than the installed model does")
            return 1
        card = json.loads(card_path(trial).read_text(encoding="utf-8"))
        card["personal"] = {"samples": str(options.samples), "figures": [f._asdict() for f in figures]}
        install(installed, trial.read_bytes(), card)
    print(f"installed: {installed}")
    return 0


def _make_line(options: argparse.Namespace, checkpoint: Path, trial: Path) -> None:
    """Train the line reader on and quantise it."""
    from convert import export, train

    common = ["--start-from", str(checkpoint), "--rate", str(options.rate), "--words-minutes", "0"]
    own = ["--own", str(options.samples), "--minutes", str(options.minutes)]
    given = (("--fonts", options.fonts), ("--cuts", options.cuts))
    train.main([str(options.run), *common, *own, *(word for pair in given if pair[1] for word in pair)])
    state = options.run / "state.npz"
    limit = ["--limit", str(options.limit)]
    export.main([str(state), "--output", str(trial.parent), *limit, *_WIDE_GATE])


def _measure_line(options: argparse.Namespace, installed: Path, trial: Path) -> list[Figure]:
    from camera_ocr.recognition.line_reader import LineReader
    from convert.evaluate import read_all, score
    from convert.validation import Validation, drawn_set, validation_sets

    samples = [s for kind in KINDS for s in own_samples(kind, options.samples, held_out=True)]
    drawn = drawn_set("your own hand", samples)
    images = own_line_images(options.samples, held_out=True)
    corrected = [normalise(s.text) or "" for s in images]
    own = Validation(drawn.name, [*drawn.crops, *(s.image for s in images)], [*drawn.texts, *corrected])
    readers = LineReader(installed), LineReader(trial)
    figures = []
    # of a few samples, some of them deleted, none may be held out
    for held_out in (*validation_sets(options.limit), *([own] if own.crops else [])):
        before, after = (100 * score(read_all(r, held_out, held_out.name)[0]).cer for r in readers)
        figures.append(Figure(held_out.name, before, after, held_out is own))
    return figures


def _make_digits(options: argparse.Namespace, checkpoint: Path, trial: Path) -> None:
    """Train the digit reader on and quantise it."""
    from convert.digits import export, train

    _write_bank(options)
    schedule = ["--steps", str(options.steps), "--rate", str(options.rate)]
    train.main([str(options.run), *schedule, "--start-from", str(checkpoint)])
    export.main([str(options.run), "--output", str(trial.parent), *_WIDE_GATE])


def _write_bank(options: argparse.Namespace) -> None:
    """The common samples and one's own digits, where the trainer looks for what it learns from."""
    from convert.digits.bank import Bank, load_bank, save_bank
    from convert.digits.samples import draw, prepared

    common_folder = options.run / "common"
    common_folder.mkdir(exist_ok=True)
    common = load_bank(common_folder, options.copies, options.others, 1)
    rows = own_samples("digits", options.samples, held_out=False)
    parted = [single_digits(row) for row in rows]
    digits = [digit for row in parted for digit in row]
    if not digits:
        raise CameraOcrError("no sample of digits could be taken apart: lift the pen between two digits")
    print(
        f"{len(digits)} digits of your own; {parted.count([])} of {len(rows)} rows could not be taken apart"
    )
    rng = np.random.default_rng(len(digits))
    count = _OWN_TIMES * len(digits)
    images, labels = [], []
    for k in range(count):
        digit = digits[k % len(digits)]
        images.append(prepared(draw(ink.strokes_of(digit), rng), rng, 0.1))
        labels.append(int(digit.text))
    mixed = Bank(
        np.concatenate([common.images, np.stack(images)]),
        np.concatenate([common.labels, np.array(labels, common.labels.dtype)]),
        np.concatenate([(1 - _OWN_SHARE) * common.chances, np.full(count, _OWN_SHARE / count, np.float32)]),
    )
    save_bank(options.run / "bank.npz", mixed)


def _measure_digits(options: argparse.Namespace, installed: Path, trial: Path) -> list[Figure]:
    from camera_ocr.recognition.digit_reader import DigitReader
    from convert.digits import validation

    sets = validation.held_out()
    own = [
        (ink.draw(ink.strokes_of(s), _OWN_HEIGHT, _OWN_PEN * _OWN_HEIGHT, margins=(0.3, 0.3)), s.text)
        for s in own_samples("digits", options.samples, held_out=True)
    ]

    def errors(model: Path) -> dict[str, float]:
        reader = DigitReader(model)
        read = _row_reader(reader)
        rows = validation.figures(reader.classify, float(reader.card.details["reject"]), sets)
        rows += validation.row_figures(read, sets)
        # of digits the share that was read wrong, of what is no digit the share that was read at all
        wrong = {str(row["set"]): 1 - float(str(row.get("exact", row.get("rejected")))) for row in rows}
        wrong |= {"your own rows": float(np.mean([read(drawn) != _plain(text) for drawn, text in own]))}
        return {name: 100 * share for name, share in wrong.items()}

    before, after = errors(installed), errors(trial)
    return [Figure(name, before[name], after[name], name == "your own rows") for name in before]


def _row_reader(reader: "DigitReader") -> Callable[[U8], str]:
    return lambda drawn: "".join(digit.text for row in reader.read_ink(drawn) for digit in row)


def _plain(text: str) -> str:
    return "".join(text.split())
