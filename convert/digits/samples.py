"""What the digit reader learns from: digits of MNIST and UNIPEN, and marks that are no digits.

Every sample is a picture of ink, at times photographed and taken off the paper again as the app does, which
then goes through `prepare_digit`.
"""

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.recognition.digitprep import prepare_digit
from camera_ocr.recognition.lineprep import even_ink
from camera_ocr.types import F32, U8
from convert import augment, ink
from convert.datasets import shared
from convert.digits.parted import parted

Rng = np.random.Generator

NOT_A_DIGIT = 10
CLASSES = 11
CHARACTERS = "0123456789" + "".join(c for c in map(chr, range(33, 127)) if not c.isdigit())
"""What people wrote one by one. A net that has to name each learns what sets a y apart from a 4."""
NO_CHARACTER = len(CHARACTERS)
_WIDEST = 2.0
"""Digits wider than this many times their height are strokes under another's label."""
_TUNING = 16
"""One of so many writers and scanned digits sets the threshold of rejection and does not train."""
_HEIGHT = 40
"""px of a character that is drawn as it is."""
_PEN = 0.07
"""Width of the pen that draws it so, of its height."""
_STRAIGHT = 0.12
"""Width of a straight stroke of the pen, of its length; hands are not rulers."""
_APART = 0.05
"""Most by which another hand sets one stroke otherwise to the rest, of the character's size."""
_BENT = 0.035
"""Most by which another hand bends a character, of its size."""
SLASHED = 0.12
"""Share of the zeros that get a stroke through them, as some hands write them all."""

HELD_OUT = 1500
"""MNIST digits that never train, the same ones always."""

TWINS_OF = {"0": "Oo", "1": "Il|/\\!()[]'`,.", "2": "Zz", "5": "Ss", "6": "b", "9": "gq"}
"""Characters written with the strokes of a digit, once all are scaled to one size as the net sees them: a
ring, a lone stroke, and the letters whose plain form is the digit's. Ink alone does not tell them from it, in
this writer's hand or the next one's, so rejection is measured both ways: without them, and with all."""
TWINS = frozenset("".join(TWINS_OF.values()))
"""They neither teach what no digit looks like nor count when rejection is measured without them. What only
some hands write like a digit (y, Y and 4, G and 6, D and 0, T and 7, B and 8) teaches and counts."""


def split_mnist() -> tuple[tuple[U8, NDArray[np.int64]], tuple[U8, NDArray[np.int64]]]:
    """Images (n, 28, 28) and labels to train on, and those held out, every digit in its share."""
    images, labels = shared.mnist()
    order = np.random.default_rng(20).permutation(len(labels))
    held_out, train = order[:HELD_OUT], order[HELD_OUT:]
    return (images[train], labels[train]), (images[held_out], labels[held_out])


def training_scans() -> tuple[U8, NDArray[np.int64]]:
    """The images and labels to train on, without those that help to set the threshold of rejection."""
    (images, labels), _ = split_mnist()
    trains = np.arange(len(labels)) % _TUNING != 0
    return images[trains], labels[trains]


def tuning_scans() -> U8:
    """(n, 28, 28) of the digits to train on, which only help to set the threshold of rejection."""
    return split_mnist()[0][0][::_TUNING]


def is_tuning_writer(writer: str) -> bool:
    """A sixteenth of the training writers only sets the threshold of rejection."""
    return zlib.crc32(writer.encode()) % _TUNING == 0


def written_characters() -> Iterator[shared.StrokeSample]:
    """UNIPEN's single characters, then those of words and phrases whose characters stand apart."""
    yield from shared.unipen("chars")
    for kind in ("words", "text"):
        yield from parted(kind, CHARACTERS)


