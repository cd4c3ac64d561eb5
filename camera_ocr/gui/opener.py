"""Opens what a person chose, turned and cut as that person wants it; called in the thread that captures."""

from collections.abc import Callable
from dataclasses import dataclass

from camera_ocr.capture.base import FrameSource
from camera_ocr.capture.files import PictureSource
from camera_ocr.capture.framed import FramedSource
from camera_ocr.capture.live import LiveSource
from camera_ocr.capture.opencv import VideoSource
from camera_ocr.framing import PLAIN, Framing
from camera_ocr.gui.choice import PASTED
from camera_ocr.types import U8


@dataclass(frozen=True, slots=True)
class Film:
    """A video file."""

    frames: int
    """0 when the file does not say."""
    fps: float
    """Frames a second."""


class Opener:
    """Knows of each source how it is looked at, and what was pasted last."""

    def __init__(self, open_source: Callable[[str], FrameSource]) -> None:
        self._open_source = open_source
        self.framings: dict[str, Framing] = {}
        """By the source's name; read for every frame, so entries are replaced only."""
        self.film: Film | None = None
        """Of the source that was opened last, when that is a video."""
        self.live: LiveSource | None = None
        """The source that was opened last, when that is a camera or stream."""
        self._pasted: tuple[str, U8 | None] = "", None
        self._pasted_count = 0

    def paste(self, image: U8) -> str:
        """The spec of a picture (H, W, 3) BGR that is no file; only the last one is kept, they are large."""
        self._pasted_count += 1
        spec = f"{PASTED}{self._pasted_count}"
        self._pasted = spec, image
        return spec

    def open(self, spec: str, first: int = 0) -> FrameSource:
        """`first`: of a video, the frame to begin with. Raises CameraOcrError."""
        pasted, image = self._pasted
        source: FrameSource
        if spec == pasted and image is not None:
            source = PictureSource(image, spec)
        else:
            source = self._open_source(spec)
        self.film = None
        self.live = source if isinstance(source, LiveSource) else None
        if isinstance(source, VideoSource):
            source.begin_at(first)
            self.film = Film(source.frames, source.fps)
        return FramedSource(source, lambda: self.framings.get(source.name, PLAIN))
