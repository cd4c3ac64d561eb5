"""Turning the picture and choosing what of it is read, with keys, menu and mouse."""

import pytest
from PyQt5.QtCore import QPointF, Qt

from camera_ocr.capture.base import CameraInfo
from camera_ocr.framing import PLAIN, Framing
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.framings import FRAMINGS, RememberedFramings, form, parse
from camera_ocr.gui.region_layer import badge_centre, region_rect
from camera_ocr.preprocess.parts import reframe

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def framed(desk, results, *texts: str):
    """A result as it comes once the source turns its pictures."""
    from dataclasses import replace

    result = results.page(texts)
    return replace(result, frame=reframe(result.frame, desk.window.session.watched.framing))


def test_keys_turn_and_mirror_what_comes_from_the_source(qtbot, desk, results):
    desk.begin(result=results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_R)
    assert desk.window.session.watched.framing == Framing(turns=1)
    qtbot.keyClick(desk.window, Qt.Key.Key_X)
    assert desk.window.session.watched.framing == Framing(turns=1, mirrored=True)
    assert desk.window.framing.mirror.isChecked()
    qtbot.keyClick(desk.window, Qt.Key.Key_R, SHIFT)
    assert desk.window.session.watched.framing == Framing(turns=2, mirrored=True)
    desk.show(framed(desk, results, "turned"))
    assert desk.rows() == ["turned"]


def test_menu_of_the_source_has_them_too(qtbot, desk, results):
    desk.begin(result=results.page())
    menu = desk.window.source.menu()
    qtbot.keyClick(desk.window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    entry = next(action for action in menu.actions() if action.text() == "Turn picture right")
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    assert desk.window.session.watched.framing == Framing(turns=1)


def test_frozen_picture_is_turned_and_read_anew(qtbot, desk, results, until):
    desk.begin(result=results.page())
    desk.freeze(results.page(["held"]))
    desk.engine.reread_lines = (results.line(-1, "read anew", 0),)
    qtbot.keyClick(desk.window, Qt.Key.Key_R)
    # the picture at once
    assert desk.window.session.result.frame.image.shape[:2] == (640, 360)
    until(lambda: desk.rows() == ["read anew"])
    assert desk.window.session.phase is Phase.FROZEN


def test_picture_file_is_turned_and_read_anew(qtbot, desk, results, until, tmp_path):
    path = tmp_path / "page.png"
    path.write_bytes(b"")
    desk.begin(str(path), results.page(["as it was"]))
    desk.end()
    desk.retype(0, "corrected")
    desk.engine.reread_lines = (results.line(1, "read anew", 0),)
    qtbot.keyClick(desk.window, Qt.Key.Key_R)
    until(lambda: desk.rows() == ["read anew"])
    assert desk.window.session.editable
    # the page as it was corrected is in the history
    until(lambda: not desk.keeper.problem)
    found = []
    desk.keeper.entries("corrected", found.extend)
    until(lambda: len(found) == 1)


def test_part_of_the_picture_is_drawn_and_taken_away_with_the_mouse(qtbot, desk, results):
    desk.begin(result=results.page())
    session, view = desk.window.session, desk.window.view
    qtbot.keyClick(desk.window, Qt.Key.Key_A)
    assert view.drawing
    desk.drag_on_picture((64, 36), (200, 100), (320, 180))
    assert not view.drawing
    (first,) = session.watched.framing.regions
    assert first == pytest.approx((0.1, 0.1, 0.5, 0.5), abs=0.01)
    qtbot.keyClick(desk.window, Qt.Key.Key_A)
    desk.drag_on_picture((400, 200), (600, 300))
    assert len(session.watched.framing.regions) == 2
    desk.show(framed(desk, results, "inside"))
    desk.mouse.click(view, badge_centre(region_rect(first, view.viewport)).toPoint())
    assert len(session.watched.framing.regions) == 1
    assert first not in session.watched.framing.regions
    qtbot.keyClick(desk.window, Qt.Key.Key_A, SHIFT)
    assert session.watched.framing == PLAIN


def test_escape_leaves_drawing_and_a_slip_draws_nothing(qtbot, desk, results):
    desk.begin(result=results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_A)
    desk.drag_on_picture((64, 36), (65, 37))
    assert desk.window.session.watched.framing == PLAIN
    assert desk.window.view.drawing
    qtbot.keyClick(desk.window, Qt.Key.Key_Escape)
    assert not desk.window.view.drawing
    assert not desk.window.framing.region.isChecked()


def test_what_lies_outside_is_dimmed_also_of_a_part_drawn_off_the_picture(desk, results):
    desk.begin(result=results.page([""]))
    desk.key(Qt.Key.Key_A)
    desk.drag_on_picture((320, -8), (100, 200), (-6, 366))
    assert desk.window.session.watched.framing.regions == (pytest.approx((0, 0, 0.5, 1), abs=0.01),)
    desk.show(framed(desk, results, ""))
    view = desk.window.view
    picture = view.grab().toImage()

    def brightness(x: float, y: float) -> int:
        at = QPointF(*view.viewport.to_widget(x, y)) * view.devicePixelRatioF()
        return picture.pixelColor(at.toPoint()).lightness()

    assert brightness(200, 300) == 200
    assert brightness(500, 300) < 140


@pytest.fixture
def with_camera(make_desk, results, until):
    """Windows one after the other, on the same camera."""

    def open_window():
        desk = make_desk()
        RememberedFramings(desk.window.session, desk.settings)
        desk.cameras.append(CameraInfo("/dev/video0", "test"))
        desk.begin("/dev/video0", results.page())
        until(lambda: desk.window.session.can_reframe)
        return desk

    return open_window


def test_camera_is_remembered_as_it_was_turned(qtbot, with_camera):
    first = with_camera()
    qtbot.keyClick(first.window, Qt.Key.Key_R)
    first.window.close()
    assert with_camera().window.session.watched.framing == Framing(turns=1)


def test_file_is_not_remembered(qtbot, desk, results, tmp_path):
    RememberedFramings(desk.window.session, desk.settings)
    desk.begin("demo", results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_R)
    assert desk.settings.get(FRAMINGS) == FRAMINGS.default


def test_framings_come_back_from_the_settings_and_spoilt_ones_are_left_out():
    framings = {"Kamera é": Framing(3, True, ((0.1, 0.2, 0.3, 0.4),)), "other": Framing(1)}
    assert parse(form(framings)) == framings
    assert (
        parse('{"a": {"turns": "x"}, "b": {"turns": 1, "mirrored": false, "regions": [[1]]}, "c": 3}') == {}
    )
    assert parse("not json") == parse("[]") == {}
