"""What the digit reader learns from: digits of MNIST and UNIPEN, and marks that are no digits.

Every sample is a picture of ink, at times photographed and taken off the paper again as the app does, which
then goes through `prepare_digit`.
"""

import zlib
from collections import defaultdict
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.recognition.digitprep import prepare_digit
from camera_ocr.recognition.lineprep import even_ink
from camera_ocr.types import F32, U8
from convert import augment, ink
from convert.datasets import shared

Rng = np.random.Generator

NOT_A_DIGIT = 10
CLASSES = 11
HELD_OUT = 1500
"""MNIST digits that never train, the same ones always."""

TWINS = frozenset("OoIlZzSsbgq|/\\!()[]'`,.")
"""Characters that many hands write just as a digit: they neither teach what no digit looks like nor count
when rejection is measured without them."""


def split_mnist() -> tuple[tuple[U8, NDArray[np.int64]], tuple[U8, NDArray[np.int64]]]:
    """Images (n, 28, 28) and labels to train on, and those held out, every digit in its share."""
    images, labels = shared.mnist()
    order = np.random.default_rng(20).permutation(len(labels))
    held_out, train = order[:HELD_OUT], order[HELD_OUT:]
    return (images[train], labels[train]), (images[held_out], labels[held_out])


def is_tuning_writer(writer: str) -> bool:
    """A sixteenth of the training writers only sets the threshold of rejection."""
    return zlib.crc32(writer.encode()) % 16 == 0


