import json
from pathlib import Path

import numpy as np

from camera_ocr.recognition.lexicon import load_lexicon
from convert.lexicon import choose, classes, trigrams, write

LIST = {"the": 0.05, "don't": 1e-3, "don’t": 1e-3, "œuvre": 1e-5, "rare": 1e-8, "b2b": 1e-4, "слово": 1e-4}


def test_frequent_words_in_the_readers_letters_are_taken() -> None:
    assert choose(LIST) == {"don't": 2e-3, "the": 0.05, "œuvre": 1e-5}


def test_frequency_classes_are_a_quarter_of_a_power_of_ten() -> None:
    assert classes([1.0, 0.1, 1e-5]).tolist() == [0, 4, 20]


def test_letters_seen_after_two_others_are_likelier_than_unseen_ones() -> None:
    table = 2.0 ** (-trigrams({"aba": 1e-3, "abb": 1e-6}, "ab").astype(float) / 16)
    assert np.allclose(table.sum(axis=2), 1, atol=0.1)
    assert table[1, 2, 1] > table[1, 2, 2] > 0
    assert table[0, 0, 1] > 0.8, "both words begin with a"


def test_what_is_written_loads_and_is_the_same_each_time(tmp_path: Path) -> None:
    words = choose(LIST)
    first = write("en", words, "0", tmp_path / "one").read_bytes()
    assert write("en", words, "0", tmp_path / "two").read_bytes() == first
    lexicon = load_lexicon("en", tmp_path / "one")
    assert "don't" in lexicon
    assert "rare" not in lexicon
    card = json.loads((tmp_path / "one" / "en.json").read_text("utf-8"))
    assert (card["words"], card["bytes"]) == (3, len(first))
