"""Samples of one's own hand, as the app keeps them, made ready for training.

What was drawn on the canvas are pen strokes in the format of the UNIPEN sets (camera_ocr/own_samples.py), and
lines that were put right are pictures (camera_ocr/own_lines.py). Every fifth of each kind is held out, so
that a model can be measured on the hand that it was trained on.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from camera_ocr.errors import CameraOcrError
from camera_ocr.own_lines import line_numbers, read_line
from camera_ocr.own_samples import KINDS, WRITER, count_samples, samples_path
from convert import ink
from convert.charset import normalise
from convert.datasets.shared import ImageSample, StrokeSample, strokes_in

HELD_OUT_EVERY = 5


def own_samples(kind: str, folder: Path | None = None, *, held_out: bool) -> list[StrokeSample]:
    """Samples of one kind (`digits`, `text`) that the models can say, in the order they were written.

    `folder` is the app's own when None. Raises ExportError for a damaged file.
    """
    count_samples(kind, folder)
    return [
        sample
        for number, sample in enumerate(_stored(kind, folder))
        if (number % HELD_OUT_EVERY == HELD_OUT_EVERY - 1) == held_out and normalise(sample.text)
    ]


def own_line_images(folder: Path | None = None, *, held_out: bool) -> list[ImageSample]:
    """The lines that were put right which the reader can say, in the order they were kept.

    `folder` is the app's own when None. One that is damaged is told on standard error and left out. Raises
    ExportError when the folder cannot be read.
    """
    samples = []
    for number in line_numbers(folder):
        if (number % HELD_OUT_EVERY == 0) != held_out:
            continue
        try:
            line = read_line(number, folder)
        except CameraOcrError as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        if normalise(line.text):
            samples.append(ImageSample(line.text, WRITER, line.image))
    return samples


def need_samples(model: str, folder: Path | None, least: int) -> None:
    """Raises CameraOcrError when there are too few to train the model, `digits` or `line`, on."""
    kinds = ("digits",) if model == "digits" else KINDS
    found = sum(count_samples(kind, folder) for kind in kinds)
    how = f"keep at least {least} on the app's canvas"
    if model == "line":
        found += len(line_numbers(folder))
        how += ", or of lines that you put right"
    if found < least:
        place = samples_path(kinds[0], folder).parent
        count = f"{found or 'no'} sample{'s' if found != 1 else ''}"
        raise CameraOcrError(f"{place} has {count} of {' and '.join(kinds)}, too few to train on: {how}")


def single_digits(sample: StrokeSample) -> list[StrokeSample]:
    """A row of digits taken apart into its digits; empty when some were drawn in one stroke.

    Strokes belong to one digit when they lie above each other; of the ways to make as many digits as the text
    has, the one is taken that joins the strokes that are closest along the row.
    """
    text = "".join(sample.text.split())
    groups = [[stroke] for stroke in sorted(sample.strokes, key=lambda s: float(s[:, 0].mean()))]
    if len(groups) < len(text):
        return []
    while len(groups) > len(text):
        gaps = [_gap(a, b) for a, b in pairwise(groups)]
        k = int(np.argmin(gaps))
        groups[k : k + 2] = [groups[k] + groups[k + 1]]
    return [
        StrokeSample(digit, sample.writer, tuple(group)) for digit, group in zip(text, groups, strict=True)
    ]


def _gap(a: list[np.ndarray], b: list[np.ndarray]) -> float:
    """Empty width between two groups of strokes, over that of the narrower; negative where they overlap."""
    (a_left, _, a_right, _), (b_left, _, b_right, _) = ink.bounds(a), ink.bounds(b)
    gap = max(a_left, b_left) - min(a_right, b_right)
    return gap / max(min(a_right - a_left, b_right - b_left), 10.0)


def _stored(kind: str, folder: Path | None) -> Iterator[StrokeSample]:
    path = samples_path(kind, folder)
    if path.exists():
        yield from strokes_in(path)
