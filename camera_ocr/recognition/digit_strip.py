"""Reads a whole row of digits at once, so that nothing has to be cut before it is read.

A small convolutional net slides along the row and says at every few columns which digit stands there, if one
does (trained with CTC: Graves et al., "Connectionist temporal classification", 2006).
"""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import load_card
from camera_ocr.recognition.ctc import softmax
from camera_ocr.recognition.digitprep import INK
from camera_ocr.recognition.interpreter import Interpreter
from camera_ocr.types import F32, U8

ROW_MODEL = "digit_rows"
"""Name of the model's file."""
STRIP_HEIGHT = 32
"""px."""
STRIDE = 4
"""Columns of the strip to one step of the net."""
OTHER = 10
"""Class of a mark that is no digit."""
BLANK = 11
STRIP_CLASSES = 12

_MARGIN = 2
_AFTER = 4
"""px of paper after a strip: the net may say what the last mark is a step after it."""


class Seen(NamedTuple):
    """One mark that the net saw in a row."""

    probabilities: F32
    """(11,) of the ten digits and of OTHER, at the step where it is seen best; they sum to 1."""
    at: float
    """x where it is in the row's picture, px."""


def prepare_strip(ink: U8) -> U8:
    """(H, W) ink strength of one row, cut close around the ink -> (32, W'), with some paper around it."""
    h, w = ink.shape
    inner = STRIP_HEIGHT - 2 * _MARGIN
    width = max(1, round(w * inner / max(h, 1)))
    how = cv2.INTER_AREA if inner < h else cv2.INTER_LINEAR
    small = cv2.resize(ink, (width, inner), interpolation=how)
    strokes = small[small >= 16]
    if len(strokes):
        # a thin stroke is grey once it is shrunk: its darkest tenth is full ink again
        small = cv2.convertScaleAbs(small, alpha=255 / float(np.quantile(strokes, 0.9)))
    return np.pad(np.asarray(small, np.uint8), _MARGIN)


class StripReader:
    """The row model on one runtime. Not thread-safe.

    Raises:
        ModelError: the file or its card is missing, altered, or not a model for rows of digits.
    """

    def __init__(self, model: Path, runtime: str | None = None, threads: int = 1) -> None:
        card = load_card(model)
        if card.task != "digit rows":
            raise ModelError(f"{model}: a model for {card.task!r}, not for rows of digits; export it again")
        self._model, self._runtime, self._threads = model, runtime, threads
        self._widths = sorted(card.buckets)
        self._interpreters: dict[int, Interpreter] = {}
        classes = self._logits(np.zeros((STRIP_HEIGHT, self._widths[0]), np.uint8)).shape[-1]
        if classes != STRIP_CLASSES:
            raise ModelError(f"{model}: {classes} classes instead of {STRIP_CLASSES}; export it again")

    def read(self, ink: U8) -> list[Seen]:
        """The marks of one row, from left to right; `ink` is (H, W) ink strength with any margins."""
        x, y, w, h = cv2.boundingRect(cv2.threshold(ink, INK - 1, 255, cv2.THRESH_BINARY)[1])
        if not w:
            return []
        strip = prepare_strip(ink[y : y + h, x : x + w])
        wide = strip.shape[1]
        widest = self._widths[-1] - _AFTER
        if wide > widest:
            strip = cv2.resize(strip, (widest, STRIP_HEIGHT), interpolation=cv2.INTER_AREA)
            wide = widest
        bucket = next(width for width in self._widths if width >= wide + _AFTER)
        padded = np.zeros((STRIP_HEIGHT, bucket), np.uint8)
        padded[:, :wide] = strip
        marks = spell(softmax(self._logits(padded)[: (wide + _AFTER) // STRIDE]))
        # the paper around the writing is no part of the row
        scale = w / max(1, wide - 2 * _MARGIN)
        return [Seen(p, x + float(np.clip((at - _MARGIN) * scale, 0, w))) for p, at in marks]

    def _logits(self, strip: U8) -> F32:
        wide = strip.shape[1]
        if wide not in self._interpreters:
            shape = (1, STRIP_HEIGHT, wide, 1)
            self._interpreters[wide] = Interpreter(self._model, shape, self._runtime, self._threads)
        values = strip.astype(np.float32)[None, :, :, None] * np.float32(1 / 255)
        return np.asarray(self._interpreters[wide].run(values)[0], np.float32)


def spell(probabilities: F32) -> list[Seen]:
    """Marks along the best path through (T, 12) probabilities of a strip; `at` is in px of the strip."""
    best = probabilities.argmax(axis=1)
    marks: list[Seen] = []
    start = 0
    for end in range(1, len(best) + 1):
        if end < len(best) and best[end] == best[start]:
            continue
        if best[start] != BLANK:
            run = probabilities[start:end, : OTHER + 1]
            clearest = run[run.max(axis=1).argmax()]
            marks.append(Seen(clearest / clearest.sum(), (start + end) / 2 * STRIDE))
        start = end
    return marks
