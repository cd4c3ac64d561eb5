"""The tests of the window once more on the xcb platform of a real X server; elsewhere they have no screen."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gui.test_on_screen import screen

__all__ = ["screen"]

pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")

HERE = Path(__file__).parent
PATIENCE_S = 900
"""Nothing is measured; a test that hangs has a limit of its own."""
CHOSEN = (
    *("test_window", "test_touch", "test_lines", "test_regions", "test_framing"),
    *("test_freezing", "test_correcting", "test_incoming", "test_transport"),
    *("test_history", "test_export_dialog", "test_saving", "test_settings_dialog", "test_reads"),
    *("test_look", "test_remembered", "test_failures", "test_speech", "test_accessible"),
)


def test_mouse_keys_fingers_and_drops_do_the_same_on_a_real_screen(screen):
    environment = os.environ | {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *(str(HERE / f"{name}.py") for name in CHOSEN)],
        cwd=HERE.parents[1],
        env=environment,
        timeout=PATIENCE_S,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
