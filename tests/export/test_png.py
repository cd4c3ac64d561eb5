from dataclasses import replace

import cv2
import numpy as np
import pytest

from camera_ocr.export import FORMATS
from camera_ocr.export.letters import text_mask
from camera_ocr.export.png import annotate, spread
from camera_ocr.grading import Grade, grade
from camera_ocr.types import Frame


@pytest.fixture
def page(result):
    """On white paper."""
    image = np.full((480, 640, 3), 255, np.uint8)
    return replace(result, frame=Frame(image, 0, 0, "page.jpg"))


def has(picture: np.ndarray, colour: Grade) -> bool:
    red, green, blue = (int(colour.value[i : i + 2], 16) for i in (1, 3, 5))
    return bool((np.abs(picture.astype(int) - (blue, green, red)).max(axis=2) < 25).any())


def test_words_are_framed_in_the_colour_of_their_confidence(page):
    picture = annotate(page)
    sure, doubtful = picture[15:55, 5:105], picture[15:55, 105:215]
    assert has(sure, Grade.SURE)
    assert not has(sure, Grade.DOUBTFUL)
    assert has(doubtful, Grade.DOUBTFUL)
    assert not has(doubtful, Grade.SURE)


def test_text_stands_right_of_the_picture_at_the_height_of_its_ink(page):
    picture = annotate(page)
    beside = picture[:, 645:].min(axis=2) < 100
    rows = np.nonzero(beside.any(axis=1))[0]
    assert 20 <= rows.min() <= 50
    assert 100 <= rows.max() <= 130
    assert not beside[60:95].any()


def test_what_is_written_is_a_png_of_the_annotated_picture(page):
    content = FORMATS["png"].render(page, [])
    assert content.startswith(b"\x89PNG")
    assert (cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR) == annotate(page)).all()


def test_the_picture_of_the_result_is_left_alone(page):
    annotate(page)
    assert (page.frame.image == 255).all()


def test_a_page_with_nothing_on_it_stays_as_it_is(page):
    assert (annotate(replace(page, lines=())) == page.frame.image).all()


def test_a_box_far_outside_the_picture_is_no_trouble(page):
    far = replace(page.lines[0], quad=page.lines[0].quad + np.float32(1e7), words=())
    assert annotate(replace(page, lines=(far,))).shape[0] == 480


@pytest.mark.parametrize("count", [60, 700])
def test_a_page_full_of_lines_keeps_its_height(page, count):
    line = page.lines[0]
    lines = tuple(replace(line, track_id=i, quad=line.quad + np.float32([0, i % 400])) for i in range(count))
    assert annotate(replace(page, lines=lines)).shape[0] == 480


@pytest.mark.parametrize(("accented", "plain"), [("é", "e"), ("ü", "u"), ("Å", "A"), ("œ", "o"), ("ß", "B")])
def test_letters_have_their_accents(accented, plain):
    assert text_mask(accented, 40).tobytes() != text_mask(plain, 40).tobytes()


def test_a_letter_that_cannot_be_drawn_is_seen_to_be_missing():
    assert (text_mask("漢", 40) > 0).any()


def test_texts_keep_their_order_and_distance():
    assert spread([50, 10, 55], 20, 100) == [50, 10, 70]
    assert spread([95, 96], 20, 100) == [70, 90]
    placed = spread([5.0] * 10, 20, 100)
    assert placed == sorted(placed)
    assert np.diff(placed).min() > 9


@pytest.mark.parametrize(
    ("confidence", "expected"), [(0.9, Grade.SURE), (0.7, Grade.FAIR), (0.59, Grade.DOUBTFUL)]
)
def test_confidence_has_three_grades(confidence, expected):
    assert grade(confidence) is expected
