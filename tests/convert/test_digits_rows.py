"""Rows of digits that touch as pens make them touch, and samples of training writers only."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from camera_ocr.recognition.digit_rows import cut_apart
from camera_ocr.recognition.digit_strip import OTHER, STRIP_HEIGHT
from convert.datasets import shared
from convert.digits import bank, row_bank, samples
from convert.digits.parted import parted
from convert.digits.rows import TOUCH, RowMix, compose, draw_at

STROKES = Path(__file__).parents[1] / "assets" / "digits" / "strokes.json"
# an A, an H and a plus: marks that are no digits
MARKS = {
    "A": [[0, 128, 50, 0, 100, 128], [20, 80, 80, 80]],
    "H": [[0, 0, 0, 128], [80, 0, 80, 128], [0, 64, 80, 64]],
    "+": [[0, 60, 100, 60], [50, 0, 50, 128]],
}


def stroke_samples(writer, source):
    drawn = json.loads(STROKES.read_text())[source] | MARKS
    return [
        shared.StrokeSample(
            text, writer, tuple(np.array(s, np.float32).reshape(-1, 2).copy() for s in strokes)
        )
        for text, strokes in drawn.items()
    ]


@pytest.fixture(scope="module")
def digits():
    """Ink of each digit of one hand, cut close."""
    return {
        s.text: draw_at([np.asarray(p, np.float32) for p in s.strokes], 0.4, 4.0)
        for s in stroke_samples("any-1", "aga-0013")
    }


@pytest.fixture
def two_hands(monkeypatch):
    """A training writer, one for tuning, one for validation; ten scanned digits of which two are held out."""
    writers = {"zzz-0000": "aga-0013", "aga-0001": "art-0094", "tun-0": "art-0094"}
    monkeypatch.setattr(samples, "is_tuning_writer", lambda writer: writer == "tun-0")
    chars = [sample for writer, source in writers.items() for sample in stroke_samples(writer, source)]

    def unipen(kind):
        return iter(chars if kind == "chars" else [])

    rng = np.random.default_rng(0)
    scans = np.zeros((20, 28, 28), np.uint8)
    scans[:, 5:23, 10:18] = rng.integers(100, 255, (20, 18, 8))
    monkeypatch.setattr(shared, "unipen", unipen)
    monkeypatch.setattr(shared, "mnist", lambda: (scans, np.arange(20) % 10))
    monkeypatch.setattr(samples, "HELD_OUT", 2)


def pieces(ink):
    return cv2.connectedComponents((ink > 60).astype(np.uint8))[0] - 1


@pytest.mark.parametrize("text", ["33", "10", "74", "908", "2171"])
def test_digits_that_touch_are_one_piece_and_none_is_hidden(digits, text):
    parts = [digits[d] for d in text]
    for push in (0.0, 4.0):
        row = compose(parts, text, [TOUCH] * (len(text) - 1), [push] * (len(text) - 1))
        assert row.touching
        assert pieces(row.ink) < len(text)
        for part, before in zip(row.parts, parts, strict=True):
            assert (part > 128).sum() == (before > 128).sum()
            others = np.maximum.reduce([p for p in row.parts if p is not part])
            assert ((part > 128) & (others > 128)).sum() <= 0.25 * (part > 128).sum()


def test_digits_with_gaps_stand_apart_on_one_baseline(digits):
    row = compose([digits[d] for d in "128"], "128", [9.0, 5.0])
    assert not row.touching
    boxes = [cv2.boundingRect((part > 40).astype(np.uint8)) for part in row.parts]
    assert boxes[1][0] - boxes[0][0] - boxes[0][2] == pytest.approx(9, abs=1)
    assert boxes[2][0] - boxes[1][0] - boxes[1][2] == pytest.approx(5, abs=1)
    assert len({y + h for _, y, _, h in boxes}) == 1


@pytest.mark.parametrize("text", ["33", "28", "95", "807", "2690"])
def test_touching_digits_are_cut_apart_when_it_is_known_about_where_they_are(digits, text):
    row = compose([digits[d] for d in text], text, [TOUCH] * (len(text) - 1))
    middles = [float(np.average(np.arange(p.shape[1]), weights=p.sum(axis=0))) for p in row.parts]
    for cut, part in zip(cut_apart(row.ink, [m + 2 for m in middles]), row.parts, strict=True):
        shared_ink = float(np.minimum(cut, part).sum())
        assert shared_ink > 0.85 * float(part.sum())
        assert shared_ink > 0.85 * float(cut.sum())


def test_validation_writers_and_those_for_tuning_do_not_train(two_hands):
    mix = samples.DigitMix()
    assert {s.writer for s in mix.digits + mix.marks} == {"zzz-0000"}
    assert {s.writer for s in samples.DigitMix(tuning=True).digits} == {"tun-0"}


def test_held_out_scans_do_not_train(two_hands):
    (train, _), (held_out, _) = samples.split_mnist()
    assert len(held_out) == 2
    assert not any((scan == train).all(axis=(1, 2)).any() for scan in held_out)
    # nor do those that set the threshold of rejection
    shown, _ = samples.training_scans()
    assert len(shown) + len(samples.tuning_scans()) == len(train)
    assert not any((scan == shown).all(axis=(1, 2)).any() for scan in samples.tuning_scans())


def test_rows_say_what_stands_in_them(two_hands):
    mix, rng = RowMix(), np.random.default_rng(2)
    said = [mix.sample(rng) for _ in range(60)]
    assert {label for _, labels in said for label in labels} == set(range(OTHER + 1))
    for ink, labels in said:
        assert ink.dtype == np.uint8
        assert ink.max() > 128
        assert 1 <= len(labels) <= 6


def test_a_slashed_zero_keeps_its_outline_and_gains_a_stroke():
    zero = np.array([[0, 0], [60, 0], [60, 100], [0, 100], [0, 0]], np.float32)
    ways = [samples.slash([zero], np.random.default_rng(i)) for i in range(30)]
    rises = [float((end - start)[1] / (end - start)[0]) for start, end in ways]
    assert min(rises) < 0 < max(rises)
    for way in ways:
        assert 20 < np.hypot(*(way[1] - way[0])) < 180


def test_a_letter_of_which_one_upright_stroke_is_left_is_a_one():
    upright = np.array([[20, 0], [14, 60], [10, 120]], np.float32)
    dot = np.array([[22, -30], [23, -29]], np.float32)
    assert samples.is_lone_stroke([upright])
    assert not samples.is_lone_stroke([upright, dot])
    assert not samples.is_lone_stroke([upright[:, ::-1].copy()])
    assert not samples.is_lone_stroke([np.array([[0, 0], [0, 90], [50, 90]], np.float32)])


def test_another_hand_writes_the_same_character_a_little_otherwise():
    strokes = [np.asarray(s, np.float32) for s in stroke_samples("any-1", "aga-0013")[4].strokes]
    hands = [samples.another_hand(strokes, np.random.default_rng(i)) for i in range(20)]
    off = [
        max(float(np.abs(a - b).max()) for a, b in zip(hand, strokes, strict=True)) / 128 for hand in hands
    ]
    assert max(off) < 0.5
    assert np.median(off) > 0.02


def written(text, *, apart):
    """A word of the characters of one hand, far from each other or run together."""
    drawn = {s.text: list(s.strokes) for s in stroke_samples("any-1", "aga-0013")}
    strokes = samples.set_beside([drawn[c] for c in text], [30.0 if apart else -40.0] * (len(text) - 1))
    return shared.StrokeSample(text, "any-1", tuple(strokes))


def test_characters_of_a_word_that_stand_apart_are_taken_one_by_one(monkeypatch):
    # GIVEN a word whose characters stand apart, the A and the H in several strokes, and one run together
    words = [written("4A7H0", apart=True), written("4A7H0", apart=False)]
    monkeypatch.setattr(shared, "unipen", lambda kind: iter(words))
    # WHEN they are parted
    found = list(parted("words", samples.CHARACTERS))
    # THEN the first gives its characters, whole and in order, and the other none
    assert [s.text for s in found] == list("4A7H0")
    assert {s.writer for s in found} == {"any-1"}
    assert [len(s.strokes) for s in found] == [len(written(c, apart=True).strokes) for c in "4A7H0"]


def test_what_a_word_does_not_show_whole_is_not_taken(monkeypatch):
    stem, dot, low = ([[0, 0, 0, 128]], [[40, -30, 41, -30]], [[400, 64, 460, 66]])
    strokes = tuple(np.array(s[0], np.float32).reshape(-1, 2) for s in (stem, dot, low))
    # GIVEN what is written as three marks: a stem, a dot beside it, a dash
    for text, whole in (("i.-", ""), ("l.-", "l")):
        word = shared.StrokeSample(text, "any-1", strokes)
        monkeypatch.setattr(shared, "unipen", lambda kind, word=word: iter([word]))
        # THEN the stem is no i, though it may be an l, and the low marks are left out
        assert [s.text for s in parted("words", samples.CHARACTERS)] == list(whole)


def test_the_bank_holds_every_character_and_is_made_once(two_hands, tmp_path, monkeypatch):
    monkeypatch.setattr(bank, "_CUT", 20)
    made = bank.load_bank(tmp_path, copies=1, others=12, seed=3)
    assert made.images.shape[1:] == (28, 28)
    letters = {samples.CHARACTERS.index(text) for text in MARKS}
    assert set(made.labels.tolist()) == {*range(10), *letters, samples.NO_CHARACTER}
    # as often as their share says, though a digit is here thrice and once again each time
    assert made.chances.sum() == pytest.approx(1.0, abs=1e-4)
    assert made.chances[made.labels < 10].sum() == pytest.approx(0.49 / 1.115, abs=0.01)
    monkeypatch.setattr(bank, "make_bank", None)
    again = bank.load_bank(tmp_path, copies=1, others=12, seed=3)
    np.testing.assert_array_equal(again.images, made.images)
    np.testing.assert_array_equal(again.chances, made.chances)


def test_the_row_bank_holds_strips_with_their_labels(two_hands, tmp_path):
    made = row_bank.load_row_bank(tmp_path, count=15, seed=1)
    assert made.images.shape == (15, STRIP_HEIGHT, row_bank.WIDTH)
    assert (made.labels[:, 0] >= 0).all()
    for image, labels in zip(made.images, made.labels, strict=True):
        # wide enough for CTC to spell it: at least two steps a digit
        assert int((image.max(axis=0) > 0).sum()) >= 4 * (labels >= 0).sum()
