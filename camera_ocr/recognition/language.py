"""A language's say in reading a line: words are favoured, and names, numbers and codes survive.

A word is likely to be one of the lexicon, in proportion to its frequency; or one spelt as the language spells
(letter trigrams: names, compounds); or a code, any characters at all. The three are mixed, so that what the
lexicon lacks costs a bounded amount, which clear ink outweighs. Tokens with a digit, or a capital after a
small letter, are codes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from camera_ocr.errors import ConfigError
from camera_ocr.recognition.languages import LANGUAGE_CHOICES, LANGUAGES
from camera_ocr.recognition.lexicon import Lexicon, load_lexicon


@dataclass(frozen=True, slots=True)
class Weights:
    """How much language has to say; tuned on training writers seen through the simulated webcam."""

    language: float = 0.4
    """Exponent of the language's probability beside the ink's."""
    length: float = 1.1
    """Added for each character, natural logarithm, as long texts are less probable than short ones."""
    space: float = -1.2
    """The same for a space, which must not come from two words being likelier than one rare."""
    spelt: float = 0.35
    """Share of words that no lexicon has, spelt as the language spells."""
    code: float = 0.25
    """Share of tokens that are codes."""


_CODE_CHAR = 1 / 40
_CODE_END = 1 / 4
_MARK = 0.03
"""Probabilities of any one character of a code, of its end, of a punctuation mark."""
_SMALL, _CAPITALISED, _CAPITALS = 0.7, 0.25, 0.05
"""Share of words written so."""


_SIGNS = frozenset("@#$%&+=*/\\<>^_{}|~[]°€£")
_SHORT = 3
"""Letters at most in units after a number, in the parts of a number plate, in a country's or state's sign."""
_MAX_KNOWN = 50_000
"""Beginnings of words remembered, about 500 bytes each, before all are forgotten."""
_SHARE = {"a": _SMALL, "A": _CAPITALISED, "Aa": _CAPITALISED, "AA": _CAPITALS}
_NEXT_CASE = {
    ("", "small"): "a",
    ("", "capital"): "A",
    ("a", "small"): "a",
    ("A", "small"): "Aa",
    ("A", "capital"): "AA",
    ("Aa", "small"): "Aa",
    ("AA", "capital"): "AA",
    ("a", "inner"): "a",
    ("A", "inner"): "Aa",
    ("Aa", "inner"): "Aa",
    ("AA", "inner"): "AA",
}


def _is_code(token: str) -> bool:
    letters, digits = sum(map(str.isalpha, token)), sum(map(str.isdigit, token))
    groups = token.split("-")
    short_capitals = len(groups) > 1 and all(g.isupper() and len(g) <= _SHORT for g in groups)
    return digits >= letters or short_capitals or not _SIGNS.isdisjoint(token)


def _kind(char: str) -> str:
    if not char.isalpha():
        return "digit" if char.isdigit() else "inner"
    return "small" if char.islower() or char in "ªº" else "capital"


class _Word:
    """A word or code so far, or what is between two."""

    __slots__ = ("case", "code", "following", "letters", "ranges", "shares", "spelt")

    def __init__(self) -> None:
        self.letters = ""
        self.case = ""
        """`a` small, `A` one capital so far, `Aa` capitalised, `AA` capitals, `#` a code, else empty."""
        self.ranges: tuple[tuple[int, int], ...] = ()
        self.spelt: tuple[float, ...] = ()
        self.code = 1.0
        self.shares: tuple[float, ...] = ()
        """Probability of the word's beginning in each language."""
        self.following: dict[str, _Word] = {}


