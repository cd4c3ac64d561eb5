"""Reading aloud, with a stand-in for the desktop's speech service."""

import json
import stat
import sys
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel

from camera_ocr.gui.reading import LANGUAGE

SERVICE = f"""#!{sys.executable}
import json, sys, time
from pathlib import Path
with open(Path(__file__).with_name("said"), "a") as said:
    said.write(json.dumps(sys.argv[1:]) + "\\n")
if "--stop" not in sys.argv:
    time.sleep(60 if "long" in sys.argv[-1] else 0)
    sys.exit("broken" in sys.argv[-1])
"""


@pytest.fixture
def said(tmp_path: Path, monkeypatch):
    """What the service was asked for so far."""
    program = tmp_path / "spd-say"
    program.write_text(SERVICE)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    log = tmp_path / "said"
    return lambda: [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def test_selected_lines_are_read_aloud_in_their_language(said, desk, results, qtbot, until):
    desk.begin(result=results.page(["eins", "-zwei"]))
    desk.settings.set(LANGUAGE, "de")
    desk.click_row(1)
    qtbot.keyClick(desk.window, Qt.Key.Key_V)
    until(lambda: said() == [["--wait", "--language", "de", "--", "-zwei"]])
    until(lambda: not desk.window.taking.read_aloud.voice.speaking)


def test_reading_aloud_stops_with_the_same_key_and_with_the_window(said, desk, results, qtbot, until):
    desk.begin(result=results.page(["a long text", "and more"]))
    qtbot.keyClick(desk.window, Qt.Key.Key_V)
    until(lambda: said() == [["--wait", "--", "a long text\nand more"]])
    assert desk.window.taking.read_aloud.text() == "Be silent"
    qtbot.keyClick(desk.window, Qt.Key.Key_V)
    until(lambda: said()[1:] == [["--stop"]])
    assert desk.window.taking.read_aloud.text() == "Read aloud"
    qtbot.keyClick(desk.window, Qt.Key.Key_V)
    assert desk.window.taking.read_aloud.voice.speaking
    desk.window.close()
    assert not desk.window.taking.read_aloud.voice.speaking


def test_a_service_that_does_not_answer_is_told(said, desk, results, qtbot, until):
    desk.begin(result=results.page(["broken"]))
    qtbot.keyClick(desk.window, Qt.Key.Key_V)
    until(lambda: "did not answer" in desk.window.status.text)


def test_without_a_speech_service_nothing_is_offered(tmp_path, monkeypatch, make_desk, results):
    monkeypatch.setenv("PATH", str(tmp_path))
    desk = make_desk()
    desk.begin(result=results.page())
    assert not desk.window.taking.read_aloud.isVisible()
    assert "V" not in {label.text() for label in desk.window.sheet.findChildren(QLabel)}
