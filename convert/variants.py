"""The line reader in other ways of quantising, and the light one, for `python -m convert speed`."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from camera_ocr.export import write_whole
from camera_ocr.recognition.lineprep import LINE_HEIGHT
from camera_ocr.types import F32
from convert.augment import CLEAN
from convert.charset import CHARSET
from convert.export import TRACED_WIDTH, dynamic_range, float_net, quantise
from convert.nets import SIZES, build_line_net
from convert.speed import padded
from convert.state import TrainingState, load_state
from convert.validation import line_sets

_SHOWN_LINES = 40
"""Of each training set, shown to the converter where it has to know how large activations get."""


def write_variants(state: Path, folder: Path) -> None:
    """A .tflite file of each into `folder`, from a checkpoint of a line reader."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in variants(load_state(state)):
        write_whole(folder / f"{name}.tflite", content)


def variants(state: TrainingState) -> Iterator[tuple[str, bytes]]:
    """Name and content of each model file. The light net has its first weights: they take as long."""
    settings: dict[str, Callable[[Any], None]] = {
        "float32": lambda converter: None,
        "float16": _half_weights,
        "dynamic-range": dynamic_range,
        "full-integer": _full_integer,
    }
    full = float_net(state)
    for name, setting in settings.items():
        yield f"full-{name}", quantise(full, setting)
    yield "light-dynamic-range", quantise(build_line_net(len(CHARSET) + 1, LINE_HEIGHT, SIZES["light"]))


def _half_weights(converter: Any) -> None:
    import tensorflow as tf

    dynamic_range(converter)
    converter.target_spec.supported_types = [tf.float16]


def _full_integer(converter: Any) -> None:
    dynamic_range(converter)
    converter.representative_dataset = _training_lines


def _training_lines() -> Iterator[list[F32]]:
    for training in line_sets(_SHOWN_LINES, CLEAN, validation=False):
        for line in training.lines:
            yield [padded(line, TRACED_WIDTH)]
