"""Which words are called unknown, and what is offered for them; with the word lists that come along."""

import numpy as np
import pytest

from camera_ocr.errors import ConfigError
from camera_ocr.recognition.spelling import Speller, load_speller
from camera_ocr.types import Word

QUAD = np.zeros((4, 2), np.float32)


@pytest.fixture(scope="module")
def speller() -> Speller:
    found = load_speller("auto")
    assert found is not None
    return found


def unknown(speller: Speller, text: str) -> list[str]:
    return [text[span.start : span.end] for span in speller.unknown(text)]


def first(speller: Speller, text: str) -> tuple[str, ...]:
    return speller.nearest(text, speller.unknown(text)[0])


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The quick brown fox jumps", []),
        ("the handwritting of a docter", ["handwritting", "docter"]),
        ("Il était une fois dans l'écoel", ["écoel"]),
        ("Die Sraße ist lang, sagte er.", ["Sraße"]),
        ("Der Wasserschlüssel", []),
        ("I don't know, it's late", []),
    ],
)
def test_words_that_the_languages_of_the_line_lack_are_unknown(speller, text, wrong):
    assert unknown(speller, text) == wrong


@pytest.mark.parametrize(
    "text", ["12.11.2024 B-XY 417", "bob@examplo.org", "www.examplo.org", "x q", "XQZT 3kxg", "z.B. u.a."]
)
def test_numbers_codes_addresses_letters_and_capitals_are_never_unknown(speller, text):
    assert unknown(speller, text) == []


def test_a_rare_word_is_taken_for_a_slip_of_a_frequent_one(speller):
    assert unknown(speller, "teh house on the hill") == ["teh"]
    # rare, but nothing like a frequent word
    assert unknown(speller, "a sycamore and a quagmire") == []


def test_only_the_language_that_is_asked_counts():
    english, german = load_speller("en"), load_speller("de")
    assert unknown(english, "Geburtstagskuchen") == ["Geburtstagskuchen"]
    assert unknown(german, "Geburtstagskuchen") == []


def test_the_nearest_words_come_by_edits_and_by_how_frequent_they_are(speller):
    assert first(speller, "the handwritting on it")[:2] == ("handwriting", "handwritten")
    assert first(speller, "Die Sraße")[0] == "Straße"
    assert first(speller, "Il va à l'écoel")[0] == "école"


def test_two_words_written_as_one_are_parted(speller):
    assert "in which" in first(speller, "the house inwhich he lived")


def test_own_words_are_known_in_any_case_and_offered(speller):
    own = load_speller("en", ["Quimbleton"])
    assert unknown(own, "Mrs Quimbleton and quimbleton") == []
    assert first(own, "Mrs Quinbleton")[0] == "Quimbleton"
    own.set_own([])
    assert unknown(own, "Mrs Quimbleton") == ["Quimbleton"]


def test_what_the_reader_thought_possible_is_offered_first_and_with_what_stands_beside_the_word(speller):
    text = "the docter, said"
    words = (
        Word("the", QUAD, 0.9),
        Word("docter,", QUAD, 0.4, ("dacter,", "dictator,")),
        Word("said", QUAD, 0.9),
    )
    fixes = speller.fixes(text, speller.unknown(text)[0], words)
    assert [fix.word for fix in fixes[:3]] == ["dictator,", "dacter,", "doctor"]
    assert [fix.text for fix in fixes[:3]] == ["the dictator, said", "the dacter, said", "the doctor, said"]
    assert len({fix.text for fix in fixes}) == len(fixes)


def test_what_the_reader_said_of_another_text_is_not_offered(speller):
    text = "the docter"
    words = (Word("the", QUAD, 0.9), Word("hector", QUAD, 0.4, ("vector",)))
    assert "vector" not in [fix.word for fix in speller.fixes(text, speller.unknown(text)[0], words)]


def test_without_a_language_there_is_no_speller():
    assert load_speller("none") is None
    with pytest.raises(ConfigError, match="klingon"):
        load_speller("klingon")
