"""What the engine tells about itself."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

log = logging.getLogger(__name__)


class Phase(Enum):
    STOPPED = "stopped"
    OPENING = "opening"
    RUNNING = "running"
    LOST = "lost"
    """The camera has gone; it is tried again and again."""
    ENDED = "ended"
    """The last frame of a file has been shown."""
    ERROR = "error"
    """The source cannot be used; `message` says why."""


@dataclass(frozen=True, slots=True)
class EngineState:
    """What the engine is doing, for a status line."""

    phase: Phase = Phase.STOPPED
    source: str = ""
    """Name of the source; empty while none is open."""
    message: str = ""
    """One sentence for the user when something is wrong, else empty."""
    fallback: bool = False
    """The source asked for could not be opened, and the fallback plays in its place."""
    frozen: bool = False


class StateBoard:
    """Where the engine's threads write its state; `on_change` is called in the thread that changed it."""

    def __init__(self, on_change: Callable[[EngineState], None] | None = None) -> None:
        self._lock = threading.Lock()
        self._state = EngineState()
        self._reader_message = ""
        self._on_change = on_change

    @property
    def state(self) -> EngineState:
        with self._lock:
            return self._shown()

    def set(self, **changes: Any) -> None:
        """Changes fields of EngineState."""
        with self._lock:
            before = self._shown()
            self._state = replace(self._state, **changes)
            after = self._shown()
        self._tell(before, after)

    def set_reader_message(self, message: str) -> None:
        """What is wrong with reading, which stays true while sources come and go."""
        with self._lock:
            before = self._shown()
            self._reader_message = message
            after = self._shown()
        self._tell(before, after)

    def report(self, what: str, error: Exception) -> None:
        """A fault of the program: all of it into the log, once, and a sentence for the user."""
        message = f"{what} ({error!r}); the log has the details."
        with self._lock:
            known = message == self._reader_message
        if not known:
            log.error(what, exc_info=error)
        self.set_reader_message(message)

    def _shown(self) -> EngineState:
        # a source that fails is the more pressing news
        return replace(self._state, message=self._state.message or self._reader_message)

    def _tell(self, before: EngineState, after: EngineState) -> None:
        if before != after and self._on_change is not None:
            self._on_change(after)
