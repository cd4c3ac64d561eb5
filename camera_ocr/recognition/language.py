"""A language's say in reading a line: words are favoured, and names, numbers and codes survive.

A token, which is what stands between two spaces, is text or a code. Text is words with punctuation around
them, joined by hyphens and apostrophes; a word is one of the lexicon, in proportion to its frequency, or one
spelt as the language spells (letter n-grams: names, compounds). A code is characters of any kinds, which
follow each other as in dates, prices and number plates. All are mixed, so that what the lexicon lacks costs a
bounded amount, which clear ink outweighs.
"""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from camera_ocr.recognition.languages import LANGUAGES, chosen_languages
from camera_ocr.recognition.lexicon import SHORTEST_PART, Lexicon, load_lexicon
from camera_ocr.recognition.tokens import CODE_STEPS, NO_TEXT, Path, Text, Token


@dataclass(frozen=True, slots=True)
class Weights:
    """How much language has to say; tuned on training writers seen through the simulated webcam."""

    language: float = 0.36
    """Exponent of the language's probability beside the ink's."""
    length: float = 1.1
    """Added for each character, natural logarithm, as long texts are less probable than short ones."""
    space: float = -1.1
    """The same for a space, which must not come from two words being likelier than one rare."""
    spelt: float = 0.15
    """Share of words that no lexicon has, spelt as the language spells."""
    compound: float = 0.05
    """Share of words that are put together from words of the lexicon, in a language that does."""
    code: float = 0.45
    """Share of tokens that are codes."""


OWN_SHARE = 1e-4
"""Of each of the reader's own words in running text; tuned on invented names of training writers."""

_COMPOUNDING = ("de",)
_LINKS = {
    "s": (("s", 0.2), ("es", 0.02)),
    "n": (("n", 0.05), ("en", 0.06)),
    "r": (("er", 0.03),),
    "e": (("e", 0.04),),
}
"""What may stand between the parts of a compound, and how often, by its last letter."""
_UNLINKED = 0.6
"""Share of parts that the next one follows as they are."""
_SURE_PART = 4
"""Letters at least of each part of what is taken for a compound whatever else it may be."""
_ANOTHER_PART = 0.2
"""Share of the last parts of compounds so far that another follows."""

_SIGNS = frozenset("@#$%&+=*/\\<>^_{}|~[]°€£")
_SHORT = 3
"""Letters at most in units after a number, in the parts of a number plate, in a country's or state's sign."""
_MAX_KNOWN = 1_500
"""Beginnings of tokens remembered, about a kilobyte each, before all are forgotten.

More save little, as lines have few words in common, and cost the garbage collector's look at all of them.
"""

_MARKS = {".": 0.05, ",": 0.06, "?": 0.01, "!": 0.01, ":": 0.01, ";": 0.01, '"': 0.01, ")": 0.01, "-": 0.02}
_OTHER_MARK = 0.002
_APOSTROPHE = 0.02
_MARKS_END = 0.8
"""Share of the marks after a word that are its last."""
_UNSPACED = 0.02
"""Share of the marks after a word that another word follows without a space."""

_WORDS = re.compile(r"[^\W\d_]+")

_TELLING, _CLEAR = 5, 10.0
"""After so many words the rest is not asked where one language leads by so much, natural logarithm."""

_AT_HOME = 300
"""So many times likelier a word of the line is in a language that is asked besides the line's own."""

_CASES = {
    "first": (0.25, 0.65, 0.1),
    "en": (0.75, 0.2, 0.05),
    "fr": (0.8, 0.15, 0.05),
    "de": (0.55, 0.4, 0.05),
    "capitals": (0.1, 0.15, 0.75),
}
"""Share of words in small letters, capitalised, and in capitals: in a sentence's beginning, within it, and in
a line in capitals."""


def _by_case(small: float, capitalised: float, capitals: float) -> dict[str, float]:
    """Probability of each `Token.case`."""
    return {
        "": 1.0,
        "#": 1.0,
        "a": small,
        "A": capitalised + capitals,
        "Aa": capitalised,
        "AA": capitals,
    }