class DigitMix:
    """Random samples of UNIPEN's training writers and of MNIST's training digits.

    Args:
        tuning: take the writers that set the threshold instead.
    """

    def __init__(self, *, tuning: bool = False) -> None:
        self.digits: list[shared.StrokeSample] = []
        self._marks: list[shared.StrokeSample] = []
        by_writer: dict[str, list[shared.StrokeSample]] = defaultdict(list)
        for sample in shared.unipen("chars"):
            if sample.validation or is_tuning_writer(sample.writer) != tuning:
                continue
            if sample.text in "0123456789":
                self.digits.append(sample)
                by_writer[sample.writer].append(sample)
            elif sample.text not in TWINS:
                self._marks.append(sample)
        self._rows = [samples for samples in by_writer.values() if len(samples) > 4]

    def digit(self, index: int, rng: Rng) -> tuple[U8, int]:
        """UNIPEN's digit `index`, drawn with some pen."""
        sample = self.digits[index]
        return draw(ink.strokes_of(sample), rng), int(sample.text)

    def no_digit(self, rng: Rng) -> U8:
        """Something that is not one digit."""
        kinds: list[Callable[[Rng], U8]] = [
            self._mark,
            self._pair,
            self._piece,
            scribble,
            speck,
            self._fragment,
        ]
        return kinds[int(rng.choice(len(kinds), p=(0.56, 0.12, 0.14, 0.06, 0.05, 0.07)))](rng)

    def _mark(self, rng: Rng) -> U8:
        return draw(ink.strokes_of(self._marks[int(rng.integers(len(self._marks)))]), rng)

    def _pair(self, rng: Rng) -> U8:
        """Two digits of one writer, close or touching, as one segment would be if they were not cut."""
        return draw(self._beside(rng, rng.uniform(-0.2, 0.1)), rng)

    def _beside(self, rng: Rng, gap: float) -> list[F32]:
        row = self._rows[int(rng.integers(len(self._rows)))]
        chosen = [row[int(i)] for i in rng.integers(len(row), size=2)]
        return set_beside([ink.strokes_of(s) for s in chosen], [gap * 128])

    def _piece(self, rng: Rng) -> U8:
        """Part of a digit, or a digit with part of its neighbour; not so thin that it might be a 1."""
        while True:
            alone = rng.random() < 0.6
            sample = self.digits[int(rng.integers(len(self.digits)))]
            whole = draw(ink.strokes_of(sample) if alone else self._beside(rng, rng.uniform(-0.2, 0)), rng)
            h, w = whole.shape
            cut = int(w * (rng.uniform(0.4, 0.6) if alone else rng.uniform(0.65, 0.8)))
            if alone and rng.random() < 0.3:
                part = whole[: h // 2] if rng.random() < 0.5 else whole[h // 2 :]
            else:
                part = whole[:, :cut] if rng.random() < 0.5 else whole[:, w - cut :]
            _, _, width, height = cv2.boundingRect(part)
            if width > 0.4 * height and height > 0.2 * h:
                return np.ascontiguousarray(part)

    def _fragment(self, rng: Rng) -> U8:
        """Two or three letters run together."""
        letters = [self._marks[int(i)] for i in rng.integers(len(self._marks), size=int(rng.integers(2, 4)))]
        gaps = [float(rng.uniform(-0.15, 0.05)) * 128] * (len(letters) - 1)
        return draw(set_beside([ink.strokes_of(s) for s in letters], gaps), rng)


def set_beside(writings: list[list[F32]], gaps: list[float]) -> list[F32]:
    """Strokes set in a row on one baseline, with the gaps between them in units of the strokes."""
    row: list[F32] = []
    x = 0.0
    for strokes, gap in zip(writings, [*gaps, 0.0], strict=True):
        left, _, right, bottom = ink.bounds(strokes)
        row += [s + np.array([x - left, -bottom], np.float32) for s in strokes]
        x += right - left + gap
    return row


def draw(strokes: list[F32], rng: Rng) -> U8:
    """Ink of strokes with a hard pencil, a biro, or a thick felt pen, slanted and stretched."""
    height = int(rng.uniform(28, 64))
    pen = height * float(np.clip(np.exp(rng.normal(np.log(0.07), 0.45)), 0.025, 0.2))
    stretch, slant = float(np.exp(rng.normal(0, 0.12))), float(rng.normal(0, 0.15))
    matrix = np.array([[stretch, 0], [-slant * stretch, 1]], np.float32)
    left, top, right, bottom = ink.bounds(slanted := [s @ matrix for s in strokes])
    scale = height / max(bottom - top, 0.5 * (right - left), 8.0)
    margin = pen + 2
    origin = np.array([left, top], np.float32) - np.float32(margin / scale)
    size = (int((bottom - top) * scale + 2 * margin), int((right - left) * scale + 2 * margin))
    canvas = np.zeros(size, np.uint8)
    runs = [np.rint((s - origin) * np.float32(16 * scale)).astype(np.int32) for s in slanted]
    cv2.polylines(canvas, runs, False, 255, max(1, round(pen)), cv2.LINE_AA, 4)
    return canvas


def scribble(rng: Rng) -> U8:
    """A random walk of the pen."""
    steps = rng.normal(0, 1, (int(rng.integers(20, 60)), 2)).cumsum(axis=0)
    turns = ink.smooth(np.ascontiguousarray(rng.uniform(20, 60) * steps, np.float32), 3)
    return draw([turns], rng)


def speck(rng: Rng) -> U8:
    """A dot, a dash, or a piece of ruling with something on it."""
    canvas = np.zeros((40, 40), np.uint8)
    kind = rng.random()
    if kind < 0.4:
        size = tuple(int(v) for v in rng.integers(1, 7, 2))
        cv2.ellipse(canvas, (20, 20), size, float(rng.uniform(0, 180)), 0, 360, 255, -1, cv2.LINE_AA)
        return canvas
    y = int(rng.integers(10, 30))
    rise = int(rng.integers(-4, 5))
    cv2.line(canvas, (2, y), (37, y + rise), 255, int(rng.integers(1, 6)), cv2.LINE_AA)
    if kind > 0.7:
        x = int(rng.integers(5, 35))
        cv2.line(canvas, (x, y - 8), (x + int(rng.integers(-4, 5)), y + 9), 255, 2, cv2.LINE_AA)
    return canvas


def photographed(drawn: U8, rng: Rng) -> U8:
    """The ink as the app gets it back from a picture of paper."""
    border = max(3, drawn.shape[0] // 6)
    page = cv2.copyMakeBorder(drawn, *[border] * 4, cv2.BORDER_CONSTANT, value=0)
    severity = augment.Severity(rng.uniform(0.2, 0.8), rng.uniform(0.2, 0.9))
    seen = even_ink(augment.photograph(page, rng, severity))
    return largest(seen)


def largest(strength: U8) -> U8:
    """Ink near the largest pieces only: what lies apart is grain or ruling, and the app leaves it out."""
    _, mask = cv2.threshold(strength, 95, 255, cv2.THRESH_BINARY)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return strength
    area = stats[:, cv2.CC_STAT_AREA]
    kept = area > 0.12 * area[1:].max()
    kept[0] = False
    near = cv2.dilate(kept.astype(np.uint8)[labels] * 255, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.bitwise_and(strength, near), np.uint8)


def vary_mnist(image: U8, rng: Rng) -> U8:
    """A scanned digit at another size, with a thinner or thicker pen."""
    size = int(rng.integers(40, 80))
    big = cv2.resize(image, (size, size), interpolation=cv2.INTER_CUBIC)
    kind = rng.random()
    kernel = np.ones((2, 2) if rng.random() < 0.5 else (3, 3), np.uint8)
    if kind < 0.3:
        big = cv2.erode(big, kernel)
    elif kind < 0.6:
        big = cv2.dilate(big, kernel)
    return np.asarray(big, np.uint8)


def prepared(drawn: U8, rng: Rng, share: float) -> U8:
    """The reader's input, in `share` of the cases after a photograph."""
    return prepare_digit(photographed(drawn, rng) if rng.random() < share else drawn)
