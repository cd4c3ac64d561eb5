import dataclasses

import numpy as np

from camera_ocr.carryover import carry_over
from camera_ocr.types import Frame, FrameResult, FusedLine


def quad(y: float, x: float = 0, height: float = 20, width: float = 200) -> np.ndarray:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)


def line(
    track_id: int, text: str, box: np.ndarray, confidence: float = 0.5, stable: bool = True
) -> FusedLine:
    return FusedLine(track_id, box, text, confidence, 2, stable, ())


def result(*lines: FusedLine) -> FrameResult:
    return FrameResult(Frame(np.zeros((9, 9, 3), np.uint8), 0, 0, "test"), None, lines)


def told(after: FrameResult) -> list[tuple[int, str]]:
    return [(one.track_id, one.text) for one in after.lines]


def test_line_in_the_same_place_keeps_its_id():
    live = result(line(7, "a", quad(0), 0.1), line(9, "b", quad(40), 0.1))
    still = result(line(1, "A", quad(2, 1)), line(2, "B", quad(41, 3)), line(3, "new", quad(90)))
    assert told(carry_over(still, live)) == [(7, "A"), (9, "B"), (-3, "new")]


def test_line_in_the_same_place_still_shows_the_same_ink():
    live = result(dataclasses.replace(line(7, "a", quad(0), 0.1), ink=4))
    (after,) = carry_over(result(line(1, "A", quad(0))), live).lines
    assert (after.text, after.ink) == ("A", 4)


def test_two_lines_never_get_the_same_id():
    live = result(line(7, "a", quad(0), 0.1))
    still = result(line(1, "A", quad(0)), line(2, "B", quad(3)))
    assert told(carry_over(still, live)) == [(7, "A"), (-2, "B")]


def test_stable_text_that_was_surer_stays():
    live = result(line(7, "hello people", quad(0), 0.97))
    assert told(carry_over(result(line(1, ".asttse", quad(0), 0.37)), live)) == [(7, "hello people")]


def test_tentative_text_gives_way_however_sure():
    live = result(line(7, "helo", quad(0), 0.97, stable=False))
    assert told(carry_over(result(line(1, "hello", quad(0), 0.9)), live)) == [(7, "hello")]


def test_stable_line_that_the_still_reading_missed_is_kept_in_its_place():
    live = result(line(7, "one", quad(0)), line(8, "two", quad(40)), line(9, "three", quad(80)))
    still = result(line(1, "one", quad(0)), line(2, "three", quad(80)))
    assert told(carry_over(still, live)) == [(7, "one"), (8, "two"), (9, "three")]


def test_missed_line_is_not_added_when_another_box_covers_it():
    live = result(line(7, "part", quad(5, height=10)))
    still = result(line(1, "all of it", quad(0, height=40)))
    assert told(carry_over(still, live)) == [(-1, "all of it")]


def test_tentative_and_unread_lines_are_not_added():
    live = result(line(7, "maybe", quad(0), stable=False), line(8, "", quad(40)))
    assert told(carry_over(result(), live)) == []


def test_box_that_ran_out_onto_the_desk_is_the_same_line():
    live = result(line(7, "hello people", quad(0, 150, width=100), 0.97))
    still = result(line(1, "Etfstsse", quad(0, 0, width=260), 0.4))
    assert told(carry_over(still, live)) == [(7, "hello people")]


def test_two_live_lines_under_one_long_box_both_stay():
    live = result(line(7, "left", quad(0, 0, width=90), 0.9), line(8, "right", quad(0, 110, width=90), 0.9))
    still = result(line(1, "ldkjf", quad(0, 0, width=200), 0.4))
    assert told(carry_over(still, live)) == [(7, "left"), (8, "right")]