class LanguageScorer:
    """The languages' say, for `beam_search`. Not thread-safe: it remembers the words it has looked up."""

    def __init__(self, lexicons: Sequence[Lexicon], weights: Weights | None = None) -> None:
        self._lexicons = tuple(lexicons)
        self._weights = weights or Weights()
        self._known = 0
        self._begin = self._outside()

    def line(self, guess: str) -> "LineScorer":
        """The scorer of one line. `guess` is what the ink alone says: it tells the language."""
        if self._known > _MAX_KNOWN:
            self._known, self._begin = 0, self._outside()
        return LineScorer(self, self._languages(guess), self._weights)

    @property
    def begin(self) -> _Word:
        return self._begin

    def next_word(self, word: _Word, char: str) -> _Word:
        found = word.following.get(char)
        if found is None:
            found = word.following[char] = self._appended(word, char)
            self._known += 1
        return found

    def ending(self, word: _Word) -> tuple[float, ...]:
        """Probability in each language that the word begun so is this word, whole."""
        if not word.letters or word.case == "#":
            return word.shares
        case, weights = _SHARE[word.case] if word.case != "A" else _CAPITALISED + _CAPITALS, self._weights
        return tuple(
            case
            * (
                (1 - weights.spelt - weights.code) * lexicon.share_of(word.letters, *reach)
                + weights.spelt * spelt * lexicon.letter(word.letters, " ")
            )
            + weights.code * word.code * _CODE_END
            for lexicon, reach, spelt in zip(self._lexicons, word.ranges, word.spelt, strict=True)
        )

    def _languages(self, guess: str) -> tuple[float, ...]:
        """Probability of each language, given a text with reading errors."""
        count = len(self._lexicons)
        if count == 1:
            return (1.0,)
        logs = [0.0] * count
        word = self._begin
        for char in guess + " ":
            if char == " " or (not char.isalpha() and not self._inside(word, char)):
                if word.letters and word.case != "#":
                    logs = [log + math.log(p) for log, p in zip(logs, self.ending(word), strict=True)]
                word = self._begin
            else:
                word = self.next_word(word, char)
        # a misread letter makes a text look like another language's, so the evidence counts in part only
        best = max(logs)
        raw = [math.exp(max(-30.0, 0.5 * (log - best))) + 0.02 for log in logs]
        return tuple(p / sum(raw) for p in raw)

    def _outside(self) -> _Word:
        word = _Word()
        word.ranges = tuple(lexicon.everything for lexicon in self._lexicons)
        word.spelt = word.shares = (1.0,) * len(self._lexicons)
        return word

    def _inside(self, word: _Word, char: str) -> bool:
        """Whether an apostrophe or hyphen belongs to the word: some lexicon has a word that goes on so."""
        if char not in "'-" or not word.letters or word.case == "#":
            return False
        longer = word.letters + char
        return any(
            lo < hi
            for lo, hi in (
                lexicon.narrow(longer, *reach)
                for lexicon, reach in zip(self._lexicons, word.ranges, strict=True)
            )
        )

    def _appended(self, word: _Word, char: str) -> _Word:
        if char == " " or not (char.isalnum() or word.case == "#" or self._inside(word, char)):
            return self._begin
        new = _Word()
        # the lexicons write ß as ss: both are known, and the ink decides which it is
        letters = char.casefold()
        new.letters = word.letters + letters
        new.case = _NEXT_CASE.get((word.case, _kind(char)), "#")
        new.code = word.code * _CODE_CHAR
        weights = self._weights
        if new.case == "#":
            new.ranges = tuple((0, 0) for _ in self._lexicons)
            new.spelt = (0.0,) * len(self._lexicons)
            new.shares = (weights.code * new.code,) * len(self._lexicons)
            return new
        new.ranges = tuple(
            lexicon.narrow(new.letters, *reach)
            for lexicon, reach in zip(self._lexicons, word.ranges, strict=True)
        )
        new.spelt = tuple(
            spelt * lexicon.spelling(word.letters, letters)
            for lexicon, spelt in zip(self._lexicons, word.spelt, strict=True)
        )
        case = _SHARE[new.case] if new.case != "A" else _CAPITALISED + _CAPITALS
        new.shares = tuple(
            case * ((1 - weights.spelt - weights.code) * lexicon.share(*reach) + weights.spelt * spelt)
            + weights.code * new.code
            for lexicon, reach, spelt in zip(self._lexicons, new.ranges, new.spelt, strict=True)
        )
        return new


def make_scorer(language: str) -> LanguageScorer | None:
    """The scorer for one of languages.LANGUAGE_CHOICES; None for `none`.

    Raises:
        ConfigError: no such choice.
        ModelError: a lexicon is missing, altered or damaged.
    """
    if language not in LANGUAGE_CHOICES:
        raise ConfigError(f"{language}: no such language; choose from {', '.join(LANGUAGE_CHOICES)}.")
    if language == "none":
        return None
    return LanguageScorer([load_lexicon(one) for one in (LANGUAGES if language == "auto" else (language,))])


class LineScorer:
    """Scorer of one line, with the probability of each language in it."""

    def __init__(self, words: LanguageScorer, languages: tuple[float, ...], weights: Weights) -> None:
        self._words = words
        self.languages = languages
        self._exponent = weights.language
        self._extended: dict[tuple[_Word, str], tuple[_Word, float]] = {}
        self._each, self._space = math.exp(weights.length), math.exp(weights.space)

    def start(self) -> _Word:
        return self._words.begin

    def extend(self, state: _Word, char: str) -> tuple[_Word, float]:
        # texts in the beam differ in what went before, and mostly share the word they are at
        found = self._extended.get((state, char))
        if found is None:
            found = self._extended[state, char] = self._extend(state, char)
        return found

    def _extend(self, state: _Word, char: str) -> tuple[_Word, float]:
        new = self._words.next_word(state, char)
        before = self._mixed(state.shares)
        if new.letters:
            return new, self._each * (self._mixed(new.shares) / before) ** self._exponent
        end = self._mixed(self._words.ending(state)) / before
        if char == " ":
            return new, self._space * end**self._exponent
        return new, self._each * (end * _MARK) ** self._exponent

    def finish(self, state: _Word) -> float:
        end = self._mixed(self._words.ending(state)) / self._mixed(state.shares)
        return math.exp(self._exponent * math.log(end))

    def keeps(self, tokens: Sequence[str]) -> list[bool]:
        """Numbers, marks, short pieces beside them, and what has a sign that words lack, as sums have."""
        codes = [_is_code(token) for token in tokens]
        return [
            code or (sum(map(str.isalpha, token)) <= _SHORT and any(codes[max(0, i - 1) : i + 2]))
            for i, (token, code) in enumerate(zip(tokens, codes, strict=True))
        ]

    def _mixed(self, shares: tuple[float, ...]) -> float:
        total = 0.0
        for i, language in enumerate(self.languages):
            total += language * shares[i]
        return total
