"""What a person did to a page is there when one comes back to it, and nowhere else."""

import numpy as np
import pytest

from camera_ocr.editing import EditedPage
from camera_ocr.page_memory import PageMemory
from camera_ocr.types import Frame, FrameResult, FusedLine

FRAME = Frame(np.zeros((10, 10, 3), np.uint8), 0, 0, "")
BOX = np.array([[0, 0], [9, 0], [9, 5], [0, 5]], np.float32)


def line(number: int, text: str, ink: int = 0) -> FusedLine:
    return FusedLine(number, BOX, text, 0.9, 1, True, (), ink)


def result(*lines: FusedLine) -> FrameResult:
    return FrameResult(FRAME, None, lines)


def edited(*lines: FusedLine, by_hand: set[int]) -> EditedPage:
    return EditedPage(lines, frozenset(by_hand))


@pytest.fixture
def memory() -> PageMemory:
    return PageMemory()


def test_page_of_a_file_comes_back_whole_and_once(memory):
    page = edited(line(1, "one"), line(2, "two"), by_hand={1})
    memory.leave(page, [], "a.png")
    assert memory.page_for(result(line(1, "won")), "b.png").lines[0].text == "won"
    assert memory.page_for(result(line(1, "won")), "a.png") is page
    assert memory.page_for(result(line(1, "won")), "a.png").by_hand == frozenset()


def test_corrections_of_a_view_stay_with_their_lines(memory):
    memory.leave(edited(line(1, "one"), line(2, "too"), by_hand={1}), [line(1, "won"), line(2, "too")], None)
    assert memory.corrected_ids == {1}
    assert [one.text for one in memory.lay_over(result(line(1, "won"), line(3, "x"))).lines] == ["one", "x"]
    assert memory.page_for(result(line(1, "won")), None).by_hand == {1}
    # other ink in the same place
    assert memory.lay_over(result(line(1, "new", ink=1))).lines[0].text == "new"


def test_another_view_knows_nothing_of_the_last_but_files_do(memory):
    memory.leave(edited(line(1, "one"), by_hand={1}), [line(1, "won")], None)
    memory.leave(edited(line(1, "kept"), by_hand={1}), [], "a.png")
    memory.forget_view()
    assert memory.corrected_ids == frozenset()
    assert memory.page_for(result(), "a.png").lines[0].text == "kept"


def test_pages_nobody_corrected_are_read_anew(memory):
    memory.leave(edited(line(1, "as read"), by_hand=set()), [], "a.png")
    memory.leave(edited(line(1, "corrected"), by_hand={1}), [], "b.png")
    memory.forget_unedited()
    texts = [memory.page_for(result(line(1, "anew")), key).lines[0].text for key in ("a.png", "b.png")]
    assert texts == ["anew", "corrected"]


def test_one_page_can_be_forgotten(memory):
    memory.leave(edited(line(1, "one"), by_hand={1}), [], "a.png")
    memory.forget_page("a.png")
    memory.forget_page("never seen")
    assert memory.page_for(result(line(1, "won")), "a.png").lines[0].text == "won"
