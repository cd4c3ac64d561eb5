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
    switch: int = 0
    """Which switch() brought this source, as that returned; 0 is the one of the start."""
    fallback: bool = False
    """The source asked for could not be opened, and the fallback plays in its place."""
    frozen: bool = False
    no_text: bool = False
    """Nothing will be read of this source: there is no reader, or it failed again and again."""


def sentence_about(what: str, error: Exception) -> str:
    """For the user, about a fault of the program."""
    return f"{what} ({error!r}); the log has the details."


class StateBoard:
    """Where the engine's threads write its state; `on_change` is called in the thread that changed it."""

    def __init__(self, on_change: Callable[[EngineState], None] | None = None) -> None:
        self._lock = threading.Lock()
        self._state = EngineState()
        self._no_reader = ""
        self._faults: dict[str, str] = {}
        self._logged: dict[str, str] = {}
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

    def no_reader(self, message: str) -> None:
        """Why nothing can be read, which stays true while sources come and go."""
        with self._lock:
            before = self._shown()
            self._no_reader = message
            after = self._shown()
        self._tell(before, after)

    def report(self, what: str, error: Exception) -> None:
        """A fault of the program: into the log, once in a row, and a sentence for the user until `clear`."""
        message = sentence_about(what, error)
        with self._lock:
            before = self._shown()
            known = self._logged.get(what) == message
            self._logged[what] = self._faults[what] = message
            after = self._shown()
        if not known:
            log.error(what, exc_info=error)
        self._tell(before, after)

    def clear(self, what: str | None = None) -> None:
        """What was reported as `what` is over; all that was reported without it."""
        with self._lock:
            before = self._shown()
            if what is None:
                self._faults.clear()
            else:
                self._faults.pop(what, None)
            after = self._shown()
        self._tell(before, after)

    def _shown(self) -> EngineState:
        # a source that fails is the more pressing news
        fault = next(iter(self._faults.values()), "")
        return replace(
            self._state,
            message=self._state.message or self._no_reader or fault,
            no_text=self._state.no_text or bool(self._no_reader),
        )

    def _tell(self, before: EngineState, after: EngineState) -> None:
        if before != after and self._on_change is not None:
            self._on_change(after)
