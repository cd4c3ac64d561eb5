"""The training samples of the digit reader, made once and kept in the run's folder."""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from tqdm import tqdm

from camera_ocr.recognition.digitprep import prepare_digit
from camera_ocr.types import U8
from convert.digits import samples
from convert.digits.rows import RowMix

_CUT = 0.3
"""Digits cut out of rows, as the app cuts them, for each one that is drawn by itself."""
_PHOTOGRAPHED = 0.15


class Bank(NamedTuple):
    images: U8
    """(n, 28, 28), ink bright."""
    labels: U8
    """(n,) 0..9, or NOT_A_DIGIT."""


def load_bank(folder: Path, digits: int, negatives: int, seed: int) -> Bank:
    """The bank in `folder`, made there by `make_bank` if it is missing."""
    path = folder / "bank.npz"
    if not path.exists():
        bank = make_bank(digits, negatives, seed)
        partial = path.with_name("bank.part.npz")
        np.savez(partial, images=bank.images, labels=bank.labels)
        partial.replace(path)
    with np.load(path) as file:
        return Bank(file["images"], file["labels"])


def make_bank(digits: int, negatives: int, seed: int) -> Bank:
    """Each MNIST digit as it is and twice varied, `digits` of UNIPEN, `negatives` times what is no digit."""
    cv2.setNumThreads(0)
    rng = np.random.default_rng(seed)
    mix = samples.DigitMix()
    (scans, names), _ = samples.split_mnist()
    images: list[U8] = []
    labels: list[int] = []
    for scan, name in zip(tqdm(scans, desc="MNIST"), names.tolist(), strict=True):
        varied = [samples.prepared(samples.vary_mnist(scan, rng), rng, _PHOTOGRAPHED) for _ in range(2)]
        images += [scan, *varied]
        labels += [name] * 3
    for _ in tqdm(range(digits), desc="UNIPEN digits"):
        drawn, label = mix.digit(rng)
        images.append(samples.prepared(drawn, rng, _PHOTOGRAPHED))
        labels.append(label)
    rows = RowMix()
    cut = round(_CUT * digits)
    with tqdm(total=cut, desc="digits of rows") as bar:
        for_rows = len(images) + cut
        while len(images) < for_rows:
            before = len(images)
            for piece, label in rows.cut_digits(rng):
                images.append(prepare_digit(piece))
                labels.append(label)
            bar.update(len(images) - before)
    for _ in tqdm(range(negatives), desc="no digits"):
        images.append(samples.prepared(mix.no_digit(rng), rng, _PHOTOGRAPHED))
        labels.append(samples.NOT_A_DIGIT)
    return Bank(np.stack(images), np.array(labels, np.uint8))
