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
    assert file.stat().st_size < 700_000
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


def test_letters_after_two_others_make_a_distribution(english: Lexicon) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz' "
    assert sum(english.letter("th", c) for c in letters) == pytest.approx(1, abs=0.1)
    assert english.letter("th", "e") > 20 * english.letter("th", "q")
    assert english.letter("q", "u") > 0.5


def test_altered_file_is_refused(tmp_path) -> None:
    for suffix in (".npz", ".json"):
        shutil.copy(lexicons_dir() / f"fr{suffix}", tmp_path)
    (tmp_path / "fr.npz").write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"fr\.npz.*sha256 differs.*convert lexicon"):
        load_lexicon("fr", tmp_path)


def test_missing_file_is_named(tmp_path) -> None:
    with pytest.raises(ModelError, match=r"de\.npz: no such file"):
        load_lexicon("de", tmp_path)


def test_words_need_not_be_many() -> None:
    lexicon = Lexicon(["a", "ab"], [0.5, 0.25], "ab", np.full((3, 3, 3), 16, np.uint8))
    assert lexicon.share(*lexicon.narrow("a", *lexicon.everything)) == 0.75
    assert lexicon.letter("a", "b") == 0.5
