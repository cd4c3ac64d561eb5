import hashlib
import json
import shutil

import numpy as np
import pytest

from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import card_path, default_model
from camera_ocr.recognition.digit_strip import (
    BLANK,
    OTHER,
    ROW_MODEL,
    STRIP_CLASSES,
    STRIP_HEIGHT,
    StripReader,
    prepare_strip,
    spell,
)


@pytest.fixture(scope="module")
def strips():
    return StripReader(default_model(ROW_MODEL))


def steps(*classes):
    """(T, 12) probabilities, the given class the surest at each step."""
    values = np.full((len(classes), STRIP_CLASSES), 0.02, np.float32)
    for i, c in enumerate(classes):
        values[i, c] = 0.78
    return values


def said(marks):
    return "".join("0123456789?"[mark.probabilities.argmax()] for mark in marks)


def test_runs_are_one_mark_and_blanks_part_the_same_digit():
    marks = spell(steps(BLANK, 3, 3, BLANK, 3, 7, OTHER, BLANK))
    assert said(marks) == "337?"
    assert [mark.at for mark in marks] == [8.0, 18.0, 22.0, 26.0]
    for mark in marks:
        assert mark.probabilities.sum() == pytest.approx(1.0, abs=1e-5)


def test_nothing_but_blanks_is_nothing():
    assert spell(steps(BLANK, BLANK)) == []


@pytest.mark.parametrize(("text", "gap"), [("36", 8), ("1945", 8), ("170", 20), ("33", -4), ("60273", 4)])
def test_a_held_out_writers_row_is_read_and_marks_are_where_the_digits_are(strips, draw_number, text, gap):
    ink = draw_number(text, gap=gap)
    marks = strips.read(ink)
    assert said(marks) == text
    places = [mark.at for mark in marks]
    assert places == sorted(places)
    assert 15 < places[0] < 55
    assert places[-1] < ink.shape[1] - 15


@pytest.mark.parametrize("margins", [((0, 0), (0, 0)), ((90, 10), (150, 300))])
def test_paper_around_the_row_makes_no_difference(strips, draw_number, margins):
    ink = draw_number("1945")
    plain, moved = strips.read(ink), strips.read(np.pad(ink, margins))
    assert said(plain) == said(moved) == "1945"
    for one, other in zip(plain, moved, strict=True):
        assert other.at - one.at == pytest.approx(margins[1][0], abs=3)


def test_a_row_longer_than_the_widest_input_is_read_nevertheless(strips, draw_number):
    text = "1945028736" * 3
    assert len(strips.read(draw_number(text, gap=20))) == pytest.approx(len(text), abs=3)


@pytest.mark.parametrize("shape", [(0, 0), (1, 1), (40, 3)])
def test_no_ink_has_no_marks(strips, shape):
    assert strips.read(np.zeros(shape, np.uint8)) == []


@pytest.mark.parametrize("size", [0.3, 1.0, 3.0])
def test_a_strip_has_one_height_whatever_the_size(draw_number, size):
    ink = draw_number("28", scale=size, pen=max(2, round(8 * size)))
    strip = prepare_strip(ink)
    assert strip.shape[0] == STRIP_HEIGHT
    assert strip.max() == 255


def test_another_kind_of_model_is_refused():
    with pytest.raises(ModelError, match="not for rows of digits"):
        StripReader(default_model())


def test_a_model_with_other_classes_is_refused(tmp_path):
    model = tmp_path / "digit_rows.tflite"
    shutil.copy(default_model(), model)
    card = json.loads(card_path(default_model()).read_text()) | {"task": "digit rows", "buckets": [64]}
    card["sha256"] = hashlib.sha256(model.read_bytes()).hexdigest()
    card_path(model).write_text(json.dumps(card))
    with pytest.raises(ModelError, match=r"digit_rows\.tflite"):
        StripReader(model)
