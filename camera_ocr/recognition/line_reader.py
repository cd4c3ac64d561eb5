"""Reads the text of line crops with the CTC line model."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.recognition.beam import beam_search
from camera_ocr.recognition.calibration import calibration_of
from camera_ocr.recognition.card import default_model, find_model, load_card
from camera_ocr.recognition.ctc import greedy
from camera_ocr.recognition.interpreter import Interpreter, available_runtimes, choose_runtime
from camera_ocr.recognition.language import make_scorer
from camera_ocr.recognition.lineprep import prepare_line
from camera_ocr.types import F32, U8, Transcript

_WIDE_STEP = 128
"""Lines wider than the card's widest bucket are padded to a multiple of this, px."""


class LineReader:
    """One model on one runtime. Not thread-safe: one a thread.

    Args:
        model: .tflite file with its card beside it, or the name of one that comes with the program; None
            takes `line_reader`.
        runtime: `ai-edge-litert` or `tflite-runtime`; None takes what there is.
        threads: processor threads for one line.
        language: one of languages.LANGUAGE_CHOICES; `none` lets the ink alone decide, fastest.
        own_words: to be expected besides those of the language.

    Raises:
        ConfigError: no such language.
        ModelError: the file or its card is missing, altered, damaged, or not a line reader.
        RuntimeMissing: no TFLite runtime, or not the one asked for.
    """

    def __init__(
        self,
        model: Path | None = None,
        runtime: str | None = None,
        threads: int = 1,
        language: str = "none",
        own_words: Collection[str] = (),
    ) -> None:
        self._path = find_model(model) if model else default_model()
        self.card = load_card(self._path)
        if self.card.task != "line":
            raise ModelError(
                f"{self._path}: a model for {self.card.task!r}, not for lines; choose a line reader"
            )
        self._calibration = calibration_of(self.card.details, str(self._path))
        self._runtime = choose_runtime(runtime)
        self._threads = threads
        self._scorer = make_scorer(language, own_words)
        self._interpreters: dict[int, Interpreter] = {}
        # fails here, not at the first line, when the runtime cannot run the model
        width = self.card.buckets[0]
        _, frames, classes = self._interpreter(width).run(self._blank_line(width)).shape
        if frames != -(-width // self.card.stride):
            raise ModelError(
                f"{self._path}: {frames} frames for {width} px, but its card says {self.card.stride} px each"
            )
        if classes != len(self.card.charset) + 1:
            raise ModelError(
                f"{self._path}: {classes} classes, but its card names {len(self.card.charset)} characters"
            )

    @property
    def model_name(self) -> str:
        return self.card.name

    @property
    def runtime_name(self) -> str:
        """Runtime with its version, for the status line and reports."""
        return f"{self._runtime} {available_runtimes().get(self._runtime, '')}".strip()

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        """Text of each crop, (H, W) grey, one line of writing in each; empty where there is none."""
        return [self._read_one(crop) for crop in crops]

    def _read_one(self, crop: U8) -> Transcript:
        if not crop.size:
            return greedy(np.zeros((0, 1), np.float32), self.card.charset, self.card.blank)
        line = prepare_line(crop, self.card.input_height)
        width = line.pixels.shape[1]
        padded = self._blank_line(self._bucket(width))
        padded[0, :, :width, 0] = line.pixels * np.float32(1 / 255)
        logits = self._interpreter(padded.shape[2]).run(padded)[0]
        # one frame more than the line has: the last letter may show only in the padding after it
        frames = min(len(logits), -(-width // self.card.stride) + 1)
        transcript = self._decode(logits[:frames])
        # the model saw the line without its blank margins; spans are wanted along the whole crop
        spans = line.left + transcript.char_span * (frames * self.card.stride / width) * (
            line.right - line.left
        )
        return replace(transcript, char_span=np.clip(spans, 0, 1).astype(np.float32))

    def _decode(self, logits: F32) -> Transcript:
        charset, blank = self.card.charset, self.card.blank
        if self._scorer is None:
            transcript = greedy(logits, charset, blank)
        else:
            transcript = beam_search(logits, charset, blank, self._scorer.line)
        return self._calibration.apply(transcript) if self._calibration else transcript

    def _bucket(self, width: int) -> int:
        """The narrowest width the line fits: few shapes mean few interpreters to keep."""
        return next((b for b in self.card.buckets if width <= b), -(-width // _WIDE_STEP) * _WIDE_STEP)

    def _blank_line(self, width: int) -> np.ndarray:
        return np.zeros((1, self.card.input_height, width, 1), np.float32)

    def _interpreter(self, width: int) -> Interpreter:
        if width not in self._interpreters:
            shape = (1, self.card.input_height, width, 1)
            self._interpreters[width] = Interpreter(self._path, shape, self._runtime, self._threads)
        return self._interpreters[width]
