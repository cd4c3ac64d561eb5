"""The program as people start it, on a real X server: the other tests of the window run without one.

What this catches is Qt not finding its platform plugin, which importing OpenCV can bring about.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

WIDTH, HEIGHT = 1280, 800
START_S = 120

pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")


@pytest.fixture
def screen(tmp_path) -> Iterator[tuple[str, Path]]:
    """An X server of its own: its display and the file that is its screen."""
    receiver, sender = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(sender), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-fbdir", str(tmp_path)],
        pass_fds=[sender],
        stderr=subprocess.DEVNULL,
    )
    os.close(sender)
    with os.fdopen(receiver) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}", tmp_path / "Xvfb_screen0"
    server.terminate()
    server.wait(30)


def colours_on(screen: Path) -> int:
    """How many different colours are seen on an X server's screen, kept in the XWD format."""
    dump = np.fromfile(screen, np.uint8)
    header = dump[:100].view(">u4")
    size, colour_map = int(header[0]), int(header[19])
    pixels = dump[size + 12 * colour_map :].view("<u4")[: WIDTH * HEIGHT]
    return len(np.unique(pixels & 0xFFFFFF))


def test_the_window_opens_on_x_shows_a_picture_and_closes_cleanly(screen, tmp_path):
    display, pixels = screen
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environment |= {"DISPLAY": display, "XDG_STATE_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    environment.pop("WAYLAND_DISPLAY", None)
    window = subprocess.Popen(
        [sys.executable, "-m", "camera_ocr", "--source", "demo"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + START_S
        # a window without a picture has a few dozen colours, a photograph has thousands
        while colours_on(pixels) < 3000:
            assert window.poll() is None, window.stderr.read()
            assert time.monotonic() < deadline, "no picture was shown"
            time.sleep(0.2)
        assert "libqxcb" in Path(f"/proc/{window.pid}/maps").read_text()
        window.send_signal(signal.SIGTERM)
        _, errors = window.communicate(timeout=60)
    finally:
        window.kill()
    assert window.returncode == 0
    assert "Traceback" not in errors
