"""Export a trained text detector: `python -m convert detector export runs/detector`.

The averaged weights become a TFLite file in full int8, weights and activations. The file and its card are
installed only if it tells writing from the rest as well as the float net does, within the gate.
"""

import argparse
import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from camera_ocr.detection.text_map import CELL, STEP, TextDetector
from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import models_dir
from camera_ocr.types import U8
from convert.detector.bank import load_bank
from convert.detector.feed import PATCH, Patches
from convert.detector.photos import DATA as PHOTOS
from convert.detector.train import HELD_BACK, cell_scores
from convert.export import DATA as INK
from convert.export import font_data, install
from convert.state import TrainingState, load_state, save_checkpoint

NAME = "text_detector"
LARGEST = 200_000
"""bytes."""


def main(argv: Sequence[str] | None = None) -> int:
    """Quantise, check, install; returns 0, or 1 when the quantised model is worse than the gate allows."""
    parser = argparse.ArgumentParser(prog="python -m convert detector export", description=__doc__)
    parser.add_argument("run", type=Path, help="folder of the training run")
    parser.add_argument("--output", type=Path, default=models_dir(), help="folder (default: models)")
    parser.add_argument("--gate", type=float, default=1.0, help="points of F1 of cells that it may cost")
    parser.add_argument("--fonts", type=Path, help="the folder of fonts the bank was made with, for the card")
    args = parser.parse_args(argv)
    state = load_state(args.run / "state.npz")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    net = float_net(state)
    trained, held_back = (Patches(part) for part in load_bank(args.run).split(HELD_BACK))
    content = quantise(net, trained.batch((7, 7), 96)[0])
    if len(content) > LARGEST:
        raise ModelError(f"{NAME}: {len(content)} bytes, more than {LARGEST}; make the net smaller")
    images, targets = held_back.batch((0, 0), 96)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / f"{NAME}.tflite"
        install(trial, content, make_card(content, state, net.count_params(), args.fonts))
        detector = TextDetector(trial)
        small = np.stack([detector.logits(image[:, :, 0]) for image in images])
    full = np.asarray(net.predict_on_batch(images.astype(np.float32) / 255), np.float32)
    figures = [
        {"set": f"cells of held-back patches: {name}", "items": len(images), "f1": f1, "f1_float": f1_float}
        for name, f1, f1_float in zip(
            ("writing", "core"), cell_scores(small, targets), cell_scores(full, targets), strict=True
        )
    ]
    for figure in figures:
        print(" ".join(f"{key} {value}" for key, value in figure.items()))
    cost = max(100 * (float(str(f["f1_float"])) - float(str(f["f1"]))) for f in figures)
    print(f"quantisation costs at most {cost:.2f} points; {len(content)} bytes")
    if cost > args.gate:
        print(f"not installed: more than the {args.gate} points allowed")
        return 1
    card = make_card(content, state, net.count_params(), args.fonts) | {"figures": figures}
    install(args.output / f"{NAME}.tflite", content, card)
    checkpoints = args.output / "checkpoints"
    checkpoints.mkdir(parents=True, exist_ok=True)
    save_checkpoint(checkpoints / f"{NAME}.npz", state)
    if (args.run / "log.csv").exists():
        shutil.copyfile(args.run / "log.csv", checkpoints / f"{NAME}.csv")
    return 0


def float_net(state: TrainingState) -> Any:
    """The Keras net in float32 with the averaged weights."""
    from tensorflow import keras

    from convert.detector.net import build_text_net

    keras.mixed_precision.set_global_policy("float32")
    net = build_text_net()
    net.set_weights(state.average)
    return net


def quantise(net: Any, examples: U8) -> bytes:
    """TFLite file in full int8, the picture's size left open; `examples`, (n, PATCH, PATCH, 1), set the
    ranges of the activations.
    """
    import tensorflow as tf
    from tensorflow.lite.tools import flatbuffer_utils

    signature = tf.TensorSpec((1, PATCH, PATCH, 1), tf.float32)
    function = tf.function(lambda page: net(page, training=False)).get_concrete_function(signature)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function], net)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.representative_dataset = lambda: (
        [example[None].astype(np.float32) / 255] for example in examples
    )
    model = flatbuffer_utils.convert_bytearray_to_object(converter.convert())
    graph = model.subgraphs[0]
    graph.tensors[graph.inputs[0]].shapeSignature = [1, -1, -1, 1]
    return bytes(flatbuffer_utils.convert_object_to_bytearray(model))


def make_card(content: bytes, state: TrainingState, parameters: int, fonts: Path | None) -> dict[str, Any]:
    return {
        "name": NAME,
        "task": "text",
        "charset": "",
        "blank": 0,
        "input_height": STEP,
        "stride": CELL,
        "buckets": [STEP],
        "quantisation": "full int8: weights and activations; float in and out",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "parameters": parameters,
        "made": date.today().isoformat(),
        "training": {
            "minutes": round(state.minutes, 1),
            "steps": state.step,
            "command": "python -m convert scenes runs/scenes --stills 450 --clutter 118 --first-seed 50000; "
            "python -m convert detector photos; python -m convert detector bank runs/detector --scenes "
            "runs/scenes --photos runs/photos --laid 220; python -m convert detector train runs/detector; "
            "python -m convert detector export runs/detector",
            "data": [*INK[:2], *PHOTOS, *font_data(fonts)],
        },
    }
