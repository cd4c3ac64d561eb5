"""What words a language has, how frequent they are, and how its letters follow each other."""

import hashlib
import json
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import models_dir

STEPS = 4
"""Frequency classes to a factor of ten: class k of the file is a frequency of 10 ** (-k / STEPS)."""
NGRAM_STEPS = 16
"""Entry e of the trigram table is a probability of 2 ** (-e / NGRAM_STEPS)."""

_AGAIN = "reinstall Camera OCR, or build it again with `python -m convert lexicon`"


class Lexicon:
    """One language's words and letter trigrams, as `python -m convert lexicon` writes them.

    Args:
        words: sorted, case folded: small letters, ß as ss.
        frequencies: (n,) share of each word in running text.
        alphabet: letters the words have; the table's class 0 is what is before and after a word.
        trigrams: (A, A, A) u8, A = len(alphabet) + 1, by the two letters before and the letter.
    """

    def __init__(
        self, words: list[str], frequencies: Sequence[float], alphabet: str, trigrams: np.ndarray
    ) -> None:
        self._words = words
        self._sums = list(accumulate(frequencies, initial=0.0))
        self._index = {letter: i for i, letter in enumerate(alphabet, 1)}
        self._size = len(alphabet) + 1
        self._trigrams = trigrams.astype(np.uint8).tobytes()

    @property
    def words(self) -> Sequence[str]:
        """Sorted, case folded."""
        return self._words

    def __contains__(self, word: str) -> bool:
        word = word.casefold()
        lo, hi = self.narrow(word, 0, len(self._words))
        return lo < hi and self._words[lo] == word

    @property
    def everything(self) -> tuple[int, int]:
        """The range of all words, to begin to narrow from."""
        return 0, len(self._words)

    def narrow(self, prefix: str, lo: int, hi: int) -> tuple[int, int]:
        """The range of words that begin with `prefix`, given that of a shorter beginning of it."""
        lo = bisect_left(self._words, prefix, lo, hi)
        return lo, bisect_left(self._words, prefix + "\U0010ffff", lo, hi)

    def share(self, lo: int, hi: int) -> float:
        """Share in running text of a range of words together."""
        return self._sums[hi] - self._sums[lo]

    def share_of(self, word: str, lo: int, hi: int) -> float:
        """Share of the word that is `word` itself, 0 if there is none; the range is that of its beginning."""
        return self.share(lo, lo + 1) if lo < hi and self._words[lo] == word else 0.0

    def letter(self, before: str, letter: str) -> float:
        """Probability of a letter after the last two of `before`; a space stands for the word's end."""
        size, index = self._size, self._index
        a = index.get(before[-2], 0) if len(before) > 1 else 0
        b = index.get(before[-1], 0) if before else 0
        c = index.get(letter, 0)
        if not c and letter != " ":
            return 2.0**-15
        return _POWERS[self._trigrams[(a * size + b) * size + c]]

    def spelling(self, before: str, letters: str) -> float:
        """Probability of letters one after the other, after `before`."""
        p = 1.0
        for i, letter in enumerate(letters):
            p *= self.letter(before + letters[:i], letter)
        return p


_POWERS: list[float] = [2.0 ** (-e / NGRAM_STEPS) for e in range(256)]


def lexicons_dir() -> Path:
    return models_dir() / "lexicons"


def load_lexicon(language: str, folder: Path | None = None) -> Lexicon:
    """A language's lexicon. Raises ModelError when its file or card is missing, altered or damaged."""
    path = (folder or lexicons_dir()) / f"{language}.npz"
    card = path.with_suffix(".json")
    try:
        content = path.read_bytes()
        sha256 = json.loads(card.read_text(encoding="utf-8"))["sha256"]
    except FileNotFoundError as error:
        raise ModelError(f"{error.filename}: no such file; {_AGAIN}") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{card}: the lexicon or its card cannot be read ({error}); {_AGAIN}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ModelError(f"{path}: the file is not the one its card describes (sha256 differs); {_AGAIN}")
    with np.load(path) as file:
        words = file["words"].tobytes().decode("utf-8").split("\n")
        frequencies = (10.0 ** (-file["classes"].astype(np.float64) / STEPS)).tolist()
        return Lexicon(words, frequencies, str(file["alphabet"]), file["trigrams"])
