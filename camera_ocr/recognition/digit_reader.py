"""Reads digits in rows, touching and broken ones too, with the digit model."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.preprocess.illumination import even_light
from camera_ocr.preprocess.ruling import remove_ruling
from camera_ocr.preprocess.threshold import ink_mask
from camera_ocr.recognition.card import default_model, load_card
from camera_ocr.recognition.ctc import softmax
from camera_ocr.recognition.digit_rows import Row, find_rows
from camera_ocr.recognition.digitprep import DIGIT_SIDE, prepare_digit
from camera_ocr.recognition.interpreter import Interpreter, available_runtimes, choose_runtime
from camera_ocr.recognition.lineprep import even_ink
from camera_ocr.types import F32, U8, Transcript

_MOST_PIECES = 7
"""Pieces that one digit may be put together from."""
_WIDEST = 1.7
"""Width of a digit, of the row's height."""
_WIDEST_GAP = 0.28
"""Between the pieces of one digit, of the row's height."""
_LOW = 0.45
"""Lower digits than this share of the row's height are unlikely."""
_SPACE = 1.1
"""Gap between two digits that is read as a space, of the row's height."""

# costs, in units of log probability
_LOW_COST = 2.5
_CUT_COST = 0.4
_GAP_COST = 0.4
_NO_DIGIT_COST = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Digit:
    """One digit as it was read."""

    text: str
    """`0` to `9`."""
    probabilities: F32
    """(10,) of the ten digits; they sum to 1 less the probability that it is none."""
    box: tuple[float, float, float, float]
    """x, y, width, height of its ink in the picture, px."""
    image: U8
    """(28, 28) what the network saw, ink bright."""

    @property
    def confidence(self) -> float:
        """0..1."""
        return float(self.probabilities.max())