def is_code(token: str) -> bool:
    """Numbers, plates, sums, addresses: what stands between two spaces and is no text."""
    letters, digits = sum(map(str.isalpha, token)), sum(map(str.isdigit, token))
    groups = token.split("-")
    short_capitals = len(groups) > 1 and all(g.isupper() and len(g) <= _SHORT for g in groups)
    return digits >= letters or short_capitals or not _SIGNS.isdisjoint(token)


class LanguageScorer:
    """The languages' say, for `beam_search`. Not thread-safe: it remembers the words it has looked up."""

    def __init__(
        self, lexicons: Sequence[Lexicon], weights: Weights | None = None, names: Sequence[str] = LANGUAGES
    ) -> None:
        self._lexicons = tuple(lexicons)
        self._weights = weights or Weights()
        first, capitals = (_by_case(*_CASES[place]) for place in ("first", "capitals"))
        self._cases = [
            {"first": first, "capitals": capitals, "": _by_case(*_CASES[name])}
            for name in tuple(names)[: len(self._lexicons)]
        ]
        """By language, place of the token and its case."""
        self._compounding = [name in _COMPOUNDING for name in names]
        self._begins: dict[str, Token] = {}
        self._forget()

    def line(self, guess: str) -> "LineScorer":
        """The scorer of one line. `guess` is what the ink alone says: it tells the language."""
        if self._known > _MAX_KNOWN:
            self._forget()
        return LineScorer(self, guess, self._languages(guess), self._weights)

    def begin(self, place: str = "") -> Token:
        """What is before a token: `first` in its sentence, in a line in `capitals`, or neither."""
        return self._begins[place]

    def following(self, token: Token, char: str) -> Token:
        following = token.following
        if following is None:
            following = token.following = {}
        found = following.get(char)
        if found is None:
            found = following[char] = token.append(char)
            self._known += 1
        return found

    def text(self, token: Token, language: int) -> Text:
        """What a language has to say of the token, taken as the beginning of text."""
        found = token.texts[language]
        if found is None:
            parent = token.parent
            assert parent is not None, "what is between two tokens is known from the start"
            found = token.texts[language] = self._extended(parent, token, language)
        return found

    def ending(self, token: Token, language: int) -> float:
        """Probability in a language of the token as it is, whole, if it is text."""
        text = self.text(token, language)
        return self._word_end(token, text, language) if token.letters else text.share * _MARKS_END

    def knows(self, token: str) -> bool:
        """Whether each word of a token is in a lexicon, or put together from words of it."""
        words = _WORDS.findall(token)
        return bool(words) and all(
            any(word in lexicon for lexicon in self._lexicons) or self._is_compound(word) for word in words
        )

    def _is_compound(self, word: str) -> bool:
        """Whether a language puts the word together from two words of some length."""
        word = word.casefold()
        places = range(_SURE_PART, len(word) - _SURE_PART + 1)
        return any(
            self._is_part(word[:i], lexicon) and word[i:] in lexicon
            for lexicon, compounding in zip(self._lexicons, self._compounding, strict=True)
            for i in (places if compounding else ())
        )

    def _is_part(self, letters: str, lexicon: Lexicon) -> bool:
        """Whether a compound may begin with the letters, and another part follow."""
        lo, hi = lexicon.narrow(letters, *lexicon.everything)
        return self._part_end(letters, lo, hi, lexicon) > 0

    def _forget(self) -> None:
        for token in self._begins.values():
            token.take_apart()
        self._known = 0
        self._begins = {place: Token(place, len(self._lexicons)) for place in ("", "first", "capitals")}
        for token in self._begins.values():
            token.texts = [self._fresh(1.0, i) for i in range(len(self._lexicons))]

    def _languages(self, guess: str) -> tuple[float, ...]:
        """Probability of each language, given a text with reading errors; 0 for those not to be asked."""
        count = len(self._lexicons)
        if count == 1:
            return (1.0,)
        ends = [[1.0] * count]
        logs = [0.0] * count
        for i, part in enumerate(guess.split()):
            if any(map(str.isalpha, part)):
                token = self._begins["" if i else "first"]
                for char in part:
                    token = self.following(token, char)
                found = [self.ending(token, i) for i in range(count)]
                ends.append([p + 1e-3 * max(found) + 1e-30 for p in found])
                logs = [log + math.log(p) for log, p in zip(logs, ends[-1], strict=True)]
                if len(ends) > _TELLING and sorted(logs)[-1] > sorted(logs)[-2] + _CLEAR:
                    break
        best = max(range(count), key=logs.__getitem__)
        # a misread letter makes a text look like another language's, so the evidence counts in part only
        raw = [math.exp(max(-30.0, 0.5 * (log - logs[best]))) + 0.02 for log in logs]
        # a language that has the line's word at home is asked too, whatever the rest of the line is in
        asked = [p > 0.1 or any(end[i] > _AT_HOME * end[best] for end in ends) for i, p in enumerate(raw)]
        raw = [p if ask else 0.0 for p, ask in zip(raw, asked, strict=True)]
        return tuple(p / sum(raw) for p in raw)

    def _fresh(self, share: float, language: int) -> Text:
        """At the beginning of a word, after what has that probability."""
        lexicon = self._lexicons[language]
        return Text(share, ((share, "", *lexicon.everything),), share, lexicon.edge)

    def _extended(self, parent: Token, token: Token, language: int) -> Text:
        before = self.text(parent, language)
        if not before.share or token.case == "#":
            return NO_TEXT
        if token.kind == "mark":
            return self._with_mark(parent, before, token, language)
        # the lexicons write ß as ss: both are known, and the ink decides which it is
        letters = token.char.casefold()
        unspaced = _UNSPACED if parent.marked else 1.0
        paths, known = self._narrowed(before.paths, letters, language, unspaced)
        p, context = self._lexicons[language].spelling(before.context, letters)
        spelt = before.spelt * unspaced * p
        weights = self._weights
        joined: tuple[Path, ...] = ()
        share = (1 - weights.spelt) * known + weights.spelt * spelt
        if self._compounding[language]:
            joined, compound = self._joined(before, paths, letters, unspaced, language)
            share += weights.compound * compound
        return Text(self._cases[language][token.place][token.case] * share, paths, spelt, context, joined)

    def _joined(
        self, before: Text, paths: tuple[Path, ...], letters: str, factor: float, language: int
    ) -> tuple[tuple[Path, ...], float]:
        """The ways to take the letters as a compound, and the probability that one begins so."""
        if not paths and not before.joined:
            return (), 0.0
        lexicon = self._lexicons[language]
        found: list[Path] = []
        total = 0.0
        for weight, _, lo, hi in paths:
            total += weight * lexicon.part(lo, hi)
        for weight, word, lo, hi in before.joined:
            longer = word + letters
            lo, hi = lexicon.narrow(longer, lo, hi)
            if lo < hi:
                found.append((weight * factor, longer, lo, hi))
                total += weight * factor * lexicon.part(lo, hi)
        for ways, share in ((paths, 1.0), (tuple(found), _ANOTHER_PART)):
            for weight, word, lo, hi in ways:
                if len(word) < _SURE_PART:
                    continue
                follows = self._part_end(word, lo, hi, lexicon) * share
                if follows:
                    found.append((weight * follows, "", *lexicon.everything))
        return tuple(found), total

    def _part_end(self, letters: str, lo: int, hi: int, lexicon: Lexicon) -> float:
        """Probability of letters as a part of a compound with what links the next one to it."""
        total = _UNLINKED * lexicon.part_of(letters, lo, hi)
        for link, share in _LINKS.get(letters[-1], ()):
            if letters.endswith(link) and len(letters) - len(link) >= SHORTEST_PART:
                word = letters[: -len(link)]
                total += share * lexicon.part_of(word, *lexicon.narrow(word, *lexicon.everything))
        return total

    def _with_mark(self, parent: Token, before: Text, token: Token, language: int) -> Text:
        """A mark ends a word; a hyphen or apostrophe joins another to it, or the lexicon has both as one."""
        p = _APOSTROPHE if token.char == "'" else _MARKS.get(token.char, _OTHER_MARK)
        ended = self._word_end(parent, before, language) if parent.letters else before.share
        text = self._fresh(ended * p, language)
        if token.joins:
            paths, known = self._narrowed(
                before.paths, token.char, language, self._cases[language][parent.place][parent.case]
            )
            text.paths += paths
            text.share += (1 - self._weights.spelt) * known
        return text

    def _narrowed(
        self, paths: tuple[Path, ...], letters: str, language: int, factor: float
    ) -> tuple[tuple[Path, ...], float]:
        """The paths that go on with these letters, and their probability together."""
        lexicon = self._lexicons[language]
        found: list[Path] = []
        total = 0.0
        for weight, before, lo, hi in paths:
            longer = before + letters
            lo, hi = lexicon.narrow(longer, lo, hi)
            if lo < hi:
                weight *= factor
                found.append((weight, longer, lo, hi))
                total += weight * lexicon.share(lo, hi)
        return tuple(found), total

    def _word_end(self, token: Token, text: Text, language: int) -> float:
        """Probability that the word the token is at ends here."""
        if not text.share:
            return 0.0
        lexicon, rare = self._lexicons[language], self._weights.spelt
        known = sum(weight * lexicon.share_of(word, lo, hi) for weight, word, lo, hi in text.paths)
        spelt = text.spelt * lexicon.letter(text.context, " ")[0]
        compound = sum(weight * lexicon.part_of(word, lo, hi) for weight, word, lo, hi in text.joined if word)
        share = (1 - rare) * known + rare * spelt + self._weights.compound * compound
        return self._cases[language][token.place][token.case] * share


