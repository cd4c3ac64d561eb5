"""Which cameras there are, asked beside the window's thread."""

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from camera_ocr.capture.base import CameraInfo
from camera_ocr.gui.jobs import Jobs

LOOK_AGAIN_MS = 3000


class CameraList(QObject):
    """`found` carries the cameras there are now, and those of the time before or None."""

    found = pyqtSignal(object, object)

    def __init__(self, jobs: Jobs, find: Callable[[], Sequence[CameraInfo]], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._find = jobs, find
        self._known: tuple[CameraInfo, ...] | None = None
        self._again = QTimer(self)
        self._again.setInterval(LOOK_AGAIN_MS)
        self._again.timeout.connect(self.look)

    @property
    def known(self) -> tuple[CameraInfo, ...]:
        """As last looked for."""
        return self._known or ()

    def look(self) -> None:
        self._jobs.run(self._find, self._take)

    def watch(self) -> None:
        """Look now, and again and again: a camera is waited for."""
        self.look()
        self._again.start()

    def rest(self) -> None:
        self._again.stop()

    def device_named(self, name: str) -> str:
        """Of the camera that its driver calls so; empty when there is none."""
        return next((camera.device for camera in self.known if camera.name == name), "")

    def _take(self, cameras: Sequence[CameraInfo]) -> None:
        before, self._known = self._known, tuple(cameras)
        self.found.emit(self._known, before)