class DigitReader:
    """One digit model on one runtime. Not thread-safe: one a thread.

    Args:
        model: .tflite file with its card beside it; None takes the one that comes with the program.
        runtime: `ai-edge-litert` or `tflite-runtime`; None takes what there is.
        threads: processor threads.

    Raises:
        ModelError: the file or its card is missing, altered, damaged, or not a digit reader.
        RuntimeMissing: no TFLite runtime, or not the one asked for.
    """

    def __init__(self, model: Path | None = None, runtime: str | None = None, threads: int = 1) -> None:
        path = model or default_model("digit_reader")
        self.card = load_card(path)
        if self.card.task != "digits":
            raise ModelError(f"{path}: a model for {self.card.task!r}, not for digits; choose a digit reader")
        self._runtime = choose_runtime(runtime)
        self._interpreter = Interpreter(path, (1, DIGIT_SIDE, DIGIT_SIDE, 1), self._runtime, threads)
        classes = self._logits(np.zeros((DIGIT_SIDE, DIGIT_SIDE), np.uint8)).shape[-1]
        if classes != len(self.card.charset) + 1:
            raise ModelError(
                f"{path}: {classes} classes, but its card names {len(self.card.charset)} characters"
            )
        try:
            self._reject = float(self.card.details["reject"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                f"{path}: the card does not say when to reject; export the model again"
            ) from error

    @property
    def model_name(self) -> str:
        return self.card.name

    @property
    def runtime_name(self) -> str:
        """Runtime with its version, for the status line and reports."""
        return f"{self._runtime} {available_runtimes().get(self._runtime, '')}".strip()

    def classify(self, images: Sequence[U8]) -> F32:
        """Probabilities (n, 11) of (28, 28) images as `prepare_digit` makes them; the last is "no digit"."""
        if not len(images):
            return np.zeros((0, len(self.card.charset) + 1), np.float32)
        return softmax(np.stack([self._logits(image) for image in images]))

    def is_digit(self, probabilities: F32) -> bool:
        """False for (11,) probabilities of what the reader would reject."""
        return bool(probabilities[-1] <= self._reject)

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        """The digits of each (H, W) grey crop of one row, as a line reader would give them."""
        return [self._read_crop(crop) for crop in crops]

    def read_ink(self, ink: U8) -> list[list[Digit]]:
        """Digits by row, from top to bottom and left to right; rows without a digit are left out.

        `ink` is (H, W) ink strength: 255 = ink, 0 = paper.
        """
        rows = [self._read_row(row) for row in find_rows(ink)]
        return [digits for digits in rows if digits]

    def _logits(self, image: U8) -> F32:
        values = image.astype(np.float32)[None, :, :, None] * np.float32(1 / 255)
        return np.asarray(self._interpreter.run(values)[0], np.float32)

    def _read_crop(self, crop: U8) -> Transcript:
        if not crop.size:
            return to_transcript([], 1)
        rows = self.read_ink(written_ink(crop))
        # parts of the neighbouring lines may show at the edges of a crop
        digits = max(rows, key=lambda row: sum(d.box[2] * d.box[3] for d in row), default=[])
        return to_transcript(digits, crop.shape[1])

    def _read_row(self, row: Row) -> list[Digit]:
        """The pieces put together in the way that is most probable, by dynamic programming."""
        count = len(row.boxes)
        spans = [
            (start, end)
            for start in range(count)
            for end in range(start + 1, min(count, start + _MOST_PIECES) + 1)
            if _may_be_one(row, start, end)
        ]
        images = [prepare_digit(_ink_of(row, start, end)) for start, end in spans]
        probabilities = self.classify(images)
        best = np.full(count + 1, -np.inf)
        best[0] = 0.0
        chosen = [-1] * (count + 1)
        taken = [False] * (count + 1)
        for k in sorted(range(len(spans)), key=lambda k: spans[k][1]):
            start, end = spans[k]
            digit, none = self._scores(row, start, end, probabilities[k])
            score = best[start] + max(digit, none)
            if score > best[end]:
                best[end], chosen[end] = score, k
                taken[end] = digit >= none
        digits: list[Digit] = []
        end = count
        while end > 0:
            k = chosen[end]
            if taken[end] and self.is_digit(probabilities[k]):
                digits.append(self._digit(row, spans[k], probabilities[k], images[k]))
            end = spans[k][0]
        return digits[::-1]

    def _scores(self, row: Row, start: int, end: int, probabilities: F32) -> tuple[float, float]:
        """Log score of these pieces as a digit, and as something else."""
        logs = np.log(np.maximum(probabilities, 1e-6))
        digit, none = float(logs[:-1].max()), float(logs[-1]) - _NO_DIGIT_COST
        _, _, _, height = _union(row, start, end)
        if height < _LOW * row.height:
            digit -= _LOW_COST
        shared = _gaps(row, start, end)
        digit -= _GAP_COST * sum(gap > 0.03 * row.height for gap in shared)
        if start and _touch(row, start - 1, start):
            digit -= _CUT_COST
            none -= _CUT_COST
        return digit, none

    def _digit(self, row: Row, span: tuple[int, int], probabilities: F32, image: U8) -> Digit:
        x, y, w, h = _union(row, *span)
        box = (x / row.scale + row.left, y / row.scale + row.top, w / row.scale, h / row.scale)
        text = self.card.charset[int(probabilities[:-1].argmax())]
        return Digit(text, probabilities[:-1], box, image)


def written_ink(gray: U8) -> U8:
    """(H, W) grey picture -> ink strength, nothing of the paper and its ruling left."""
    strength = even_ink(gray)
    even = even_light(255 - gray if _is_chalk(gray, strength) else gray)
    mask = remove_ruling(ink_mask(even), even)
    return np.asarray(cv2.bitwise_and(strength, cv2.dilate(mask, np.ones((3, 3), np.uint8))), np.uint8)


def to_transcript(digits: Sequence[Digit], width: float) -> Transcript:
    """A row of digits as a line of text, with spaces where they stand far apart.

    `width` is the picture's, px.
    """
    text, confidence, spans = "", [], []
    typical = float(np.median([d.box[3] for d in digits])) if digits else 1.0
    for before, digit in zip([None, *digits], digits, strict=False):
        x, _, w, _ = digit.box
        if before is not None and x - before.box[0] - before.box[2] > _SPACE * typical:
            text += " "
            confidence.append(min(before.confidence, digit.confidence))
            spans.append((before.box[0] + before.box[2], x))
        text += digit.text
        confidence.append(digit.confidence)
        spans.append((x, x + w))
    fractions = np.clip(np.array(spans, np.float32).reshape(-1, 2) / width, 0, 1)
    return Transcript(text, np.array(confidence, np.float32), fractions.astype(np.float32))


def _is_chalk(gray: U8, strength: U8) -> bool:
    """True when what `even_ink` took for ink is brighter than the rest."""
    marks = strength > 128
    return bool(marks.any() and not marks.all() and gray[marks].mean() > gray[~marks].mean())


def _may_be_one(row: Row, start: int, end: int) -> bool:
    if end == start + 1:
        return True
    _, _, width, _ = _union(row, start, end)
    return width <= _WIDEST * row.height and max(_gaps(row, start, end)) <= _WIDEST_GAP * row.height


def _gaps(row: Row, start: int, end: int) -> list[float]:
    """Empty columns between neighbouring pieces, px; negative where one reaches over the other."""
    boxes = row.boxes[start:end]
    return [float(b[0] - a[0] - a[2]) for a, b in pairwise(boxes)]


def _touch(row: Row, one: int, other: int) -> bool:
    """True when two neighbouring pieces were cut from the same ink."""
    mine = (row.owner == one).astype(np.uint8)
    return bool((cv2.dilate(mine, np.ones((3, 3), np.uint8))[row.owner == other] > 0).any())


def _union(row: Row, start: int, end: int) -> tuple[int, int, int, int]:
    boxes = row.boxes[start:end]
    x, y = int(boxes[:, 0].min()), int(boxes[:, 1].min())
    right, bottom = int((boxes[:, 0] + boxes[:, 2]).max()), int((boxes[:, 1] + boxes[:, 3]).max())
    return x, y, right - x, bottom - y


def _ink_of(row: Row, start: int, end: int) -> U8:
    """Ink strength of these pieces alone, with their soft edges."""
    x, y, w, h = _union(row, start, end)
    part = (slice(max(0, y - 1), y + h + 1), slice(max(0, x - 1), x + w + 1))
    owner = row.owner[part]
    mine = ((owner >= start) & (owner < end)).astype(np.uint8) * 255
    others = (owner >= 0) & (mine == 0)
    near = cv2.dilate(mine, np.ones((3, 3), np.uint8))
    near[others] = 0
    return np.asarray(cv2.bitwise_and(row.strength[part], near), np.uint8)
