"""Light, dark and the size of letters: as set, or as the desktop has it."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor, QFont, QPalette
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication

from camera_ocr.gui.look import COLOURS, LETTERS, Colours, Look
from camera_ocr.gui.settings import Settings
from camera_ocr.gui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST


@pytest.fixture
def dressed(qapp):
    """The application as it was, afterwards."""
    font, palette, sheet = QFont(qapp.font()), QPalette(qapp.palette()), qapp.styleSheet()
    yield qapp
    qapp.setFont(font)
    qapp.setPalette(palette)
    qapp.setStyleSheet(sheet)


def black_and_white(palette: QPalette) -> QPalette:
    palette.setColor(QPalette.ColorRole.WindowText, QColor("black"))
    return palette


def contrast(one: str, other: str) -> float:
    """Ratio of luminances as WCAG 2.1 has it, 1 to 21."""

    def luminance(colour: str) -> float:
        parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def background() -> int:
    return QApplication.palette().color(QPalette.ColorRole.Window).lightness()


def test_colours_are_the_systems_until_others_are_set(dressed, tmp_path):
    dressed.setPalette(QPalette(QColor(LIGHT.window)))
    settings = Settings(tmp_path / "window.ini")
    look = Look(dressed, settings)
    told = []
    look.changed.connect(told.append)
    assert look.theme is LIGHT
    settings.set(COLOURS, Colours.DARK)
    assert background() < 128
    settings.set(COLOURS, Colours.SYSTEM)
    assert background() > 128
    assert told == [DARK, LIGHT]


def test_high_contrast_is_chosen_or_taken_from_a_black_and_white_desktop(dressed, tmp_path):
    settings = Settings(tmp_path / "window.ini")
    dressed.setPalette(black_and_white(QPalette(QColor("white"))))
    assert Look(dressed, settings).theme is LIGHT_CONTRAST
    settings.set(COLOURS, Colours.DARK_CONTRAST)
    assert Look(dressed, settings).theme is DARK_CONTRAST
    assert background() == 0


@pytest.mark.parametrize("theme", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda theme: theme.text)
def test_words_stand_out_from_what_is_behind_them(theme):
    least = 7.0 if theme in (LIGHT_CONTRAST, DARK_CONTRAST) else 4.5  # WCAG 2.1, levels AAA and AA
    on_surfaces = [
        (word, back) for word in (theme.text, theme.muted) for back in (theme.window, theme.surface)
    ]
    others = [(theme.text, theme.selected), (theme.text, theme.alarm), (theme.text, theme.note)]
    others += [(theme.on_accent, theme.accent), (theme.doubt, theme.surface), (theme.accent, theme.surface)]
    assert {pair for pair in (*on_surfaces, *others) if contrast(*pair) < least} == set()


def test_letters_are_as_large_as_set_and_as_before_afterwards(dressed, tmp_path):
    settings = Settings(tmp_path / "window.ini")
    before = dressed.font().pointSizeF()
    look = Look(dressed, settings)
    settings.set(LETTERS, 17)
    assert dressed.font().pointSize() == 17
    settings.set(LETTERS, 0)
    assert dressed.font().pointSizeF() == before
    assert look.theme is LIGHT


def test_colours_and_letters_set_with_keys_change_the_whole_window_at_once(dressed, desk, results):
    look = Look(dressed, desk.settings)
    look.changed.connect(desk.window.set_theme)
    desk.begin(result=results.page())
    window = desk.window
    light = window.view.grab().toImage().pixelColor(2, 2).lightness()
    size, rows = dressed.font().pointSize(), window.panel.list.visualRect(window.panel.model.index(1)).top()
    desk.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = window.settings_dialog
    QTest.keyClick(dialog, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    for _ in range(2):
        QTest.keyClick(dialog.colours, Qt.Key.Key_Down)
    assert window.view.grab().toImage().pixelColor(2, 2).lightness() < light
    assert window.panel.delegate.theme is DARK
    assert window.history.delegate.theme is DARK
    QTest.keyClick(dialog.letters, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(dialog.letters, "22")
    QTest.keyClick(dialog.letters, Qt.Key.Key_Return)
    assert window.panel.list.font().pointSize() == 22 > size
    QApplication.processEvents()
    assert window.panel.list.visualRect(window.panel.model.index(1)).top() > rows


PROGRAM = """
import json, sys
from pathlib import Path
from PyQt5.QtCore import Q_CLASSINFO, QObject, QTimer, pyqtSlot
from PyQt5.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage, QDBusVariant
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication
from camera_ocr.gui import look as module
from camera_ocr.gui.settings import Settings

app = QApplication([])


class Portal(QDBusAbstractAdaptor):
    Q_CLASSINFO("D-Bus Interface", module.PORTAL[2])

    @pyqtSlot(QDBusMessage)
    def Read(self, message):
        asked = tuple(message.arguments())
        assert asked in (module.SCHEME, module.CONTRAST)
        bus.send(message.createReply(QDBusVariant(QDBusVariant(DARK if asked == module.SCHEME else 0))))


bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, "desktop")
desktop = QObject()
portal = Portal(desktop)
DARK = 1
assert bus.registerObject(module.PORTAL[1], desktop)
assert bus.registerService(module.PORTAL[0])

look = module.Look(app, Settings(Path(sys.argv[1])))
seen = [look.theme.text]

def set_on_the_desktop(what, value):
    signal = QDBusMessage.createSignal(module.PORTAL[1], module.PORTAL[2], "SettingChanged")
    signal.setArguments([*what, QDBusVariant(value)])
    bus.send(signal)

def changed(theme):
    seen.append(theme.text)
    if len(seen) == 2:
        set_on_the_desktop(module.CONTRAST, 1)
    elif len(seen) == 3:
        set_on_the_desktop(module.SCHEME, 2)
    else:
        print(json.dumps(seen))
        app.quit()

look.changed.connect(changed)
look.follow_desktop()
QTimer.singleShot(20000, app.quit)
app.exec()
"""
"""A desktop that prefers dark, then high contrast too, then light in it, and the look of a window on it."""


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="dbus is not installed")
def test_colours_follow_the_desktop_while_the_window_is_open(tmp_path):
    command = ["dbus-run-session", "--", sys.executable, "-c", PROGRAM, str(tmp_path / "window.ini")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert done.stdout, done.stderr
    themes = LIGHT, DARK, DARK_CONTRAST, LIGHT_CONTRAST
    assert json.loads(done.stdout) == [theme.text for theme in themes]
