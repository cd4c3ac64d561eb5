import json
import shutil

import numpy as np
import pytest

from camera_ocr.errors import ModelError
from camera_ocr.recognition.languages import LANGUAGES
from camera_ocr.recognition.lexicon import Lexicon, lexicons_dir, load_lexicon


@pytest.fixture(scope="module")
def english() -> Lexicon:
    return load_lexicon("en")


@pytest.mark.parametrize(
    ("language", "known"),
    [("en", "weather don't"), ("fr", "élève œil aujourd'hui"), ("de", "straße für geht's")],
)
def test_everyday_words_are_known_and_nonsense_is_not(language: str, known: str) -> None:
    lexicon = load_lexicon(language)
    assert all(word in lexicon for word in known.split())
    assert "wether'" not in lexicon
    assert "qzx" not in lexicon


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_small_and_their_cards_name_source_and_licence(language: str) -> None:
    file = lexicons_dir() / f"{language}.npz"
    assert file.stat().st_size < 1_300_000
    card = json.loads(file.with_suffix(".json").read_text("utf-8"))
    assert card["licence"] == "CC BY-SA 4.0"
    assert "wordfreq" in card["source"]
    assert "SUBTLEX" in card["attribution"]


def test_narrowing_letter_by_letter_finds_the_word(english: Lexicon) -> None:
    reach = english.everything
    shares = []
    for n in range(1, 6):
        reach = english.narrow("house"[:n], *reach)
        shares.append(english.share(*reach))
    assert shares == sorted(shares, reverse=True)
    assert 0 < english.share_of("house", *reach) < shares[-1]
    assert english.share_of("housx", *english.narrow("housx", *english.everything)) == 0


def probability(lexicon: Lexicon, before: str, letter: str) -> float:
    return lexicon.letter(lexicon.spelling(lexicon.edge, before)[1], letter)[0]


@pytest.mark.parametrize("before", ["", "th", "q", "informat", "xqj"])
def test_letters_after_others_make_a_distribution(english: Lexicon, before: str) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz' "
    assert sum(probability(english, before, c) for c in letters) == pytest.approx(1, abs=0.1)


def test_letters_follow_as_the_language_spells(english: Lexicon) -> None:
    assert probability(english, "th", "e") > 20 * probability(english, "th", "q")
    assert probability(english, "q", "u") > 0.5
    assert probability(english, "unheardofnat", "i") > 0.5
    assert probability(english, "th", "ж") < 1e-4


def test_compounds_of_known_words_are_spelt_as_the_language_spells() -> None:
    german = load_lexicon("de")
    assert "donaudampfschifffahrt" not in german
    spelt, _ = german.spelling(german.edge, "donaudampfschifffahrt")
    mangled, _ = german.spelling(german.edge, "donaudanpfsohifffahrt")
    assert spelt > 1e4 * mangled


def test_altered_file_is_refused(tmp_path) -> None:
    for suffix in (".npz", ".json"):
        shutil.copy(lexicons_dir() / f"fr{suffix}", tmp_path)
    (tmp_path / "fr.npz").write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"fr\.npz.*sha256 differs.*convert lexicon"):
        load_lexicon("fr", tmp_path)


def test_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(ModelError, match=r"de\.npz: no such file"):
        load_lexicon("de", tmp_path)


def test_what_the_table_lacks_is_left_to_shorter_contexts() -> None:
    # keys: a, b, the word's end, and b after a
    keys = np.array([1 << 6, 1 << 6 | 1, 1 << 6 | 2, 1 << 12 | 1 << 6 | 2], np.uint64)
    table = keys, np.array([32, 16, 32, 8], np.uint8), np.array([0, 16, 0, 0], np.uint8)
    lexicon = Lexicon(["a", "ab"], [0.5, 0.25], "ab", *table)
    assert lexicon.share(*lexicon.narrow("a", *lexicon.everything)) == 0.75
    p, after_a = lexicon.letter(lexicon.edge, "a")
    assert p == 0.5
    assert lexicon.letter(after_a, "b")[0] == pytest.approx(2**-0.5)
    assert lexicon.letter(after_a, "a")[0] == pytest.approx(0.5 * 0.5), "with the back-off weight of a"


def test_other_words_are_put_among_those_there_are(english):
    more = english.with_words(["Quimbleton", "house", "Ångström"], 1e-4)
    assert "Quimbleton" in more
    assert "ångström" in more
    assert "quimbleton" not in english
    lo, hi = more.narrow("quimbl", *more.everything)
    assert more.share(lo, hi) == pytest.approx(1e-4, rel=1e-6)
    # what was known keeps its share
    for word in ("house", "the", "zebra"):
        assert more.share_of(word, *more.narrow(word, *more.everything)) == pytest.approx(
            english.share_of(word, *english.narrow(word, *english.everything)), rel=1e-6
        )
    assert english.with_words(["house"], 1e-4) is english


def test_rare_words_among_the_others_become_as_frequent_as_they(english):
    def share(lexicon, word):
        return lexicon.share_of(word, *lexicon.narrow(word, *lexicon.everything))

    assert 0 < share(english, "zebra") < 1e-5
    more = english.with_words(["Zebra"], 1e-4)
    assert share(more, "zebra") == pytest.approx(1e-4, rel=1e-6)
    assert share(more, "zebras") == pytest.approx(share(english, "zebras"), rel=1e-6)
