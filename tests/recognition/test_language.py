import math

import numpy as np
import pytest

from camera_ocr.errors import ConfigError
from camera_ocr.recognition.beam import beam_search
from camera_ocr.recognition.ctc import greedy
from camera_ocr.recognition.language import LanguageScorer, Weights, make_scorer
from camera_ocr.recognition.lexicon import load_lexicon
from tests.recognition.test_beam import real_lines


@pytest.fixture(scope="module")
def every() -> LanguageScorer:
    scorer = make_scorer("auto")
    assert scorer is not None
    return scorer


def favour(scorer: LanguageScorer, text: str) -> float:
    """Natural logarithm of the factor for a whole text."""
    line = scorer.line(text)
    state, total = line.start(), 0.0
    for char in text:
        state, factor = line.extend(state, char)
        total += math.log(factor)
    return total + math.log(line.finish(state))


def read(scorer: LanguageScorer, true: str) -> tuple[str, str]:
    """Greedy and decoded reading of real handwriting."""
    charset, lines = real_lines()
    first = greedy(lines[true], charset, len(charset)).text
    return first, beam_search(lines[true], charset, len(charset), scorer.line).text


@pytest.mark.parametrize(
    ("true", "ink"),
    [("interest", "intrest"), ("democracy", "demscracy"), ("september", "septeurber")],
)
def test_misread_word_becomes_the_word_it_resembles(every: LanguageScorer, true: str, ink: str) -> None:
    assert read(every, true) == (ink, true)


@pytest.mark.parametrize("true", ["3456", "Davies, 8152 Bluedale Drive,"])
def test_number_and_name_that_no_lexicon_has_survive(every: LanguageScorer, true: str) -> None:
    assert "bluedale" not in load_lexicon("en")
    assert read(every, true) == (true, true)


@pytest.mark.parametrize("token", ["1989", "$12.50", "3+4=7", "anna@site.org", "B-17", "...", "50%", "DT-XO"])
def test_ink_alone_decides_on_numbers_sums_and_addresses(every: LanguageScorer, token: str) -> None:
    assert every.line(token).keeps([token]) == [True]


def test_ink_alone_decides_on_short_pieces_beside_a_number(every: LanguageScorer) -> None:
    line = "Boise, KY 29445 is it"
    assert every.line(line).keeps(line.split()) == [False, True, True, True, False]
    assert every.line("").keeps([]) == []


@pytest.mark.parametrize("token", ["word", "Straße,", "don't", "NATO", "hel1o"])
def test_words_are_open_to_correction(every: LanguageScorer, token: str) -> None:
    assert every.line(token).keeps([token]) == [False]


@pytest.mark.parametrize(("better", "worse"), [("house", "housf"), ("House", "hOuse"), ("HOUSE", "HOuSE")])
def test_words_as_they_are_written_are_favoured(every: LanguageScorer, better: str, worse: str) -> None:
    assert favour(every, better) > favour(every, worse) + 1


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("l'été", "l'éte"),
        ("d'accord,", "d'acoord,"),
        ("est-ce", "est-oe"),
        ("Haus- und Hofordnung", "Haus- und Hofordnurg"),
        ("Donaudampfschifffahrt", "Donaudanpfschifffahrt"),
        ("Bad Salzungen", "Bad Salzurgen"),
        ("(perhaps)", "(perhops)"),
        ("well-known.", "well-knoun."),
    ],
)
def test_words_joined_or_between_marks_are_words_too(every: LanguageScorer, better: str, worse: str) -> None:
    assert favour(every, better) > favour(every, worse) + 0.5


@pytest.mark.parametrize(
    ("compound", "misread"),
    [
        ("Austauschteilchen", "Austausohteilchen"),
        ("Pflegetochter", "Pfegetochter"),
        ("Mitgliederbefragungen", "Mitgliederbefrogungen"),
        ("Einweggrills", "Einweggnills"),
        ("Reitbeteiligungen", "Reitbeteilignngen"),
    ],
)
def test_words_put_together_from_known_ones_are_known_in_german(compound: str, misread: str) -> None:
    german = make_scorer("de")
    assert german is not None
    assert compound.lower() not in load_lexicon("de")
    plain = LanguageScorer([load_lexicon("de")], Weights(compound=0.0), ["de"])
    assert german.knows(compound)
    assert not german.knows(misread)
    gained = favour(german, compound) - favour(german, misread)
    assert gained > 1.5
    assert gained > favour(plain, compound) - favour(plain, misread) + 0.2


