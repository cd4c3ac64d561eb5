"""Which cameras are there, and how one is found again after it was unplugged."""

import importlib.util
import os
import struct
from collections.abc import Callable
from pathlib import Path

from camera_ocr.capture import v4l2
from camera_ocr.capture.base import CameraInfo, Mode
from camera_ocr.capture.files import natural_key

SYS_ROOT = Path("/sys/class/video4linux")
DEV_ROOT = Path("/dev")

_QUERYCAP = 0x80685600  # _IOR('V', 0, struct v4l2_capability of 104 bytes)
_VIDEO_CAPTURE = 0x0000_0001
_MEMORY_TO_MEMORY = 0x0000_8000 | 0x0000_4000

# parts of a Pi's image pipeline, not cameras that can be opened as such; the sensors need Picamera2
_PI_PARTS = ("bcm2835-", "bcm2835_", "pispbe", "rpi-hevc", "rpivid", "rp1-cfe", "unicam")
_PI_SENSORS = ("rp1-cfe", "unicam")


def list_cameras(
    sys_root: Path = SYS_ROOT,
    dev_root: Path = DEV_ROOT,
    capabilities: Callable[[Path], int | None] | None = None,
    has_picamera2: Callable[[], bool] | None = None,
    ask_modes: Callable[[Path], tuple[Mode, ...]] | None = None,
) -> list[CameraInfo]:
    """The cameras that can be opened, in the order of their device numbers; a Pi's CSI camera comes first.

    Reads the kernel's list, and of each device its `capabilities` (V4L2 flags, None when it cannot be asked).
    Devices that give no pictures (metadata, codecs) are left out.
    """
    ask = capabilities or query_capabilities
    ask_modes = ask_modes or query_modes
    found: list[CameraInfo] = []
    sensor = False
    nodes = sorted(sys_root.iterdir(), key=lambda p: natural_key(p.name)) if sys_root.is_dir() else []
    for node in nodes:
        name = _first_line(node / "name")
        sensor = sensor or name.startswith(_PI_SENSORS)
        device = dev_root / node.name
        if name.startswith(_PI_PARTS) or not node.name.startswith("video"):
            continue
        flags = ask(device)
        if flags is None:
            # a UVC camera has its pictures at index 0 and metadata at index 1
            if _first_line(node / "index") not in ("0", ""):
                continue
        elif not flags & _VIDEO_CAPTURE or flags & _MEMORY_TO_MEMORY:
            continue
        found.append(CameraInfo(str(device), name or str(device), ask_modes(device)))
    if sensor and (has_picamera2 or _has_picamera2)():
        found.insert(0, CameraInfo("picamera", "Raspberry Pi camera"))
    return found


def query_capabilities(device: Path) -> int | None:
    """V4L2 flags of what the device can do; None when it cannot be asked."""
    import fcntl  # not there on Windows

    try:
        handle = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        answer = fcntl.ioctl(handle, _QUERYCAP, bytes(104))
    except OSError:
        return None
    finally:
        os.close(handle)
    (flags,) = struct.unpack_from("<I", answer, 88)
    return int(flags)


def query_modes(device: Path) -> tuple[Mode, ...]:
    """The sizes a camera gives; empty when it cannot be asked."""
    try:
        with v4l2.opened(device) as call:
            return v4l2.modes(call)
    except OSError:
        return ()


def lasting_name(device: Path, dev_root: Path = DEV_ROOT) -> Path:
    """A path that leads to the same camera even when it comes back under another number.

    That is its link in /dev/v4l/by-id, which names maker and serial number; else the device as it is.
    """
    target = device.resolve()
    by_id = dev_root / "v4l" / "by-id"
    for link in sorted(by_id.iterdir()) if by_id.is_dir() else []:
        if link.resolve() == target:
            return link
    return device


def _has_picamera2() -> bool:
    return importlib.util.find_spec("picamera2") is not None


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").partition("\n")[0].strip()
    except OSError:
        return ""
