import json
from pathlib import Path

import pytest

from camera_ocr.recognition.lexicon import Lexicon, load_lexicon
from convert.lexicon import choose, classes, ngrams, write

LIST = {"the": 0.05, "don't": 1e-3, "don’t": 1e-3, "œuvre": 1e-5, "rare": 1e-8, "b2b": 1e-4, "слово": 1e-4}


def test_frequent_words_in_the_readers_letters_are_taken() -> None:
    assert choose(LIST) == {"don't": 2e-3, "the": 0.05, "œuvre": 1e-5}


def test_frequency_classes_are_a_quarter_of_a_power_of_ten() -> None:
    assert classes([1.0, 0.1, 1e-5]).tolist() == [0, 4, 20]


def test_letters_seen_after_others_are_likelier_than_unseen_ones() -> None:
    words = {"abab": 1e-3, "abb": 1e-6}
    lexicon = Lexicon(list(words), list(words.values()), "ab", *ngrams(words, "ab"))

    def probability(before: str, letter: str) -> float:
        return lexicon.letter(lexicon.spelling(lexicon.edge, before)[1], letter)[0]

    for before in ("", "a", "ab", "aba", "bb"):
        assert sum(probability(before, c) for c in "ab ") == pytest.approx(1, abs=0.1)
    assert probability("ab", "a") > probability("ab", "b") > 0
    assert probability("", "a") > 0.8, "both words begin with a"


def test_ngrams_that_add_little_are_left_out() -> None:
    words = {"abab": 1e-3, "abb": 1e-6, "bab": 1e-5}
    few, *_ = ngrams(words, "ab", 1000.0)
    many, *_ = ngrams(words, "ab", 0.0)
    assert len(few) < len(many)
    assert set(few.tolist()) <= set(many.tolist())


def test_what_is_written_loads_and_is_the_same_each_time(tmp_path: Path) -> None:
    words = choose(LIST)
    first = write("en", words, "0", tmp_path / "one").read_bytes()
    assert write("en", words, "0", tmp_path / "two").read_bytes() == first
    lexicon = load_lexicon("en", tmp_path / "one")
    assert "don't" in lexicon
    assert "rare" not in lexicon
    card = json.loads((tmp_path / "one" / "en.json").read_text("utf-8"))
    assert (card["words"], card["bytes"]) == (3, len(first))
