"""Held-out digits, letters and rows of digits, and how the digit reader does on them."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from camera_ocr.recognition.digitprep import prepare_digit
from camera_ocr.types import F32, U8
from convert import augment, ink
from convert.datasets import shared
from convert.digits.samples import TWINS, is_tuning_writer, largest, set_beside, split_mnist

_HEIGHT = 40
_PEN = 0.07

Classify = Callable[[Sequence[U8]], F32]
"""(28, 28) images -> (n, 11) probabilities, the last that it is no digit."""


@dataclass(frozen=True, slots=True, eq=False)
class HeldOut:
    """What no part of the training has seen; images as `prepare_digit` makes them."""

    mnist: tuple[U8, NDArray[np.int64]]
    digits: tuple[U8, NDArray[np.int64]]
    """UNIPEN's validation writers."""
    letters: tuple[U8, list[str]]
    """All that those writers wrote that is no digit, one character each."""
    rows: list[tuple[U8, str, bool]]
    """Ink strength of rows of digits of one writer each, what they say, and whether some touch."""


def held_out(rows: int = 400) -> HeldOut:
    digits: list[tuple[U8, int]] = []
    letters: list[tuple[U8, str]] = []
    writers: dict[str, list[shared.StrokeSample]] = defaultdict(list)
    for sample in shared.unipen("chars"):
        if not sample.validation:
            continue
        image = prepare_digit(_draw(ink.strokes_of(sample)))
        if sample.text in "0123456789":
            digits.append((image, int(sample.text)))
            writers[sample.writer].append(sample)
        else:
            letters.append((image, sample.text))
    _, (scans, names) = split_mnist()
    return HeldOut(
        (np.stack([prepare_digit(scan) for scan in scans]), names),
        (np.stack([d for d, _ in digits]), np.array([n for _, n in digits])),
        (np.stack([image for image, _ in letters]), [text for _, text in letters]),
        [_row(writers, np.random.default_rng(i), touching=i % 3 == 0) for i in range(rows)],
    )


def tuning_digits() -> U8:
    """Digits of the training writers that are kept to set the threshold, each plain and photographed."""
    rng = np.random.default_rng(3)
    images = []
    for sample in shared.unipen("chars"):
        if not sample.validation and is_tuning_writer(sample.writer) and sample.text in "0123456789":
            drawn = _draw(ink.strokes_of(sample))
            images += [prepare_digit(drawn), prepare_digit(_photographed(drawn, rng))]
    return np.stack(images)


def threshold(classify: Classify, images: U8, share: float) -> float:
    """The probability of "no digit" above which to reject, so that `share` of these digits is rejected."""
    none = classify(list(images))[:, -1]
    return float(np.clip(np.quantile(none, 1 - share), 0.3, 0.95))


def figures(classify: Classify, reject: float, sets: HeldOut) -> list[dict[str, object]]:
    """Rows of the card: share of digits right and rejected, of letters rejected."""
    rows: list[dict[str, object]] = []
    for name, (images, labels) in (
        ("MNIST digits", sets.mnist),
        ("UNIPEN digits of held-out writers", sets.digits),
    ):
        p = classify(list(images))
        right = float(np.mean(p[:, :10].argmax(axis=1) == labels))
        rows.append(
            {
                "set": name,
                "items": len(labels),
                "exact": round(right, 4),
                "rejected": round(float(np.mean(p[:, -1] > reject)), 4),
            }
        )
    images, texts = sets.letters
    none = classify(list(images))[:, -1] > reject
    clear = np.array([text not in TWINS for text in texts])
    for name, chosen in (
        (f"characters that are no digits, without {''.join(sorted(TWINS))}", clear),
        ("characters that are no digits, all", np.ones(len(texts), bool)),
    ):
        rows.append(
            {"set": name, "items": int(chosen.sum()), "rejected": round(float(none[chosen].mean()), 4)}
        )
    return rows


def row_figures(read: Callable[[U8], str], sets: HeldOut) -> list[dict[str, object]]:
    """Share of rows that are exactly right; `read` takes ink strength."""
    right = np.array([read(strength) == text for strength, text, _ in sets.rows])
    touching = np.array([touches for _, _, touches in sets.rows])
    return [
        {
            "set": f"rows of 2 to 5 digits of held-out writers, {name}",
            "items": int(chosen.sum()),
            "exact": round(float(right[chosen].mean()), 4),
        }
        for name, chosen in (("all", np.ones(len(right), bool)), ("touching", touching))
    ]


def _draw(strokes: list[F32]) -> U8:
    return ink.draw(strokes, _HEIGHT, _PEN * _HEIGHT)


def _photographed(drawn: U8, rng: np.random.Generator) -> U8:
    from camera_ocr.recognition.lineprep import even_ink

    page = np.pad(drawn, 8)
    return largest(even_ink(augment.photograph(page, rng, augment.Severity(0.5, 0.5))))


def _row(
    writers: dict[str, list[shared.StrokeSample]], rng: np.random.Generator, *, touching: bool
) -> tuple[U8, str, bool]:
    """Two to five digits of one writer; in `touching` rows half of the neighbours run into each other."""
    names = sorted(writer for writer, samples in writers.items() if len(samples) >= 10)
    samples = writers[names[int(rng.integers(len(names)))]]
    chosen = [samples[int(i)] for i in rng.integers(len(samples), size=int(rng.integers(2, 6)))]
    writings = [ink.strokes_of(s) for s in chosen]
    gaps = []
    for one, other in pairwise(writings):
        gap = float(rng.uniform(8, 45))
        gaps.append(_touch(one, other) if touching and rng.random() < 0.5 else gap)
    height = int(rng.uniform(36, 80))
    return _draw_row(set_beside(writings, gaps), height), "".join(s.text for s in chosen), touching


def _touch(one: list[F32], other: list[F32]) -> float:
    """The gap, zero or less, at which the ink of two writings just meets."""
    _, _, right, foot = ink.bounds(one)
    left, _, _, other_foot = ink.bounds(other)
    a = np.concatenate([_dense(s) for s in one]) - [right, foot]
    b = np.concatenate([_dense(s) for s in other]) - [left, other_foot]
    reach = 5.0
    gaps = [
        float((b[:, 0][None] - a[:, 0][:, None])[np.abs(b[:, 1][None] - a[:, 1][:, None]) < reach].min())
        if (np.abs(b[:, 1][None] - a[:, 1][:, None]) < reach).any()
        else 0.0
    ]
    return max(-40.0, -gaps[0])


def _dense(stroke: F32) -> F32:
    """More points along a stroke, about 4 units apart."""
    if len(stroke) < 2:
        return stroke
    lengths = np.hypot(*np.diff(stroke, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.linspace(0, along[-1], max(2, int(along[-1] / 4)))
    return np.stack([np.interp(at, along, stroke[:, k]) for k in (0, 1)], axis=1).astype(np.float32)


def _draw_row(strokes: list[F32], height: int) -> U8:
    return ink.draw(strokes, height, max(1.5, _PEN * height))
