"""Work that would make the window wait, done beside it."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal

log = logging.getLogger(__name__)


class Jobs(QObject):
    """Runs functions in threads and brings what they return, or raise, back to the thread of this object.

    With one worker they run one after the other, in order.
    """

    _finished = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None, workers: int = 3) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="window-job")
        self._closed = False
        self._finished.connect(self._deliver)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] = lambda _: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Call `work()` in a thread, then `done(what it returned)` or `failed(what it raised)` here.

        Neither is called before run() has returned. Without `failed` an exception is only logged. After
        close() nothing is called any more.
        """
        if self._closed:
            return

        def task() -> None:
            outcome, error = None, None
            try:
                outcome = work()
            except Exception as raised:
                error = raised
            if not self._closed:
                # from this thread, so that Qt brings it to the other by its event loop
                self._finished.emit((outcome, error, done, failed))

        self._pool.submit(task)

    def close(self, *, finish: bool = False) -> None:
        """Wait for what runs; forget what has not begun, or with `finish` wait for that too."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=not finish)

    def _deliver(
        self,
        job: tuple[Any, Exception | None, Callable[[Any], None], Callable[[Exception], None] | None],
    ) -> None:
        outcome, error, done, failed = job
        if self._closed:
            return
        if error is None:
            done(outcome)
        elif failed is not None:
            failed(error)
        else:
            log.error("a job failed", exc_info=error)
