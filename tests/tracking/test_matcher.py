import numpy as np

from camera_ocr.tracking.matcher import match_quads
from camera_ocr.types import F32


def line(x: float, y: float, width: float = 400, height: float = 40) -> F32:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)


def test_each_line_finds_itself_among_its_neighbours() -> None:
    known = [line(0, 50 * i) for i in range(5)]
    found = [line(6, 50 * i + 9) for i in (3, 0, 4, 2, 1)]
    assert sorted(match_quads(known, found)) == [(0, 1), (1, 4), (2, 3), (3, 0), (4, 2)]


def test_line_that_is_being_written_matches_its_longer_self() -> None:
    assert match_quads([line(0, 0, 120)], [line(1, 2, 600)]) == [(0, 0)]


def test_lines_that_do_not_meet_are_not_matched() -> None:
    assert match_quads([line(0, 0)], [line(0, 45), line(500, 0)]) == []
    assert match_quads([], [line(0, 0)]) == []
    assert match_quads([line(0, 0)], []) == []


def test_lines_that_run_opposite_ways_are_not_matched() -> None:
    over = np.ascontiguousarray(np.roll(line(0, 0), 2, axis=0))
    assert match_quads([line(0, 0)], [over]) == []
    assert match_quads([over], [over]) == [(0, 0)]