class DigitMix:
    """What UNIPEN's training writers wrote, and marks that are no digits made of it.

    Args:
        tuning: take the writers that set the threshold instead.
    """

    def __init__(self, *, tuning: bool = False) -> None:
        self.digits: list[shared.StrokeSample] = []
        self.marks: list[shared.StrokeSample] = []
        self.twins: list[shared.StrokeSample] = []
        """Of the digits; their names teach something, whether they are digits does not."""
        by_writer: dict[str, list[shared.StrokeSample]] = defaultdict(list)
        for sample in written_characters():
            if sample.validation or is_tuning_writer(sample.writer) != tuning:
                continue
            if sample.text in "0123456789":
                width, height = sample.size
                if width > _WIDEST * height:
                    continue
                self.digits.append(sample)
                by_writer[sample.writer].append(sample)
            elif sample.text in TWINS:
                self.twins.append(sample)
            elif not is_lone_stroke(ink.strokes_of(sample)):
                self.marks.append(sample)
        self.hands = [samples for samples in by_writer.values() if len(samples) > 4]
        # a few letters are most of the marks
        self._mark_share = _evened([sample.text for sample in self.marks])

    def mark(self, rng: Rng) -> list[F32]:
        """Strokes of a letter or sign that is no digit's twin."""
        return ink.strokes_of(self.marks[_pick(self._mark_share, rng)])

    def pair(self, rng: Rng) -> U8:
        """Two digits of one writer, close or touching, as one segment would be if they were not cut."""
        return draw(self._beside(rng, rng.uniform(-0.2, 0.1)), rng)

    def _beside(self, rng: Rng, gap: float) -> list[F32]:
        row = self.hands[int(rng.integers(len(self.hands)))]
        chosen = [row[int(i)] for i in rng.integers(len(row), size=2)]
        return set_beside([ink.strokes_of(s) for s in chosen], [gap * 128])

    def piece(self, rng: Rng) -> U8:
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

    def fragment(self, rng: Rng) -> U8:
        """Two or three letters run together."""
        letters = [self.mark(rng) for _ in range(int(rng.integers(2, 4)))]
        gaps = [float(rng.uniform(-0.15, 0.05)) * 128] * (len(letters) - 1)
        return draw(set_beside(letters, gaps), rng)


def _evened(groups: Sequence[str]) -> NDArray[np.float64]:
    """Running sum of each item's chance, so that a group's share grows with the root of its size only."""
    sizes = Counter(groups)
    sums = np.cumsum([sizes[group] ** -0.5 for group in groups])
    return np.asarray(sums / sums[-1], np.float64)


def _pick(running: NDArray[np.float64], rng: Rng) -> int:
    return min(int(np.searchsorted(running, rng.random(), side="right")), len(running) - 1)


def is_lone_stroke(strokes: list[F32]) -> bool:
    """True for one straight stroke that is rather upright, and so a 1, whatever its label says.

    About one of a hundred letters in UNIPEN is no more than that: an i without its dot, or one stroke of a k
    whose others were lost.
    """
    points = np.concatenate(strokes).astype(np.float64)
    points -= points.mean(axis=0)
    along, across = np.linalg.eigh(points.T @ points)[1].T[::-1]
    length = np.ptp(points @ along)
    upright = abs(along[1]) > abs(along[0])
    return bool(upright and len(strokes) == 1 and np.ptp(points @ across) < _STRAIGHT * length)


def slash(strokes: list[F32], rng: Rng) -> F32:
    """The stroke through a zero, either way, at times beyond its outline."""
    left, top, right, bottom = ink.bounds(strokes)
    ends = np.array([[left, bottom], [right, top]], np.float32)
    if rng.random() < 0.5:
        ends = np.array([[left, top], [right, bottom]], np.float32)
    middle = ends.mean(axis=0)
    length = rng.uniform(0.55, 1.15, (2, 1))
    shaken = rng.normal(0, 0.06, (2, 2)) * (bottom - top)
    return np.asarray(middle + (ends - middle) * length + shaken, np.float32)


