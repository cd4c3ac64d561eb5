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
from convert.digits.rows import TOUCH, DigitRow, compose, draw_at
from convert.digits.samples import (
    TWINS,
    draw_plain,
    is_tuning_writer,
    largest,
    scribble,
    set_beside,
    speck,
    split_mnist,
    tuning_scans,
)

_PEN = 0.07
"""Width of the pen, of the height of a row."""

DIGITS = "0123456789"
Figure = dict[str, object]
"""`set`, `items`, and the share of them that is `exact` or `rejected`."""
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
    scribbles: U8
    """Scribbles, dots, dashes and crossed ruling, drawn at random."""
    rows: list[DigitRow]
    """Digits of one writer each, some touching as pens make them touch."""
    crowded: list[DigitRow]
    """The same digits, those that touch pushed together until the middle lines of their strokes meet: where
    these are steep the digits share a stroke, and not all of the rows can be read."""
    numbers: list[tuple[U8, str]]
    """Numbers as the writers wrote them, in one go."""
    single: list[tuple[U8, str]]
    """Ink strength of `digits`, and of `letters` without TWINS, each as a row of its own."""


def held_out(rows: int = 400) -> HeldOut:
    digits: list[tuple[U8, int]] = []
    letters: list[tuple[U8, str]] = []
    single: list[tuple[U8, str]] = []
    writers: dict[str, list[shared.StrokeSample]] = defaultdict(list)
    for sample in shared.unipen("chars"):
        if not sample.validation:
            continue
        drawn = draw_plain(ink.strokes_of(sample))
        image = prepare_digit(drawn)
        if sample.text not in TWINS:
            single.append((drawn, sample.text))
        if sample.text in DIGITS:
            digits.append((image, int(sample.text)))
            writers[sample.writer].append(sample)
        else:
            letters.append((image, sample.text))
    _, (scans, names) = split_mnist()
    return HeldOut(
        (np.stack([prepare_digit(scan) for scan in scans]), names),
        (np.stack([d for d, _ in digits]), np.array([n for _, n in digits])),
        (np.stack([image for image, _ in letters]), [text for _, text in letters]),
        np.stack([prepare_digit((scribble, speck)[i % 2](np.random.default_rng(i))) for i in range(500)]),
        [_row(writers, i) for i in range(rows)],
        [_row(writers, i, crowded=True) for i in range(rows)],
        [
            (ink.draw(ink.strokes_of(s), 48, _PEN * 48), s.text.replace(" ", ""))
            for kind in ("words", "text")
            for s in shared.unipen(kind)
            if s.validation and not s.multi_line and s.text.replace(" ", "").isdigit()
        ],
        single,
    )


def tuning_digits() -> U8:
    """Digits that are kept to set the threshold: scanned ones, and those of some training writers, each plain
    and photographed."""
    rng = np.random.default_rng(3)
    images = [prepare_digit(scan) for scan in tuning_scans()]
    for sample in shared.unipen("chars"):
        if not sample.validation and is_tuning_writer(sample.writer) and sample.text in DIGITS:
            drawn = draw_plain(ink.strokes_of(sample))
            images += [prepare_digit(drawn), prepare_digit(_photographed(drawn, rng))]
    return np.stack(images)


def threshold(classify: Classify, images: U8, share: float) -> float:
    """The probability of "no digit" above which to reject, so that `share` of these digits is rejected."""
    none = classify(list(images))[:, -1]
    return float(np.clip(np.quantile(none, 1 - share), 0.3, 0.999))


def figures(classify: Classify, reject: float, sets: HeldOut) -> list[Figure]:
    """Rows of the card: share of digits right and rejected, of letters rejected."""
    rows: list[Figure] = []
    for name, (images, labels) in (
        ("MNIST digits", sets.mnist),
        ("UNIPEN digits of held-out writers", sets.digits),
    ):
        p = classify(list(images))
        rejected = _share(name, "rejected", p[:, -1] > reject)
        rows.append(_share(name, "exact", p[:, :10].argmax(axis=1) == labels) | rejected)
    images, texts = sets.letters
    none = classify(list(images))[:, -1] > reject
    clear = np.array([text not in TWINS for text in texts])
    name = "characters that are no digits"
    rows.append(_share(f"{name}, without {''.join(sorted(TWINS))}", "rejected", none[clear]))
    rows.append(_share(f"{name}, all", "rejected", none))
    none = classify(list(sets.scribbles))[:, -1] > reject
    rows.append(_share("scribbles, dots and ruling", "rejected", none))
    return rows


def row_figures(read: Callable[[U8], str], sets: HeldOut) -> list[Figure]:
    """Share of rows that are exactly right; `read` takes ink strength."""
    found: list[Figure] = []
    for kind, rows in (("rows of 2 to 5 digits", sets.rows), ("crowded rows of 2 to 5 digits", sets.crowded)):
        right = np.array([read(row.ink) == row.text for row in rows])
        touching = np.array([row.touching for row in rows])
        found.append(_share(f"{kind}, all", "exact", right))
        found.append(_share(f"{kind}, touching", "exact", right[touching]))
    right = np.array([read(drawn) == text for drawn, text in sets.numbers])
    found.append(_share("numbers as their writers wrote them", "exact", right))
    said = [(read(drawn), text) for drawn, text in sets.single]
    right = np.array([one == text for one, text in said if text in DIGITS])
    found.append(_share("single digits, each read as a row", "exact", right))
    none = np.array([not one for one, text in said if text not in DIGITS])
    found.append(_share("single characters that are no digits, each read as a row", "rejected", none))
    return found


def _share(name: str, what: str, flags: NDArray[np.bool_]) -> Figure:
    return {"set": name, "items": len(flags), what: round(float(flags.mean()), 4)}


def _photographed(drawn: U8, rng: np.random.Generator) -> U8:
    from camera_ocr.recognition.lineprep import even_ink

    page = np.pad(drawn, 8)
    return largest(even_ink(augment.photograph(page, rng, augment.Severity(0.5, 0.5))))


def _row(writers: dict[str, list[shared.StrokeSample]], number: int, *, crowded: bool = False) -> DigitRow:
    """Two to five digits of one writer; in every third row half of the neighbours run into each other."""
    rng = np.random.default_rng(number)
    names = sorted(writer for writer, samples in writers.items() if len(samples) >= 10)
    samples = writers[names[int(rng.integers(len(names)))]]
    chosen = [samples[int(i)] for i in rng.integers(len(samples), size=int(rng.integers(2, 6)))]
    writings, text = [ink.strokes_of(s) for s in chosen], "".join(s.text for s in chosen)
    gaps = []
    for _ in writings[1:]:
        gap = float(rng.uniform(8, 45))
        gaps.append(TOUCH if number % 3 == 0 and rng.random() < 0.5 else gap)
    height = int(rng.uniform(36, 80))
    if crowded:
        shifts = [
            _touch(*pair) if gap is TOUCH else gap for pair, gap in zip(pairwise(writings), gaps, strict=True)
        ]
        drawn = ink.draw(set_beside(writings, shifts), height, max(1.5, _PEN * height))
        return DigitRow(drawn, text, [], TOUCH in gaps)
    scale, pen = height / 128, max(1.5, _PEN * height)
    digits = [draw_at(strokes, scale, pen) for strokes in writings]
    push = [float(rng.uniform(0, 1)) * pen for _ in gaps]
    return compose(digits, text, [gap if gap is TOUCH else gap * scale for gap in gaps], push)


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
