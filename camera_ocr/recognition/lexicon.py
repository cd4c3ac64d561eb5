"""What words a language has, how frequent they are, and how its letters follow each other."""

import copy
import hashlib
import json
import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np

from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import models_dir

STEPS = 4
"""Frequency classes to a factor of ten: class k of the file is a frequency of 10 ** (-k / STEPS)."""
NGRAM_STEPS = 16
"""Entry e of the n-gram table is a probability, or a back-off weight, of 2 ** (-e / NGRAM_STEPS)."""
NGRAM_ORDER = 6
"""Letters at most that an entry of the table spans."""
LETTER_BITS = 6
"""An n-gram's key is a 1 and then its letters, so many bits each; letter 0 is the word's edge."""

_NO_LETTERS = 1
"""The key of no letters."""
NO_CONTEXT = -1
"""For `Lexicon.letter`: nothing is known of the letters before."""
_LONGEST = 1 << LETTER_BITS * NGRAM_ORDER
_UNSEEN = 2.0**-15
SHORTEST_PART = 3
"""Letters of a compound's parts."""
_BUCKETS = 131_071
"""The n-grams lie in so many buckets by the remainder of their keys, a prime: one or two in each."""

_AGAIN = "reinstall Camera OCR, or build it again with `python -m convert lexicon`"


class Lexicon:
    """One language's words and letter n-grams, as `python -m convert lexicon` writes them.

    Args:
        words: sorted, case folded: small letters, ß as ss.
        frequencies: (n,) share of each word in running text.
        alphabet: letters the words have, at most 63.
        keys: (m,) u64, sorted: the n-grams kept, see LETTER_BITS; the beginnings of each are among them.
        probabilities: (m,) u8, of the last letter after those before it, see NGRAM_STEPS.
        backoffs: (m,) u8, by which letters that are not kept after this one are less probable than without
            the first of the letters before them (Katz 1987).
    """

    def __init__(
        self,
        words: list[str],
        frequencies: Sequence[float],
        alphabet: str,
        keys: np.ndarray,
        probabilities: np.ndarray,
        backoffs: np.ndarray,
    ) -> None:
        self._set_words(words, frequencies)
        self._index = {letter: i for i, letter in enumerate(alphabet, 1)} | {" ": 0}
        buckets = keys % np.uint64(_BUCKETS)
        order = np.argsort(buckets, kind="stable")
        to_bucket = np.empty(len(keys) + 1, np.int32)
        to_bucket[order], to_bucket[-1] = np.arange(len(keys), dtype=np.int32), NO_CONTEXT
        starts = np.searchsorted(buckets[order], np.arange(_BUCKETS + 1))
        self._starts = array("I", starts.astype(np.uint32).tobytes())
        self._keys = array("Q", keys[order].tobytes())
        self._probabilities = probabilities.astype(np.uint8)[order].tobytes()
        self._backoffs = backoffs.astype(np.uint8)[order].tobytes()
        self._shorter = array("i", to_bucket[_longest_ends(keys)][order].tobytes())
        self.edge: int = int(to_bucket[_place(keys, np.array([1 << LETTER_BITS], np.uint64))[0]])
        """The context at a word's beginning, for `letter`."""

    def _set_words(self, words: Sequence[str], frequencies: Sequence[float]) -> None:
        # neither is a list, of which the garbage collector would look at every item time and again
        self._words = tuple(words)
        self._sums = array("d", accumulate(frequencies, initial=0.0))
        # frequent words are no more often parts of compounds than others are: that grows with the root of it
        parts = [
            math.sqrt(f) if len(word) >= SHORTEST_PART else 0.0
            for word, f in zip(words, frequencies, strict=True)
        ]
        total = sum(parts) or 1.0
        self._part_sums = array("d", accumulate((p / total for p in parts), initial=0.0))

    def with_words(self, words: Iterable[str], share: float) -> "Lexicon":
        """This lexicon with words that it lacks, or has as rarer, each with that share in running text; it
        itself stays as it is."""
        shares = dict(zip(self._words, np.diff(self._sums).tolist(), strict=True))
        new = {word for word in map(str.casefold, words) if shares.get(word, 0.0) < share}
        if not new:
            return self
        shares |= dict.fromkeys(new, share)
        other = copy.copy(self)
        other._set_words(sorted(shares), [shares[word] for word in sorted(shares)])
        return other

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
        if hi - lo == 1:
            return (lo, hi) if self._words[lo].startswith(prefix) else (hi, hi)
        lo = bisect_left(self._words, prefix, lo, hi)
        return lo, bisect_left(self._words, prefix + "\U0010ffff", lo, hi)

    def share(self, lo: int, hi: int) -> float:
        """Share in running text of a range of words together."""
        return self._sums[hi] - self._sums[lo]

    def share_of(self, word: str, lo: int, hi: int) -> float:
        """Share of the word that is `word` itself, 0 if there is none; the range is that of its beginning."""
        return self.share(lo, lo + 1) if lo < hi and self._words[lo] == word else 0.0

    def more_frequent(self, share: float) -> tuple[str, ...]:
        """The words that have more than that share each, sorted."""
        return tuple(self._words[i] for i in np.flatnonzero(np.diff(self._sums) > share))

    def part(self, lo: int, hi: int) -> float:
        """Share of a range of words among the parts of compounds."""
        return self._part_sums[hi] - self._part_sums[lo]

    def part_of(self, word: str, lo: int, hi: int) -> float:
        """The same of the word that is `word` itself, as `share_of`."""
        return self.part(lo, lo + 1) if lo < hi and self._words[lo] == word else 0.0

    def letter(self, context: int, letter: str) -> tuple[float, int]:
        """Probability of a letter after others, and the context for the next; a space is the word's end.

        `context` is `edge` at a word's beginning.
        """
        code = self._index.get(letter)
        if code is None:
            return _UNSEEN, self.edge
        weight = 1.0
        while True:
            key = (self._keys[context] if context >= 0 else _NO_LETTERS) << LETTER_BITS | code
            bucket = key % _BUCKETS
            for at in range(self._starts[bucket], self._starts[bucket + 1]):
                if self._keys[at] == key:
                    p = weight * _POWERS[self._probabilities[at]]
                    return p, self._shorter[at] if key >= _LONGEST else at
            if context < 0:
                return weight * _UNSEEN, self.edge
            weight *= _POWERS[self._backoffs[context]]
            context = self._shorter[context]

    def spelling(self, context: int, letters: str) -> tuple[float, int]:
        """Probability of letters one after the other, and the context after them."""
        p = 1.0
        for letter in letters:
            one, context = self.letter(context, letter)
            p *= one
        return p, context


