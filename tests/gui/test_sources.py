"""Cameras, files and folders: choosing one, losing one, getting it back."""

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFileDialog, QInputDialog, QLineEdit

from camera_ocr import engine as core
from camera_ocr.capture.base import CameraInfo
from camera_ocr.gui.engine_view import Phase
from tests.gui.conftest import choose, open_menu

LEFT = Qt.MouseButton.LeftButton
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def open_and_close_menu(desk) -> None:
    """The cameras are looked for anew when the menu opens."""
    desk.key(Qt.Key.Key_S, ALT)
    open_menu().close()


def test_without_a_camera_the_demo_plays_and_says_so(desk, results):
    desk.begin(None, results.page())
    assert desk.opened == ["demo"]
    assert desk.window.banner.isVisible()
    assert "No camera is connected, so a demonstration plays" in desk.window.banner.text
    assert desk.window.source.text().strip().startswith("Demonstration")


def test_camera_that_appears_replaces_the_demo(desk, results, until):
    desk.begin(None, results.page())
    until(lambda: desk.looks >= 1)
    desk.cameras.append(CameraInfo("/dev/video0", "Desk camera"))
    open_and_close_menu(desk)
    until(lambda: "switch" in desk.engine.calls)
    desk.engine.open()
    until(lambda: desk.window.session.phase is Phase.LIVE)
    assert desk.opened == ["demo", "/dev/video0"]
    assert not desk.window.banner.isVisible()


def test_named_camera_is_opened_once_it_is_plugged_in(desk, until):
    desk.bad["/dev/video2"] = "There is no camera at /dev/video2."
    desk.begin("/dev/video2")
    until(lambda: desk.window.session.phase is Phase.FAILED and desk.looks >= 1)
    desk.bad.clear()
    desk.cameras.append(CameraInfo("/dev/video2", "Microscope"))
    open_and_close_menu(desk)
    until(lambda: "switch" in desk.engine.calls)
    desk.engine.open()
    until(lambda: desk.window.session.phase is Phase.LIVE)
    assert desk.opened == ["/dev/video2"]


def test_camera_that_is_there_but_in_use_is_named_and_not_tried_in_a_loop(desk, results, until):
    desk.cameras.append(CameraInfo("/dev/video0", "Desk camera"))
    desk.bad["/dev/video0"] = "/dev/video0 is used by another program; close that."
    desk.begin(None, results.page())
    until(lambda: "used by another program" in desk.window.banner.text)
    assert desk.window.banner.text.endswith("A demonstration plays meanwhile.")
    looks = desk.looks
    open_and_close_menu(desk)
    until(lambda: desk.looks > looks)
    assert "switch" not in desk.engine.calls


def test_first_camera_is_taken_without_a_word(desk, results):
    desk.cameras.append(CameraInfo("/dev/video0", "Desk camera"))
    desk.begin(None, results.page())
    assert desk.opened == ["/dev/video0"]
    assert not desk.window.banner.isVisible()


def test_first_camera_is_named_and_marked_in_the_menu(desk, results, until):
    desk.cameras.append(CameraInfo("/dev/video0", "test"))
    desk.begin(None, results.page())
    assert desk.window.source.text() == " test  ▾"
    menu = desk.window.source.menu()
    until(lambda: [action.text() for action in menu.actions() if action.isChecked()] == ["test"])


