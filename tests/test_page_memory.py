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


A, B = ("a.png", 0), ("b.png", 0)


def test_page_of_a_file_comes_back_whole_and_once(memory):
    page = edited(line(1, "one"), line(2, "two"), by_hand={1})
    memory.leave(page, page.lines, A)
    memory.forget_view()
    assert memory.page_for(result(line(1, "won")), B).lines[0].text == "won"
    assert memory.page_for(result(line(1, "won")), A) is page
    assert memory.page_for(result(line(1, "won")), A).by_hand == frozenset()


def test_corrections_of_a_view_stay_with_their_lines(memory):
    memory.leave(edited(line(1, "one"), line(2, "too"), by_hand={1}), [line(1, "won"), line(2, "too")], None)
    assert memory.corrected_ids == {1}
    assert [one.text for one in memory.lay_over(result(line(1, "won"), line(3, "x"))).lines] == ["one", "x"]
    assert memory.page_for(result(line(1, "won")), None).by_hand == {1}
    # other ink in the same place
    assert memory.lay_over(result(line(1, "new", ink=1))).lines[0].text == "new"


def test_another_view_knows_nothing_of_the_last_but_files_do(memory):
    memory.leave(edited(line(1, "one"), by_hand={1}), [line(1, "won")], None)
    memory.leave(edited(line(1, "kept"), by_hand={1}), [line(1, "cept")], A)
    memory.forget_view()
    assert memory.corrected_ids == frozenset()
    assert memory.page_for(result(), A).lines[0].text == "kept"


def test_pages_nobody_corrected_are_read_anew_when_one_comes_back(memory):
    memory.leave(edited(line(1, "as read"), by_hand=set()), [line(1, "as read")], A)
    memory.leave(edited(line(1, "corrected"), by_hand={1}), [line(1, "as read")], B)
    memory.forget_view()
    texts = [memory.page_for(result(line(1, "anew")), key).lines[0].text for key in (A, B)]
    assert texts == ["anew", "corrected"]


def test_corrected_frame_of_a_video_comes_back_and_its_lines_are_known_when_it_plays_on(memory):
    frames = [("a.mp4", number) for number in range(3)]
    memory.leave(edited(line(1, "one"), by_hand={1}), [line(1, "won")], frames[0])
    assert memory.lay_over(result(line(1, "won"))).lines[0].text == "one"
    memory.forget_view()
    # the reader has counted its lines anew
    page = memory.page_for(result(line(5, "won"), line(1, "other")), frames[0])
    assert [one.text for one in page.lines] == ["one"]
    memory.leave(page, [line(5, "won"), line(1, "other")], frames[0])
    assert memory.lay_over(result(line(1, "other"))).lines[0].text == "other"
    assert memory.page_for(result(line(1, "other")), frames[0]).lines[0].text == "one"


def test_one_file_can_be_forgotten(memory):
    memory.leave(edited(line(1, "one"), by_hand={1}), [line(1, "won")], A)
    memory.forget_view()
    memory.forget_file("a.png")
    memory.forget_file("never seen")
    assert memory.page_for(result(line(1, "won")), A).lines[0].text == "won"
