"""Notices when a camera is plugged in or unplugged, without asking again and again."""

from pathlib import Path

from PyQt5.QtCore import QFileSystemWatcher, QObject, QTimer, pyqtSignal

from camera_ocr.capture.base import CameraInfo
from camera_ocr.capture.devices import DEV_ROOT
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.session import Session

SETTLE_MS = 800
"""After the last change in the folder of devices: permissions come a moment after the device."""


class HotPlug(QObject):
    """Has the session look for cameras when devices come or go. `notice` carries a sentence about it."""

    notice = pyqtSignal(str)

    def __init__(self, session: Session, dev_root: Path = DEV_ROOT) -> None:
        super().__init__(session)
        self._session = session
        self._asked = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(session.cameras.look)
        self._watcher = QFileSystemWatcher(self)
        if dev_root.is_dir():
            self._watcher.addPath(str(dev_root))
        self._watcher.directoryChanged.connect(lambda _: self._settle.start())
        session.cameras.found.connect(self._compare)
        session.changed.connect(self._look_once)

    def _look_once(self) -> None:
        """Something is shown by now: it does not matter any more that asking the cameras takes a moment."""
        if self._session.phase is Phase.LIVE and not self._asked:
            self._asked = True
            self._session.cameras.look()

    def _compare(self, cameras: tuple[CameraInfo, ...], before: tuple[CameraInfo, ...] | None) -> None:
        if before is None:
            return
        now, then = ({camera.device: camera.name for camera in known} for known in (cameras, before))
        for device in now.keys() - then.keys():
            self.notice.emit(tr("{camera} was plugged in.", camera=now[device]))
        for device in then.keys() - now.keys():
            self.notice.emit(tr("{camera} was unplugged.", camera=then[device]))
