import numpy as np
import pytest

from convert import ink
from convert.datasets.shared import StrokeSample


def bar(x: float, top: float, bottom: float) -> np.ndarray:
    return np.array([[x, top], [x, (top + bottom) / 2], [x, bottom]], np.float32)


def word(text: str, *strokes: np.ndarray, writer: str = "abc-1") -> StrokeSample:
    return StrokeSample(text, writer, strokes)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_drawn_ink_has_the_height_and_pen_asked_for():
    image = ink.draw([bar(0, 0, 160)], 60, 4.0, margins=(0, 0))
    rows, columns = np.flatnonzero(image.max(axis=1) > 128), np.flatnonzero(image.max(axis=0) > 128)
    assert len(rows) == pytest.approx(60, abs=2)
    assert len(columns) == pytest.approx(4, abs=1.5)


def test_a_dot_is_drawn_small():
    image = ink.draw([np.array([[5, 5]], np.float32)], 60, 4.0)
    assert 0 < (image > 128).sum() < 60


def test_chained_words_stand_in_order_beside_each_other(rng):
    words = [word(t, bar(0, 0, 100), bar(50, 0, 100)) for t in ("one", "two", "three")]
    text, strokes = ink.chain(words, rng)
    assert text == "one two three"
    edges = [float(s[:, 0].max()) for s in strokes]
    assert edges == sorted(edges)
    assert strokes[2][:, 0].min() - strokes[1][:, 0].max() > 20


def test_descenders_hang_below_the_common_baseline(rng):
    low, plain = word("gap", bar(0, 0, 170)), word("can", bar(0, 0, 60))
    _, strokes = ink.chain([low, plain], rng)
    assert strokes[0][:, 1].max() > strokes[1][:, 1].max() + 20


def test_composed_digits_stand_on_one_line_and_full_stops_stay_small(rng):
    glyphs = {c: [word(c, bar(0, 0, 128), bar(40, 0, 128))] for c in "17"}
    glyphs["."] = [word(".", np.array([[0, 0], [128, 128]], np.float32))]
    strokes = ink.compose("1.7", glyphs, rng)
    feet = [float(s[:, 1].max()) for s in strokes]
    assert max(feet) - min(feet) < 20
    assert np.ptp(strokes[2][:, 1]) < 0.3 * np.ptp(strokes[0][:, 1])


def test_a_character_the_writer_did_not_give_is_an_error(rng):
    with pytest.raises(KeyError, match="x"):
        ink.compose("x", {}, rng)


def test_coarse_donors_are_smoothed_and_others_left_alone():
    stairs = np.array([[0, 0], [10, 0], [10, 10], [20, 10]], np.float32)
    assert len(ink.strokes_of(word("a", stairs, writer="apa-1"))[0]) > len(stairs)
    assert ink.strokes_of(word("a", stairs))[0] is stairs
