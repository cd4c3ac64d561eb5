import numpy as np
import pytest

from convert.line_scores import (
    LineScore,
    TextScore,
    Truth,
    match,
    order_score,
    overlaps,
    owners,
    score_lines,
    score_text,
)


def box(x: float, y: float, w: float, h: float) -> np.ndarray:
    return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32)


def test_iou_of_shifted_boxes() -> None:
    table = overlaps([box(0, 0, 100, 20), box(300, 0, 9, 9)], [box(50, 0, 100, 20)]).iou
    assert table[0, 0] == pytest.approx(1 / 3, abs=0.02)
    assert table[1, 0] == 0.0


def test_every_line_is_matched_once_and_the_best_first() -> None:
    table = np.array([[0.9, 0.6], [0.8, 0.1], [0.0, 0.55]])
    assert match(table, 0.5) == [(0, 0), (2, 1)]
    assert match(table, 0.7) == [(0, 0)]
    assert match(np.zeros((0, 3)), 0.5) == []


def test_scores_add_up_over_pages() -> None:
    total = LineScore(found=4, true=5, matched=3) + LineScore(found=6, true=5, matched=5)
    assert (total.precision, total.recall, total.f1) == pytest.approx((0.8, 0.8, 0.8))
    assert LineScore(0, 0, 0).f1 == 0.0


TRUTHS = (
    Truth(box(0, 0, 200, 20), "first line"),
    Truth(box(0, 40, 200, 20), "second one"),
    Truth(box(0, 80, 200, 20), "cut", findable=False, legible=False),
)


def on_truths(found: list[np.ndarray]):
    return overlaps(found, [truth.polygon for truth in TRUTHS])


def test_lines_that_need_not_be_found_do_not_count_either_way() -> None:
    both = [box(0, 0, 200, 20), box(0, 40, 200, 20)]
    assert score_lines(on_truths(both), TRUTHS, 0.5) == LineScore(2, 2, 2)
    for cut in (box(0, 80, 200, 20), box(0, 80, 60, 20)):
        assert score_lines(on_truths([*both, cut]), TRUTHS, 0.5) == LineScore(2, 2, 2)
    stray = score_lines(on_truths([*both, box(0, 300, 99, 9)]), TRUTHS, 0.5)
    assert stray == LineScore(3, 2, 2)
    assert score_lines(overlaps([box(0, 0, 9, 9)], []), (), 0.5) == LineScore(1, 0, 0)


def test_order_is_that_of_the_true_lines() -> None:
    places = [truth.polygon for truth in TRUTHS]
    assert order_score(on_truths(places)) == (3, 3)
    assert order_score(on_truths([places[1], places[0], places[2]])) == (2, 3)


def test_pieces_of_a_line_make_its_text_from_left_to_right() -> None:
    quads = [box(120, 0, 80, 20), box(0, 0, 110, 20), box(0, 80, 200, 20), box(0, 300, 99, 9)]
    table = on_truths(quads)
    assert owners(table) == [0, 0, 2, None]
    told = score_text(table, quads, ["line", "first", "whatever", "xyz"], TRUTHS)
    # nothing was read of the second line, and what is cut does not count
    assert told == TextScore(edits=10, characters=20, extra=3)
    assert (told.cer, told.cer_with_extra) == pytest.approx((0.5, 0.65))
