"""Work that would make the window wait, done beside it."""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PyQt5.QtCore import QObject, pyqtSignal

log = logging.getLogger(__name__)


class Jobs(QObject):
    """Runs functions in threads and brings what they return, or raise, back to the thread of this object."""

    _finished = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=3, thread_name_prefix="window-job")
        self._closed = False
        self._finished.connect(self._deliver)

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] = lambda _: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Call `work()` in a thread, then `done(what it returned)` or `failed(what it raised)` here.

        Without `failed` an exception is only logged. After close() nothing is called any more.
        """
        if self._closed:
            return

        def finished(future: "Future[Any]") -> None:
            if not future.cancelled() and not self._closed:
                self._finished.emit((future, done, failed))

        self._pool.submit(work).add_done_callback(finished)

    def close(self) -> None:
        """Wait for what runs, forget what has not begun."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(
        self, job: "tuple[Future[Any], Callable[[Any], None], Callable[[Exception], None] | None]"
    ) -> None:
        future, done, failed = job
        if self._closed:
            return
        error = future.exception()
        if error is None:
            done(future.result())
        elif failed is not None and isinstance(error, Exception):
            failed(error)
        else:
            log.error("a job failed", exc_info=error)
