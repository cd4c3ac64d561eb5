"""The Pi's camera, by a stand-in for the picamera2 module."""

import sys
from concurrent.futures import TimeoutError as NotInTime
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import numpy as np
import pytest

from camera_ocr.capture import open_source
from camera_ocr.capture.base import Lock
from camera_ocr.capture.live import LiveSource
from camera_ocr.errors import CameraLost, SourceError


class FakePicamera2:
    infos: ClassVar[list[dict[str, str]]] = [{"Model": "imx708"}]
    instances: ClassVar[list["FakePicamera2"]] = []
    camera_controls: ClassVar[dict[str, Any]] = {"AfMode": (0, 2, 0), "FrameRate": (1, 60, 30)}

    def __init__(self) -> None:
        self.hangs = False
        self.closed = 0
        self.config: dict[str, Any] = {}
        self.instances.append(self)

    @classmethod
    def global_camera_info(cls) -> list[dict[str, str]]:
        return cls.infos

    def create_video_configuration(self, **config: Any) -> dict[str, Any]:
        return config

    def configure(self, config: dict[str, Any]) -> None:
        self.config = config

    def start(self) -> None:
        pass

    def set_controls(self, controls: dict[str, Any]) -> None:
        if self.closed:
            raise RuntimeError("closed")
        self.config["controls"] |= controls

    def close(self) -> None:
        self.closed += 1

    def capture_array(self, name: str, wait: bool) -> Any:
        assert (name, wait) == ("main", False)

        def get_result(timeout: float) -> np.ndarray:
            if self.hangs:
                raise NotInTime
            return np.full((72, 128, 3), len(self.instances), np.uint8)

        return SimpleNamespace(get_result=get_result)


@pytest.fixture
def picamera2(monkeypatch: pytest.MonkeyPatch) -> type[FakePicamera2]:
    module = ModuleType("picamera2")
    module.Picamera2 = FakePicamera2  # type: ignore[attr-defined]
    libcamera = ModuleType("libcamera")
    libcamera.controls = SimpleNamespace(AfModeEnum=SimpleNamespace(Manual=0, Continuous=2))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "picamera2", module)
    monkeypatch.setitem(sys.modules, "libcamera", libcamera)
    monkeypatch.setattr(FakePicamera2, "instances", [])
    return FakePicamera2


def test_frames_come_as_bgr_at_the_size_asked_for_with_autofocus(picamera2: type[FakePicamera2]) -> None:
    source = open_source("picamera", size=(128, 72), fps=25)
    frame = source.read()
    assert frame is not None
    assert frame.image.shape == (72, 128, 3)
    (camera,) = picamera2.instances
    assert camera.config["main"] == {"format": "RGB888", "size": (128, 72)}
    assert camera.config["controls"] == {"FrameRate": 25, "AfMode": 2}
    source.close()
    assert camera.closed == 1


def test_camera_that_hangs_is_lost_and_opened_anew(picamera2: type[FakePicamera2]) -> None:
    ticks = iter(range(0, 1000 * 10**9, 10**9))  # a second at every look
    from camera_ocr.capture.picamera import PicameraCapture

    source = LiveSource(
        "Pi", lambda: PicameraCapture((128, 72), 30), clock=lambda: next(ticks), pause=lambda _: None
    )
    assert source.read() is not None
    picamera2.instances[0].hangs = True
    with pytest.raises(CameraLost):
        source.read()
    assert picamera2.instances[0].closed == 1
    assert source.read() is not None
    assert len(picamera2.instances) == 2


def test_no_camera_and_no_picamera2_say_what_to_do(
    picamera2: type[FakePicamera2], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picamera2, "infos", [])
    with pytest.raises(SourceError, match="check its cable"):
        open_source("picamera")
    monkeypatch.setitem(sys.modules, "picamera2", None)
    with pytest.raises(SourceError, match="apt install python3-picamera2"):
        open_source("picamera")


def test_focus_and_exposure_are_locked_where_the_camera_has_them(
    picamera2: type[FakePicamera2], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = open_source("picamera")
    assert isinstance(source, LiveSource)
    locks = source.locks
    assert locks is not None
    assert locks.found() == {Lock.FOCUS: False}
    monkeypatch.setattr(picamera2, "camera_controls", {"AeEnable": (False, True, True), "AfMode": (0, 2, 0)})
    assert locks.found() == {Lock.EXPOSURE: False, Lock.FOCUS: False}
    controls = picamera2.instances[0].config["controls"]
    for lock, name, held, free in ((Lock.EXPOSURE, "AeEnable", False, True), (Lock.FOCUS, "AfMode", 0, 2)):
        locks.set(lock, True)
        assert controls[name] == held
        assert locks.found()[lock]
        locks.set(lock, False)
        assert controls[name] == free
        assert not locks.found()[lock]
    source.close()
    with pytest.raises(SourceError, match="refuses to change its focus"):
        locks.set(Lock.FOCUS, True)
