"""A source whose pictures are turned on their way, and told which parts of them to read."""

from collections.abc import Callable

from camera_ocr.capture.base import FrameSource
from camera_ocr.framing import Framing
from camera_ocr.preprocess.parts import reframe
from camera_ocr.types import Frame


class FramedSource:
    """Asks `framing` for every frame, so that it may change while the source runs."""

    def __init__(self, source: FrameSource, framing: Callable[[], Framing]) -> None:
        self._source = source
        self._framing = framing

    @property
    def name(self) -> str:
        return self._source.name

    @property
    def live(self) -> bool:
        return self._source.live

    @property
    def stills(self) -> bool:
        return self._source.stills

    def read(self) -> Frame | None:
        frame = self._source.read()
        return None if frame is None else reframe(frame, self._framing())

    def close(self) -> None:
        self._source.close()
