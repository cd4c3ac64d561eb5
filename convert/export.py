"""Export a trained line reader: `python -m convert export models/checkpoints/line_reader.npz`.

The averaged weights become a TFLite file with int8 weights (dynamic range: activations are quantised while
running, so no calibration set can skew them). The file and its card are installed only if the quantised model
reads the held-out writers as well as the float one, within the gate.
"""

import argparse
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from camera_ocr.errors import ModelError
from camera_ocr.export import write_whole
from camera_ocr.recognition.card import card_path, models_dir
from camera_ocr.recognition.lineprep import LINE_HEIGHT
from convert.charset import CHARSET
from convert.fonts import read_table, split_of
from convert.nets import SIZES, STRIDE, build_line_net
from convert.state import TrainingState, load_state, mean_of, save_checkpoint
from convert.validation import Validation, validation_sets

BUCKETS = (128, 192, 256, 320, 384, 448, 512, 640, 768, 896, 1024)
"""Widths the app pads lines to, px."""

TRACED_WIDTH = 1024
"""Width of the line a net is converted for, px, before its width is opened."""

DATA = [
    {
        "name": "UNIPEN train_r01_v07: words, lines and characters, drawn as images",
        "licence": "CC BY 4.0 as distributed on Zenodo; the older CD-ROM's note said research use",
        "attribution": "International Unipen Foundation, doi 10.5281/zenodo.1195803",
    },
    {
        "name": "Copiste d'un jour: scanned French lines",
        "licence": "CC BY 4.0",
        "attribution": "Bibliothèque et Archives nationales du Québec, repository banq-dcn/Copiste-d-un-jour",
    },
    {
        "name": "DHSD: scanned German words and phrases",
        "licence": "CC BY 4.0",
        "attribution": "Riaz et al., ICDAR 2024, repository nauman-riaz/DHSD",
    },
]

