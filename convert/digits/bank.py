"""The training samples of the digit reader, made once and kept in the run's folder."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from camera_ocr.recognition.digitprep import prepare_digit
from camera_ocr.types import F32, U8
from convert import ink
from convert.datasets import shared
from convert.digits import samples
from convert.digits.rows import RowMix

_CUT = 30_000
"""Digits cut out of rows, as the app cuts them."""
_PHOTOGRAPHED = 0.12
_SAME_HAND = 0.25
"""Share of the varied characters that are not given another hand, but another pen and slant only."""
_DIGIT_TIMES = 3
"""Digits are fewer than letters, so that each is varied this many times as often."""
_SCANS = 4
"""Varied copies of each of MNIST's digits, and as many of it bent."""


class Bank(NamedTuple):
    images: U8
    """(n, 28, 28), ink bright."""
    labels: U8
    """(n,) which of CHARACTERS it is, or NO_CHARACTER."""
    chances: F32
    """(n,) of each to be shown; they sum to 1."""


class _Filling:
    """Samples by source. A source is shown as often as its share says, however many samples it has."""

    def __init__(self) -> None:
        self.images: list[U8] = []
        self.labels: list[int] = []
        self._chances: list[NDArray[np.float64]] = []

    def add(
        self,
        share: float,
        images: Sequence[U8],
        labels: Sequence[int],
        weights: NDArray[np.float64] | None = None,
    ) -> None:
        """`weights` tell how often each is shown beside the others of its source; None: all alike."""
        even = np.ones(len(images)) if weights is None else weights
        self.images += images
        self.labels += labels
        self._chances.append(share * even / even.sum())

    def bank(self) -> Bank:
        chances = np.concatenate(self._chances)
        return Bank(
            np.stack(self.images),
            np.array(self.labels, np.uint8),
            (chances / chances.sum()).astype(np.float32),
        )


def load_bank(folder: Path, copies: int, others: int, seed: int, fonts: Path | None = None) -> Bank:
    """The bank in `folder`, made there by `make_bank` if it is missing."""
    path = folder / "bank.npz"
    if not path.exists():
        save_bank(path, make_bank(copies, others, seed, fonts))
    with np.load(path) as file:
        return Bank(file["images"], file["labels"], file["chances"])


def save_bank(path: Path, bank: Bank) -> None:
    """Whole or not at all."""
    partial = path.with_name("bank.part.npz")
    np.savez(partial, **bank._asdict())
    partial.replace(path)


def make_bank(copies: int, others: int, seed: int, fonts: Path | None = None) -> Bank:
    """Each of MNIST's digits and UNIPEN's characters as it is and varied, and what is no character.

    Args:
        copies: varied drawings of each character, three times as many of each digit.
        others: number of drawings of what is no character.
        seed: of all random choices.
        fonts: folder with folders of fonts, those of pens to draw characters in as well.
    """
    cv2.setNumThreads(0)
    rng = np.random.default_rng(seed)
    mix, filling = samples.DigitMix(), _Filling()
    scans, names = samples.training_scans()
    varied, labels = list(scans), names.tolist()
    for scan, name in zip(tqdm(scans, desc="MNIST"), names.tolist(), strict=True):
        alike = [scan] * _SCANS + [samples.bend_scan(scan, rng) for _ in range(_SCANS)]
        varied += [samples.prepared(samples.vary_mnist(one, rng), rng, _PHOTOGRAPHED) for one in alike]
        labels += [name] * len(alike)
    filling.add(0.19, varied, labels)
    _add_characters(filling, "digits", mix.digits, copies * _DIGIT_TIMES, (0.04, 0.20), rng)
    _add_characters(filling, "letters and signs", mix.marks, copies, (0.10, 0.28), rng)
    _add_characters(filling, "digits' twins", mix.twins, 1, (0.015, 0.015), rng)
    _add_cut_digits(filling, _CUT, rng)
    if fonts:
        _add_printed(filling, fonts, rng)
    kinds: tuple[tuple[float, Callable[[samples.Rng], U8]], ...] = (
        (0.140, samples.scribble),
        (0.010, samples.speck),
        (0.020, mix.pair),
        (0.045, mix.piece),
        (0.030, mix.fragment),
    )
    for share, draw in kinds:
        count = max(1, round(others * share / sum(s for s, _ in kinds)))
        numbers = tqdm(range(count), desc=draw.__name__)
        images = [samples.prepared(draw(rng), rng, _PHOTOGRAPHED) for _ in numbers]
        filling.add(share, images, [samples.NO_CHARACTER] * count)
    return filling.bank()


def _add_characters(
    filling: _Filling,
    name: str,
    written: Sequence[shared.StrokeSample],
    copies: int,
    shares: tuple[float, float],
    rng: samples.Rng,
) -> None:
    """As they are, and varied, each with its share."""
    if not written:
        return
    labels = [samples.CHARACTERS.index(sample.text) for sample in written]
    # a few letters are most of what was written, and a few hands wrote most of it
    weights = _rarity([s.text for s in written], 0.5) * _rarity([s.writer for s in written], 0.25)
    if name == "digits":
        weights = _rarity([s.writer for s in written], 0.5)
    plain = [prepare_digit(samples.draw_plain(ink.strokes_of(sample))) for sample in written]
    filling.add(shares[0], plain, labels, weights)
    varied = [_varied(s, rng) for s in tqdm(written, desc=name) for _ in range(copies)]
    filling.add(shares[1], varied, np.repeat(labels, copies).tolist(), np.repeat(weights, copies))


def _varied(sample: shared.StrokeSample, rng: samples.Rng) -> U8:
    strokes = ink.strokes_of(sample)
    if sample.text == "0" and rng.random() < samples.SLASHED:
        strokes = [*strokes, samples.slash(strokes, rng)]
    if rng.random() >= _SAME_HAND:
        strokes = samples.another_hand(strokes, rng)
    return samples.prepared(samples.draw(strokes, rng), rng, _PHOTOGRAPHED)


def _add_printed(filling: _Filling, folder: Path, rng: samples.Rng) -> None:
    from convert.digits.printed import printed

    images: list[U8] = []
    labels: list[int] = []
    for drawn, label in printed(folder, rng):
        images.append(samples.prepared(drawn, rng, _PHOTOGRAPHED))
        labels.append(label)
    filling.add(0.11, images, labels)


def _add_cut_digits(filling: _Filling, count: int, rng: samples.Rng) -> None:
    rows = RowMix()
    images: list[U8] = []
    labels: list[int] = []
    with tqdm(total=count, desc="digits of rows") as bar:
        while len(images) < count:
            for piece, label in rows.cut_digits(rng):
                images.append(prepare_digit(piece))
                labels.append(label)
            bar.update(len(images) - bar.n)
    filling.add(0.06, images, labels)


def _rarity(groups: Sequence[Hashable], power: float) -> NDArray[np.float64]:
    """Weight of each item: the larger its group, the less of that group is shown."""
    sizes = Counter(groups)
    return np.array([sizes[group] ** -power for group in groups])
