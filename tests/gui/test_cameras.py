"""Cameras by name and size, plugged in and unplugged, their exposure and focus."""

import pytest
from PyQt5.QtCore import Qt

from camera_ocr import engine as core
from camera_ocr.capture.base import CameraInfo, Lock, Mode
from camera_ocr.capture.live import LiveSource
from camera_ocr.errors import SourceError
from camera_ocr.gui.camera_modes import MODES, mode_for
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.hotplug import HotPlug
from camera_ocr.gui.lock_actions import LockActions
from camera_ocr.gui.settings import Settings
from camera_ocr.preprocess.parts import reframe
from camera_ocr.types import FrameResult
from tests.gui.conftest import choose, open_menu

LEFT = Qt.MouseButton.LeftButton
WEBCAM = CameraInfo("/dev/video0", "Webcam", (Mode(1920, 1080, 30.0), Mode(640, 480, 60.0)))


class Camera:
    """A driver that can lock, or says why not."""

    def __init__(self, *can: Lock) -> None:
        self.state = dict.fromkeys(can, False)
        self.refuses = False

    def found(self) -> dict[Lock, bool]:
        return dict(self.state)

    def set(self, lock: Lock, locked: bool) -> None:
        if self.refuses:
            raise SourceError("The camera refuses to change its exposure (busy).")
        self.state[lock] = locked


class NoPicture:
    """Behaves like a capture that gives none."""

    def grab(self) -> bool:
        return False

    def retrieve(self):
        return False, None

    def release(self) -> None:
        pass


def test_menu_tells_the_largest_size_and_its_rate(qtbot, desk, results, until):
    desk.cameras += [WEBCAM, CameraInfo("/dev/video2", "Microscope", (Mode(640, 480, 0.0),))]
    desk.begin("demo", results.page())
    desk.key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    menu = open_menu()
    until(lambda: any("Webcam" in action.text() for action in menu.actions()))
    texts = [action.text() for action in menu.actions()][:2]
    assert texts == ["Webcam\t1920 × 1080, 30 fps", "Microscope\t640 × 480"]
    menu.close()


def test_camera_that_is_plugged_in_is_told_and_offered(qtbot, desk, results, until, tmp_path):
    desk.begin("demo", results.page())
    told: list[str] = []
    plug = HotPlug(desk.window.session, tmp_path)
    plug.notice.connect(told.append)
    with qtbot.waitSignal(desk.window.session.cameras.found):
        desk.key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    open_menu().close()
    desk.cameras.append(WEBCAM)
    (tmp_path / "video0").write_bytes(b"")
    until(lambda: told == ["Webcam was plugged in."])
    menu = desk.window.source.menu()
    assert "Webcam" in menu.actions()[0].text()
    desk.cameras.clear()
    (tmp_path / "video0").unlink()
    until(lambda: told[1:] == ["Webcam was unplugged."])
    assert desk.window.session.phase is Phase.LIVE


@pytest.fixture
def locks_of(desk, results, until):
    """The switches of a window on a camera, shown as far as the camera has them."""

    def make(camera: Camera) -> LockActions:
        desk.opens["/dev/video0"] = LiveSource("test", NoPicture, locks=camera)
        desk.begin("/dev/video0", results.page())
        locks = desk.window.locks
        until(lambda: [one.isVisible() for one in locks.all] == [lock in camera.state for lock in Lock])
        return locks

    return make


def test_only_what_the_driver_has_is_offered(locks_of):
    locks = locks_of(Camera(Lock.FOCUS))
    assert [action.isVisible() for action in locks.all] == [False, True]


def test_lock_is_set_with_its_key_and_taken_off_again(qtbot, desk, locks_of, until):
    camera = Camera(Lock.EXPOSURE, Lock.FOCUS)
    locks = locks_of(camera)
    for locked in (True, False):
        qtbot.keyClick(desk.window, Qt.Key.Key_E)
        until(lambda: camera.state[Lock.EXPOSURE] is locked)  # noqa: B023
        until(lambda: locks.actions[Lock.EXPOSURE].isChecked() is locked)  # noqa: B023
    qtbot.keyClick(desk.window, Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)
    until(lambda: camera.state[Lock.FOCUS])


