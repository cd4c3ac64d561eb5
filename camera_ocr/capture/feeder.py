"""The capture thread: owns the source, brings it back when it is lost, hands on its frames."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from camera_ocr.capture.base import FrameSource
from camera_ocr.engine_state import Phase, StateBoard
from camera_ocr.engine_stats import Meter
from camera_ocr.errors import CameraLost, CameraOcrError, SourceError
from camera_ocr.mailbox import LatestSlot
from camera_ocr.types import Frame

log = logging.getLogger(__name__)

RETRY_S = (0.5, 1.0, 2.0, 4.0)
"""Pauses between attempts to get a lost camera back; the last one repeats."""


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """One source, from its opening to the next switch."""

    open: Callable[[], FrameSource]
    """May raise CameraOcrError."""
    fallback: Callable[[], FrameSource] | None = None
    """Opened when `open` fails."""
    hold_first: bool = False
    """Its first frame is to stand."""
    number: int = 0
    """For EngineState.switch."""


@dataclass(frozen=True, slots=True, eq=False)
class Captured:
    """What the feeder puts into the slot."""

    session: Session
    frame: Frame | None
    """None marks the end of the source."""
    live: bool
    stills: bool


class Feeder:
    """Puts frames into `frames`: a live source's newest, a file's one by one, each waited for.

    While `flowing` is not set a live source is kept running, to be at hand, and its frames are let go.
    """

    def __init__(
        self,
        session: Session,
        frames: LatestSlot[Captured],
        board: StateBoard,
        meter: Meter,
        flowing: threading.Event,
        retry_s: Sequence[float] = RETRY_S,
    ) -> None:
        self._session = session
        self._frames = frames
        self._board = board
        self._meter = meter
        self._flowing = flowing
        self._retry_s = retry_s
        self._stopping = False
        # only wakes: what to do is told by _session and _stopping
        self._wake = threading.Event()

    def switch(self, session: Session) -> None:
        """Lets go of the source as soon as its read() returns and opens another."""
        self._session = session
        self._wake.set()
        self._frames.clear()

    def stop(self) -> None:
        """Makes run() return as soon as the source's read() does."""
        self._stopping = True
        self._wake.set()
        self._frames.close()

    def is_current(self, session: Session) -> bool:
        return session is self._session and not self._stopping

    def run(self) -> None:
        """Until stop(): one source after another."""
        done: Session | None = None
        while not self._stopping:
            session = self._session
            if session is done:
                self._wait(None)
                continue
            try:
                self._play(session)
            except CameraOcrError as error:
                self._board.set(phase=Phase.ERROR, message=str(error))
            except Exception as error:
                log.exception("the source failed")
                sentence = f"The source failed unexpectedly ({error!r}); the log has the details."
                self._board.set(phase=Phase.ERROR, message=sentence)
            done = session

    def _wait(self, seconds: float | None) -> None:
        if self._wake.wait(seconds):
            self._wake.clear()

    def _play(self, session: Session) -> None:
        self._board.set(phase=Phase.OPENING, source="", message="", switch=session.number, fallback=False)
        self._meter.restart(dropped=self._frames.dropped)
        source = self._open(session)
        try:
            self._board.set(source=source.name)
            self._pump(session, source)
        finally:
            source.close()

    def _open(self, session: Session) -> FrameSource:
        try:
            return session.open()
        except CameraOcrError as error:
            if session.fallback is None:
                raise
            source = session.fallback()
            self._board.set(message=str(error), fallback=True)
            return source

    def _pump(self, session: Session, source: FrameSource) -> None:
        failures = 0
        while self.is_current(session):
            try:
                frame = source.read()
            except CameraLost as error:
                self._lost(error, failures)
                failures += 1
                continue
            except SourceError as error:
                if not source.stills:
                    raise
                # one bad file of a folder is named, the others are still shown
                self._board.set(message=str(error))
                continue
            if failures:
                failures = 0
                self._board.set(message="")
            if frame is None:
                self._frames.put_when_free(Captured(session, None, source.live, source.stills))
                return
            self._board.set(phase=Phase.RUNNING)
            self._hand_on(Captured(session, frame, source.live, source.stills))

    def _lost(self, error: CameraLost, failures: int) -> None:
        if not failures:
            log.warning("%s", error)
        self._board.set(phase=Phase.LOST, message=str(error))
        self._wait(self._retry_s[min(failures, len(self._retry_s) - 1)])

    def _hand_on(self, item: Captured) -> None:
        if not item.live:
            self._meter.captured()
            self._frames.put_when_free(item)
        elif self._flowing.is_set():
            self._meter.captured()
            self._frames.put(item)
