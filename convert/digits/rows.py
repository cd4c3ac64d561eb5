"""Rows of digits of one hand, apart or touching as pens make them touch, with the ink of each digit known."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from camera_ocr.recognition.digit_rows import cut_apart
from camera_ocr.recognition.digit_strip import OTHER
from camera_ocr.types import F32, U8
from convert import ink
from convert.datasets import shared
from convert.digits import samples
from convert.digits.samples import Rng

_HIDDEN = 0.12
"""Share of a digit's ink that may lie under its neighbour's: strokes meet and cross, they cover no digit."""

_DIRT = 0.35
"""Share of the marks that are smaller than letters, or larger."""
_WHOLE = 0.85
"""Share of a digit's ink that its cut-out has, and share of the cut-out that is the digit's, to teach it."""

TOUCH = None
"""In place of a gap: the neighbours' ink meets."""


@dataclass(frozen=True, slots=True, eq=False)
class DigitRow:
    ink: U8
    """(H, W) ink strength, 255 = ink."""
    text: str
    parts: list[U8]
    """The ink of each digit by itself, each (H, W)."""
    touching: bool


def compose(
    digits: Sequence[U8], text: str, gaps: Sequence[float | None], push: Sequence[float] = (), margin: int = 6
) -> DigitRow:
    """Digits set beside each other on one baseline.

    Args:
        digits: (h, w) ink strength each, cut close around the ink.
        text: what they say.
        gaps: px of empty columns after each digit but the last; TOUCH lets the ink of two digits meet.
        push: px by which those that touch are pushed on into each other, at most until an eighth of one's ink
            is hidden; nothing means that they just meet.
        margin: px of paper around the row.
    """
    tall = max(d.shape[0] for d in digits)
    lefts = [0]
    for i, (one, other) in enumerate(pairwise(digits)):
        gap = gaps[i]
        shift = _meeting(one, other, push[i] if push else 0.0) if gap is None else one.shape[1] + round(gap)
        lefts.append(lefts[-1] + shift)
    first = min(lefts)
    wide = max(x + d.shape[1] for x, d in zip(lefts, digits, strict=True)) - first
    parts = []
    for x, digit in zip(lefts, digits, strict=True):
        part = np.zeros((tall + 2 * margin, wide + 2 * margin), np.uint8)
        part[margin + tall - digit.shape[0] : margin + tall, margin + x - first :][:, : digit.shape[1]] = (
            digit
        )
        parts.append(part)
    ink = np.maximum.reduce(parts)
    return DigitRow(ink, text, parts, any(gap is None for gap in gaps))


def close_cut(ink: U8) -> U8:
    """Without the paper around it; one pixel of ink stays where there is none."""
    x, y, w, h = cv2.boundingRect((ink > 40).astype(np.uint8))
    return np.ascontiguousarray(ink[y : y + max(1, h), x : x + max(1, w)])


def _meeting(one: U8, other: U8, push: float) -> int:
    """Columns from the left side of `one` to that of `other` when `other` is slid up to it and pushed on."""
    tall = max(one.shape[0], other.shape[0])
    a, b = (np.pad(d, ((tall - d.shape[0], 0), (0, 0))) > 128 for d in (one, other))
    if not a.any() or not b.any():
        return one.shape[1]
    # ink that meets corner to corner meets
    reach = cv2.dilate(a.astype(np.uint8), np.ones((3, 1), np.uint8)) > 0
    end = np.where(reach.any(axis=1), reach.shape[1] - 1 - reach[:, ::-1].argmax(axis=1), -(10**6))
    begin = np.where(b.any(axis=1), b.argmax(axis=1), 10**6)
    meet = int((end - begin).max()) + 1
    for further in range(round(push), -1, -1):
        hidden = _shared(a, b, meet - further)
        if hidden <= _HIDDEN * min(int(a.sum()), int(b.sum())):
            return max(meet - further, 1)
    return meet


