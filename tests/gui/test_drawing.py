import numpy as np
import pytest
from PyQt5.QtCore import QSize

from camera_ocr.gui.drawing import NO_PRESSURE, Drawing, Ink, remaining_strokes


def draw(drawing, *points, width=6.0, pressure=NO_PRESSURE, erases=False):
    stroke = drawing.begin(width, erases=erases)
    stroke.points += [(x, y, pressure) for x, y in points]
    drawing.end()


def painted(drawing, ratio=1.0):
    ink = Ink(QSize(100, 60), ratio)
    ink.repaint(drawing)
    return ink.pixels()


@pytest.fixture
def drawing():
    return Drawing()


def test_a_stroke_leaves_ink_from_its_first_point_to_its_last(drawing):
    draw(drawing, (10, 30), (50, 30), (90, 30))
    ink = painted(drawing)
    assert ink.shape == (60, 100)
    assert (ink[30, 10:90] > 200).all()
    assert (ink[:, 30] > 128).sum() == 6
    assert not ink[:20].any()


def test_a_corner_between_points_is_rounded(drawing):
    draw(drawing, (10, 10), (50, 50), (90, 10))
    ink = painted(drawing)
    assert ink[50, 50] < 128
    assert ink[40, 50] > 200


def test_a_mere_touch_leaves_a_dot(drawing):
    draw(drawing, (50, 30), width=10)
    assert (painted(drawing) > 128).sum() == pytest.approx(np.pi * 25, rel=0.2)


def test_pressing_harder_makes_the_stroke_wider(drawing):
    draw(drawing, (10, 15), (90, 15), width=10, pressure=0.1)
    draw(drawing, (10, 45), (90, 45), width=10, pressure=1.0)
    ink = painted(drawing) > 128
    assert ink[30:, 50].sum() > 2 * ink[:30, 50].sum()


def test_ink_is_as_fine_as_the_screen(drawing):
    draw(drawing, (10, 30), (90, 30))
    ink = painted(drawing, ratio=2.0)
    assert ink.shape == (120, 200)
    assert (ink[:, 100] > 128).sum() == 12


def test_the_eraser_takes_ink_away_and_undo_brings_it_back(drawing):
    draw(drawing, (10, 30), (90, 30))
    before = painted(drawing)
    draw(drawing, (50, 10), (50, 50), width=20, erases=True)
    assert not painted(drawing)[30, 50]
    drawing.undo()
    assert (painted(drawing) == before).all()


def test_undo_and_redo_walk_through_all_that_was_done(drawing):
    draw(drawing, (10, 10), (20, 10))
    draw(drawing, (10, 20), (20, 20))
    drawing.clear()
    assert drawing.empty
    assert not drawing.can_redo
    drawing.undo()
    assert len(drawing.strokes) == 2
    drawing.undo()
    assert len(drawing.strokes) == 1
    drawing.redo()
    assert len(drawing.strokes) == 2
    drawing.undo()
    drawing.undo()
    assert drawing.empty
    assert not drawing.can_undo


def test_drawing_after_undo_forgets_what_was_undone(drawing):
    draw(drawing, (10, 10), (20, 10))
    drawing.undo()
    draw(drawing, (10, 20), (20, 20))
    assert not drawing.can_redo
    assert drawing.strokes[0].points[0][:2] == (10, 20)


def test_clearing_an_empty_sheet_is_nothing_to_undo(drawing):
    drawing.clear()
    assert not drawing.can_undo


def test_a_stroke_without_points_is_none(drawing):
    drawing.begin(5.0)
    drawing.end()
    assert drawing.empty
    assert not drawing.can_undo


@pytest.mark.parametrize("shape", [(20, 30), (500, 300), (30, 2000)])
def test_a_picture_lies_in_the_middle_whole(drawing, shape):
    drawing.set_picture(np.full(shape, 255, np.uint8))
    ink = painted(drawing)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    assert rows[0] + rows[-1] == pytest.approx(59, abs=2)
    assert columns[0] + columns[-1] == pytest.approx(99, abs=2)
    assert (len(columns) / len(rows)) == pytest.approx(shape[1] / shape[0], rel=0.15, abs=0.5) or len(
        rows
    ) <= 2


def test_a_picture_replaces_the_drawing_and_can_be_undone(drawing):
    draw(drawing, (10, 10), (20, 10))
    drawing.set_picture(np.full((10, 10), 255, np.uint8))
    assert drawing.strokes == ()
    drawing.undo()
    assert drawing.picture is None
    assert len(drawing.strokes) == 1


def test_what_was_erased_is_no_longer_among_the_strokes(drawing):
    draw(drawing, (10, 30), (90, 30))
    draw(drawing, (50, 10), (50, 50), width=20, erases=True)
    draw(drawing, (50, 25), (50, 35))
    left, right, later = remaining_strokes(drawing.strokes)
    assert (left[0], right[-1]) == ((10, 30), (90, 30))
    assert left[-1][0] == pytest.approx(40, abs=2)
    assert right[0][0] == pytest.approx(60, abs=2)
    # drawn after the erasing
    assert later == [(50, 25), (50, 35)]


@pytest.mark.parametrize("harder", [True, False])
def test_an_eraser_takes_away_as_much_as_it_was_pressed_there(drawing, harder):
    draw(drawing, (10, 20), (90, 20))
    # 10 px beside the stroke, 4 px to each side of its path where it barely touches, 16 px where pressed down
    eraser = drawing.begin(20.0, erases=True)
    eraser.points += [(10, 30, 0.0), (90, 30, 1.0)] if harder else [(10, 30, 1.0), (90, 30, 0.0)]
    drawing.end()
    (left,) = remaining_strokes(drawing.strokes)
    ends = (10, 50) if harder else (50, 90)
    assert (left[0][0], left[-1][0]) == pytest.approx(ends, abs=6)


def test_strokes_without_erasing_are_as_they_were_drawn(drawing):
    draw(drawing, (10, 30), (90, 30), (91, 31))
    draw(drawing, (5, 5))
    assert remaining_strokes(drawing.strokes) == [[(10, 30), (90, 30), (91, 31)], [(5, 5)]]
