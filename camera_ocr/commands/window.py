"""`camera-ocr window`, which is also plain `camera-ocr`."""

import ctypes
import importlib.util
import os
from pathlib import Path

import click

from camera_ocr.commands.common import make_config, reader_options, settings_options, source_option
from camera_ocr.errors import CameraOcrError


@click.command()
@source_option("The first camera if not given, the demo if there is none.")
@reader_options
@settings_options
def window(
    source: str | None, model: Path | None, runtime: str | None, config_path: Path | None, log_level: str
) -> int:
    """Open the window: live picture, boxes and text over the ink, and the lines as a list."""
    config = make_config(config_path, log_level, model=model, runtime=runtime, source=source)
    _need_qt()
    _need_display()
    from camera_ocr.gui.app import run

    return run(config)


def _need_qt() -> None:
    if importlib.util.find_spec("PyQt5") is None:
        raise CameraOcrError(
            "PyQt5 is not installed; install python3-pyqt5 with apt and make the venv with"
            " --system-site-packages, or use `camera-ocr read`, which needs no window."
        )


def _need_display() -> None:
    """Qt would abort the whole process, with a message about plugins."""
    platform, wayland = os.environ.get("QT_QPA_PLATFORM", ""), os.environ.get("WAYLAND_DISPLAY")
    display = os.environ.get("DISPLAY")
    if not (platform or wayland or display):
        raise CameraOcrError(
            "There is no display to open a window on; start it from a desktop, or use `camera-ocr read`,"
            " which needs none."
        )
    if display and not wayland and platform in ("", "xcb") and not _x_answers():
        raise CameraOcrError(
            f"The display {display} cannot be reached; start it from a desktop, or use `camera-ocr read`,"
            " which needs no display."
        )


def _x_answers() -> bool:
    """Whether the X server that DISPLAY names lets us in; asked with the library that Qt itself uses."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)
