"""The parts of the picture that are read: taken elsewhere, stretched and taken away, with mouse and keys."""

from dataclasses import replace

import pytest
from PyQt5.QtCore import Qt

from camera_ocr.framing import PLAIN
from camera_ocr.gui.engine_view import Phase
from tests.gui.conftest import HEIGHT, WIDTH

SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRST, SECOND = (0.1, 0.1, 0.4, 0.5), (0.6, 0.6, 0.9, 0.9)


@pytest.fixture
def parted(desk, results):
    """A window whose picture, one line of writing on it, is read in two parts only."""
    desk.begin(result=results.page(["one"]))
    desk.window.session.reframe(PLAIN.with_region(FIRST).with_region(SECOND))
    follow(desk, results)
    return desk


def follow(desk, results, texts=("one",)) -> None:
    """The next picture, as it comes once the source reads those parts."""
    result = results.page(texts)
    framing = desk.window.session.watched.framing
    desk.show(replace(result, frame=replace(result.frame, framing=framing)))


def regions(desk):
    return desk.window.session.watched.framing.regions


def place(x: float, y: float) -> tuple[float, float]:
    """Picture px of fractions."""
    return x * WIDTH, y * HEIGHT


@pytest.mark.parametrize(
    ("start", "end", "becomes"),
    [
        ((0.1, 0.1), (0.05, 0.2), (0.05, 0.2, 0.4, 0.5)),
        ((0.4, 0.5), (0.5, 0.6), (0.1, 0.1, 0.5, 0.6)),
        ((0.4, 0.1), (0.5, 0.05), (0.1, 0.05, 0.5, 0.5)),
        ((0.1, 0.3), (0.2, 0.5), (0.2, 0.1, 0.4, 0.5)),
        ((0.25, 0.5), (0.5, 0.7), (0.1, 0.1, 0.4, 0.7)),
        ((0.4, 0.5), (-1.0, -1.0), (0.1, 0.1, 0.12, 0.12)),
    ],
    ids=[
        "corner",
        "other corner",
        "corner beside the cross",
        "left edge",
        "lower edge",
        "never through itself",
    ],
)
def test_edge_is_dragged_with_the_mouse(parted, start, end, becomes):
    parted.drag_on_picture(
        place(*start), place((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), place(*end)
    )
    assert regions(parted)[0] == pytest.approx(becomes, abs=0.01)
    assert regions(parted)[1] == SECOND
    assert parted.window.view.parts.chosen == 0


def test_chosen_part_is_moved_and_stays_on_the_picture(qtbot, parted):
    view = parted.window.view
    parted.mouse.click(view, parted.picture_place(*place(0.75, 0.75)))
    assert view.parts.chosen == 1
    parted.drag_on_picture(place(0.75, 0.75), place(0.6, 0.6), place(0.45, 0.65))
    assert regions(parted)[1] == pytest.approx((0.3, 0.5, 0.6, 0.8), abs=0.01)
    parted.drag_on_picture(place(0.45, 0.65), place(0.6, 0.8), place(2.0, 2.0))
    assert regions(parted)[1] == pytest.approx((0.7, 0.7, 1.0, 1.0), abs=0.01)
    assert regions(parted)[0] == FIRST


def test_part_goes_with_the_mouse_though_older_pictures_come(parted, results):
    view = parted.window.view
    at = [parted.picture_place(*place(*p)) for p in ((0.4, 0.5), (0.5, 0.6), (0.6, 0.7))]
    parted.mouse.press(view, at[0])
    for point in at[1:]:
        parted.mouse.move(view, point)
    older = replace(results.page(["one"]).frame, framing=parted.window.session.watched.framing)
    parted.show(replace(results.page(["one"]), frame=older))
    under_way = view.parts.boxes[0]
    assert under_way == pytest.approx((0.1, 0.1, 0.6, 0.7), abs=0.01)
    parted.mouse.release(view, at[2])
    # one that was under way before the source knew
    parted.show(replace(results.page(["one"]), frame=replace(older, index=99)))
    assert view.parts.boxes[0] == under_way
    follow(parted, results)
    assert view.parts.boxes == regions(parted)
    assert regions(parted)[0] == under_way


def test_click_on_a_line_in_a_part_is_for_the_line(qtbot, parted):
    # it lies in the first part
    parted.mouse.click(parted.window.view, parted.picture_place(100, 50))
    assert parted.window.panel.selected() == (1,)
    assert parted.window.view.parts.chosen is None


def test_keys_choose_move_stretch_and_take_away(qtbot, parted, until):
    parts = parted.window.view.parts
    parted.key(Qt.Key.Key_N)
    assert parts.chosen == 0
    assert "Part 1 of 2" in parted.window.status.text
    for _ in range(3):
        parted.key(Qt.Key.Key_Right)
    parted.key(Qt.Key.Key_Down)
    # at once on the picture, a moment later for the source
    assert parts.boxes[0] == pytest.approx((0.13, 0.11, 0.43, 0.51))
    until(lambda: regions(parted)[0] == pytest.approx((0.13, 0.11, 0.43, 0.51)))
    parted.key(Qt.Key.Key_Left, SHIFT)
    parted.key(Qt.Key.Key_N)
    # on the way to the next one nothing is lost
    assert regions(parted)[0] == pytest.approx((0.13, 0.11, 0.42, 0.51))
    assert parts.chosen == 1
    parted.key(Qt.Key.Key_Delete)
    assert len(regions(parted)) == 1
    assert parts.chosen is None
    parted.key(Qt.Key.Key_N)
    parted.key(Qt.Key.Key_Escape)
    assert parts.chosen is None
    assert len(regions(parted)) == 1


def test_delete_takes_the_chosen_part_and_not_the_selected_line(qtbot, parted, results):
    still = results.page(["one"])
    parted.freeze(replace(still, frame=replace(still.frame, framing=parted.window.session.watched.framing)))
    parted.click_row(0)
    parted.key(Qt.Key.Key_N)
    parted.key(Qt.Key.Key_Delete)
    assert regions(parted) == (SECOND,)
    assert parted.window.session.phase in (Phase.READING, Phase.FROZEN)
    assert not parted.window.session.editor.undo_stack.canUndo()


def test_part_is_drawn_with_keys_alone(qtbot, desk, results):
    desk.begin(result=results.page(["one"]))
    desk.key(Qt.Key.Key_A)
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_Left)
    desk.key(Qt.Key.Key_Up, SHIFT)
    assert regions(desk) == ()
    desk.key(Qt.Key.Key_Return)
    (left, top, right, bottom) = regions(desk)[0]
    assert left < 0.25
    assert right < 0.75
    assert top == pytest.approx(0.25, abs=0.01)
    assert bottom < 0.75
    assert desk.window.view.parts.chosen == 0


