"""The canvas of the whole program on a real X server, drawn on with a real mouse."""

import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

WIDTH, HEIGHT = 1280, 800
PATIENCE_S = 20.0
ROOT = Path(__file__).parents[2]
STROKES = json.loads((ROOT / "tests" / "assets" / "digits" / "strokes.json").read_text())

PROGRAM = """
import sys
from camera_ocr.config import Config
from camera_ocr.gui.app import make_window
from camera_ocr.gui.application import make_application
from camera_ocr.gui.theme import LIGHT, apply_theme

app = make_application()
apply_theme(app, LIGHT)
window = make_window(Config(), LIGHT)
window.setGeometry(0, 0, 1280, 800)
window.show()
window.draw_action.trigger()
canvas = window.canvas

def tell():
    print(repr(canvas.text), flush=True)

canvas.read.connect(tell)
corner = canvas.area.mapToGlobal(canvas.area.rect().topLeft())
print(app.platformName(), corner.x(), corner.y(), flush=True)
app.exec()
"""
"""The window without a camera, so that the machine has time for the mouse."""

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xdotool") is None, reason="Xvfb or xdotool is not installed"
)


@pytest.fixture
def display() -> Iterator[str]:
    receiver, sender = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(sender), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"],
        pass_fds=[sender],
        stderr=subprocess.DEVNULL,
    )
    os.close(sender)
    with os.fdopen(receiver) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(30)


def mouse_script(text: str, writer: str, x: float, y: float, scale: float, pause_s: float) -> str:
    """xdotool's commands for a held-out writer's digits."""
    lines = []
    for digit in text:
        strokes = [np.array(s, float).reshape(-1, 2) * scale for s in STROKES[writer][digit]]
        points = np.concatenate(strokes)
        for stroke in strokes:
            at = np.rint(stroke - points.min(axis=0) + [x, y]).astype(int).tolist()
            lines.append(f"mousemove {at[0][0]} {at[0][1]} mousedown 1 sleep 0.02")
            lines += [f"mousemove {px} {py} sleep {pause_s}" for px, py in at[1:]]
            lines.append("mouseup 1 sleep 0.02")
        x += float(np.ptp(points[:, 0])) + 20
    return "\n".join(lines)


def drawn_and_read(display: str, text: str, writer: str, pause_s: float) -> str:
    """What a fresh window says of digits drawn into it with the mouse."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    environment.pop("WAYLAND_DISPLAY", None)
    environment["DISPLAY"] = display
    window = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert window.stdout is not None
        platform, left, top = window.stdout.readline().split()
        assert platform == "xcb"
        script = mouse_script(text, writer, int(left) + 60, int(top) + 120, 1.1, pause_s)
        subprocess.run(["xdotool", *script.split()], env=environment, check=True, timeout=300)
        said, end = "", time.monotonic() + PATIENCE_S
        while said != repr(text):
            if not select.select([window.stdout], [], [], max(0.0, end - time.monotonic()))[0]:
                break
            said = window.stdout.readline().strip()
            assert said, "the program has ended"
        return said
    finally:
        window.kill()
        window.communicate()


@pytest.mark.parametrize(("text", "writer"), [("1945", "aga-0013"), ("27036", "art-0094")])
def test_the_number_drawn_with_the_mouse_is_read(display, text, writer):
    # a busy machine merges the mouse's moves, and a stroke loses its shape: draw it again, more slowly
    said = []
    for pause_s in (0.008, 0.03, 0.1):
        said.append(drawn_and_read(display, text, writer, pause_s))
        if said[-1] == repr(text):
            break
    assert said[-1] == repr(text), said
