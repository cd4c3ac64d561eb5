"""Samples of one's own hand, as the canvas of the app keeps them, made ready for training.

They are pen strokes in the format of the UNIPEN sets (see camera_ocr/own_samples.py). Every fifth of each
kind is held out, so that a model can be measured on the hand that it was trained on.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from camera_ocr.errors import CameraOcrError
from camera_ocr.own_samples import count_samples, samples_path
from convert import ink
from convert.charset import normalise
from convert.datasets.shared import StrokeSample, strokes_in

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


def need_samples(kinds: tuple[str, ...], folder: Path | None, least: int) -> None:
    """Raises CameraOcrError when there are too few to train on."""
    found = sum(count_samples(kind, folder) for kind in kinds)
    if found < least:
        place = samples_path(kinds[0], folder).parent
        count = f"{found or 'no'} sample{'s' if found != 1 else ''}"
        raise CameraOcrError(
            f"{place} has {count} of {' and '.join(kinds)}, too few to train on: keep at least {least} on the"
            " app's canvas"
        )


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
