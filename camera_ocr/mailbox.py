"""Handing the newest thing from one thread to another."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class LatestSlot(Generic[T]):
    """A box for one item: putting overwrites, so nothing queues up behind a slow taker.

    Any number of threads may put and take. Once closed it stays closed: waiters wake, nothing is accepted.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: list[T] = []  # none or one
        self._dropped = 0
        self._closed = False

    @property
    def dropped(self) -> int:
        """Items that were overwritten before anyone took them."""
        with self._changed:
            return self._dropped

    @property
    def closed(self) -> bool:
        with self._changed:
            return self._closed

    def put(self, item: T) -> None:
        """Leaves the item at once; one that nobody took is dropped and counted. Closed: nothing happens."""
        with self._changed:
            if self._closed:
                return
            self._dropped += len(self._items)
            self._items = [item]
            self._changed.notify_all()

    def put_when_free(self, item: T) -> bool:
        """Waits until the box is empty, then leaves the item; False when it was closed meanwhile."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or not self._items)
            if self._closed:
                return False
            self._items = [item]
            self._changed.notify_all()
            return True

    def take(self, timeout_s: float | None = None) -> T | None:
        """The item, waiting for one as long as told (None: for ever); None when there is none, or closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._items, timeout_s)
            if self._closed or not self._items:
                return None
            item = self._items.pop()
            self._changed.notify_all()
            return item

    def clear(self) -> None:
        """Throws away what is in the box, uncounted, and lets a waiting putter in."""
        with self._changed:
            self._items = []
            self._changed.notify_all()

    def close(self) -> None:
        """Wakes everyone who waits; may be called twice."""
        with self._changed:
            self._closed = True
            self._items = []
            self._changed.notify_all()
