"""When the disk is full, a folder is read-only or the camera may not be used: told, and nothing lost.

The failures are real ones of the operating system, also for root, who runs the tests in containers.
"""

import os
import resource
from contextlib import contextmanager

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFileDialog, QMessageBox

from camera_ocr.capture.base import CameraInfo
from camera_ocr.gui.engine_view import Phase
from camera_ocr.history import History

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
NOBODY = 65534


@contextmanager
def full_disk():
    """No file may grow."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limit[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)


@contextmanager
def read_only(folder):
    """To anyone, root too: root becomes nobody for a while."""
    mode, user = folder.stat().st_mode, os.geteuid()
    folder.chmod(0o555)
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if user == 0:
            os.seteuid(user)
        folder.chmod(mode)


@pytest.fixture
def save(qtbot, desk, until, monkeypatch):
    """Saves by key and button, and gives the box that comes up."""

    def press(path) -> QMessageBox:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
        qtbot.keyClick(desk.window, Qt.Key.Key_S, CTRL)
        until(desk.window.taking.export.save_button.isEnabled)
        qtbot.mouseClick(desk.window.taking.export.save_button, LEFT)
        until(lambda: any(box.isVisible() for box in desk.window.findChildren(QMessageBox)))
        return next(box for box in desk.window.findChildren(QMessageBox) if box.isVisible())

    return press


def test_a_full_disk_leaves_the_old_file_and_the_text(desk, results, save, tmp_path):
    old = tmp_path / "notes.txt"
    old.write_text("what was there")
    desk.begin(result=results.page(["one"]))
    with full_disk():
        box = save(old)
    assert "notes.txt" in box.text()
    assert "Nothing is lost" in box.informativeText()
    assert old.read_text() == "what was there"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt"]
    assert desk.rows() == ["one"]


def test_a_read_only_folder_is_named(desk, results, save, tmp_path):
    desk.begin(result=results.page(["one"]))
    with read_only(tmp_path):
        box = save(tmp_path / "notes.txt")
    assert str(tmp_path / "notes.txt") in box.text()
    assert "Nothing is lost" in box.informativeText()
    assert desk.rows() == ["one"]


def test_a_folder_that_may_not_even_be_entered_is_told_as_well(desk, results, save, tmp_path):
    folder = tmp_path / "closed"
    (folder / "inside").mkdir(parents=True)
    desk.begin(result=results.page(["one"]))
    folder.chmod(0o600)
    try:
        with read_only(tmp_path):
            # without an ending: it is added, and what is there already is asked for
            box = save(folder / "inside" / "notes")
    finally:
        folder.chmod(0o755)
    assert "you may not write in that folder" in box.text()
    assert desk.rows() == ["one"]


def test_a_page_frozen_on_a_full_disk_is_kept_once_there_is_room(desk, results, until, qtbot):
    desk.begin(result=results.page(["one"]))
    with full_disk():
        desk.freeze(results.page(["one"]))
        until(lambda: "could not be" in desk.window.banner.text)
        assert "saved as a file" in desk.window.banner.text
        desk.retype(0, "uno")
        qtbot.waitUntil(lambda: not desk.keeper._waiting, timeout=20_000)
    assert desk.rows() == ["uno"]
    desk.retype(0, "due")
    until(lambda: not desk.window.banner.isVisible())
    history = History(desk.history_path)
    assert [entry.text for entry in history.entries()] == ["due"]
    history.close()


def test_a_history_that_cannot_be_kept_is_told_and_the_page_can_be_edited(desk, results, until, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    desk.history_path = blocked / "history.sqlite"
    desk.begin(result=results.page(["one"]))
    desk.freeze(results.page(["one"]))
    until(lambda: str(blocked) in desk.window.banner.text)
    desk.retype(0, "uno")
    assert desk.rows() == ["uno"]


def test_a_camera_that_may_not_be_used_is_told_with_what_to_do_while_the_demo_plays(desk, until):
    desk.cameras = [CameraInfo("/dev/video0", "Built in")]
    sentence = "Built in (/dev/video0) may not be used by you; run `sudo usermod -aG video $USER`."
    desk.bad["/dev/video0"] = sentence
    desk.begin(None)
    until(lambda: desk.window.session.cameras.known != ())
    until(lambda: sentence in desk.window.banner.text)
    assert desk.window.session.watched.fallback
    assert desk.window.session.phase is Phase.LIVE
    assert [button.text() for button in desk.window.banner.buttons] == ["Try again", "Open picture…"]
