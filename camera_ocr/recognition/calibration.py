"""From what a net and the search say of a reading to the probability that it is right.

A logistic regression (Platt, "Probabilistic outputs for support vector machines", 1999) for words and one for
whole texts, each for readings that were searched and for those by the best class of every frame. Its weights
belong to a model and stand in its card; `python -m convert calibrate` fits them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.types import Transcript

_LEAST, _MOST = 1e-4, 0.9997
"""Probabilities are clipped to these before their log-odds are taken."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One number for each of `word_features` and of `text_features`."""

    word: tuple[float, ...]
    text: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The calibration of one model."""

    searched: Weights
    greedy: Weights

    def apply(self, transcript: Transcript) -> Transcript:
        """The transcript with the probabilities that its words and its text are right."""
        if not transcript.text:
            return transcript
        weights = self.greedy if transcript.word_posterior is None else self.searched
        words = [probability(weights.word, row) for row in word_features(transcript)]
        return replace(
            transcript,
            word_confidence=np.array(words, np.float32),
            text_confidence=probability(weights.text, text_features(words)),
        )


def word_features(transcript: Transcript) -> list[list[float]]:
    """For each word of a text that is not empty, what its probability is worked out from."""
    certain = np.log(np.clip(transcript.char_conf, 1e-6, 1)).tolist()
    line = _log_odds(math.exp(sum(certain) / len(certain)), least=0.2)
    rows: list[list[float]] = []
    at = 0
    for i, word in enumerate(transcript.text.split()):
        at = transcript.text.index(word, at)
        letters = certain[at : at + len(word)]
        at += len(word)
        row = [
            1.0,
            _log_odds(math.exp(sum(letters)), least=3e-3),
            _log_odds(math.exp(min(letters)), least=1e-2),
            math.log(len(word)),
            line,
        ]
        if transcript.word_posterior is not None:
            share = float(transcript.word_posterior[i])
            doubted = share < 1
            row += [float(doubted), _log_odds(share, least=2e-2, most=0.9995) if doubted else 0.0]
        rows.append(row)
    return rows


def text_features(words: Sequence[float]) -> list[float]:
    """The same for a text, from the probabilities of its words."""
    together = math.prod(words)
    return [1.0, _log_odds(together), math.log(len(words)), _log_odds(min(words), least=1e-2)]


def probability(weights: Sequence[float], features: Sequence[float]) -> float:
    """Of the logistic regression, 0..1 without the ends."""
    z = sum(w * x for w, x in zip(weights, features, strict=True))
    return 1 / (1 + math.exp(-min(max(z, -30.0), 30.0)))


def calibration_of(card: dict[str, Any], model: str) -> Calibration | None:
    """What a model's card says of it; None when it says nothing. Raises ModelError when it is damaged."""
    written = card.get("calibration")
    if written is None:
        return None
    try:
        found = {
            way: Weights(
                tuple(float(w) for w in written[way]["word"]), tuple(float(w) for w in written[way]["text"])
            )
            for way in ("searched", "greedy")
        }
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{model}: the calibration in its card is damaged ({error}); {_AGAIN}") from error
    counts = [(len(w.word), len(w.text), all(map(math.isfinite, w.word + w.text))) for w in found.values()]
    if counts != [(7, 4, True), (5, 4, True)]:
        raise ModelError(f"{model}: the calibration in its card does not fit this program; {_AGAIN}")
    return Calibration(**found)


_AGAIN = "fit it again with `python -m convert calibrate`, or take `calibration` out of the card"


def _log_odds(p: float, *, least: float = _LEAST, most: float = _MOST) -> float:
    p = min(max(p, least), most)
    return math.log(p / (1 - p))