def test_lock_that_does_not_work_is_told_and_shown_as_open(desk, locks_of, until):
    camera = Camera(Lock.EXPOSURE)
    locks = locks_of(camera)
    camera.refuses = True
    desk.key(Qt.Key.Key_E)
    until(lambda: "refuses to change its exposure (busy)" in desk.window.status.text)
    assert not locks.actions[Lock.EXPOSURE].isChecked()


def test_locks_go_with_their_camera(desk, locks_of, until):
    locks = locks_of(Camera(Lock.EXPOSURE))
    desk.key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    choose(open_menu(), "Demonstration")
    until(lambda: not locks.actions[Lock.EXPOSURE].isVisible())


def test_locks_are_asked_anew_when_the_camera_comes_back(desk, locks_of, until):
    camera = Camera(Lock.EXPOSURE)
    locks = locks_of(camera)
    desk.key(Qt.Key.Key_E)
    until(lambda: camera.state[Lock.EXPOSURE])
    desk.engine.state = core.EngineState(core.Phase.LOST, "test", "The camera is gone.")
    until(lambda: not locks.actions[Lock.EXPOSURE].isVisible())
    camera.state[Lock.EXPOSURE] = False
    desk.engine.state = core.EngineState(core.Phase.RUNNING, "test")
    until(locks.actions[Lock.EXPOSURE].isVisible)
    assert not locks.actions[Lock.EXPOSURE].isChecked()


def test_size_of_the_picture_is_chosen_in_the_menu_and_kept(qtbot, desk, results, until):
    desk.cameras.append(WEBCAM)
    desk.begin("/dev/video0", results.page())
    modes = desk.window.camera_modes
    until(modes.action.isVisible)
    assert [one.text() for one in modes.menu.actions()] == ["1920 × 1080, 30 fps", "640 × 480, 60 fps"]
    desk.key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    menu = open_menu()
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(modes.action).center())
    until(modes.menu.isVisible)
    choose(modes.menu, "640 × 480, 60 fps")
    assert "switch" in desk.engine.calls
    kept = Settings(desk.settings.path).get(MODES)
    assert mode_for("/dev/video0", kept, [WEBCAM]) == Mode(640, 480, 60.0)
    assert mode_for("0", kept, [WEBCAM]) == Mode(640, 480, 60.0)
    assert mode_for("camera", kept, [WEBCAM]) == Mode(640, 480, 60.0)
    assert mode_for("demo", kept, [WEBCAM]) is None
    assert mode_for("camera", kept, [CameraInfo("/dev/video0", "another")]) is None


def test_size_that_is_shown_is_marked_however_the_picture_is_turned(qtbot, desk, results, until):
    desk.cameras.append(CameraInfo("/dev/video0", "Webcam", (Mode(640, 360, 30.0), Mode(320, 240, 30.0))))
    desk.begin("/dev/video0", results.page())
    modes = desk.window.camera_modes
    until(modes.action.isVisible)
    qtbot.keyClick(desk.window, Qt.Key.Key_R)
    frame = reframe(results.page().frame, desk.window.session.watched.framing)
    desk.show(FrameResult(frame, None, ()))
    desk.window.session.cameras.look()
    until(lambda: [one.isChecked() for one in modes.menu.actions()] == [True, False])


@pytest.mark.parametrize("source", ["demo", "/dev/video2"])
def test_where_nothing_is_to_be_chosen_nothing_is_offered(desk, results, until, source):
    desk.cameras += [WEBCAM, CameraInfo("/dev/video2", "Microscope", (Mode(640, 480, 30.0),))]
    desk.begin(source, results.page())
    until(lambda: len(desk.window.session.cameras.known) == 2)
    assert not desk.window.camera_modes.action.isVisible()


@pytest.mark.parametrize("kept", ["[]", "x", *(f'{{"Webcam": {v}}}' for v in ("3", "[1, 2]", "[0, 0, 30]"))])
def test_spoilt_settings_choose_nothing(kept):
    assert mode_for("camera", kept, [WEBCAM]) is None
