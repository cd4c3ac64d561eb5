"""Which words of a line its language does not have, and what they may have been meant to be."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from camera_ocr.recognition.language import LanguageScorer, is_code
from camera_ocr.recognition.languages import chosen_languages
from camera_ocr.recognition.lexicon import Lexicon, load_lexicon
from camera_ocr.types import Word

FARTHEST = 2
"""Letters put in, left out, changed, or swapped with the next, from a word to one that is offered."""
_SHORT = 4
"""Words of so many letters are changed in one only: two would make nearly any other of them."""
_EDIT = 5.0
"""What each edit costs, where a word's being rarer costs the natural logarithm of how much rarer it is."""
_UNKNOWN = 1e-8
"""Share in running text of a word that the lexicon lacks, where languages are compared."""
_BEHIND = 3.0
"""A language is asked too when the line is so much less likely in it, natural logarithm."""
_RARE = 3e-6
"""A word rarer than this is taken for a slip ..."""
_SLIP = 3000.0
"""... where one that differs in one letter is so many times as frequent; tuned on what is misread of training
writers."""
_COMMON = 3e-5
"""Share of the rarest words that others are taken for slips of, and that are offered two for one."""
_LETTER = 1e-3
"""Share in running text of a single letter that is a word."""
OFFERED = 6
"""Other words for one, at most, ..."""
_READERS = 3
"""... and of these the reader's own."""

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PART = re.compile(r"[^\W\d_]+")
_INNER = re.compile(r"[^\W\d_][.:][^\W\d_]")
"""Of an address or an abbreviation."""


class Span(NamedTuple):
    """A word of a text, which is `text[start:end]`."""

    start: int
    end: int


class Fix(NamedTuple):
    """A word to be put in place of another."""

    word: str
    text: str
    """The whole line with it."""


