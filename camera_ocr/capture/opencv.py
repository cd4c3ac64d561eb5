"""Cameras, network streams and video files, by OpenCV."""

import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from camera_ocr.capture.devices import SYS_ROOT, lasting_name
from camera_ocr.capture.live import LiveSource
from camera_ocr.capture.v4l2 import DeviceLocks
from camera_ocr.errors import SourceError
from camera_ocr.quiet import no_warnings
from camera_ocr.types import Frame

# FFmpeg writes straight to stderr; what matters reaches the user as our own sentence. OpenCV reads these when
# it opens its first video, so they are set on import; what the user has set stays.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")  # seconds; 10 otherwise

_OPEN_MS, _READ_MS = 8000, 3000


def open_camera(device: Path, size: tuple[int, int], fps: float) -> LiveSource:
    """A V4L2 camera, asked for `size` = (width, height) and `fps`; the driver takes the nearest it has.

    Raises SourceError when it is not there, may not be used, or is busy.
    """
    lasting = lasting_name(device)
    name = _camera_name(device)
    return LiveSource(
        name,
        lambda: _open_v4l2(lasting, name, size, fps),
        is_present=lasting.exists,
        locks=DeviceLocks(lasting),
    )


def open_stream(address: str) -> LiveSource:
    """A network camera by its rtsp:// or http:// address. Raises SourceError when nothing answers there."""
    name = without_password(address)

    def open_capture() -> Any:
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
        capture = _open(address, cv2.CAP_FFMPEG, limits)
        if capture is None:
            raise SourceError(f"{name} gives no video; check the address, and that the camera is on.")
        return capture

    return LiveSource(name, open_capture)


def without_password(address: str) -> str:
    """A URL as it may be shown and logged."""
    # not by urllib, which refuses some addresses a user may type
    return re.sub(r"(?<=://)[^/?#]*@", "", address, count=1)


class VideoSource:
    """A video file, every frame of it. A file that breaks off ends there.

    With `realtime` frames come no faster than they were filmed; a slow taker still gets them all. A frame's
    time is that within the film, counted from the first read, so that a run can be repeated.
    Raises SourceError when the file is missing, is no video, or has not one frame that can be decoded.
    """

    live = False
    stills = False

    def __init__(
        self, path: Path, *, realtime: bool = False, clock: Callable[[], int] = time.monotonic_ns
    ) -> None:
        self.name = str(path)
        self._realtime = realtime
        self._clock = clock
        self._closed = threading.Event()
        _check_file(path)
        capture = _open(str(path), cv2.CAP_FFMPEG, [])
        if capture is None:
            raise SourceError(f"{path} is damaged or not a video that can be played; save it as MP4 (H.264).")
        self._capture: Any = capture
        fps = float(capture.get(cv2.CAP_PROP_FPS))
        self.fps = fps if 1 <= fps <= 240 else 30.0
        """Frames a second at which it is to be played."""
        self.frames = max(0, int(capture.get(cv2.CAP_PROP_FRAME_COUNT)))
        """As the file says; 0 when it does not."""
        self._first = self._index = 0
        self._start_ns: int | None = None
        """When the first frame was read."""

    def begin_at(self, frame: int) -> None:
        """Let the first read() give that frame, counted from 0; to be called before it."""
        if self.frames:
            frame = min(frame, self.frames - 1)
        if frame > 0:
            self._first = self._index = frame
            self._capture.set(cv2.CAP_PROP_POS_FRAMES, frame)

    def read(self) -> Frame | None:
        """The next frame; None at the end."""
        ok, image = self._capture.read() if not self._closed.is_set() else (False, None)
        if not ok or image is None:
            if self._start_ns is None and not self._first and not self._closed.is_set():
                raise SourceError(
                    f"{self.name} has no frame that can be decoded; it is damaged or cut short."
                )
            return None
        if self._start_ns is None:
            self._start_ns = self._clock()
        due = self._start_ns + round((self._index - self._first) * 1e9 / self.fps)
        if self._realtime:
            self._closed.wait(max(0.0, (due - self._clock()) / 1e9))
        self._index += 1
        return Frame(np.ascontiguousarray(image), self._index - 1, due, self.name)

    def close(self) -> None:
        self._closed.set()
        self._capture.release()


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise SourceError(f"{path} is a folder, not a video.")
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except FileNotFoundError:
        raise SourceError(f"{path} does not exist; check the name.") from None
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}).") from None
    if empty:
        raise SourceError(f"{path} is empty (0 bytes); copy it again from where it came from.")


def _camera_name(device: Path) -> str:
    try:
        name = (
            (SYS_ROOT / device.resolve().name / "name").read_text(encoding="utf-8", errors="replace").strip()
        )
    except OSError:
        name = ""
    return name or str(device)


def _open_v4l2(device: Path, name: str, size: tuple[int, int], fps: float) -> Any:
    if not device.exists():
        raise SourceError(f"There is no camera at {device}; plug it in, or choose another source.")
    if not os.access(device, os.R_OK | os.W_OK):
        raise SourceError(
            f"{name} ({device}) may not be used by you; run `sudo usermod -aG video $USER` and log in again."
        )
    capture = _open(str(device), cv2.CAP_V4L2, [])
    if capture is None:
        raise SourceError(f"{name} ({device}) cannot be opened; close the program that is using it.")
    # uncompressed video of this size is often held to about 10 frames a second by USB, so MJPG comes first
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, size[0])
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, size[1])
    capture.set(cv2.CAP_PROP_FPS, fps)
    return capture


def _open(what: str, backend: int, settings: list[int]) -> Any | None:
    with no_warnings():
        capture = cv2.VideoCapture(what, backend, settings)
        if capture.isOpened():
            return capture
        capture.release()
    return None
