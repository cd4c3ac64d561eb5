import os
import sys
from pathlib import Path

import cv2
import pytest
from PyQt5.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PyQt5.QtGui import QColor, QDragEnterEvent, QDropEvent, QPalette
from PyQt5.QtWidgets import QApplication, QMessageBox

from camera_ocr.gui.application import forget_opencv_qt, make_hook
from camera_ocr.gui.choice import choice_for
from camera_ocr.gui.theme import DARK, LIGHT, system_theme

VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def test_opencvs_own_qt_is_forgotten(monkeypatch):
    for name in VARIABLES:
        monkeypatch.setenv(name, str(Path(cv2.__file__).parent / "qt" / "plugins"))
    forget_opencv_qt()
    assert [name for name in VARIABLES if name in os.environ] == []


def test_what_the_user_set_for_qt_stays(monkeypatch, tmp_path):
    for name in VARIABLES:
        monkeypatch.setenv(name, str(tmp_path))
    forget_opencv_qt()
    assert [os.environ[name] for name in VARIABLES] == [str(tmp_path)] * 2


def test_error_in_a_slot_is_told_once_and_the_window_lives(qtbot, desk, results, until, monkeypatch):
    desk.begin(result=results.page())
    for _ in range(3):
        QTimer.singleShot(0, lambda: {}["missing"])
    # within this the test's own hook is not asked, so the window's can be
    with qtbot.captureExceptions():
        monkeypatch.setattr(sys, "excepthook", make_hook(desk.window))
        until(lambda: bool(desk.window.findChildren(QMessageBox)))
        qtbot.wait(50)
    (box,) = desk.window.findChildren(QMessageBox)
    assert "KeyError" in box.text()
    assert "Traceback" not in box.text()
    desk.show(results.page(["still here"]))
    assert desk.rows() == ["still here"]
    qtbot.keyClick(box, Qt.Key.Key_Return)
    until(lambda: not box.isVisible())


def test_ctrl_c_closes_the_window(desk, results):
    desk.begin(result=results.page())
    make_hook(desk.window)(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not desk.window.isVisible()


@pytest.mark.parametrize(("window", "theme"), [("#efefef", LIGHT), ("#202020", DARK)])
def test_theme_follows_the_systems_palette(window, theme):
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(window))
    assert system_theme(palette) is theme


@pytest.mark.parametrize(
    ("spec", "title"),
    [
        ("demo", "Demonstration"),
        ("0", "Camera 0"),
        ("/home/me/scans/page 1.png", "page 1.png"),
        ("rtsp://user:secret@host:554/stream", "rtsp://host:554/stream"),
    ],
)
def test_source_has_a_name_for_people(spec, title):
    assert choice_for(spec).title == title


def test_dropped_file_is_opened(desk, results, tmp_path):
    desk.begin(result=results.page())
    path = tmp_path / "dropped.png"
    path.write_bytes(b"")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, mime, left, none)
    QApplication.sendEvent(desk.window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(9, 9), copy, mime, left, none))
    desk.engine.open()
    assert desk.opened[-1] == str(path)