class Speller:
    """Knows the words of one or more languages, and the reader's own ones.

    Numbers, codes, addresses, single letters and what is in capitals throughout are never called unknown.
    Takes microseconds a word to tell the unknown ones and milliseconds a word for what is near it.
    """

    def __init__(self, lexicons: Mapping[str, Lexicon], own: Iterable[str] = ()) -> None:
        self._lexicons = tuple(lexicons.values())
        self._scorers = tuple(LanguageScorer([one], names=[name]) for name, one in lexicons.items())
        self._common = tuple(one.more_frequent(_COMMON) for one in self._lexicons)
        self.set_own(own)

    def set_own(self, words: Iterable[str]) -> None:
        """Known from now on besides those of the languages, in small letters or capitals."""
        self._own = {word.casefold() for word in words}

    def unknown(self, text: str) -> tuple[Span, ...]:
        """The words of one line that none of the languages has that the line is likely to be in; of what an
        apostrophe joins, the part that they lack."""
        words = list(_words(text))
        asked = self._languages(text, words)
        return tuple(
            part
            for span in words
            if not self._known(text[span.start : span.end], asked)
            for part in _parts(text, span)
            if part.end - part.start > 1 and not self._known(text[part.start : part.end], asked)
        )

    def nearest(self, text: str, span: Span, most: int = OFFERED) -> tuple[str, ...]:
        """What a word of the line may have been meant to be, likeliest first: words near it, or two of them
        that were written as one; capitalised as it is. The lexicons' ss is written ß where it has one."""
        word = text[span.start : span.end]
        small = word.casefold()
        found: dict[str, float] = {}
        for other, edits, _ in process.extract_iter(
            small, self._own, scorer=OSA.distance, score_cutoff=_reach(small)
        ):
            found[other] = _EDIT * edits
        for language in self._languages(text, list(_words(text))):
            for other, cost in self._near(small, self._lexicons[language]):
                found[other] = min(cost, found.get(other, math.inf))
        found.pop(small, None)
        best = sorted(found, key=lambda other: (found[other], other))[:most]
        if "ß" in word:
            best = [other.replace("ss", "ß", 1) for other in best]
        return tuple(other[0].upper() + other[1:] if word[0].isupper() else other for other in best)

    def fixes(self, text: str, span: Span, words: Sequence[Word] = ()) -> tuple[Fix, ...]:
        """What can be put in place of a word of the line. First comes what the reader too thought possible,
        of the line's `words` as it read them; what is known before what is not."""
        token, number = _token_around(text, span)
        begin, end = token
        read = words[number] if number < len(words) else None
        others = read.alternatives if read is not None and read.text == text[begin:end] else ()
        others = tuple(sorted(others, key=lambda one: bool(self.unknown(one))))[:_READERS]
        distinct: dict[str, Fix] = {}
        for one in others:
            fix = Fix(one, text[:begin] + one + text[end:])
            distinct.setdefault(fix.text, fix)
        for one in self.nearest(text, span):
            fix = Fix(one, text[: span.start] + one + text[span.end :])
            distinct.setdefault(fix.text, fix)
        return tuple(distinct.values())[:OFFERED]

    def _known(self, word: str, languages: Sequence[int]) -> bool:
        small = word.casefold()
        return small in self._own or any(self._has(small, language) for language in languages)

    def _has(self, small: str, language: int) -> bool:
        """Whether a language has a word, and not as a slip of the pen that many make."""
        lexicon = self._lexicons[language]
        share = _share(small, lexicon)
        if not share:
            return self._scorers[language].knows(small)
        return share > _RARE or not any(
            _share(other, lexicon) > _SLIP * share
            for other, _, _ in process.extract_iter(
                small, self._common[language], scorer=OSA.distance, score_cutoff=1
            )
        )

    def _languages(self, text: str, words: Collection[Span]) -> list[int]:
        """Those that the line is likely to be in, by how frequent its words are in them."""
        likely = [
            sum(math.log(_share(text[s.start : s.end], lexicon) + _UNKNOWN) for s in words)
            for lexicon in self._lexicons
        ]
        return [i for i, one in enumerate(likely) if one >= max(likely) - _BEHIND]

    def _near(self, word: str, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
        """Words of a language and what it costs to take them for it."""
        near = process.extract(
            word, lexicon.words, scorer=OSA.distance, score_cutoff=_reach(word), limit=None
        )
        for other, edits, _ in near:
            if len(other) > 1:
                yield other, _EDIT * edits - math.log(_share(other, lexicon))
        for at in range(1, len(word)):
            parts = word[:at], word[at:]
            shares = [_share(part, lexicon) for part in parts]
            if all(
                s > (_LETTER if len(part) == 1 else _COMMON) for s, part in zip(shares, parts, strict=True)
            ):
                yield " ".join(parts), _EDIT - sum(map(math.log, shares))


def load_speller(language: str, own: Iterable[str] = ()) -> Speller | None:
    """The speller for one of languages.LANGUAGE_CHOICES; None for `none`.

    Raises:
        ConfigError: no such choice.
        ModelError: a lexicon is missing, altered or damaged.
    """
    chosen = chosen_languages(language)
    return Speller({one: load_lexicon(one) for one in chosen}, own) if chosen else None


def _words(text: str) -> Iterator[Span]:
    for token in _TOKEN.finditer(text):
        said = token.group()
        if is_code(said) or any(map(str.isdigit, said)) or _INNER.search(said):
            continue
        for word in _WORD.finditer(said):
            if len(word.group()) > 1 and not word.group().isupper():
                yield Span(token.start() + word.start(), token.start() + word.end())


def _parts(text: str, span: Span) -> Iterator[Span]:
    """The words that apostrophes join."""
    for part in _PART.finditer(text, span.start, span.end):
        yield Span(*part.span())


def _token_around(text: str, span: Span) -> tuple[Span, int]:
    """What stands between two spaces and has the word in it; and how many such are before it."""
    tokens = [Span(*token.span()) for token in _TOKEN.finditer(text)]
    number = sum(token.end <= span.start for token in tokens)
    return tokens[number], number


def _share(word: str, lexicon: Lexicon) -> float:
    word = word.casefold()
    return lexicon.share_of(word, *lexicon.narrow(word, *lexicon.everything))


def _reach(word: str) -> int:
    return FARTHEST if len(word) > _SHORT else 1
