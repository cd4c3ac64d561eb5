"""What is looked at: the source that was chosen, and what the engine and the list of cameras tell of it."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

from camera_ocr import engine as core
from camera_ocr.capture.base import FrameSource
from camera_ocr.errors import SourceError
from camera_ocr.framing import PLAIN, Framing
from camera_ocr.gui.album import Album
from camera_ocr.gui.camera_list import CameraList
from camera_ocr.gui.choice import DEMO, FIRST_CAMERA, Choice, choice_for
from camera_ocr.gui.engine_view import SourceFactory
from camera_ocr.gui.opener import Film, Opener
from camera_ocr.types import U8


class Watched:
    """Knows one source at a time. It opens nothing itself: `source` is what the engine is to open."""

    def __init__(self, open_source: Callable[[str], FrameSource], cameras: CameraList) -> None:
        self.opener = Opener(open_source)
        self.cameras = cameras
        self.choice = Choice("", "")
        self.state = core.EngineState()
        """What the engine last said of it."""
        self._album = Album()

    # choosing; each returns what opens the choice, in whatever thread

    def choose(self, spec: str) -> SourceFactory:
        """Of a folder the first picture."""
        self.choice = self._called(spec)
        self._album = Album.of(self.choice)
        return self.choose_page(self.pages[0]) if self.pages else self.beginning_at(0)

    def choose_first(self, last: str) -> SourceFactory:
        """The `last` that was watched, if it works, or the first camera."""
        self.choice, self._album = Choice("", ""), Album()

        def open_camera() -> FrameSource:
            with contextlib.suppress(SourceError):
                if last:
                    return self.opener.open(last)
            return self.opener.open(FIRST_CAMERA)

        return open_camera

    def choose_pages(self, pictures: Sequence[Path]) -> SourceFactory:
        """Several picture files, to be turned like the pages of a folder; the first of them."""
        self._album = Album(pictures)
        return self.choose_page(self.pages[0])

    def choose_page(self, page: Path) -> SourceFactory:
        """One of `pages`."""
        self.choice = choice_for(str(page))
        return self.beginning_at(0)

    def choose_picture(self, image: U8) -> SourceFactory:
        """A picture (H, W, 3) BGR that is no file."""
        self.choice, self._album = choice_for(self.opener.paste(image)), Album()
        return self.beginning_at(0)

    def beginning_at(self, frame: int) -> SourceFactory:
        """What is chosen now, of a video from this frame on."""
        spec = self.choice.spec
        return lambda: self.opener.open(spec, frame)

    def demo(self) -> FrameSource:
        """Opens what plays where no camera works."""
        return self.opener.open(DEMO)

    def call_again(self) -> None:
        """The language is another."""
        if self.choice.spec:
            self.choice = self._called(self.choice.spec)

    def _called(self, spec: str) -> Choice:
        return choice_for(spec, self.cameras.known)

    # what is known of it

    @property
    def pages(self) -> tuple[Path, ...]:
        """The pictures of a folder, one of which is open."""
        return self._album.pages

    @property
    def page_number(self) -> int:
        """Counts from 1; 0 when no folder is open."""
        return self._album.number(self.choice.spec)

    def page_beside(self, step: int) -> Path | None:
        """The next (1) or previous (-1) picture of the folder, if there is one; 0 is this one."""
        return self._album.beside(self.choice.spec, step)

    @property
    def film(self) -> Film | None:
        """The video that is open, with a beginning and an end."""
        return self.opener.film if self.choice.is_video else None

    @property
    def framing(self) -> Framing:
        """How its picture is turned, and which parts of it are read."""
        return self.opener.framings.get(self.state.source, PLAIN)

    @property
    def device(self) -> str:
        """The V4L2 device of the camera that runs, such as /dev/video0; empty when it is none."""
        spec = self.choice.spec
        if spec.isdecimal():
            return f"/dev/video{int(spec)}"
        if spec in ("", FIRST_CAMERA):
            spec = self.cameras.device_named(self.state.source)
        return spec if spec.startswith("/dev/") else ""

    @property
    def fallback(self) -> bool:
        """The demo plays because no camera works, not because it was asked for."""
        return self.state.fallback

    @property
    def shown(self) -> Choice:
        """What is looked at, by the name and the device that are known by now."""
        if self.fallback:
            return choice_for(DEMO)
        return Choice(self.device or self.choice.spec, self.choice.title or self.state.source)
