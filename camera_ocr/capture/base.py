"""What every source of frames can do."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol, runtime_checkable

from camera_ocr.types import Frame


class FrameSource(Protocol):
    """A camera, file, folder, stream or the demo; read by one thread."""

    @property
    def name(self) -> str:
        """For people: shown in the window and put into exports."""

    @property
    def live(self) -> bool:
        """True: time goes on without us and the newest frame wins. False: every frame counts."""

    @property
    def stills(self) -> bool:
        """True: every frame is a page by itself, not a moment of one view."""

    def read(self) -> Frame | None:
        """The next frame; None at the end. A live source blocks for about a second at most.

        Raises CameraLost when the device has gone: a later read() tries to open the same device again.
        Raises SourceError when this frame cannot be read; a later read() goes on with the next one, if any.
        """

    def close(self) -> None:
        """Let go of the device or file. May be called twice, from any thread once read() has returned."""


class Lock(Enum):
    """What a camera does by itself and can be told to keep as it is."""

    EXPOSURE = "exposure"
    FOCUS = "focus"


@runtime_checkable
class Locks(Protocol):
    """Asks a camera that may be giving pictures meanwhile; from any thread. Takes a moment."""

    def found(self) -> dict[Lock, bool]:
        """What the driver can really lock, and whether it is locked. Raises SourceError."""

    def set(self, lock: Lock, locked: bool) -> None:
        """Keep the value of this moment, or leave it to the camera again.

        Raises SourceError when the driver refuses, or says yes and does not do it.
        """


@dataclass(frozen=True, slots=True)
class Mode:
    """A size that a camera gives pictures in."""

    width: int
    """px"""
    height: int
    fps: float
    """Frames a second at most; 0 when the driver does not tell."""


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be opened now."""

    device: str
    """What `open_source` takes, such as /dev/video0."""
    name: str
    """As the driver calls it; the device when it has no name."""
    modes: tuple[Mode, ...] = field(default=(), compare=False)
    """The largest first; empty when the driver does not tell."""
