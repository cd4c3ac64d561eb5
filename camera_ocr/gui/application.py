"""The Qt application: what Qt needs to start, and what happens to unforeseen errors."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import cv2
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QMessageBox, QWidget

from camera_ocr.gui.i18n import tr
from camera_ocr.logs import unexpected


def make_application() -> QApplication:
    """The QApplication, made so that it finds its own plugins and is sharp on every screen."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    forget_opencv_qt()
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_EnableHighDpiScaling)
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_UseHighDpiPixmaps)
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.RoundPreferFloor)
    app = QApplication([sys.argv[0] if sys.argv else "camera-ocr"])
    # Qt's X11 plugin turns this on: of the mouse's moves only the newest is then delivered when the window is
    # busy, which makes polygons of drawn curves. It does so while the application is made, so not earlier.
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    app.setApplicationName("Camera OCR")
    app.setDesktopFileName("camera-ocr")
    return app


def forget_opencv_qt() -> None:
    """Undo what importing cv2 did to the environment: it points Qt to plugins and fonts of its own Qt, with
    which PyQt5 cannot start. What points elsewhere was set by the user and stays."""
    own = Path(cv2.__file__).resolve().parent
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        if name in os.environ and own in Path(os.environ[name]).resolve().parents:
            del os.environ[name]


def make_hook(
    window: QWidget,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """For sys.excepthook: PyQt5 aborts the process on an exception in a slot unless a hook is set."""
    shown: list[QMessageBox] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        sentence = unexpected(error.with_traceback(trace))
        # One box at a time: an error that comes with every frame would bury the screen.
        if not shown:
            box = QMessageBox(QMessageBox.Icon.Warning, "Camera OCR", sentence, parent=window)
            box.setInformativeText(tr("The window stays open; what was read is still there."))
            shown.append(box)
            box.finished.connect(shown.clear)
            box.finished.connect(box.deleteLater)
            box.open()

    return hook