def _shared(a: np.ndarray, b: np.ndarray, shift: int) -> int:
    """Pixels that are ink of both when b stands `shift` columns to the right of a."""
    start, end = max(0, shift), min(a.shape[1], shift + b.shape[1])
    return int((a[:, start:end] & b[:, start - shift : end - shift]).sum()) if end > start else 0


class RowMix:
    """Random rows by UNIPEN's training writers, of MNIST's training digits, and numbers as they were written.

    Args:
        tuning: take the writers instead that are kept for tuning, and no MNIST.
    """

    def __init__(self, *, tuning: bool = False) -> None:
        self._mix = samples.DigitMix(tuning=tuning)
        (scans, names), _ = samples.split_mnist()
        self._scans = [] if tuning else [(close_cut(s), int(n)) for s, n in zip(scans, names, strict=True)]
        self._natural = [
            s
            for kind in ("words", "text")
            for s in shared.unipen(kind)
            if s.text.replace(" ", "").isdigit()
            and not s.validation
            and not s.multi_line
            and samples.is_tuning_writer(s.writer) == tuning
        ]

    def sample(self, rng: Rng) -> tuple[U8, list[int]]:
        """Ink strength of a row, and what stands in it: 0 to 9, or OTHER."""
        kind = rng.random()
        if kind < 0.15 and self._natural:
            sample = self._natural[int(rng.integers(len(self._natural)))]
            drawn = samples.draw(ink.strokes_of(sample), rng)
            return drawn, [int(c) for c in sample.text if c != " "]
        if kind < 0.35 and self._scans:
            return self._scanned(rng)
        return self._drawn(rng, 1.0 if kind > 0.9 else 0.08)

    def cut_digits(self, rng: Rng) -> list[tuple[U8, int]]:
        """The digits of one drawn row, cut apart as the app does, and what each says."""
        drawn, labels = self._row(rng, 0.0)
        height, wide = drawn.ink.shape
        middles = [
            float(np.average(np.arange(wide), weights=part.sum(axis=0) + 1e-3)) for part in drawn.parts
        ]
        # the app knows only about where a digit is
        order = np.argsort(middles)
        at = sorted(middles[i] + float(rng.normal(0, 0.06)) * height for i in order)
        pieces = cut_apart(drawn.ink, at)
        kept = []
        for piece, i in zip(pieces, order, strict=True):
            mine = float(np.minimum(piece, drawn.parts[i]).sum())
            # cut wrongly it would teach that a fragment is a digit
            if mine > _WHOLE * max(float(piece.sum()), float(drawn.parts[i].sum()), 1.0):
                kept.append((piece, labels[i]))
        return kept

    def _scanned(self, rng: Rng) -> tuple[U8, list[int]]:
        chosen = [self._scans[int(i)] for i in rng.integers(len(self._scans), size=_length(rng))]
        height = rng.uniform(30, 50)
        digits = []
        for scan, _ in chosen:
            scale = height / 20 * float(np.exp(rng.normal(0, 0.06)))
            size = (max(2, round(scan.shape[1] * scale)), max(2, round(scan.shape[0] * scale)))
            digits.append(cv2.resize(scan, size, interpolation=cv2.INTER_CUBIC))
        row = self._beside(digits, 0.1 * height, height, rng)
        return row.ink, [label for _, label in chosen]

    def _drawn(self, rng: Rng, marks: float) -> tuple[U8, list[int]]:
        row, labels = self._row(rng, marks)
        return row.ink, labels

    def _row(self, rng: Rng, marks: float) -> tuple[DigitRow, list[int]]:
        """A row of some marks; `marks` is the share of them that are no digits."""
        hands = self._mix.hands
        hand = hands[int(rng.integers(len(hands)))]
        height = float(rng.uniform(28, 52))
        pen = height * float(np.clip(np.exp(rng.normal(np.log(0.07), 0.4)), 0.03, 0.17))
        bend = int(rng.integers(2**31))
        pieces, labels = [], []
        for _ in range(_length(rng)):
            if rng.random() < marks:
                labels.append(OTHER)
                if rng.random() < _DIRT:
                    pieces.append(self._dirt(height, pen, rng))
                    continue
                strokes, label = self._mix.mark(rng), OTHER
            else:
                digit = hand[int(rng.integers(len(hand)))]
                strokes, label = ink.strokes_of(digit), int(digit.text)
                if label == 0 and rng.random() < samples.SLASHED:
                    strokes = [*strokes, samples.slash(strokes, rng)]
            # one hand slants all its digits alike
            strokes = ink.distort(strokes, np.random.default_rng(bend), 0.75)
            size = height * float(np.exp(rng.normal(0, 0.07))) / 128
            pieces.append(draw_at(strokes, size, pen))
            if label != OTHER:
                labels.append(label)
        return self._beside(pieces, pen, height, rng), labels

    @staticmethod
    def _dirt(height: float, pen: float, rng: Rng) -> U8:
        """A dot, comma, dash or apostrophe in the size it has beside digits, a scribble, or some ruling."""
        kind = rng.random()
        if kind < 0.2:
            return close_cut(samples.scribble(rng))
        if kind < 0.3:
            length, thick = rng.uniform(0.8, 3.0) * height, max(1, round(pen * rng.uniform(0.3, 1)))
            line = np.full((thick, max(2, round(length))), 255, np.uint8)
            return np.pad(line, ((0, round(rng.uniform(0, 0.9) * height)), (0, 0)))
        wide, tall, lift = (0.0, 0.0, 0.0) if kind < 0.5 else (0.08, 0.22, 0.0)
        if kind > 0.7:
            wide, tall, lift = (0.4, 0.06, 0.4) if kind < 0.85 else (0.06, 0.2, 0.8)
        ends = rng.normal([[0, 0], [wide, -tall]], 0.03) * height
        piece = draw_at([np.asarray(ends, np.float32)], 1.0, pen)
        return np.pad(piece, ((0, round(max(0.0, lift + rng.normal(0, 0.06)) * height)), (0, 0)))

    @staticmethod
    def _beside(pieces: Sequence[U8], pen: float, height: float, rng: Rng) -> DigitRow:
        touching = float(rng.choice([0.0, 0.3, 0.8]))
        close, wide = sorted(rng.uniform(0.03, 0.6, 2))
        gaps = [
            TOUCH if rng.random() < touching else float(rng.uniform(close, wide)) * height for _ in pieces[1:]
        ]
        # a wandering baseline that may climb or fall by a few degrees
        rises = (
            0.75 * height * rng.normal(0, 0.05) * np.arange(len(pieces))
            + rng.normal(0, 0.04, len(pieces)) * height
        )
        lifts = np.rint(rises - rises.min()).astype(int).tolist()
        lifted = [np.pad(p, ((0, lift), (0, 0))) for p, lift in zip(pieces, lifts, strict=True)]
        return compose(lifted, "", gaps, [float(rng.uniform(0, 1.2)) * pen for _ in gaps])


def draw_at(strokes: Sequence[F32], scale: float, pen: float) -> U8:
    """Ink strength of strokes, cut close; `scale` is px per unit, `pen` its width in px."""
    left, top, right, bottom = ink.bounds(strokes)
    margin = pen / 2 + 2
    origin = np.array([left, top], np.float32) - np.float32(margin / scale)
    size = (int((bottom - top) * scale + 2 * margin) + 1, int((right - left) * scale + 2 * margin) + 1)
    canvas = np.zeros(size, np.uint8)
    runs = [np.rint((s - origin) * np.float32(16 * scale)).astype(np.int32) for s in strokes]
    cv2.polylines(canvas, runs, False, 255, max(1, round(pen)), cv2.LINE_AA, 4)
    return close_cut(canvas)


def _length(rng: Rng) -> int:
    return int(rng.choice([1, 2, 3, 4, 5, 6], p=[0.1, 0.2, 0.22, 0.2, 0.16, 0.12]))
