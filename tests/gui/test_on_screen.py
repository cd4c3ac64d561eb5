"""The program itself on a real X server: the xcb platform, not offscreen. Skipped where Xvfb is missing."""

import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from camera_ocr.gui.lettering import FIRM
from camera_ocr.gui.theme import LIGHT

PATIENCE_S = 90
"""Of this test with a program that does not come up; nothing is measured."""

pytestmark = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")


class Screen:
    """An X server in memory whose pixels can be read."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "Xvfb_screen0"
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-fbdir", str(folder)],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            self.display = f":{told.readline().strip()}"

    def pixels(self) -> np.ndarray:
        """(H, W, 3) RGB, from the server's own memory, which is a file in the xwd format."""
        data = self._file.read_bytes()
        header = struct.unpack(">25I", data[:100])
        size, width, height, stride, colours = header[0], header[4], header[5], header[12], header[19]
        start = size + colours * 12
        rows = np.frombuffer(data, np.uint8, stride * height, start).reshape(height, stride)
        return rows[:, : width * 4].reshape(height, width, 4)[..., 2::-1]

    def has(self, colour: str, at_least: int) -> bool:
        """Whether that many pixels have nearly this colour, "#rrggbb"."""
        wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
        return int((np.abs(self.pixels().astype(int) - wanted).max(axis=2) < 8).sum()) >= at_least

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(PATIENCE_S)


@pytest.fixture
def screen(tmp_path) -> Iterator[Screen]:
    made = Screen(tmp_path)
    yield made
    made.close()


@pytest.fixture
def program(screen) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `python -m camera_ocr` with arguments on the screen."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        # as in a user's shell: what this test's own process set for Qt is not handed down
        environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        environment.pop("WAYLAND_DISPLAY", None)
        environment["DISPLAY"] = screen.display
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "camera_ocr", *arguments],
                env=environment,
                stderr=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait(condition: Callable[[], bool], process: subprocess.Popen[str], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not condition():
        if process.poll() is not None:
            pytest.fail(f"the program ended with {process.returncode}: {process.communicate()[1]}")
        if time.monotonic() > end:
            pytest.fail(f"never seen: {what}")
        time.sleep(0.1)


def ended(process: subprocess.Popen[str]) -> str:
    """What it said on stderr, its exit status being 0."""
    said = process.communicate(timeout=PATIENCE_S)[1]
    assert process.returncode == 0, said
    return said


def test_demo_is_shown_with_text_over_it_and_closes_cleanly(screen, program):
    process = program("--source", "demo")
    wait(lambda: screen.has(LIGHT.accent, 500), process, "the window with its button")
    wait(lambda: screen.has(FIRM, 100), process, "firm text over the picture")
    assert "libqxcb" in Path(f"/proc/{process.pid}/maps").read_text()
    process.send_signal(signal.SIGTERM)
    assert "Traceback" not in ended(process)


def test_missing_camera_is_told_in_the_window(screen, program):
    process = program("--source", "/dev/video77")
    wait(lambda: screen.has(LIGHT.alarm, 5000), process, "the banner")
    process.send_signal(signal.SIGTERM)
    ended(process)


@pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed")
def test_keys_of_a_real_keyboard_freeze_and_quit(screen, program):
    process = program("--source", "demo")
    wait(lambda: screen.has(LIGHT.accent, 500), process, "the window")

    def press(*keys: str) -> None:
        # keys go to the window under the mouse's focus: there is no window manager to give it any
        subprocess.run(
            [
                "xdotool",
                "search",
                "--sync",
                "--onlyvisible",
                "--name",
                "Camera OCR",
                "windowfocus",
                "key",
                *keys,
            ],
            env=os.environ | {"DISPLAY": screen.display},
            check=True,
            timeout=PATIENCE_S,
            stdout=subprocess.DEVNULL,
        )

    wait(lambda: screen.has(FIRM, 1), process, "text")
    press("space")
    # the frame around a frozen picture: 4 px wide, about 2 × (900 + 500) px long
    wait(lambda: screen.has(LIGHT.accent, 12_000), process, "the frozen frame")
    press("ctrl+q")
    ended(process)