def test_network_camera_is_opened_by_its_address(qtbot, desk, results, until):
    desk.begin("demo", results.page())
    desk.key(Qt.Key.Key_S, ALT)
    choose(open_menu(), "Open network camera…")
    dialog = desk.window.findChild(QInputDialog)
    line = dialog.findChild(QLineEdit)
    qtbot.keyClick(line, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(line, " rtsp://user:secret@camera/stream ")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.engine.open()
    assert desk.opened[-1] == "rtsp://user:secret@camera/stream"
    # the password is not shown
    assert desk.window.source.text() == " rtsp://camera/stream  ▾"
    qtbot.waitUntil(lambda: desk.window.findChild(QInputDialog) is None)


def test_address_that_was_not_given_opens_nothing(qtbot, desk, results):
    desk.begin("demo", results.page())
    desk.key(Qt.Key.Key_S, ALT)
    choose(open_menu(), "Open network camera…")
    line = desk.window.findChild(QInputDialog).findChild(QLineEdit)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert desk.opened == ["demo"]


def test_reader_that_cannot_be_used_is_named_though_the_demo_plays(desk, results, until):
    desk.begin(None, results.page(["", ""]))
    desk.reader.problem = "The model line.tflite was altered; install it again."
    until(lambda: desk.window.banner.text == "The model line.tflite was altered; install it again.")


def test_source_that_fails_is_named_and_can_be_tried_again(qtbot, desk, until):
    desk.bad["/dev/video7"] = "/dev/video7 does not exist; plug the camera in."
    desk.begin("/dev/video7")
    until(lambda: desk.window.session.phase is Phase.FAILED)
    assert desk.window.banner.text == "/dev/video7 does not exist; plug the camera in."
    del desk.bad["/dev/video7"]
    qtbot.mouseClick(desk.window.banner.buttons[0], LEFT)
    desk.engine.open()
    until(lambda: desk.window.session.phase is Phase.LIVE)
    assert not desk.window.banner.isVisible()


def test_unplugged_camera_leaves_picture_and_lines_and_comes_back(desk, results, until):
    desk.begin("/dev/video0", results.page())
    desk.engine.state = core.EngineState(core.Phase.LOST, "test", "The camera is gone; plug it in again.")
    until(lambda: desk.window.banner.isVisible())
    assert desk.window.banner.text == "The camera is gone; plug it in again."
    assert desk.rows() == ["Hello world", "écrit à Zürich", "third line"]
    desk.engine.state = core.EngineState(core.Phase.RUNNING, "test")
    until(lambda: not desk.window.banner.isVisible())


def test_camera_unplugged_while_frozen_is_told_when_going_live_and_nothing_is_lost(desk, results, until):
    desk.begin("/dev/video0", results.page())
    desk.freeze(results.page())
    desk.engine.state = core.EngineState(core.Phase.LOST, "test", "The camera is gone; plug it in again.")
    desk.retype(0, "corrected")
    assert desk.window.session.phase is Phase.FROZEN
    desk.key(Qt.Key.Key_Space)
    until(lambda: desk.window.banner.text == "The camera is gone; plug it in again.")
    assert desk.rows()[0] == "corrected"
    desk.engine.state = core.EngineState(core.Phase.RUNNING, "test")
    desk.show(results.page())
    until(lambda: "gone" not in desk.window.banner.text)
    assert desk.rows()[0] == "corrected"


def test_menu_offers_cameras_by_name_and_switches(qtbot, desk, results, until):
    desk.cameras.extend([CameraInfo("/dev/video0", "Desk camera"), CameraInfo("/dev/video2", "Microscope")])
    desk.begin("demo", results.page())
    desk.key(Qt.Key.Key_S, ALT)
    menu = desk.window.source.menu()
    until(lambda: "Microscope" in [action.text() for action in menu.actions()])
    names = [action.text() for action in menu.actions() if action.text()]
    assert names[:3] == ["Desk camera", "Microscope", "Demonstration"]
    choose(menu, "Microscope")
    desk.engine.open()
    assert desk.opened == ["demo", "/dev/video2"]
    assert desk.window.source.text().strip().startswith("Microscope")


def test_picture_video_and_folder_are_opened_from_dialogs(qtbot, desk, results, monkeypatch, tmp_path):
    picture, video = tmp_path / "page.png", tmp_path / "clip.mp4"
    picture.write_bytes(b"")
    answers = [(str(picture), ""), (str(video), ""), ("", "")]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: answers.pop(0))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    desk.begin("demo", results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_O, CTRL)
    desk.engine.open()
    for entry in ("Open video…", "Open folder of pictures…"):
        desk.key(Qt.Key.Key_S, ALT)
        choose(open_menu(), entry)
        desk.engine.open()
    qtbot.keyClick(desk.window, Qt.Key.Key_O, CTRL)
    assert desk.opened == ["demo", str(picture), str(video), str(picture)]
    assert desk.window.session.watched.page_number == 1


def test_bad_picture_of_a_folder_can_be_passed_over(qtbot, desk, results, until, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.png").write_bytes(b"")
    desk.bad[str(tmp_path / "1.png")] = "1.png is cut short; copy it again."
    desk.begin(str(tmp_path))
    until(lambda: desk.window.banner.text == "1.png is cut short; copy it again.")
    qtbot.keyClick(desk.window, Qt.Key.Key_PageDown)
    desk.engine.open()
    desk.show(results.page())
    assert desk.opened == [str(tmp_path / "2.png")]


def test_text_of_the_last_source_is_not_shown_for_the_next(qtbot, desk, results, until):
    desk.begin("demo", results.page())
    desk.window.session.open("/dev/video0")
    # the engine was still busy with a frame of the old source
    desk.engine.newest = results.page()
    qtbot.wait(50)
    assert desk.rows() == []
    desk.engine.open()
    desk.show(results.page(["new"]))
    assert desk.rows() == ["new"]


def test_folder_is_turned_page_by_page(qtbot, desk, results, until, tmp_path):
    for number in (1, 2, 10):
        (tmp_path / f"page {number}.png").write_bytes(b"")
    desk.begin(str(tmp_path), results.page())
    keys = [Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp]
    for key in keys:
        qtbot.keyClick(desk.window, key)
        desk.engine.open()
    names = [spec.removeprefix(f"{tmp_path}/") for spec in desk.opened]
    assert names == ["page 1.png", "page 2.png", "page 10.png", "page 10.png", "page 2.png"]