def test_line_is_added_with_keys_alone(qtbot, desk, results, until):
    desk.begin(result=results.page(["one"]))
    desk.freeze(results.page(["one"]))
    for key in (Qt.Key.Key_B, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Return):
        desk.key(key)
    until(lambda: desk.rows() == ["one", "read anew"])


def test_zoomed_picture_is_moved_with_arrows(qtbot, desk, results):
    desk.begin(result=results.page(["one"]))
    view = desk.window.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    desk.key(Qt.Key.Key_Right)
    assert view.viewport.cx == WIDTH / 2
    desk.key(Qt.Key.Key_Plus)
    desk.key(Qt.Key.Key_Plus)
    desk.key(Qt.Key.Key_Right)
    assert view.viewport.cx > WIDTH / 2


def test_turned_picture_keeps_its_parts_where_their_ink_is(qtbot, parted, results):
    parted.key(Qt.Key.Key_R)
    follow(parted, results)
    assert parted.window.view.parts.boxes == regions(parted)
    assert regions(parted)[0] == pytest.approx((0.5, 0.1, 0.9, 0.4))


def test_other_source_has_no_parts_of_the_one_before(qtbot, parted):
    parted.key(Qt.Key.Key_N)
    parted.key(Qt.Key.Key_Right)
    parted.window.session.open("demo")
    assert parted.window.view.parts.boxes == ()
    assert parted.window.view.parts.chosen is None
