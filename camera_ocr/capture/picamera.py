"""The Raspberry Pi's CSI camera, by Picamera2: OpenCV cannot open it."""

from concurrent.futures import TimeoutError as NotInTime
from typing import Any

from camera_ocr.capture.base import Lock
from camera_ocr.capture.live import PATIENCE_S, LiveSource
from camera_ocr.errors import SourceError
from camera_ocr.types import U8


def open_picamera(size: tuple[int, int], fps: float) -> LiveSource:
    """The first CSI camera, with continuous autofocus where it has one.

    Raises SourceError when Picamera2 is not installed, or there is no camera, or it is in use.
    """
    return LiveSource("Raspberry Pi camera", lambda: PicameraCapture(size, fps))


class PicameraCapture:
    """Picamera2 behind the interface of a cv2.VideoCapture."""

    def __init__(self, size: tuple[int, int], fps: float) -> None:
        self._array: U8 | None = None
        self._locked: set[Lock] = set()
        self._camera: Any = _open(size, fps)

    def grab(self) -> bool:
        """Waits PATIENCE_S for a frame at most: Picamera2's own wait would be for ever."""
        try:
            self._array = self._camera.capture_array("main", wait=False).get_result(timeout=PATIENCE_S)
        except (NotInTime, RuntimeError):
            self._array = None
        return self._array is not None

    def retrieve(self) -> tuple[bool, U8 | None]:
        array, self._array = self._array, None
        return array is not None, array

    def found(self) -> dict[Lock, bool]:
        """As base.Locks."""
        known = self._camera.camera_controls
        controls = {Lock.EXPOSURE: "AeEnable", Lock.FOCUS: "AfMode"}
        return {lock: lock in self._locked for lock, name in controls.items() if name in known}

    def set(self, lock: Lock, locked: bool) -> None:
        """As base.Locks."""
        try:
            if lock is Lock.EXPOSURE:
                self._camera.set_controls({"AeEnable": not locked})
            else:
                from libcamera import controls

                modes = controls.AfModeEnum
                self._camera.set_controls({"AfMode": modes.Manual if locked else modes.Continuous})
        except RuntimeError as error:
            raise SourceError(f"The camera refuses to change its {lock.value} ({error}).") from None
        (self._locked.add if locked else self._locked.discard)(lock)

    def release(self) -> None:
        self._camera.close()


def _open(size: tuple[int, int], fps: float) -> Any:
    try:
        from picamera2 import Picamera2
    except ImportError:
        raise SourceError(
            "Picamera2 is not installed; run `sudo apt install python3-picamera2` and make the venv with"
            " --system-site-packages."
        ) from None
    if not Picamera2.global_camera_info():
        raise SourceError("There is no Raspberry Pi camera; check its cable, and try `rpicam-hello`.")
    try:
        camera = Picamera2()
        # what Picamera2 calls RGB888 lies in memory as OpenCV wants it: blue, green, red
        main = {"format": "RGB888", "size": size}
        controls: dict[str, Any] = {"FrameRate": fps}
        if "AfMode" in camera.camera_controls:
            from libcamera import controls as libcamera_controls

            # it is off by default, and a page held up to the camera is not at infinity
            controls["AfMode"] = libcamera_controls.AfModeEnum.Continuous
        camera.configure(camera.create_video_configuration(main=main, controls=controls))
        camera.start()
    except (RuntimeError, IndexError) as error:
        raise SourceError(
            f"The Raspberry Pi camera cannot be opened ({error}); close the program that uses it."
        ) from None
    return camera
