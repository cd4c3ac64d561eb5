import numpy as np
import pytest

from camera_ocr.editing import EditedPage, joined, moved, split, with_box, with_text, without
from camera_ocr.geometry import quad_size, sub_quad
from camera_ocr.types import FusedLine, Word


def box(left: float, top: float, width: float = 400, height: float = 40) -> np.ndarray:
    return np.array(
        [[left, top], [left + width, top], [left + width, top + height], [left, top + height]], np.float32
    )


def line(track_id: int, text: str, quad: np.ndarray, reach: list[tuple[float, float]] | None = None):
    words = text.split()
    reach = reach or [(i / len(words), (i + 0.8) / len(words)) for i in range(len(words))]
    placed = tuple(Word(word, sub_quad(quad, *ends), 0.8) for word, ends in zip(words, reach, strict=True))
    return FusedLine(track_id, quad, text, 0.8, 2, True, placed)


@pytest.fixture
def page() -> EditedPage:
    return EditedPage(
        (line(1, "one two", box(0, 0)), line(2, "three", box(0, 60)), line(3, "four", box(0, 120)))
    )


def texts(page: EditedPage) -> list[str]:
    return [one.text for one in page.lines]


def test_every_edit_leaves_the_old_page_as_it_was(page):
    for edited in (
        with_text(page, 1, "uno"),
        without(page, [2]),
        joined(page, [1, 2]),
        split(page, 1, 4),
        with_box(page, box(0, 200), "new", 0.5, ()),
        moved(page, 1, 1),
    ):
        assert texts(edited) != texts(page)
    assert texts(page) == ["one two", "three", "four"]
    assert page.by_hand == page.removed == frozenset()


def test_corrected_line_is_certain_and_marked(page):
    edited = with_text(page, 2, "tree")
    assert texts(edited) == ["one two", "tree", "four"]
    assert edited.lines[1].confidence == 1
    assert edited.by_hand == {2}


def test_removed_lines_are_remembered(page):
    edited = without(page, [1, 3, 77])
    assert texts(edited) == ["three"]
    assert edited.removed == {1, 3}


def test_joined_lines_side_by_side_read_on_in_one_box():
    left, right = box(0, 0, 200), box(220, 4, 180)
    edited = joined(EditedPage((line(1, "a", left), line(2, "b c", right))), [1, 2])
    (whole,) = edited.lines
    assert whole.text == "a b c"
    assert whole.track_id < 0
    np.testing.assert_allclose(whole.quad, [[0, 0], [400, 0], [400, 44], [0, 44]], atol=1e-3)
    assert [word.text for word in whole.words] == ["a", "b", "c"]


def test_join_follows_the_slant_of_the_writing():
    turn = np.array([[0.96, 0.28], [-0.28, 0.96]], np.float32)
    left, right = box(0, 0, 200) @ turn, box(250, 0, 150) @ turn
    (whole,) = joined(EditedPage((line(1, "a", left), line(2, "b", right))), [1, 2]).lines
    assert quad_size(whole.quad) == pytest.approx((400, 40), abs=0.1)


def test_one_line_alone_is_not_joined(page):
    assert joined(page, [2]) is page


def test_split_between_words_cuts_the_box_between_their_ink(page):
    left, right = split(page, 1, 4).lines[:2]
    assert (left.text, right.text) == ("one", "two")
    # the words' ink ends at 0.4 and begins again at 0.5 of 400 px
    assert left.quad[1][0] == right.quad[0][0] == pytest.approx(0.45 * 400)
    assert len({left.track_id, right.track_id, 1}) == 3


def test_split_inside_a_word_cuts_it_in_proportion():
    page = EditedPage((line(1, "together", box(0, 0), [(0.0, 1.0)]),))
    left, right = split(page, 1, 2).lines
    assert (left.text, right.text) == ("to", "gether")
    assert left.quad[1][0] == pytest.approx(100)
    assert [word.text for word in right.words] == ["gether"]


def test_split_without_a_place_takes_the_widest_gap():
    page = EditedPage((line(1, "a b c", box(0, 0), [(0, 0.1), (0.15, 0.25), (0.8, 1.0)]),))
    assert texts(split(page, 1)) == ["a b", "c"]


@pytest.mark.parametrize("at", [0, 7, 99])
def test_split_at_an_end_changes_nothing(page, at):
    assert split(page, 1, at) is page
    assert split(page, 2) is page


def test_joining_what_was_split_gives_the_text_back(page):
    parted = split(page, 1, 4)
    again = joined(parted, [parted.lines[0].track_id, parted.lines[1].track_id])
    assert texts(again) == texts(page)
    np.testing.assert_allclose(again.lines[0].quad, page.lines[0].quad, atol=1e-3)


def test_drawn_box_goes_where_it_is_read(page):
    edited = with_box(page, box(0, 90, height=20), "between", 0.7, ())
    assert texts(edited) == ["one two", "three", "between", "four"]
    assert edited.lines[2].track_id in edited.by_hand
    assert texts(with_box(page, box(0, 300), "last", 0.7, ()))[-1] == "last"


def test_order_a_person_chose_stays_when_a_box_is_drawn(page):
    edited = with_box(moved(page, 1, 2), box(0, 300), "last", 0.7, ())
    assert texts(edited) == ["three", "four", "one two", "last"]


@pytest.mark.parametrize(
    ("step", "expected"), [(1, ["three", "one two", "four"]), (9, ["three", "four", "one two"]), (-1, None)]
)
def test_line_moves_up_and_down_and_stops_at_the_ends(page, step, expected):
    edited = moved(page, 1, step)
    assert edited is page if expected is None else texts(edited) == expected


def test_lines_joined_from_two_rows_split_into_them_again(page):
    whole = joined(page, [1, 2]).lines[0]
    assert whole.text == "one two three"
    upper, lower = split(joined(page, [1, 2]), whole.track_id).lines[:2]
    assert (upper.text, lower.text) == ("one two", "three")
    assert upper.quad[2][1] <= 40 < 60 <= lower.quad[0][1]


def test_new_ids_are_never_used_twice(page):
    edited = page
    seen = {one.track_id for one in page.lines}
    for _ in range(3):
        edited = with_box(edited, box(0, 300), "new", 0.7, ())
        new = min(one.track_id for one in edited.lines)
        assert new not in seen
        seen.add(new)
        edited = without(edited, [new])


def test_unknown_lines_are_left_alone(page):
    assert with_text(page, 99, "x") is page
    assert split(page, 99, 1) is page
    assert moved(page, 99, 1) is page
