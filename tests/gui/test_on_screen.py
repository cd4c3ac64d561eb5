"""The program itself on a real X server: the xcb platform, not offscreen. Skipped where Xvfb is missing."""

import json
import os
import queue
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from camera_ocr.gui.lettering import FIRM
from camera_ocr.gui.theme import DARK, LIGHT

PATIENCE_S = 90
"""Of this test with a program that does not come up; nothing is measured."""

STROKES = json.loads((Path(__file__).parents[1] / "assets" / "digits" / "strokes.json").read_text())
"""Digits of two writers who are held out of all training."""

CANVAS = """
import json
from PyQt5.QtCore import QPoint, QTimer
from camera_ocr.config import Config
from camera_ocr.gui.app import make_window
from camera_ocr.gui.application import make_application
from camera_ocr.gui.settings import Settings, default_settings_path
from camera_ocr.gui.theme import LIGHT, apply_theme

app = make_application()
apply_theme(app, LIGHT)
window = make_window(Config(), LIGHT, Settings(default_settings_path()))
window.setGeometry(0, 0, 1280, 800)
window.show()
window.draw_action.trigger()
area = window.canvas.area

def tell():
    strokes = [[point[:2] for point in stroke.points] for stroke in area.drawing.strokes]
    done = area.drawing.pending is None
    print(json.dumps({"text": window.canvas.text, "strokes": strokes, "done": done}), flush=True)

def tell_when_shown():
    if not window.windowHandle().isExposed():
        QTimer.singleShot(20, tell_when_shown)
        return
    corner = area.mapToGlobal(QPoint(0, 0))
    print(json.dumps({"corner": [corner.x(), corner.y()]}), flush=True)
    window.canvas.read.connect(tell)

QTimer.singleShot(0, tell_when_shown)
app.exec()
"""
"""The window on its canvas, which tells where that is on the screen, and whenever something was read."""

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
    """Starts `python -m camera_ocr` with arguments on the screen, or a script of the test's own."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str, script: str = "") -> subprocess.Popen[str]:
        # as in a user's shell: what this test's own process set for Qt is not handed down
        environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        environment.pop("WAYLAND_DISPLAY", None)
        environment["DISPLAY"] = screen.display
        started.append(
            subprocess.Popen(
                [sys.executable, *(("-c", script) if script else ("-m", "camera_ocr")), *arguments],
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


needs_keyboard = pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed")


@pytest.fixture
def press(screen) -> Callable[..., None]:
    """Keys of a real keyboard, in the window of that name, once there is one."""

    def type_keys(window: str, *keys: str) -> None:
        # keys go to the window that is given the focus: there is no window manager to give it any
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", window, "windowfocus", "--sync"]
        # Control may still count as held where it has opened a dialog. No check: a window that a key closes
        # is gone before the modifiers are put back, and each test looks for what its keys did
        subprocess.run(
            [*search, "key", "--clearmodifiers", "--delay", "60", *keys],
            env=os.environ | {"DISPLAY": screen.display},
            check=False,
            timeout=PATIENCE_S,
            stdout=subprocess.DEVNULL,
        )

    return type_keys


@needs_keyboard
def test_keys_of_a_real_keyboard_freeze_and_quit(screen, program, press):
    process = program("--source", "demo")
    wait(lambda: screen.has(LIGHT.accent, 500), process, "the window")
    wait(lambda: screen.has(FIRM, 1), process, "text")
    press("Camera OCR", "space")
    # the frame around a frozen picture: 4 px wide, about 2 × (900 + 500) px long
    wait(lambda: screen.has(LIGHT.accent, 12_000), process, "the frozen frame")
    press("Camera OCR", "ctrl+q")
    ended(process)


@needs_keyboard
def test_dark_colours_chosen_with_the_keyboard_are_there_the_next_time(screen, program, press):
    process = program("--source", "demo")
    wait(lambda: screen.has(LIGHT.accent, 500), process, "the window")
    press("Camera OCR", "ctrl+comma")
    press("^Settings$", "alt+w", "alt+c", "Down", "Down")
    wait(lambda: screen.has(DARK.surface, 50_000), process, "the dark window")
    press("^Settings$", "Escape")
    press("Camera OCR", "ctrl+q")
    ended(process)
    process = program("--source", "demo")
    wait(lambda: screen.has(DARK.surface, 50_000), process, "the dark window again")
    process.send_signal(signal.SIGTERM)
    ended(process)


class Told:
    """The lines of JSON that a program prints, as they come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._lines: queue.Queue[str] = queue.Queue()
        assert process.stdout is not None
        # read in a thread: a program that says nothing must not hold up the test for ever
        self._thread = threading.Thread(target=self._take, args=(process.stdout,), daemon=True)
        self._thread.start()

    def _take(self, lines: Iterator[str]) -> None:
        for line in lines:
            self._lines.put(line)

    def until(self, wanted: Callable[[dict], bool]) -> dict:
        """The first that is wanted; the last one that came when none does."""
        end, told = time.monotonic() + PATIENCE_S, {}
        while time.monotonic() < end and not (told and wanted(told)):
            try:
                told = json.loads(self._lines.get(timeout=max(0.0, end - time.monotonic())))
            except queue.Empty:
                break
        return told

    def close(self, process: subprocess.Popen[str]) -> None:
        process.kill()
        self._thread.join(PATIENCE_S)


def placed(text: str, writer: str, x: float, y: float, scale: float) -> list[list[list[int]]]:
    """The strokes of a number in a writer's digits, in whole px of the canvas."""
    strokes = []
    for digit in text:
        parts = [np.array(s, float).reshape(-1, 2) * scale for s in STROKES[writer][digit]]
        points = np.concatenate(parts)
        for part in parts:
            at = np.rint(part - points.min(axis=0) + [x, y]).astype(int)
            moved = np.any(np.diff(at, axis=0, prepend=-1) != 0, axis=1)
            strokes.append(at[moved].tolist())
        x += float(np.ptp(points[:, 0])) + 20
    return strokes


def mouse_commands(strokes: list[list[list[int]]], left: int, top: int, pause_s: float) -> list[str]:
    """xdotool's commands that draw these."""
    words = []
    for (x, y), *others in strokes:
        words += f"mousemove {left + x} {top + y} mousedown 1".split()
        for x, y in others:
            words += f"sleep {pause_s} mousemove {left + x} {top + y}".split()
        words += "mouseup 1".split()
    return words


@pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is not installed")
@pytest.mark.parametrize(
    ("text", "writer", "pause_s"),
    [("1945", "aga-0013", 0.004), ("27036", "art-0094", 0.004), ("27036", "art-0094", 0.0005)],
    ids=["one hand", "another", "faster than any hand"],
)
def test_the_number_drawn_with_the_mouse_is_read(screen, program, text, writer, pause_s):
    process = program(script=CANVAS)
    told = Told(process)
    left, top = told.until(lambda one: "corner" in one)["corner"]
    strokes = placed(text, writer, 60, 120, 1.1)
    commands = mouse_commands(strokes, left, top, pause_s)
    environment = os.environ | {"DISPLAY": screen.display}
    subprocess.run(["xdotool", *commands], env=environment, check=True, timeout=PATIENCE_S)
    said = told.until(lambda one: one["done"] and len(one["strokes"]) == len(strokes))
    told.close(process)
    # every point of every stroke has arrived, and was read as what was written
    assert said["strokes"] == strokes
    assert said["text"] == text
