"""`camera-ocr window`, which is also plain `camera-ocr`."""

import importlib.util
import os
from pathlib import Path

import click

from camera_ocr.commands.common import make_config, reader_options, settings_options, source_option
from camera_ocr.errors import CameraOcrError


@click.command()
@source_option
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
    if not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        raise CameraOcrError(
            "There is no display to open a window on; start it from a desktop, or use `camera-ocr read`,"
            " which needs none."
        )
