"""A live source that notices when its device has gone, and brings it back."""

import threading
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from camera_ocr.capture.base import Locks
from camera_ocr.errors import CameraLost, SourceError
from camera_ocr.types import U8, Frame

PATIENCE_S = 2.0
"""Without a frame for so long, the device counts as gone."""
FROZEN_S = 3.0
"""With the same frame for so long, the driver is thought to repeat the last one of a device that has gone."""


class Capture(Protocol):
    """The part of cv2.VideoCapture that is used, or something that behaves like it."""

    def grab(self) -> bool:
        """Waits for the next frame; False when none came."""

    def retrieve(self) -> tuple[bool, U8 | None]:
        """The grabbed frame, (H, W, 3) BGR."""

    def release(self) -> None: ...


class LiveSource:
    """Frames of a camera or stream, the newest each time.

    `open_capture` opens the device and raises SourceError; it is called at once, and again by the read() that
    follows a CameraLost. `is_present` tells quickly whether the device is there at all.
    """

    live = True
    stills = False

    def __init__(
        self,
        name: str,
        open_capture: Callable[[], Capture],
        *,
        is_present: Callable[[], bool] = lambda: True,
        locks: Locks | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        self.name = name
        self._locks = locks
        self._open_capture = open_capture
        self._is_present = is_present
        self._clock = clock
        self._closed = threading.Event()
        self._pause = pause or self._closed.wait
        self._index = 0
        self._last: U8 | None = None
        self._changed_ns = clock()
        # a picture may really stand still: a virtual camera, or a lens cap on. Then reopening does not help.
        self._may_stand = False
        self._capture: Capture | None = open_capture()

    def read(self) -> Frame | None:
        """The next frame, waited for up to PATIENCE_S; None once closed.

        Raises CameraLost; the next call tries to open the device again.
        """
        capture = self._capture or self._reopen()
        begin = self._clock()
        while not self._closed.is_set():
            grabbed = capture.grab()
            now = self._clock()
            if grabbed:
                ok, image = capture.retrieve()
                if ok and image is not None and image.size:
                    self._watch_for_standing(image, now)
                    self._index += 1
                    return Frame(np.ascontiguousarray(image), self._index - 1, now, self.name)
            if not self._is_present():
                self._lose("was unplugged")
            if now - begin > PATIENCE_S * 1e9:
                self._lose(f"gave no new frame for {(now - begin) / 1e9:.1f} s")
            if not grabbed:
                # some drivers fail at once, over and over
                self._pause(0.02)
        return None

    @property
    def locks(self) -> Locks | None:
        """Exposure and focus, where that is the driver's business or the capture's own; None for streams."""
        return self._locks or (self._capture if isinstance(self._capture, Locks) else None)

    def close(self) -> None:
        self._closed.set()
        self._release()

    def _reopen(self) -> Capture:
        try:
            if not self._is_present():
                raise SourceError("it is not there")
            self._capture = self._open_capture()
        except SourceError:
            raise CameraLost(
                f"{self.name} is gone; plug it in again, it will be picked up by itself."
            ) from None
        self._changed_ns = self._clock()
        return self._capture

    def _watch_for_standing(self, image: U8, now: int) -> None:
        if self._last is None or not _same(image, self._last):
            if self._last is not None:
                self._may_stand = False
            self._changed_ns = now
        elif now - self._changed_ns > FROZEN_S * 1e9 and not self._may_stand:
            self._may_stand = True
            self._lose(f"gave the same frame for {(now - self._changed_ns) / 1e9:.1f} s")
        self._last = image

    def _lose(self, what: str) -> None:
        self._release()
        raise CameraLost(f"{self.name} {what}; it is tried again until it is back.")

    def _release(self) -> None:
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()


def _same(a: U8, b: U8) -> bool:
    if a.shape != b.shape or not np.array_equal(a[::16, ::16], b[::16, ::16]):
        return False
    return bool(np.array_equal(a, b))
