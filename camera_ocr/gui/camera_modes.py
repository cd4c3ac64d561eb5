"""The size of a camera's pictures: chosen in the menu of the source, kept for each camera."""

import contextlib
import json
from collections.abc import Sequence

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QAction, QActionGroup, QMenu, QWidget

from camera_ocr.capture.base import CameraInfo, Mode
from camera_ocr.gui.choice import FIRST_CAMERA, mode_text
from camera_ocr.gui.i18n import speak, tr
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings, text

MODES = text("source/modes", "{}")
"""A JSON object: by the camera's name, width, height and frames a second."""


class CameraModes(QObject):
    """Offers the sizes of the camera that runs; `menu` is shown only where there are several."""

    def __init__(self, session: Session, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._settings = session, settings
        self.menu = QMenu(window)
        self._offered: tuple[tuple[Mode, ...], tuple[int, int]] | None = None
        session.cameras.found.connect(self._follow)
        session.changed.connect(self._follow)
        speak(self.menu, self._say)

    @property
    def action(self) -> QAction:
        """Opens the menu."""
        action = self.menu.menuAction()
        assert action is not None
        return action

    def _say(self) -> None:
        self.menu.setTitle(tr("Size of the picture"))
        self._offered = None
        self._follow()

    def _follow(self, _cameras: object = None) -> None:
        camera = self._camera()
        modes = camera.modes if camera is not None else ()
        offered = modes, self._size()
        if offered == self._offered:
            return
        self._offered = offered
        self.menu.clear()
        group = QActionGroup(self.menu)
        for mode in modes:
            action = QAction(mode_text(mode), self.menu)
            action.setCheckable(True)
            action.setChecked((mode.width, mode.height) == self._size())
            action.triggered.connect(lambda _, mode=mode: self._choose(mode))
            group.addAction(action)
            self.menu.addAction(action)
        self.action.setVisible(len(modes) > 1)

    def _camera(self) -> CameraInfo | None:
        device = self._session.watched.device
        return next((one for one in self._session.cameras.known if one.device == device and device), None)

    def _size(self) -> tuple[int, int]:
        """Of the pictures as the camera gives them, however they are turned; px."""
        result = self._session.result
        if result is None:
            return 0, 0
        height, width = result.frame.image.shape[:2]
        return (height, width) if result.frame.framing.turns % 2 else (width, height)

    def _choose(self, mode: Mode) -> None:
        camera = self._camera()
        if camera is not None:
            kept = parse(self._settings.get(MODES)) | {camera.name: mode}
            self._settings.set(MODES, form(kept))
            self._session.open_again()


def mode_for(spec: str, kept: str, cameras: Sequence[CameraInfo]) -> Mode | None:
    """What was chosen for the camera that `spec` opens, as the settings have it; None when nothing was."""
    asked = parse(kept)
    for number, camera in enumerate(cameras if asked else ()):
        if spec in (camera.device, camera.device.removeprefix("/dev/video")) or (
            spec == FIRST_CAMERA and number == 0
        ):
            return asked.get(camera.name)
    return None


def form(modes: dict[str, Mode]) -> str:
    """For the settings."""
    kept = {name: [mode.width, mode.height, mode.fps] for name, mode in modes.items()}
    return json.dumps(kept, ensure_ascii=False)


def parse(kept: str) -> dict[str, Mode]:
    """From the settings; what a person spoilt by hand is left out."""
    found: dict[str, Mode] = {}
    with contextlib.suppress(ValueError):
        entries = json.loads(kept)
        for name, entry in entries.items() if isinstance(entries, dict) else ():
            with contextlib.suppress(TypeError, ValueError):
                width, height, fps = entry
                found[str(name)] = Mode(int(width), int(height), float(fps))
    return {name: mode for name, mode in found.items() if mode.width > 0 and mode.height > 0}
