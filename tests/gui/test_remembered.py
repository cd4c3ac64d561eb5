"""The window goes on where it was left."""

import resource

import pytest
from PyQt5.QtCore import QPoint, Qt

from camera_ocr.capture.base import CameraInfo
from camera_ocr.gui.engine_view import Phase, Reads
from camera_ocr.gui.remembered import SOURCE, Remembered
from camera_ocr.gui.settings import Settings

CAMERAS = [CameraInfo("/dev/video0", "Built in"), CameraInfo("/dev/video2", "Microscope")]


@pytest.fixture
def again(make_desk):
    """The window closed and opened again, as often as wanted."""

    def open_window():
        desk = make_desk()
        Remembered(desk.window, desk.settings)
        desk.cameras = list(CAMERAS)
        return desk

    return open_window


def test_place_overlay_and_mode_are_as_they_were_left(again, qtbot, until):
    first = again()
    first.begin()
    first.window.resize(1111, 666)
    before = first.window.splitter.sizes()
    handle = first.window.splitter.handle(1)
    at = handle.rect().center()
    first.mouse.drag(handle, at, at - QPoint(30, 0), at - QPoint(100, 0))
    sizes = first.window.splitter.sizes()
    assert sizes[0] < before[0] - 50
    qtbot.keyClick(first.window, Qt.Key.Key_T)
    qtbot.keyClick(first.window, Qt.Key.Key_M)
    style = first.window.view.overlay_style
    first.window.close()

    second = again()
    second.begin()
    assert (second.window.width(), second.window.height()) == (1111, 666)
    assert second.window.splitter.sizes() == sizes
    assert second.window.view.overlay_style is style
    assert second.window.session.reads is Reads.DIGITS


def test_the_camera_that_was_chosen_is_opened_the_next_time(again, until):
    first = again()
    first.begin(None)
    first.window.session.cameras.look()
    first.window.session.open("/dev/video2")
    first.engine.open()
    until(lambda: first.window.session.phase is Phase.LIVE)
    first.window.close()

    second = again()
    second.window.session.begin(None, second.settings.get(SOURCE))
    second.engine.open()
    assert second.opened == ["/dev/video2"]
    second.window.close()

    third = again()
    third.bad["/dev/video2"] = "It is not there."
    third.window.session.begin(None, third.settings.get(SOURCE))
    third.engine.open()
    assert third.opened == ["/dev/video0"]


def test_a_picture_that_was_opened_is_not_opened_the_next_time(again, until, tmp_path):
    desk = again()
    desk.begin("demo")
    path = tmp_path / "a.png"
    path.write_bytes(b"")
    desk.window.session.open(str(path))
    desk.engine.open()
    until(lambda: desk.window.session.phase is Phase.LIVE)
    assert desk.settings.get(SOURCE) == ""


def test_damaged_settings_are_told_in_the_window_once(make_desk, qtbot):
    damaged = make_desk()
    path = damaged.settings.path
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\0" * 100)
    damaged.window.close()
    desk = make_desk()
    desk.begin()
    assert "set aside" in desk.window.banner.text
    qtbot.mouseClick(desk.window.banner.buttons[0], Qt.MouseButton.LeftButton)
    assert not desk.window.banner.text


def test_settings_that_cannot_be_written_are_told_in_the_window(again, qtbot):
    desk = again()
    desk.begin()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limit[1]))  # no file may grow
    try:
        qtbot.keyClick(desk.window, Qt.Key.Key_T)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert "cannot be kept" in desk.window.banner.text
    assert Settings(desk.settings.path).get(SOURCE) == ""
