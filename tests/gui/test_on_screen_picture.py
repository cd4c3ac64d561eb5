"""What is done to the picture and its text with a real mouse and keyboard on a real X server."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from camera_ocr.grading import Grade
from camera_ocr.gui.lettering import FIRM
from tests.gui.test_on_screen import PATIENCE_S, Told, program, screen, wait

__all__ = ["program", "screen"]

pytestmark = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xdotool") is None, reason="Xvfb or xdotool is not installed"
)

TARGET = """
import json
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QPlainTextEdit

app = QApplication([])
field = QPlainTextEdit()
field.setWindowFlag(Qt.WindowType.FramelessWindowHint)
field.setGeometry(100, 560, 500, 220)
field.textChanged.connect(lambda: print(json.dumps({"text": field.toPlainText()}), flush=True))
field.show()
print(json.dumps({"shown": True}), flush=True)
app.exec()
"""
"""Another program, below the picture, that takes text."""

GIVER = """
import json, sys
from PyQt5.QtCore import QMimeData, Qt, QUrl
from PyQt5.QtGui import QDrag, QImage
from PyQt5.QtWidgets import QApplication, QLabel

class Giver(QLabel):
    def mouseMoveEvent(self, event):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(sys.argv[1])])
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)

app = QApplication([])
giver = Giver("drag me")
giver.setWindowFlag(Qt.WindowType.FramelessWindowHint)
giver.setGeometry(100, 700, 200, 60)
giver.show()
picture = QImage(400, 300, QImage.Format.Format_RGB32)
picture.fill(0xc010c0)
app.clipboard().setImage(picture)
print(json.dumps({"shown": True}), flush=True)
app.exec()
"""
"""Another program, below the picture, from which a file can be dragged, with another picture on the
clipboard."""

PAGE = Path(__file__).parents[1] / "assets" / "perception" / "page.jpg"
"""Handwriting on white paper."""


@pytest.fixture
def act(screen):
    """Keys and mouse by xdotool's own words."""

    def run(words: str) -> None:
        subprocess.run(
            ["xdotool", *words.split()],
            env=os.environ | {"DISPLAY": screen.display},
            check=True,
            timeout=PATIENCE_S,
            stdout=subprocess.DEVNULL,
        )

    return run


def drag(act, *places: tuple[int, int]) -> None:
    """With the button pressed from the first place to the last, as slowly as a hand."""
    (x, y), *others = places
    moves = " ".join(f"sleep 0.1 mousemove {a} {b}" for a, b in others)
    act(f"mousemove {x} {y} sleep 0.1 mousedown 1 {moves} sleep 0.3 mouseup 1")


@pytest.fixture
def demo(screen, program, act):
    """The window on the demonstration, with its first text, and the keyboard."""
    process = program("--source", "demo")
    wait(lambda: screen.has(FIRM, 100), process, "firm text over the picture")
    act("search --sync --onlyvisible --name .*Camera.OCR windowfocus")
    return process


def brightness(screen, x: int, y: int) -> float:
    return float(np.median(screen.pixels()[y - 8 : y + 8, x - 8 : x + 8]))


def test_part_of_the_picture_is_drawn_stretched_and_moved_with_the_mouse(screen, demo, act):
    desk = brightness(screen, 860, 640)
    act("key a")
    drag(act, (220, 200), (300, 250), (500, 300), (640, 400))
    # what lies around it is dimmed
    wait(lambda: brightness(screen, 860, 640) < 0.7 * desk, demo, "a dimmed desk")
    drag(act, (640, 400), (700, 500), (900, 680))
    wait(lambda: brightness(screen, 860, 640) > 0.9 * desk, demo, "the desk within the stretched part")
    drag(act, (800, 600), (780, 560), (700, 560))
    wait(lambda: brightness(screen, 860, 640) < 0.7 * desk, demo, "the desk beside the part again")
    act("key shift+a")
    wait(lambda: brightness(screen, 860, 640) > 0.9 * desk, demo, "the desk as it was")


def test_key_goes_on_to_boxes_in_the_colour_of_confidence(screen, demo, act):
    assert not screen.has(Grade.SURE.value, 400)
    act("key t key t")
    wait(lambda: screen.has(Grade.SURE.value, 400), demo, "boxes around words")


def test_text_is_dragged_into_another_program(screen, demo, program, act):
    wait(lambda: screen.has(FIRM, 1000), demo, "a page of firm text")
    other = program(script=TARGET)
    told = Told(other)
    assert told.until(lambda one: one.get("shown"))
    # the second row of the list of lines
    drag(act, (1000, 136), (980, 150), (900, 300), (500, 600), (350, 650), (352, 652))
    said = told.until(lambda one: bool(one.get("text")))
    told.close(other)
    assert len(said["text"].split()) >= 1


def paper(screen) -> int:
    """Pixels of the picture's side that are as white as a scan, and not as the demonstration's paper."""
    return int((screen.pixels()[60:690, :660].min(axis=2) > 235).sum())


def test_file_is_dragged_from_another_program_and_its_picture_pasted(screen, demo, program, act):
    giver = program(str(PAGE), script=GIVER)
    told = Told(giver)
    assert told.until(lambda one: one.get("shown"))
    before = paper(screen)
    drag(act, (200, 730), (220, 720), (300, 500), (400, 400), (402, 402))
    wait(lambda: paper(screen) > before + 50_000, demo, "the page that was dropped")
    act("search --sync --onlyvisible --name .*Camera.OCR windowfocus")
    act("key ctrl+v")
    wait(lambda: screen.has("#c010c0", 50_000), demo, "the picture that was pasted")
    told.close(giver)
