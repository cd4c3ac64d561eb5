"""Reads digits in rows, touching and broken ones too, with the digit model."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.preprocess.illumination import even_light
from camera_ocr.preprocess.ruling import remove_ruling
from camera_ocr.preprocess.threshold import ink_mask
from camera_ocr.recognition.card import default_model, load_card
from camera_ocr.recognition.ctc import softmax
from camera_ocr.recognition.digit_rows import Row, cut_apart, find_rows
from camera_ocr.recognition.digit_strip import ROW_MODEL, StripReader
from camera_ocr.recognition.digitprep import DIGIT_SIDE, INK, prepare_digit
from camera_ocr.recognition.interpreter import Interpreter, available_runtimes, choose_runtime
from camera_ocr.recognition.lineprep import even_ink
from camera_ocr.types import F32, U8, Transcript

_SPACE = 1.1
"""Gap between two digits that is read as a space, of the row's height."""

_BY_ROW = 0.7
"""Weight of what the row shows beside what the digit alone shows, as powers of probabilities."""
_LEAST = 1e-4
"""Neither view alone may rule a class out."""
_NONE = 0.5
"""Probability of being no digit above which a mark is left out."""
_NONE_AMONG_DIGITS = 0.97
"""The same where most of the row are digits: an odd mark there is a hurried digit sooner than a letter."""


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
        model: .tflite file with its card beside it; None takes the one that comes with the program. The row
            model is the one beside it, else the one that comes with the program.
        runtime: `ai-edge-litert` or `tflite-runtime`; None takes what there is.
        threads: processor threads.

    Raises:
        ModelError: a file or its card is missing, altered, damaged, or not a digit reader.
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
        beside = path.with_name(f"{ROW_MODEL}.tflite")
        rows = beside if beside.is_file() else default_model(ROW_MODEL)
        self._strips = StripReader(rows, self._runtime, threads)

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
        """Where digits are is said by the row as a whole, which they are by both the row and each alone.

        A mark that has no neighbours is judged by itself: nothing had to be cut, and so it is told from
        letters better.
        """
        seen = self._strips.read(row.strength)
        parts = cut_apart(row.strength, [mark.at for mark in seen])
        kept = [(mark, part) for mark, part in zip(seen, parts, strict=True) if _inked(part)[2]]
        images = [prepare_digit(part) for _, part in kept]
        alone = list(self.classify(images))
        if len(kept) == 1:
            (_, part), single = kept[0], alone[0]
            return [self._digit(row, _inked(part), single, images[0])] if self.is_digit(single) else []
        both = [_combined(mark.probabilities, one) for (mark, _), one in zip(kept, alone, strict=True)]
        likely = sum(probabilities[-1] <= _NONE for probabilities in both)
        if len(both) == 2 and likely < 2 and _touch(kept[0][1], kept[1][1]):
            # half of a letter may look like a digit
            return []
        least = _NONE_AMONG_DIGITS if likely > 1 and 2 * likely > len(both) else _NONE
        return [
            self._digit(row, _inked(part), probabilities, image)
            for (_, part), image, probabilities in zip(kept, images, both, strict=True)
            if probabilities[-1] <= least
        ]

    def _digit(self, row: Row, ink: tuple[int, int, int, int], probabilities: F32, image: U8) -> Digit:
        x, y, w, h = ink
        box = (x / row.scale + row.left, y / row.scale + row.top, w / row.scale, h / row.scale)
        text = self.card.charset[int(probabilities[:-1].argmax())]
        return Digit(text, probabilities[:-1], box, image)


def _combined(by_row: F32, alone: F32) -> F32:
    """(11,) probabilities out of both views."""
    mixed = np.maximum(by_row, _LEAST) ** _BY_ROW * np.maximum(alone, _LEAST) ** (1 - _BY_ROW)
    return np.asarray(mixed / mixed.sum(), np.float32)


def _touch(one: U8, other: U8) -> bool:
    """True when two marks of a row were cut from the same piece of ink."""
    near = cv2.dilate(one, np.ones((3, 3), np.uint8))
    return bool(((near >= INK) & (other >= INK)).any())


def _inked(part: U8) -> tuple[int, int, int, int]:
    """x, y, width, height of the ink; 0 wide when there is none."""
    x, y, w, h = cv2.boundingRect(cv2.threshold(part, INK - 1, 255, cv2.THRESH_BINARY)[1])
    return x, y, w, h


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
