"""What a driver says, byte by byte as the kernel lays it out; the driver here is made up."""

import errno
import struct

import pytest

from camera_ocr.capture import v4l2
from camera_ocr.capture.base import Lock, Mode
from camera_ocr.errors import SourceError

MJPG, YUYV = (int.from_bytes(name.encode(), "little") for name in ("MJPG", "YUYV"))
AUTO_EXPOSURE, EXPOSURE, AUTO_FOCUS, FOCUS = 0x009A0901, 0x009A0902, 0x009A090C, 0x009A090A
FORMATS = {
    MJPG: {(640, 480): [(1, 30)], (1920, 1080): [(1, 30), (1, 15)]},
    YUYV: {(640, 480): [(1, 30), (1, 60)], (1920, 1080): [(1, 5)]},
}


class Driver:
    """Answers ioctls as a UVC camera's does."""

    def __init__(self) -> None:
        self.controls = {AUTO_EXPOSURE: 3, EXPOSURE: 157, AUTO_FOCUS: 1, FOCUS: 30}
        self.defaults = dict(self.controls)
        self.flags = dict.fromkeys(self.controls, 0)
        self.menu = {1, 3}
        self.stubborn = False
        """Says yes and does nothing."""
        self.stepwise = False

    def __call__(self, request: int, argument: bytes) -> bytes:
        # the kernel checks that the size in the request is the argument's
        assert request >> 16 & 0x3FFF == len(argument)
        assert request >> 8 & 0xFF == ord("V")
        answer = {2: self.format, 74: self.size, 75: self.interval, 36: self.query, 37: self.item}
        return (answer | {27: self.get, 28: self.put})[request & 0xFF](argument)

    def format(self, argument: bytes) -> bytes:
        index, kind = struct.unpack_from("<II", argument)
        assert kind == 1
        return argument[:44] + struct.pack("<I", pick(list(FORMATS), index)) + argument[48:]

    def size(self, argument: bytes) -> bytes:
        index, pixels = struct.unpack_from("<II", argument)
        if self.stepwise:
            pick([0], index)
            return argument[:8] + struct.pack("<7I", 3, 32, 2592, 2, 32, 1944, 2) + bytes(8)
        return argument[:8] + struct.pack("<3I", 1, *pick(list(FORMATS[pixels]), index)) + argument[20:]

    def interval(self, argument: bytes) -> bytes:
        index, pixels, width, height = struct.unpack_from("<4I", argument)
        if self.stepwise:
            pick([0], index)
            return argument[:16] + struct.pack("<7I", 3, 1, 90, 1, 1, 1, 90) + bytes(8)
        return (
            argument[:16]
            + struct.pack("<3I", 1, *pick(FORMATS[pixels][width, height], index))
            + argument[28:]
        )

    def known(self, control: int) -> int:
        if control not in self.controls:
            raise OSError(errno.EINVAL, "Invalid argument")
        return control

    def query(self, argument: bytes) -> bytes:
        control = self.known(struct.unpack_from("<I", argument)[0])
        default, flags = self.defaults[control], self.flags[control]
        return argument[:40] + struct.pack("<4iI", 0, 5000, 1, default, flags) + bytes(8)

    def item(self, argument: bytes) -> bytes:
        _, index = struct.unpack_from("<II", argument)
        if index not in self.menu:
            raise OSError(errno.EINVAL, "Invalid argument")
        return argument

    def get(self, argument: bytes) -> bytes:
        control = self.known(struct.unpack_from("<I", argument)[0])
        return struct.pack("<Ii", control, self.controls[control])

    def put(self, argument: bytes) -> bytes:
        control, value = struct.unpack("<Ii", argument)
        if control == EXPOSURE and self.controls[AUTO_EXPOSURE] != 1 and not self.stubborn:
            raise OSError(errno.EACCES, "Permission denied")
        if not self.stubborn:
            self.controls[self.known(control)] = value
        return argument


def pick(values: list, index: int):
    if index >= len(values):
        raise OSError(errno.EINVAL, "Invalid argument")
    return values[index]


@pytest.fixture
def driver() -> Driver:
    return Driver()


def test_sizes_come_with_their_best_rate_the_largest_first(driver):
    assert v4l2.modes(driver) == (Mode(1920, 1080, 30.0), Mode(640, 480, 60.0))


def test_of_a_camera_that_gives_any_size_the_largest_is_named(driver):
    driver.stepwise = True
    assert v4l2.modes(driver) == (Mode(2592, 1944, 90.0),)


def test_camera_with_both_controls_can_lock_both(driver):
    assert v4l2.locks(driver) == (Lock.EXPOSURE, Lock.FOCUS)
    assert not v4l2.is_locked(driver, Lock.EXPOSURE)


@pytest.mark.parametrize(("control", "flag"), [(AUTO_FOCUS, 0x1), (FOCUS, 0x4)])
def test_controls_that_cannot_be_used_are_not_offered(driver, control, flag):
    driver.flags[control] = flag
    assert v4l2.locks(driver) == (Lock.EXPOSURE,)


def test_camera_without_focus_or_manual_exposure_offers_neither(driver):
    del driver.controls[AUTO_FOCUS]
    driver.menu = {0, 3}
    assert v4l2.locks(driver) == ()


def test_exposure_is_kept_as_it_is_and_given_back(driver):
    v4l2.set_lock(driver, Lock.EXPOSURE, True)
    assert (driver.controls[AUTO_EXPOSURE], driver.controls[EXPOSURE]) == (1, 157)
    assert v4l2.is_locked(driver, Lock.EXPOSURE)
    v4l2.set_lock(driver, Lock.EXPOSURE, False)
    assert driver.controls[AUTO_EXPOSURE] == 3


def test_focus_is_kept_as_it_is_and_given_back(driver):
    v4l2.set_lock(driver, Lock.FOCUS, True)
    assert (driver.controls[AUTO_FOCUS], driver.controls[FOCUS]) == (0, 30)
    v4l2.set_lock(driver, Lock.FOCUS, False)
    assert driver.controls[AUTO_FOCUS] == 1


def test_driver_that_says_yes_and_does_nothing_is_found_out(driver):
    driver.stubborn = True
    with pytest.raises(SourceError, match="does not change its exposure"):
        v4l2.set_lock(driver, Lock.EXPOSURE, True)


def test_driver_that_refuses_is_told(driver):
    del driver.controls[FOCUS]
    with pytest.raises(SourceError, match=r"refuses to change its focus \(Invalid argument\)"):
        v4l2.set_lock(driver, Lock.FOCUS, True)


def test_device_that_is_not_there_does_not_answer(tmp_path):
    locks = v4l2.DeviceLocks(tmp_path / "video7")
    with pytest.raises(SourceError, match="does not answer"):
        locks.found()
    with pytest.raises(SourceError, match="does not answer"):
        locks.set(Lock.FOCUS, True)
