"""Exposure and focus of the camera, kept as they are; offered only where the driver can do it."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QWidget

from camera_ocr.capture import v4l2
from camera_ocr.capture.v4l2 import Lock
from camera_ocr.errors import CameraOcrError
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.i18n import tr
from camera_ocr.gui.sentences import said
from camera_ocr.gui.session import Session

log = logging.getLogger(__name__)


class Locks(Protocol):
    """What can be asked of a camera, in any thread; raises OSError or CameraOcrError."""

    def found(self, device: str) -> dict[Lock, bool]:
        """What can be locked, and whether it is."""

    def set(self, device: str, lock: Lock, locked: bool) -> None: ...


class DriverLocks:
    """Asks the driver."""

    def found(self, device: str) -> dict[Lock, bool]:
        with v4l2.opened(Path(device)) as call:
            return {lock: v4l2.is_locked(call, lock) for lock in v4l2.locks(call)}

    def set(self, device: str, lock: Lock, locked: bool) -> None:
        with v4l2.opened(Path(device)) as call:
            v4l2.set_lock(call, lock, locked)


class LockActions(QObject):
    """Two switches for the menu of the source. `notice` carries a sentence when a lock did not work."""

    notice = pyqtSignal(str)

    def __init__(self, session: Session, window: QWidget, locks: Locks | None = None) -> None:
        super().__init__(window)
        self._session = session
        self._locks: Locks = locks or DriverLocks()
        self._device = ""
        self.actions = {
            Lock.EXPOSURE: self._action(Lock.EXPOSURE, tr("Lock exposure"), "E"),
            Lock.FOCUS: self._action(Lock.FOCUS, tr("Lock focus"), "Shift+E"),
        }
        session.changed.connect(self._follow)

    @property
    def all(self) -> tuple[QAction, ...]:
        return tuple(self.actions.values())

    def _action(self, lock: Lock, text: str, key: str) -> QAction:
        made = QAction(text, self)
        made.setShortcut(QKeySequence(key))
        made.setCheckable(True)
        made.setVisible(False)
        made.triggered.connect(lambda locked: self._set(lock, locked))
        return made

    def _follow(self) -> None:
        """Ask anew when another camera runs, or the same one again."""
        device = (
            self._session.device if self._session.phase in (Phase.LIVE, Phase.READING, Phase.FROZEN) else ""
        )
        if device == self._device:
            return
        self._device = device
        self._show({})
        if device:
            self._run(lambda: self._locks.found(device), device)

    def _set(self, lock: Lock, locked: bool) -> None:
        device = self._device

        def change() -> dict[Lock, bool]:
            self._locks.set(device, lock, locked)
            return self._locks.found(device)

        def failed(error: Exception) -> None:
            log.warning("locking %s: %s", lock.name, error)
            self.actions[lock].setChecked(not locked)
            sentence = said(error) if isinstance(error, CameraOcrError) else tr("The camera does not answer.")
            self.notice.emit(sentence)

        self._run(change, device, failed)

    def _run(
        self,
        ask: Callable[[], dict[Lock, bool]],
        device: str,
        failed: Callable[[Exception], None] = lambda error: log.info("no locks: %s", error),
    ) -> None:
        def done(found: dict[Lock, bool]) -> None:
            if device == self._device:
                self._show(found)

        self._session.jobs.run(ask, done, failed)

    def _show(self, found: dict[Lock, bool]) -> None:
        for lock, action in self.actions.items():
            action.setVisible(lock in found)
            action.setChecked(found.get(lock, False))
