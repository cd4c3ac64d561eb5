"""What the reader makes of things that are no writing is told by its text and by how sure it is."""

import pytest

from camera_ocr.written import is_written, mixture


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("the quick brown fox", 0.4),
        ("81( the 6eil,3 8imelar?", 0.45),
        ("from 2:35pm to 4:10pm", 0.6),
        ("l'arc-en-ciel, dit-il", 0.5),
        ("12.50 + 3,75 = 16.25", 0.6),
        ("Maurice (1897-1963)", 0.5),
        ("MEETING AT NOON", 0.5),
        ("A4-17B/x9", 0.8),
        ("7", 0.95),
        ("!@#$ %^&* ()", 0.6),
    ],
)
def test_writing_is_taken_for_writing(text: str, certainty: float) -> None:
    assert is_written(text, certainty)


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("@iQ E0 d @o @I9oo.", 0.55),
        ("9 0 O 1 D O C Q G O", 0.6),
        ("JQE@er ll.à @@9. 0eQGourO Ee0@8FBvp.e", 0.5),
        ("l2 r0@0*41) 2 @-941) @ # 0", 0.54),
        ("E", 0.6),
        ("-.-", 0.95),
        ("", 0.0),
    ],
)
def test_what_is_read_off_icons_and_things_is_not(text: str, certainty: float) -> None:
    assert not is_written(text, certainty)


def test_words_and_numbers_are_of_one_kind() -> None:
    assert mixture("Josef Stefan, né le 24.3.1835") == 0
    assert mixture("") == 0
    assert mixture("a B 1") == 1
