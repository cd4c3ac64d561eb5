"""The words of a line that has been read, from where the reader saw each character."""

import numpy as np

from camera_ocr.curve import part_of_line
from camera_ocr.types import F32, Curve, Transcript, Word


def split_words(transcript: Transcript, quad: F32, curve: Curve | None = None) -> tuple[Word, ...]:
    """Words of a line's text, each with its part of the line (px) and its own confidence 0..1.

    A word's box reaches from its first to its last character; boxes do not overlap, and a word whose
    characters have no width still gets a sliver.
    """
    text, spans = transcript.text, np.asarray(transcript.char_span, np.float64).reshape(-1, 2)
    if len(spans) != len(text):
        raise ValueError(f"{len(spans)} spans for {len(text)} characters")
    words: list[Word] = []
    end = 0.0
    runs = _runs(text)
    others = transcript.word_alternatives or ((),) * len(runs)
    if len(others) != len(runs):
        raise ValueError(f"alternatives of {len(others)} words for {len(runs)} words")
    sure = transcript.word_confidence
    for i, ((first, last), alternatives) in enumerate(zip(runs, others, strict=True)):
        low = max(end, float(np.clip(spans[first : last + 1, 0].min(), 0.0, 1.0)))
        end = max(low, float(np.clip(spans[first : last + 1, 1].max(), 0.0, 1.0)))
        start = min(low, end - 0.002) if end - low < 0.002 else low
        stop = end if end > start else min(1.0, start + 0.002)
        part = part_of_line(quad, curve, max(0.0, start), stop)
        confidence = (
            float(sure[i]) if sure is not None else _certainty(transcript.char_conf[first : last + 1])
        )
        words.append(Word(text[first : last + 1], part, confidence, alternatives))
    return tuple(words)


def _runs(text: str) -> list[tuple[int, int]]:
    """First and last index of each run without white space."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for i, char in enumerate(text + " "):
        if char.isspace():
            if start is not None:
                runs.append((start, i - 1))
            start = None
        elif start is None:
            start = i
    return runs


def _certainty(char_conf: F32) -> float:
    """Geometric mean, as for a whole line of a model without calibration."""
    return float(np.exp(np.log(np.maximum(char_conf, 1e-6)).mean()))
