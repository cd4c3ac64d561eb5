import pytest
from PyQt5.QtCore import QPersistentModelIndex, Qt

from camera_ocr.gui.model import CORRECTED_ROLE, LinesModel


@pytest.fixture
def model(qtbot, qtmodeltester) -> LinesModel:
    made = LinesModel()
    qtmodeltester.check(made)
    return made


def texts(model: LinesModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def test_rows_follow_reading_order_through_every_change(model, results):
    line = results.line
    for ids in ([1, 2, 3], [2, 3], [3, 1, 2, 4], [4, 3, 2, 1], [], [7, 1], [1, 7, 8, 9, 2]):
        model.show([line(i, f"line {i}", 0) for i in ids])
        assert texts(model) == [f"line {i}" for i in ids]
        assert [model.row_of(i) for i in ids] == list(range(len(ids)))


def test_line_keeps_its_row_object_when_others_come_and_go(model, results):
    line = results.line
    model.show([line(1, "a", 0), line(2, "b", 1), line(3, "c", 2)])
    kept = QPersistentModelIndex(model.index(1))
    model.show([line(9, "new", 0), line(3, "c", 2), line(2, "b", 1)])
    assert kept.isValid()
    assert kept.row() == 2


def test_unchanged_lines_are_not_painted_again(model, results, qtbot):
    model.show(results.page().lines)
    with qtbot.assertNotEmitted(model.dataChanged):
        model.show(results.page().lines)


def test_changed_text_is_told_for_its_row_only(model, results, qtbot):
    model.show(results.page(["a", "b"]).lines)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.show(results.page(["a", "B"]).lines)
    assert (changed.args[0].row(), changed.args[1].row()) == (1, 1)


def test_edit_is_told_with_the_lines_id(model, results, qtbot):
    model.show(results.page(["a", "b"]).lines)
    model.editable = True
    with qtbot.waitSignal(model.edited) as edited:
        assert model.setData(model.index(1), "  better   text ")
    assert edited.args == [2, "better text"]


@pytest.mark.parametrize("value", ["", "   ", "b"])
def test_empty_or_same_text_corrects_nothing(model, results, qtbot, value):
    model.show(results.page(["a", "b"]).lines)
    model.editable = True
    with qtbot.assertNotEmitted(model.edited):
        model.setData(model.index(1), value)


def test_live_lines_cannot_be_edited(model, results, qtbot):
    model.show(results.page(["a"]).lines)
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEditable
    with qtbot.assertNotEmitted(model.edited):
        assert not model.setData(model.index(0), "other")


def test_corrected_lines_are_marked(model, results):
    model.show(results.page(["a", "b"]).lines, frozenset({2}))
    assert [model.index(row).data(CORRECTED_ROLE) for row in (0, 1)] == [False, True]