def without_first(key: int) -> int:
    """The n-gram without its first letter."""
    bits = key.bit_length() - 1 - LETTER_BITS
    return 1 << bits | key & ((1 << bits) - 1)


def _place(keys: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Where in `keys`, which are sorted, each of `wanted` is; -1 where it is not."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)


def _longest_ends(keys: np.ndarray) -> np.ndarray:
    """For each of `keys`, which are sorted, where the longest other one is that it ends with; -1 for none."""
    found = np.full(len(keys), -1, np.int64)
    open_ = np.arange(len(keys))
    rest = keys
    for letters in range(NGRAM_ORDER, 0, -1):
        # mostly the n-gram without its first letter is there, and few have to be looked for again
        edge = np.uint64(1 << LETTER_BITS * (letters - 1))
        shorter = np.where(rest >= edge << np.uint64(LETTER_BITS), edge | rest & (edge - np.uint64(1)), rest)
        found[open_] = np.where(shorter < rest, _place(keys, shorter), -1)
        left = found[open_] < 0
        open_, rest = open_[left], shorter[left]
    return found


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
        keys = np.cumsum(file["key_steps"].astype(np.uint64))
        table = keys, file["probabilities"], file["backoffs"]
        return Lexicon(words, frequencies, str(file["alphabet"]), *table)
