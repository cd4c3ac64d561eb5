"""The engine as the window sees it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from camera_ocr import engine as core
from camera_ocr.capture.base import FrameSource
from camera_ocr.engine_stats import EngineStats
from camera_ocr.gui.i18n import mark
from camera_ocr.types import U8, Frame, FrameResult, Transcript

SourceFactory = Callable[[], FrameSource]


class LiveEngine(Protocol):
    """The part of engine.Engine that the window uses."""

    @property
    def state(self) -> core.EngineState: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def use(self, pipeline_factory: Callable[[], core.Pipeline]) -> None: ...
    def switch(
        self,
        source_factory: SourceFactory,
        *,
        fallback: SourceFactory | None = None,
        hold_first: bool = False,
    ) -> int: ...
    def latest(self) -> FrameResult | None: ...
    def freeze(self) -> FrameResult: ...
    def read_crops(self, crops: Sequence[U8]) -> list[Transcript]: ...
    def resume(self) -> None: ...
    def show_instead(self, frame: Frame) -> FrameResult | None: ...
    def stats(self) -> EngineStats: ...


class Reads(Enum):
    """What is looked for and read."""

    TEXT = mark("Text")
    DIGITS = mark("Digits")


@dataclass(slots=True)
class ReaderInfo:
    """What reads, once that is known: the reader is made in the engine's thread."""

    models: tuple[str, ...] = ()
    runtime: str = ""
    problem: str = ""
    """Why nothing can be read: one sentence."""


class Phase(Enum):
    STARTING = mark("Opening")
    LIVE = mark("Live")
    READING = mark("Reading")
    """Frozen, its lines are being read at full quality."""
    FROZEN = mark("Frozen")
    LOST = mark("Reconnecting")
    """The camera is gone; the last picture stays and the engine tries to get the camera back."""
    ENDED = mark("End")
    """A file's last frame is shown."""
    FAILED = mark("Stopped")


PHASES = {
    core.Phase.STOPPED: Phase.STARTING,
    core.Phase.OPENING: Phase.STARTING,
    core.Phase.RUNNING: Phase.LIVE,
    core.Phase.LOST: Phase.LOST,
    core.Phase.ENDED: Phase.ENDED,
    core.Phase.ERROR: Phase.FAILED,
}
