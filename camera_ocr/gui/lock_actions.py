"""Exposure and focus of the camera, kept as they are; offered only where the driver can do it."""

import logging
from collections.abc import Callable

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QAction, QWidget

from camera_ocr.capture.base import Lock, Locks
from camera_ocr.gui.actions import make_action
from camera_ocr.gui.i18n import mark
from camera_ocr.gui.sentences import said
from camera_ocr.gui.session import Session

log = logging.getLogger(__name__)


class LockActions(QObject):
    """Two switches for the menu of the source. `notice` carries a sentence when a lock did not work."""

    notice = pyqtSignal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._locks: Locks | None = None
        self.actions = {
            Lock.EXPOSURE: self._action(Lock.EXPOSURE, mark("Lock exposure"), "E"),
            Lock.FOCUS: self._action(Lock.FOCUS, mark("Lock focus"), "Shift+E"),
        }
        session.changed.connect(self._follow)

    @property
    def all(self) -> tuple[QAction, ...]:
        return tuple(self.actions.values())

    def _action(self, lock: Lock, text: str, key: str) -> QAction:
        made = make_action(self, text, key, lambda: self._set(lock, made.isChecked()), checkable=True)
        made.setVisible(False)
        return made

    def _follow(self) -> None:
        """Ask anew when another camera runs, or the same one was opened again."""
        locks = self._session.locks
        if locks is self._locks:
            return
        self._locks = locks
        self._show({})
        if locks is not None:
            self._run(locks, locks.found)

    def _set(self, lock: Lock, locked: bool) -> None:
        locks = self._locks
        if locks is None:
            return

        def change() -> dict[Lock, bool]:
            locks.set(lock, locked)
            return locks.found()

        def failed(error: Exception) -> None:
            log.warning("locking %s: %s", lock.value, error)
            self.actions[lock].setChecked(not locked)
            self.notice.emit(said(error))

        self._run(locks, change, failed)

    def _run(
        self,
        locks: Locks,
        ask: Callable[[], dict[Lock, bool]],
        failed: Callable[[Exception], None] = lambda error: log.info("no locks: %s", error),
    ) -> None:
        def done(found: dict[Lock, bool]) -> None:
            if locks is self._locks:
                self._show(found)

        self._session.jobs.run(ask, done, failed)

    def _show(self, found: dict[Lock, bool]) -> None:
        for lock, action in self.actions.items():
            action.setVisible(lock in found)
            action.setChecked(found.get(lock, False))
