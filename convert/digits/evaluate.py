"""How well a digit reader reads what it never saw: `python -m convert digits evaluate`."""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from camera_ocr.recognition.digit_reader import DigitReader
from convert.digits import validation


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m convert digits evaluate", description=__doc__)
    parser.add_argument("model", type=Path, nargs="?", help=".tflite file (default: the installed one)")
    parser.add_argument("--runtime", help="ai-edge-litert or tflite-runtime")
    parser.add_argument("--rows", type=int, default=400)
    args = parser.parse_args(argv)
    reader = DigitReader(args.model, args.runtime)
    sets = validation.held_out(args.rows)
    started = time.process_time()
    figures = validation.figures(reader.classify, float(reader.card.details["reject"]), sets)
    digits = sum(len(s) for s in (sets.mnist[1], sets.digits[1], sets.letters[1]))
    each = (time.process_time() - started) / digits
    figures += validation.row_figures(
        lambda ink: "".join(d.text for row in reader.read_ink(ink) for d in row), sets
    )
    for figure in figures:
        print(" ".join(f"{key} {value}" for key, value in figure.items()))
    print(f"{1e3 * each:.3f} ms of processor time a digit, {reader.runtime_name}")
    return 0
