"""Questions to a Video4Linux device: what pictures it gives, and its exposure and focus.

Numbers and layouts are those of linux/videodev2.h and linux/v4l2-controls.h. The device may be open
elsewhere, and may be giving pictures, meanwhile.
"""

import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from camera_ocr.capture.base import Lock, Mode
from camera_ocr.errors import SourceError

Call = Callable[[int, bytes], bytes]
"""An ioctl on an open device: the request and its argument -> the argument as the driver left it. Raises
OSError."""

_ENUM_FMT, _FMT = 0xC0405602, struct.Struct("<III32sII12x")
_ENUM_SIZES, _SIZE = 0xC02C564A, struct.Struct("<III6I8x")
_ENUM_INTERVALS, _INTERVAL = 0xC034564B, struct.Struct("<IIIII6I8x")
_QUERY_CONTROL, _CONTROL_INFO = 0xC0445624, struct.Struct("<II32siiiiI8x")
_QUERY_MENU, _MENU = 0xC02C5625, struct.Struct("<II32s4x")
_GET_CONTROL, _SET_CONTROL, _CONTROL = 0xC008561B, 0xC008561C, struct.Struct("<Ii")
_VIDEO_CAPTURE = 1
_DISCRETE = 1
_DISABLED, _READ_ONLY = 0x1, 0x4
_EXPOSURE_AUTO, _EXPOSURE = 0x009A0901, 0x009A0902
_FOCUS_AUTO, _FOCUS = 0x009A090C, 0x009A090A
_MANUAL_EXPOSURE = 1
_MOST = 500
"""Answers to one question; a driver that never ends must not keep us."""


_CONTROLS = {
    Lock.EXPOSURE: (_EXPOSURE_AUTO, _EXPOSURE, _MANUAL_EXPOSURE),
    Lock.FOCUS: (_FOCUS_AUTO, _FOCUS, 0),
}
"""The control that says whether the camera does it by itself, the value's own, and what the first is when
locked."""


class DeviceLocks:
    """Of a device by its path; see base.Locks."""

    def __init__(self, device: Path) -> None:
        self._device = device

    def found(self) -> dict[Lock, bool]:
        try:
            with opened(self._device) as call:
                return {lock: is_locked(call, lock) for lock in locks(call)}
        except OSError:
            raise SourceError("The camera does not answer.") from None

    def set(self, lock: Lock, locked: bool) -> None:
        try:
            with opened(self._device) as call:
                set_lock(call, lock, locked)
        except OSError:
            raise SourceError("The camera does not answer.") from None


@contextmanager
def opened(device: Path) -> Iterator[Call]:
    """Asks a device. Raises OSError when it cannot be opened."""
    import fcntl  # not there on Windows

    handle = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    try:
        yield lambda request, argument: fcntl.ioctl(handle, request, argument)
    finally:
        os.close(handle)


def modes(call: Call) -> tuple[Mode, ...]:
    """The sizes a camera gives, each with its highest rate, the largest first; those it names one by one."""
    best: dict[tuple[int, int], float] = {}
    for index in range(_MOST):
        try:
            found = _FMT.unpack(call(_ENUM_FMT, _FMT.pack(index, _VIDEO_CAPTURE, 0, b"", 0, 0)))
        except OSError:
            break
        for width, height in _sizes(call, found[4]):
            fps = _highest_rate(call, found[4], width, height)
            best[width, height] = max(fps, best.get((width, height), 0.0))
    ordered = sorted(best, key=lambda size: size[0] * size[1], reverse=True)
    return tuple(Mode(width, height, best[width, height]) for width, height in ordered)


def locks(call: Call) -> tuple[Lock, ...]:
    """What the driver can really hold."""
    return tuple(lock for lock in Lock if _can_lock(call, lock))


def is_locked(call: Call, lock: Lock) -> bool:
    """Raises OSError when the driver does not tell."""
    automatic, _, held = _CONTROLS[lock]
    return _get(call, automatic) == held


def set_lock(call: Call, lock: Lock, locked: bool) -> None:
    """Keep the value of this moment, or leave it to the camera again.

    Raises SourceError when the driver refuses, or says yes and does not do it.
    """
    automatic, value, held = _CONTROLS[lock]
    what = lock.value
    try:
        if locked:
            now = _get(call, value)
            _set(call, automatic, held)
            _set(call, value, now)
        else:
            info = _info(call, automatic)
            # where it is locked by default, anything else is automatic
            by_itself = info[6] if info[6] != held else (3 if lock is Lock.EXPOSURE else 1)
            _set(call, automatic, by_itself)
        done = is_locked(call, lock) == locked
    except OSError as error:
        raise SourceError(f"The camera refuses to change its {what} ({error.strerror}).") from None
    if not done:
        raise SourceError(f"The camera does not change its {what}, although it says that it can.")


def _can_lock(call: Call, lock: Lock) -> bool:
    automatic, value, _ = _CONTROLS[lock]
    try:
        if any(_info(call, control)[7] & (_DISABLED | _READ_ONLY) for control in (automatic, value)):
            return False
        if lock is Lock.EXPOSURE:
            call(_QUERY_MENU, _MENU.pack(automatic, _MANUAL_EXPOSURE, b""))
    except OSError:
        return False
    return True


def _sizes(call: Call, pixels: int) -> list[tuple[int, int]]:
    found = []
    for index in range(_MOST):
        try:
            answer = _SIZE.unpack(call(_ENUM_SIZES, _SIZE.pack(index, pixels, *[0] * 7)))
        except OSError:
            break
        if answer[2] != _DISCRETE:
            # any size between two: the largest stands for all
            return [(answer[4], answer[7])]
        found.append((answer[3], answer[4]))
    return found


def _highest_rate(call: Call, pixels: int, width: int, height: int) -> float:
    """Frames a second; 0 when the driver does not tell."""
    best = 0.0
    for index in range(_MOST):
        try:
            question = _INTERVAL.pack(index, pixels, width, height, *[0] * 7)
            answer = _INTERVAL.unpack(call(_ENUM_INTERVALS, question))
        except OSError:
            break
        # the first fraction is the interval, or of a range the shortest one
        numerator, denominator = answer[5], answer[6]
        if numerator:
            best = max(best, denominator / numerator)
        if answer[4] != _DISCRETE:
            break
    return best


def _info(call: Call, control: int) -> tuple[int, int, bytes, int, int, int, int, int]:
    """Id, type, name, lowest, highest, step, default, flags."""
    asked = _CONTROL_INFO.pack(control, 0, b"", 0, 0, 0, 0, 0)
    id_, kind, name, low, high, step, default, flags = _CONTROL_INFO.unpack(call(_QUERY_CONTROL, asked))
    return id_, kind, name, low, high, step, default, flags


def _get(call: Call, control: int) -> int:
    value: int = _CONTROL.unpack(call(_GET_CONTROL, _CONTROL.pack(control, 0)))[1]
    return value


def _set(call: Call, control: int, value: int) -> None:
    call(_SET_CONTROL, _CONTROL.pack(control, value))