def test_only_german_puts_words_together() -> None:
    english = make_scorer("en")
    assert english is not None
    assert not english.knows("Mothertable")


def test_a_sentence_begins_with_a_capital(every: LanguageScorer) -> None:
    line = every.line("What is it. so be it")

    def of_capital(before: str) -> float:
        return line.extend(line.start(before), "S")[1] / line.extend(line.start(before), "s")[1]

    assert of_capital("") == of_capital("it.") == of_capital('"it!"') > 1.5 * of_capital("it")


def test_digits_go_with_digits_in_a_code(every: LanguageScorer) -> None:
    assert favour(every, "4711") > favour(every, "47l1") + 1
    assert favour(every, "12:30") > favour(every, "l2:30") + 1


def test_a_word_of_another_language_is_known_in_a_line(every: LanguageScorer) -> None:
    line = every.line("the children of the Straßenbahn were very late")
    assert np.argmax(line.languages) == 0
    assert line.languages[2] > 0, "German is asked too"


def test_unknown_word_costs_a_bounded_amount(every: LanguageScorer) -> None:
    # a net that is sure of its letters says e^-7 a letter against any other
    assert favour(every, "Drennoka") > -8
    assert favour(every, "XKQZWV") > -8


def test_sharp_s_and_double_s_are_both_known(every: LanguageScorer) -> None:
    assert favour(every, "Straße") > 0
    assert favour(every, "Strasse") > 0


@pytest.mark.parametrize(
    ("text", "language"),
    [("the house is old", 0), ("la maison est vieille", 1), ("qu'il", 1), ("das Haus ist alt", 2)],
)
def test_language_is_guessed_from_what_the_ink_says(every: LanguageScorer, text: str, language: int) -> None:
    assert np.argmax(every.line(text).languages) == language
    assert every.line(text).languages[language] > 0.6


def test_words_are_known_whatever_marks_are_around_them(every: LanguageScorer) -> None:
    line = every.line("")
    assert all(map(line.knows, ("house,", "(l'été)", "Haus-", "STRASSE")))
    assert not any(map(line.knows, ("Drennoka", "house-drennoka", "1989", "")))


def test_a_number_says_nothing_of_the_language(every: LanguageScorer) -> None:
    assert every.line("1989").languages == pytest.approx([1 / 3] * 3)


def test_lines_read_before_change_nothing(every: LanguageScorer) -> None:
    fresh = LanguageScorer([load_lexicon(one) for one in ("en", "fr", "de")])
    for line in range(200):
        # more than it remembers
        favour(every, f"something else altogether, line {line:x} of many more")
    assert favour(every, "house") == favour(fresh, "house")


def test_no_weight_means_no_say() -> None:
    silent = LanguageScorer([load_lexicon("en")], Weights(language=0.0, length=0.0, space=0.0))
    assert favour(silent, "any thing, at 12") == pytest.approx(0)


def test_none_has_no_scorer_and_an_unknown_language_is_named() -> None:
    assert make_scorer("none") is None
    with pytest.raises(ConfigError, match=r"klingon.*auto, none, en, fr, de"):
        make_scorer("klingon")


def test_own_words_are_favoured_over_what_they_are_misread_as() -> None:
    plain, own = make_scorer("en"), make_scorer("en", ["Quimbleton"])
    assert plain is not None
    assert own is not None

    def gained(scorer: LanguageScorer) -> float:
        return favour(scorer, "Mr Quimbleton") - favour(scorer, "Mr Quimblefon")

    assert gained(own) > gained(plain) + 2
    # other words are read as before
    assert favour(own, "the house") == pytest.approx(favour(plain, "the house"), abs=0.01)
    assert own.knows("Quimbleton")
