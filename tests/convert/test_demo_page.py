"""The demo's page, with strokes made up here instead of the set it is made of."""

import numpy as np
import pytest

from convert.datasets.shared import StrokeSample
from convert.demo_page import FIRST_RULE, HEIGHT, MARGIN, PITCH, WIDTH, Line, baseline, make_page

INK = (10, 10, 10)


def zigzag(x: float, low: float, height: float = 70.0, turns: int = 6) -> np.ndarray:
    """Like a row of n: up and down between `low` and `height` above it."""
    y = np.where(np.arange(2 * turns + 1) % 2 == 0, low, low - height)
    return np.column_stack([x + 20.0 * np.arange(2 * turns + 1), y]).astype(np.float32)


def word(text: str, *strokes: np.ndarray) -> StrokeSample:
    return StrokeSample(text, "abc-1", tuple(strokes))


def test_baseline_is_where_most_letters_stand_not_where_a_tail_ends() -> None:
    body = zigzag(0, 100)
    tail = np.array([[250, 40], [255, 100], [250, 170], [230, 180]], np.float32)
    assert baseline([body]) == pytest.approx(100)
    assert baseline([body, tail]) == pytest.approx(100)


def test_words_stand_on_their_rule_right_of_the_margin() -> None:
    words = [word("mm", zigzag(0, 70)), word("my", zigzag(0, 85))]
    lines = [Line("abc-1", "mm my", 2, INK, 0.4), Line("abc-1", "my", 5, INK, 0.4, indent=100)]
    page = make_page(lines, words, [])
    assert page.shape == (HEIGHT, WIDTH, 3)
    rows, columns = np.nonzero((page < 60).all(axis=2))
    first = rows < FIRST_RULE + 3 * PITCH
    assert abs(rows[first].max() - (FIRST_RULE + 2 * PITCH)) < 6
    assert abs(rows[~first].max() - (FIRST_RULE + 5 * PITCH)) < 6
    assert MARGIN - 6 < columns[first].min() < MARGIN + 6
    assert MARGIN + 94 < columns[~first].min() < MARGIN + 106


def test_word_the_writer_lacks_is_an_error() -> None:
    with pytest.raises(KeyError):
        make_page([Line("abc-1", "none", 0, INK, 0.4)], [], [])
