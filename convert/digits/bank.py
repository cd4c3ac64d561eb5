"""The training samples of the digit reader, made once and kept in the run's folder."""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from tqdm import tqdm

from camera_ocr.types import U8
from convert.digits import samples

_PHOTOGRAPHED = 0.1


class Bank(NamedTuple):
    images: U8
    """(n, 28, 28), ink bright."""
    labels: U8
    """(n,) 0..9, or NOT_A_DIGIT."""


def load_bank(folder: Path, negatives: int, seed: int) -> Bank:
    """The bank in `folder`, made there if it is missing."""
    path = folder / "bank.npz"
    if not path.exists():
        bank = make_bank(negatives, seed)
        partial = path.with_name("bank.part.npz")
        np.savez(partial, images=bank.images, labels=bank.labels)
        partial.replace(path)
    with np.load(path) as file:
        return Bank(file["images"], file["labels"])


def make_bank(negatives: int, seed: int) -> Bank:
    """Each MNIST digit as it is and varied, each UNIPEN digit twice, `negatives` times what is no digit."""
    cv2.setNumThreads(0)
    rng = np.random.default_rng(seed)
    mix = samples.DigitMix()
    (scans, names), _ = samples.split_mnist()
    images: list[U8] = []
    labels: list[int] = []
    for scan, name in zip(tqdm(scans, desc="MNIST"), names.tolist(), strict=True):
        images += [scan, samples.prepared(samples.vary_mnist(scan, rng), rng, _PHOTOGRAPHED)]
        labels += [name, name]
    for index in tqdm([*range(len(mix.digits))] * 2, desc="UNIPEN digits"):
        drawn, label = mix.digit(index, rng)
        images.append(samples.prepared(drawn, rng, _PHOTOGRAPHED))
        labels.append(label)
    for _ in tqdm(range(negatives), desc="no digits"):
        images.append(samples.prepared(mix.no_digit(rng), rng, _PHOTOGRAPHED))
        labels.append(samples.NOT_A_DIGIT)
    return Bank(np.stack(images), np.array(labels, np.uint8))
