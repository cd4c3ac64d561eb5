import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from camera_ocr.corrections import Corrections, correct_line
from camera_ocr.types import Frame, FrameResult, FusedLine, Word


def quad(x: float, y: float, width: float = 200, height: float = 20) -> np.ndarray:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)


def line(track_id: int, text: str, box: np.ndarray, words: Sequence[Word] = ()) -> FusedLine:
    return FusedLine(track_id, box, text, 0.5, 2, False, tuple(words))


def result(*lines: FusedLine) -> FrameResult:
    return FrameResult(Frame(np.zeros((9, 9, 3), np.uint8), 0, 0, "test"), None, lines)


def test_corrected_line_is_certain_and_others_are_untouched():
    before = result(line(1, "helo", quad(0, 0)), line(2, "world", quad(0, 40)))
    corrections = Corrections()
    corrections.remember({1: "hello"}, (), before.lines)
    after = corrections.lay_over(before)
    assert (after.lines[0].text, after.lines[0].confidence, after.lines[0].stable) == ("hello", 1.0, True)
    assert after.lines[1] is before.lines[1]
    assert after.text == "hello\nworld"
    assert corrections.ids == {1}


def test_line_taken_away_stays_away():
    before = result(line(1, "dirt", quad(0, 0)), line(2, "world", quad(0, 40)))
    corrections = Corrections()
    corrections.remember({}, {1}, before.lines)
    assert corrections.lay_over(before).text == "world"
    assert corrections.ids == frozenset()


def test_other_ink_on_a_line_voids_what_was_said_about_it():
    before = result(line(1, "helo", quad(0, 0)), line(2, "dirt", quad(0, 40)))
    corrections = Corrections()
    corrections.remember({1: "hello"}, {2}, before.lines)
    new = result(*(dataclasses.replace(one, ink=1) for one in before.lines))
    assert corrections.lay_over(new) is new
    assert corrections.lay_over(before) is before


def test_what_is_said_of_a_line_is_said_anew_each_time():
    before = result(line(1, "helo", quad(0, 0)), line(2, "wurld", quad(0, 40)))
    corrections = Corrections()
    corrections.remember({1: "hello"}, (), before.lines[:1])
    corrections.remember({2: "world"}, (), before.lines[1:])
    assert corrections.lay_over(before).text == "hello\nworld"
    corrections.remember({}, (), before.lines[:1])
    assert corrections.lay_over(before).text == "helo\nworld"


def test_lines_of_a_held_picture_alone_are_not_remembered():
    before = result(line(-1, "helo", quad(0, 0)))
    corrections = Corrections()
    corrections.remember({-1: "hello"}, (), before.lines)
    assert corrections.lay_over(before) is before


def test_words_keep_their_boxes_while_their_number_stays():
    boxes = [quad(0, 0, 80), quad(100, 0, 100)]
    words = [Word("helo", boxes[0], 0.4), Word("wrld", boxes[1], 0.4)]
    after = correct_line(line(1, "helo wrld", quad(0, 0), words), "hello world")
    assert [word.text for word in after.words] == ["hello", "world"]
    assert [word.quad is box for word, box in zip(after.words, boxes, strict=True)] == [True, True]


def test_new_words_share_the_line_by_their_length():
    after = correct_line(line(1, "ab", quad(0, 0, 100)), "abcd e fghij")
    left = [float(word.quad[0, 0]) for word in after.words]
    right = [float(word.quad[1, 0]) for word in after.words]
    assert left == pytest.approx([0, 100 * 5 / 12, 100 * 7 / 12])
    assert right == pytest.approx([100 * 4 / 12, 100 * 6 / 12, 100])