COMMANDS = {
    "full": "python -m convert train runs/line; python -m convert export runs/line/state.npz",
    "light": "python -m convert slim models/checkpoints/line_reader.npz runs/slim.npz; "
    "python -m convert train runs/light --size light --start-from runs/slim.npz --words-minutes 0 "
    "--teacher models/checkpoints/line_reader.npz; "
    "python -m convert export runs/light/state.npz --size light --name line_reader_light",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Quantise, check, install; returns 0, or 1 when the quantised model reads worse than the gate allows."""
    parser = argparse.ArgumentParser(prog="python -m convert export", description=__doc__)
    parser.add_argument("state", type=Path, help="state.npz of a training run, or a checkpoint")
    parser.add_argument(
        "--half-way-from",
        type=Path,
        metavar="CHECKPOINT",
        help="what the run started from: the mean of its weights and the run's is exported",
    )
    parser.add_argument("--size", choices=SIZES, default="full", help="what the run was trained with")
    parser.add_argument("--name", default="line_reader")
    parser.add_argument("--output", type=Path, default=models_dir(), help="folder (default: models)")
    parser.add_argument(
        "--gate", type=float, default=0.5, help="points of CER quantisation may cost on any set"
    )
    parser.add_argument("--limit", type=int, default=None, help="check on so many items a set (default: all)")
    parser.add_argument("--fonts", type=Path, help="the folder of fonts training was given, for the card")
    parser.add_argument("--checkpoint", type=Path, help="file that keeps the weights for further training")
    args = parser.parse_args(argv)
    state = load_state(args.state)
    if args.half_way_from:
        state = half_way(load_state(args.half_way_from), state)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    net = float_net(state, args.size)
    content = quantise(net)
    data = DATA + font_data(args.fonts)
    card = make_card(args.name, args.size, content, state, net.count_params(), data)
    sets = validation_sets(args.limit)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / f"{args.name}.tflite"
        install(trial, content, card)
        figures = compare(net, trial, sets)
    cost = max(100 * (f["cer"] - f["cer_float"]) for f in figures)
    for f in figures:
        print(" ".join(f"{key} {value}" for key, value in f.items()))
    print(f"quantisation costs at most {cost:.2f} points of CER; {len(content) / 1e6:.2f} MB")
    if cost > args.gate:
        print(f"not installed: more than the {args.gate} points allowed")
        return 1
    install(args.output / f"{args.name}.tflite", content, card | {"figures": figures})
    if args.checkpoint:
        save_checkpoint(args.checkpoint, state)
    return 0


def half_way(start: TrainingState, end: TrainingState) -> TrainingState:
    """Weights half-way from those a run started from to those it came to.

    They err less than both where the run saw other damage than what went before (Wortsman et al., "Robust
    fine-tuning of zero-shot models", 2022).
    """
    return replace(end, average=mean_of([start, end]).average)


def float_net(state: TrainingState, size: str = "full") -> Any:
    """The Keras net in float32 with the averaged weights."""
    from tensorflow import keras

    keras.mixed_precision.set_global_policy("float32")
    net = build_line_net(len(CHARSET) + 1, LINE_HEIGHT, SIZES[size])
    net.set_weights(state.average)
    return net


def dynamic_range(converter: Any) -> None:
    """Tells a TFLite converter to keep weights as int8 and to quantise activations while running."""
    import tensorflow as tf

    converter.optimizations = [tf.lite.Optimize.DEFAULT]


def quantise(net: Any, setting: Callable[[Any], None] = dynamic_range) -> bytes:
    """TFLite file of a Keras line net, for one line at a time, its width left open.

    The net is converted for one width and the width opened afterwards: while it is unknown the converter
    cannot work out the padding of dilated convolutions, and puts them between SpaceToBatch and BatchToSpace
    instead, which costs a tenth of the time.
    """
    import tensorflow as tf
    from tensorflow.lite.tools import flatbuffer_utils

    signature = tf.TensorSpec((1, LINE_HEIGHT, TRACED_WIDTH, 1), tf.float32)
    function = tf.function(lambda line: net(line, training=False)).get_concrete_function(signature)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function], net)
    setting(converter)
    model = flatbuffer_utils.convert_bytearray_to_object(converter.convert())
    graph = model.subgraphs[0]
    graph.tensors[graph.inputs[0]].shapeSignature = [1, LINE_HEIGHT, -1, 1]
    return bytes(flatbuffer_utils.convert_object_to_bytearray(model))


def font_data(folder: Path | None, kinds: str = "*") -> list[dict[str, str]]:
    """The fonts that training drew text in, one entry for each licence; `kinds` are folders in the folder."""
    if folder is None:
        return []
    rows = [
        row
        for table in sorted(folder.glob(f"{kinds}/"))
        for row in read_table(table)
        if split_of(row.family) == "train"
    ]
    licences = sorted({row.licence for row in rows})
    return [
        {
            "name": f"text drawn in fonts under {licence}",
            "licence": licence,
            "attribution": ", ".join(
                sorted({f"{r.family} ({r.package})" for r in rows if r.licence == licence})
            ),
        }
        for licence in licences
    ]


def make_card(
    name: str, size: str, content: bytes, state: TrainingState, parameters: int, data: list[dict[str, str]]
) -> dict[str, Any]:
    return {
        "name": name,
        "task": "line",
        "charset": CHARSET,
        "blank": len(CHARSET),
        "input_height": LINE_HEIGHT,
        "stride": STRIDE,
        "buckets": BUCKETS,
        "quantisation": "dynamic range: int8 weights, activations quantised while running",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "parameters": parameters,
        "made": date.today().isoformat(),
        "training": {
            "minutes": round(state.minutes, 1),
            "command": COMMANDS[size],
            "data": data,
        },
    }


def compare(net: Any, model: Path, sets: Sequence[Validation]) -> list[dict[str, Any]]:
    """Figures of the quantised file, as the app reads, beside the float net's CER, for each set."""
    from camera_ocr.recognition.line_reader import LineReader
    from convert.evaluate import read_all, score

    reader = LineReader(model)
    figures = []
    for held_out in sets:
        pairs, _ = read_all(reader, held_out, held_out.name)
        result = score(pairs)
        figures.append(
            {
                "set": held_out.name,
                "items": result.items,
                "cer": round(result.cer, 4),
                "wer": round(result.wer, 4),
                "exact": round(result.exact, 4),
                "cer_float": round(held_out.cer(net), 4),
            }
        )
    return figures


def install(model: Path, content: bytes, card: dict[str, Any]) -> None:
    """Write a model and its card. Raises ModelError when there can be no such folder, else ExportError."""
    try:
        model.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(
            f"{model.parent}: cannot be made ({error.strerror}); choose another --output"
        ) from error
    write_whole(model, content)
    write_whole(card_path(model), json.dumps(card, indent=1, ensure_ascii=False).encode())
