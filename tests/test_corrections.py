from collections.abc import Sequence

import numpy as np
import pytest

from camera_ocr.corrections import correct_line, corrected
from camera_ocr.types import Frame, FrameResult, FusedLine, Word


def quad(x: float, y: float, width: float = 200, height: float = 20) -> np.ndarray:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)


def line(track_id: int, text: str, box: np.ndarray, words: Sequence[Word] = ()) -> FusedLine:
    return FusedLine(track_id, box, text, 0.5, 2, False, tuple(words))


def result(*lines: FusedLine) -> FrameResult:
    return FrameResult(Frame(np.zeros((9, 9, 3), np.uint8), 0, 0, "test"), None, lines)


def test_corrected_line_is_certain_and_others_are_untouched():
    before = result(line(1, "helo", quad(0, 0)), line(2, "world", quad(0, 40)))
    after = corrected(before, {1: "hello"})
    assert (after.lines[0].text, after.lines[0].confidence, after.lines[0].stable) == ("hello", 1.0, True)
    assert after.lines[1] is before.lines[1]
    assert after.text == "hello\nworld"


def test_correction_of_a_line_out_of_view_changes_nothing():
    before = result(line(1, "a", quad(0, 0)))
    assert corrected(before, {5: "b"}) is before


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
