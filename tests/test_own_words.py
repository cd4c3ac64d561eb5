"""One's own words: kept whole or not at all, and forgiving of what people write into the file."""

import os

import pytest

from camera_ocr.errors import ExportError
from camera_ocr.own_words import add_word, own_words, parse_words, set_words


def test_words_are_kept_in_the_order_they_were_added(tmp_path):
    path = tmp_path / "new" / "words.txt"
    assert own_words(path) == ()
    for word in ("Quimbleton", "Übelacker", "O'Neill", "Quimbleton"):
        add_word(word, path)
    assert own_words(path) == ("Quimbleton", "Übelacker", "O'Neill")
    set_words(["Übelacker"], path)
    assert path.read_text(encoding="utf-8") == "Übelacker\n"


def test_what_is_no_word_in_the_file_is_not_used_and_stays(tmp_path):
    path = tmp_path / "words.txt"
    path.write_bytes(b"# mine\r\nKrk\r\n\xff\xfe\r\nA4\n  Vrh  ")
    assert own_words(path) == ("Krk", "Vrh")
    add_word("Brda", path)
    assert own_words(path) == ("Krk", "Vrh", "Brda")
    assert path.read_bytes().startswith(b"# mine\r\nKrk\r\n\xff\xfe\r\n")


def test_a_line_may_have_several_words_and_each_counts_once():
    found = parse_words("Anna Quimbleton\n\n  # not these\nKrk, Vrh; Krk 12 B2B\n")
    assert found.words == ("Anna", "Quimbleton", "Krk", "Vrh")
    assert found.others == ("12", "B2B")


def test_letters_and_accents_apart_are_put_together():
    assert parse_words("U\u0308belacker").words == ("Übelacker",)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(ExportError, match=r"words\.txt"):
        add_word("Krk", tmp_path / "words.txt")


def test_a_folder_in_place_of_the_file_is_told(tmp_path):
    with pytest.raises(ExportError, match="cannot be read"):
        own_words(tmp_path)
    with pytest.raises(ExportError, match="cannot be read"):
        add_word("Krk", tmp_path)
