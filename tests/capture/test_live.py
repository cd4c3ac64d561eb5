"""Cameras that stall, vanish and come back, with a capture that follows a script and a clock that is told."""

import numpy as np
import pytest

from camera_ocr.capture.live import FROZEN_S, PATIENCE_S, LiveSource
from camera_ocr.errors import CameraLost, SourceError
from camera_ocr.types import U8


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> int:
        return round(self.now * 1e9)

    def pass_s(self, seconds: float) -> None:
        self.now += seconds


class Camera:
    """A device that can be plugged and unplugged, and what its driver gives meanwhile."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.plugged = True
        self.stalled = False
        self.repeats = False
        self.opened = 0
        self.released = 0
        self._count = 0

    def open(self) -> "Camera":
        if not self.plugged:
            raise SourceError("There is no camera.")
        self.opened += 1
        return self

    def is_present(self) -> bool:
        return self.plugged

    def source(self) -> LiveSource:
        return LiveSource(
            "Webcam", self.open, is_present=self.is_present, clock=self.clock, pause=self.clock.pass_s
        )

    def grab(self) -> bool:
        self.clock.pass_s(0.03)
        return not self.stalled

    def retrieve(self) -> tuple[bool, U8 | None]:
        self._count += not self.repeats
        return True, np.full((32, 48, 3), self._count, np.uint8)

    def release(self) -> None:
        self.released += 1


def read_many(source: LiveSource) -> None:
    for _ in range(1000):
        source.read()


def test_frames_count_up_and_carry_the_time_of_their_grab() -> None:
    camera = Camera()
    source = camera.source()
    first, second = source.read(), source.read()
    assert first is not None
    assert second is not None
    assert (first.index, second.index) == (0, 1)
    assert (first.t_ns, second.t_ns) == (30_000_000, 60_000_000)
    assert first.source == "Webcam"


def test_unplugged_camera_is_lost_at_once_and_read_again_when_back() -> None:
    camera = Camera()
    source = camera.source()
    assert source.read() is not None
    camera.plugged = False
    camera.stalled = True
    before = camera.clock.now
    with pytest.raises(CameraLost, match="Webcam was unplugged"):
        source.read()
    assert camera.clock.now - before < 0.1
    assert camera.released == 1
    for _ in range(3):
        with pytest.raises(CameraLost, match="plug it in again"):
            source.read()
    camera.plugged = True
    camera.stalled = False
    frame = source.read()
    assert frame is not None
    assert frame.index == 1
    assert camera.opened == 2


def test_camera_without_new_frames_is_lost_after_a_while() -> None:
    camera = Camera()
    source = camera.source()
    camera.stalled = True
    with pytest.raises(CameraLost, match=r"no new frame for 2\.\d s"):
        source.read()
    assert PATIENCE_S < camera.clock.now < PATIENCE_S + 0.2


def test_driver_that_repeats_the_last_frame_for_ever_is_noticed() -> None:
    camera = Camera()
    source = camera.source()
    source.read()
    camera.repeats = True
    with pytest.raises(CameraLost, match=r"same frame for 3\.\d s"):
        read_many(source)
    assert FROZEN_S < camera.clock.now < FROZEN_S + 0.2
    assert camera.released == 1


def test_picture_that_really_stands_still_is_shown_after_one_attempt() -> None:
    camera = Camera()
    camera.repeats = True
    source = camera.source()
    lost = 0
    for _ in range(1000):
        try:
            source.read()
        except CameraLost:
            lost += 1
    assert lost == 1
    assert camera.opened == 2
    # once it moved, standing still is suspicious again
    camera.repeats = False
    source.read()
    source.read()
    camera.repeats = True
    with pytest.raises(CameraLost):
        read_many(source)


def test_closing_releases_once_and_ends_the_source() -> None:
    camera = Camera()
    source = camera.source()
    source.close()
    source.close()
    assert camera.released == 1
    assert source.read() is None or camera.opened == 1