def another_hand(strokes: list[F32], rng: Rng) -> list[F32]:
    """The same character as another hand may write it.

    Each stroke is moved, turned and stretched a little by itself; then slow waves bend them all.
    """
    left, top, right, bottom = ink.bounds(strokes)
    size = max(right - left, bottom - top, 10.0)
    apart = rng.uniform(0, _APART)
    moved = []
    for stroke in strokes:
        middle = stroke.mean(axis=0)
        turned = (stroke - middle) @ (np.eye(2) + rng.normal(0, 1.2 * apart, (2, 2)))
        moved.append(turned + middle + rng.normal(0, 0.7 * apart, 2) * size)
    strength = rng.uniform(0, _BENT) * size
    waves = [
        (rng.normal(0, 2 * np.pi / size, 2), rng.uniform(0, 2 * np.pi), rng.normal(0, strength, 2))
        for _ in range(3)
    ]
    return [
        (s + sum(np.sin(s @ step + phase)[:, None] * sway for step, phase, sway in waves)).astype(np.float32)
        for s in moved
    ]


def set_beside(writings: list[list[F32]], gaps: list[float]) -> list[F32]:
    """Strokes set in a row on one baseline, with the gaps between them in units of the strokes."""
    row: list[F32] = []
    x = 0.0
    for strokes, gap in zip(writings, [*gaps, 0.0], strict=True):
        left, _, right, bottom = ink.bounds(strokes)
        row += [s + np.array([x - left, -bottom], np.float32) for s in strokes]
        x += right - left + gap
    return row


def draw_plain(strokes: list[F32]) -> U8:
    """Ink of strokes as they are, with a biro."""
    return ink.draw(strokes, _HEIGHT, _PEN * _HEIGHT)


def draw(strokes: list[F32], rng: Rng) -> U8:
    """Ink of strokes with a hard pencil, a biro, or a thick felt pen, in a hand bent a little."""
    height = int(rng.uniform(28, 64))
    pen = height * float(np.clip(np.exp(rng.normal(np.log(0.07), 0.45)), 0.025, 0.2))
    bent = ink.distort(strokes, rng, 0.75)
    left, top, right, bottom = ink.bounds(bent)
    scale = height / max(bottom - top, 0.5 * (right - left), 8.0)
    margin = pen + 2
    origin = np.array([left, top], np.float32) - np.float32(margin / scale)
    size = (int((bottom - top) * scale + 2 * margin), int((right - left) * scale + 2 * margin))
    canvas = np.zeros(size, np.uint8)
    runs = [np.rint((s - origin) * np.float32(16 * scale)).astype(np.int32) for s in bent]
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


def photographed(drawn: U8, rng: Rng, *, row: bool = False) -> U8:
    """The ink of one mark, or of a row, as the app gets it back from a picture of paper."""
    border = max(3, drawn.shape[0] // 6)
    page = cv2.copyMakeBorder(drawn, *[border] * 4, cv2.BORDER_CONSTANT, value=0)
    severity = augment.Severity(rng.uniform(0.2, 0.8), rng.uniform(0.2, 0.9))
    seen = even_ink(augment.photograph(page, rng, severity))
    return largest(seen, 0.04 if row else 0.12)


def largest(strength: U8, least: float = 0.12) -> U8:
    """Ink near the largest pieces only, and those of a share `least` of the largest one's size.

    What is smaller is grain or ruling, and the app leaves it out.
    """
    _, mask = cv2.threshold(strength, 95, 255, cv2.THRESH_BINARY)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return strength
    area = stats[:, cv2.CC_STAT_AREA]
    kept = area > least * area[1:].max()
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


def bend_scan(image: U8, rng: Rng) -> U8:
    """A scanned digit (H, W) bent at random, as another hand might have written it."""
    strength = rng.uniform(0.3, 1.0) * image.shape[0] / 28
    off = [rng.normal(0, strength, (5, 5)).astype(np.float32) for _ in range(2)]
    return augment.displaced(image, np.stack(off, axis=2), 0)


def prepared(drawn: U8, rng: Rng, share: float) -> U8:
    """The reader's input, in `share` of the cases after a photograph."""
    return prepare_digit(photographed(drawn, rng) if rng.random() < share else drawn)
