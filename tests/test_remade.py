"""What was joined, split, drawn or moved on a still picture stays so in the live view, where its ink goes."""

import dataclasses

import numpy as np
import pytest

from camera_ocr import editing
from camera_ocr.editing import EditedPage
from camera_ocr.geometry import transform_quad
from camera_ocr.page_memory import PageMemory
from camera_ocr.types import Frame, FrameResult, FusedLine


def quad(x: float, y: float, width: float = 200, height: float = 20) -> np.ndarray:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)


def line(track_id: int, text: str, box: np.ndarray) -> FusedLine:
    return FusedLine(track_id, box, text, 0.5, 2, True, ())


LINES = (
    line(1, "dear", quad(100, 100)),
    line(2, "one two", quad(100, 140)),
    line(3, "three", quad(100, 180)),
    line(-4, "still only", quad(100, 220)),
)
SEEN = LINES[:3]


def result(*lines: FusedLine) -> FrameResult:
    return FrameResult(Frame(np.zeros((600, 800, 3), np.uint8), 0, 0, "test"), None, lines)


def live(memory: PageMemory, *lines: FusedLine) -> list[str]:
    return [one.text for one in memory.lay_over(result(*lines)).lines]


@pytest.fixture
def leave():
    """A page of these lines, edited and left."""

    def do(*edits) -> PageMemory:
        page = EditedPage(LINES)
        for edit, *arguments in edits:
            page = edit(page, *arguments)
        memory = PageMemory()
        memory.leave(page, LINES, None)
        return memory

    return do


@pytest.mark.parametrize(
    ("edits", "texts"),
    [
        ([(editing.joined, [1, 2])], ["dear one two", "three"]),
        ([(editing.joined, [1, 2]), (editing.with_text, -5, "Dear all")], ["Dear all", "three"]),
        ([(editing.split, 2)], ["dear", "one", "two", "three"]),
        ([(editing.split, 2), (editing.without, [-6])], ["dear", "one", "three"]),
        ([(editing.with_text, -4, "by hand")], ["dear", "one two", "three", "by hand"]),
        ([(editing.with_box, quad(100, 60), "drawn", 0.9, ())], ["drawn", "dear", "one two", "three"]),
        ([(editing.moved, 3, -1)], ["dear", "three", "one two"]),
        ([(editing.joined, [2, 3]), (editing.moved, -5, -1)], ["one two three", "dear"]),
        ([(editing.joined, [1, 2]), (editing.without, [-5])], ["three"]),
        ([], ["dear", "one two", "three"]),
    ],
    ids=[
        "joined",
        "joined and written",
        "split",
        "part deleted",
        "live never saw it",
        "drawn",
        "moved",
        "both",
        "joined and deleted",
        "none",
    ],
)
def test_edits_stay_when_the_view_goes_live_and_when_it_stands_again(leave, edits, texts):
    memory = leave(*edits)
    assert live(memory, *SEEN) == texts
    page = memory.page_for(result(*SEEN), None)
    assert [one.text for one in page.lines] == texts
    # once more through the same
    memory.leave(page, SEEN, None)
    assert live(memory, *SEEN) == texts
    assert {one.text for one in page.lines if one.track_id in page.by_hand} <= {
        "Dear all",
        "by hand",
        "drawn",
    }


def test_what_was_made_goes_where_the_lines_around_it_go(leave):
    memory = leave((editing.joined, [1, 2]), (editing.with_box, quad(400, 300), "drawn", 0.9, ()))
    turn = np.array([[1.1, -0.2, 30], [0.2, 1.1, -12], [0, 0, 1]])
    moved = [dataclasses.replace(one, quad=transform_quad(one.quad, turn)) for one in SEEN]
    found = {one.text: one.quad for one in memory.lay_over(result(*moved)).lines}
    assert found["drawn"] == pytest.approx(transform_quad(quad(400, 300), turn), abs=0.5)
    assert found["dear one two"] == pytest.approx(transform_quad(quad(100, 100, 200, 60), turn), abs=0.5)
    # one of its lines is hidden by a hand, and the rest of the page is still there
    assert "dear one two" in live(memory, *moved[1:])
    # it is taken out of the picture
    assert "drawn" not in live(
        memory, *(dataclasses.replace(one, quad=one.quad + np.float32([300, 0])) for one in moved)
    )
    # nothing is known of another page, and all again when one comes back
    assert live(memory, line(9, "other", quad(0, 0))) == ["other"]
    assert live(memory, *moved)[0] == "dear one two"


def test_other_ink_on_its_lines_voids_what_was_made_of_them(leave):
    memory = leave((editing.joined, [1, 2]), (editing.with_text, -5, "Dear all"))
    anew = dataclasses.replace(SEEN[1], text="another", ink=1)
    assert live(memory, SEEN[0], anew, SEEN[2]) == ["dear", "another", "three"]
    assert memory.corrected_ids == frozenset()


def test_a_line_found_live_only_later_is_not_shown_beside_the_one_drawn_there(leave):
    memory = leave((editing.with_box, quad(100, 60), "drawn", 0.9, ()))
    late = line(7, "drwn", quad(104, 61, 190, 18))
    assert live(memory, *SEEN, late) == ["drawn", "dear", "one two", "three"]