def make_scorer(language: str, own_words: Collection[str] = ()) -> LanguageScorer | None:
    """The scorer for one of languages.LANGUAGE_CHOICES; None for `none`. All its languages have `own_words`.

    Raises:
        ConfigError: no such choice.
        ModelError: a lexicon is missing, altered or damaged.
    """
    chosen = chosen_languages(language)
    lexicons = [load_lexicon(one).with_words(own_words, OWN_SHARE) for one in chosen]
    return LanguageScorer(lexicons, names=chosen) if chosen else None


class LineScorer:
    """Scorer of one line, with the probability of each language in it."""

    def __init__(
        self, words: LanguageScorer, guess: str, languages: tuple[float, ...], weights: Weights
    ) -> None:
        self._words = words
        self.languages = languages
        self._asked = [(i, share) for i, share in enumerate(languages) if share]
        self._exponent = weights.language
        self._code = weights.code
        self._values: dict[Token, float] = {}
        self._each, self._space = math.exp(weights.length), math.exp(weights.space)
        capitals = sum(map(str.isupper, guess))
        self._place = "capitals" if capitals > 2 and capitals > 3 * sum(map(str.islower, guess)) else ""

    def start(self, before: str = "") -> Token:
        """State at a token's beginning; `before` is the text before it, empty at the line's beginning."""
        first = not before or before.rstrip("\"')")[-1:] in (".", "!", "?")
        return self._words.begin(self._place or ("first" if first else ""))

    def extend(self, state: Token, char: str) -> tuple[Token, float]:
        if char == " ":
            return self._words.begin(self._place), self._space * self.finish(state)
        new = self._words.following(state, char)
        return new, self._each * self._value(new) / self._value(state)

    def finish(self, state: Token) -> float:
        return math.pow(self._ends(state), self._exponent) / self._value(state)

    def knows(self, token: str) -> bool:
        return self._words.knows(token)

    def keeps(self, tokens: Sequence[str]) -> list[bool]:
        """Numbers, marks, short pieces beside them, and what has a sign that words lack, as sums have."""
        codes = [is_code(token) for token in tokens]
        return [
            code or (sum(map(str.isalpha, token)) <= _SHORT and any(codes[max(0, i - 1) : i + 2]))
            for i, (token, code) in enumerate(zip(tokens, codes, strict=True))
        ]

    def _value(self, token: Token) -> float:
        """The say in what the token begins with."""
        # texts in the beam differ in what went before, and mostly share the word they are at
        found = self._values.get(token)
        if found is None:
            found = self._values[token] = math.pow(self._begins(token), self._exponent)
        return found

    def _begins(self, token: Token) -> float:
        """Probability of what the token begins with."""
        text = 0.0
        for language, likely in self._asked:
            text += likely * (token.texts[language] or self._words.text(token, language)).share
        return (1 - self._code) * text + self._code * token.code

    def _ends(self, token: Token) -> float:
        """Probability of the token as it is, whole."""
        if not token.kind:
            return self._begins(token)
        text = sum(share * self._words.ending(token, i) for i, share in self._asked)
        return (1 - self._code) * text + self._code * token.code * CODE_STEPS[token.kind][-1]
