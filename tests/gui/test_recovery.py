"""The program is killed while a page is being corrected: a real process, the real reader, SIGKILL."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from PyQt5.QtCore import Qt

from camera_ocr.history import History

PATIENCE_S = 120

PROGRAM = """
import sys
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from camera_ocr.config import Config
from camera_ocr.gui.app import make_window
from camera_ocr.gui.application import make_application
from camera_ocr.gui.settings import Settings, default_settings_path
from camera_ocr.gui.theme import LIGHT

app = make_application()
window = make_window(Config(), LIGHT, Settings(default_settings_path()))
window.show()
window.session.begin("demo")

def wait(condition):
    for _ in range(2000):
        QTest.qWait(25)
        if condition():
            return
    sys.exit("gave up waiting")

wait(lambda: len(window.panel.model.lines) > 3)
QTest.keyClick(window, Qt.Key_Space)
wait(lambda: window.session.editable)
rows = window.panel.list
QTest.mouseClick(rows.viewport(), Qt.LeftButton, pos=rows.visualRect(window.panel.model.index(0)).center())
QTest.keyClick(rows, Qt.Key_Return)
editor = window.panel.list.editor
editor.selectAll()
QTest.keyClicks(editor, "put right by hand")
QTest.keyClick(editor, Qt.Key_Return)
wait(lambda: window.session.editor.edited and not window.keeper._waiting)
print("edited", flush=True)
wait(lambda: False)
"""


def test_killed_program_loses_nothing_that_was_frozen_or_edited(desk, results, until, qtbot):
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = process.stdout.readline()
        assert said == "edited\n", process.communicate(timeout=PATIENCE_S)[1]
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE_S)
    history = History(desk.history_path)
    (entry,) = history.entries()
    frame, page = history.load(entry.id)
    history.close()
    assert page.lines[0].text == "put right by hand"
    assert entry.count > 3
    assert frame.image.shape == (720, 1280, 3)

    # the next start offers it, and shows it
    desk.begin(result=results.page(["live"]))
    desk.keeper.begin()
    until(lambda: "did not end properly" in desk.window.banner.text)
    qtbot.mouseClick(desk.window.banner.buttons[0], Qt.MouseButton.LeftButton)
    until(lambda: desk.rows()[:1] == ["put right by hand"])
    assert not desk.window.banner.isVisible()
