"""Ways of quantising the line reader, timed side by side: `python -m convert speed runs/speed`.

With `--state` the variants are written into the folder first, which needs TensorFlow and the training data;
without, those that are there are timed, on whatever machine and runtime: copy the folder to try another.
Variants take turns on one thread. `net` is the net alone; `whole` has preparing the line and reading its text
from what the net says as well.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.recognition.ctc import greedy
from camera_ocr.recognition.interpreter import RUNTIMES, Interpreter, available_runtimes, choose_runtime
from camera_ocr.recognition.lineprep import LINE_HEIGHT, prepare_line
from camera_ocr.types import F32, U8
from convert.charset import CHARSET

WIDTH = 1024
"""Of the line that is read, px."""
_CROP_HEIGHT = 64

Seconds = list[float]


def main(argv: Sequence[str] | None = None) -> int:
    """Write the variants if asked to, time them, print a table; returns 0."""
    parser = argparse.ArgumentParser(
        prog="python -m convert speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, help="where the variants are")
    parser.add_argument("--state", type=Path, help="checkpoint of a line reader to write them from")
    parser.add_argument("--runtime", choices=RUNTIMES, default=None)
    parser.add_argument("--rounds", type=int, default=60)
    args = parser.parse_args(argv)
    if args.state:
        # whoever only times needs neither TensorFlow nor fonts
        from convert.variants import write_variants

        write_variants(args.state, args.folder)
    models = sorted(args.folder.glob("*.tflite"))
    if not models:
        raise ModelError(f"{args.folder}: no model is there; write some with --state CHECKPOINT")
    runtime = choose_runtime(args.runtime)
    print(f"{runtime} {available_runtimes()[runtime]}, a line of {WIDTH} px")
    print(table(time_models(models, runtime, args.rounds)))
    return 0


def time_models(
    models: Sequence[Path], runtime: str, rounds: int
) -> dict[str, tuple[float, Seconds, Seconds]]:
    """Megabytes of each model, and the seconds of each round: of the net alone and of the whole line."""
    crop = _crop()
    nets = {model: Interpreter(model, (1, LINE_HEIGHT, WIDTH, 1), runtime) for model in models}
    timed: dict[str, tuple[float, Seconds, Seconds]] = {
        model.stem: (model.stat().st_size / 1e6, [], []) for model in models
    }
    for _ in range(rounds):
        for model, net in nets.items():
            _, alone, whole = timed[model.stem]
            net.run(_input(crop))  # the one before it has taken the caches
            start = time.perf_counter()
            line = _input(crop)
            ready = time.perf_counter()
            logits = net.run(line)[0]
            done = time.perf_counter()
            greedy(logits, CHARSET, len(CHARSET))
            whole.append(time.perf_counter() - start)
            alone.append(done - ready)
    return timed


def _crop() -> U8:
    """A line of print that is `WIDTH` wide when prepared."""
    crop = np.full((_CROP_HEIGHT, WIDTH * _CROP_HEIGHT // LINE_HEIGHT), 235, np.uint8)
    cv2.putText(crop, "read in one go " * 6, (4, 44), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 30, 3)
    return crop


def _input(crop: U8) -> F32:
    return padded(prepare_line(crop).pixels, WIDTH)


def padded(line: U8, width: int) -> F32:
    """A prepared line (H, W) as a net is shown it, (1, H, width, 1) 0..1: cut off, or blank at its end."""
    shown = line[:, :width]
    values = np.zeros((1, len(line), width, 1), np.float32)
    values[0, :, : shown.shape[1], 0] = shown * np.float32(1 / 255)
    return values


def table(timed: dict[str, tuple[float, Seconds, Seconds]]) -> str:
    """What was measured as text, one model a line."""
    rows = [f"{'model':22} {'MB':>5}  {'net, ms (quartiles)':22}  {'whole, ms (quartiles)'}"]
    for name, (size, alone, whole) in timed.items():
        rows.append(f"{name:22} {size:5.2f}  {_quartiles(alone):22}  {_quartiles(whole)}")
    return "\n".join(rows)


def _quartiles(seconds: Seconds) -> str:
    low, median, high = 1000 * np.percentile(seconds, (25, 50, 75))
    return f"{median:.2f} ({low:.2f}-{high:.2f})"
