"""A source that a person chose, and what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from camera_ocr.capture.base import CameraInfo, Mode
from camera_ocr.capture.files import IMAGE_SUFFIXES
from camera_ocr.gui.i18n import tr

DEMO = "demo"
FIRST_CAMERA = "camera"
PASTED = "pasted:"
"""How the spec of a picture from the clipboard begins; a number follows."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A source that was chosen."""

    spec: str
    """As open_source takes it."""
    title: str
    """For people."""

    @property
    def is_camera(self) -> bool:
        """One that may be plugged in yet; `spec` is empty when the first one was asked for."""
        return self.spec in ("", FIRST_CAMERA) or self.spec.isdecimal() or self.spec.startswith("/dev/")

    @property
    def is_watched(self) -> bool:
        """A camera or stream, chosen by name."""
        return self.spec != "" and (self.is_camera or self.spec == "picamera" or "://" in self.spec)

    @property
    def is_camera_or_stream(self) -> bool:
        """What looks the same way the next time."""
        return self.is_camera or self.is_watched

    @property
    def is_folder(self) -> bool:
        return "://" not in self.spec and Path(self.spec).is_dir() and self.spec != ""

    @property
    def is_picture(self) -> bool:
        """An image file, or a pasted picture: read once, then it stands."""
        return self.spec.startswith(PASTED) or (
            "://" not in self.spec and Path(self.spec).suffix.lower() in IMAGE_SUFFIXES
        )

    @property
    def is_video(self) -> bool:
        """A file that plays and ends."""
        return "://" not in self.spec and Path(self.spec).is_file() and not self.is_picture


def choice_for(spec: str, cameras: Sequence[CameraInfo] = ()) -> Choice:
    """`spec` with the name a person would call it by."""
    if spec == DEMO:
        return Choice(spec, tr("Demonstration"))
    if spec.startswith(PASTED):
        return Choice(spec, tr("Pasted picture"))
    for number, camera in enumerate(cameras):
        if spec in (camera.device, str(number)):
            return Choice(spec, camera.name)
    if spec.isdigit():
        return Choice(spec, tr("Camera {number}", number=spec))
    if "://" in spec:
        # an address may hold a password
        return Choice(spec, spec.split("://", 1)[0] + "://" + spec.split("://", 1)[1].rsplit("@", 1)[-1])
    return Choice(spec, tr("Raspberry Pi camera") if spec == "picamera" else Path(spec).name or spec)


def mode_text(mode: Mode) -> str:
    """For people."""
    size = f"{mode.width} × {mode.height}"
    return tr("{size}, {fps} fps", size=size, fps=f"{mode.fps:.0f}") if mode.fps else size
