"""Pictures of the real window: the README's, and others to look at.

    xvfb-run -s "-screen 0 1280x800x24" python tests/gui/screenshots.py [FOLDER]

The window runs on the xcb platform with the demo and the model that is installed, and each picture is taken
off the screen, not painted for the purpose. FOLDER is .readme when not given.

    xvfb-run -s "-screen 0 3840x2160x24" python tests/gui/screenshots.py FOLDER --matrix [--language de]

takes every state in light and dark, both also in high contrast, at 1024×600 and 1920×1080, at once and twice
the scale; --only takes some of them, such as `--only "1024x600 2x dark"`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "xcb"

import cv2
import numpy as np
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QCursor, QMouseEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QLineEdit

from camera_ocr.capture.demo import DemoSource
from camera_ocr.config import Config
from camera_ocr.framing import PLAIN
from camera_ocr.gui.app import make_window
from camera_ocr.gui.application import make_application
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.i18n import translate
from camera_ocr.gui.settings import Settings
from camera_ocr.gui.theme import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Theme, apply_theme
from camera_ocr.gui.window import MainWindow

PATIENCE_S = 40.0
SIZES = ((1024, 600), (1920, 1080))
"""A Raspberry Pi's touch screen, and a common monitor."""
THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "light contrast": LIGHT_CONTRAST,
    "dark contrast": DARK_CONTRAST,
}
STROKES = json.loads((Path(__file__).parents[1] / "assets" / "digits" / "strokes.json").read_text())
"""Digits of two writers who are held out of all training."""


def fresh_folder() -> Path:
    """Where nobody has set or frozen anything yet; also for what the window keeps."""
    folder = tempfile.mkdtemp(prefix="camera-ocr-")
    os.environ["XDG_DATA_HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
    return Path(folder)


class Photographer:
    """Runs one window and takes pictures of it."""

    def __init__(self, app: QApplication, folder: Path, theme: Theme, size: tuple[int, int]) -> None:
        self.app, self.folder = app, folder
        self.sharpest = 0.0
        """Measure of the sharpest frame so far: the demo's camera loses focus now and then."""
        apply_theme(app, theme)
        self.window: MainWindow = make_window(Config(), theme, Settings(fresh_folder() / "window.ini"))
        self.window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.window.setGeometry(0, 0, *size)
        self.window.show()
        # there is no window manager that would do it, and keys go to the active window only
        app.setActiveWindow(self.window)

    def wait(self, condition: Callable[[], bool], why: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                print(f"gave up waiting for {why} {self.window.session.problem}", file=sys.stderr)
                return
            QTest.qWait(50)

    def take(self, name: str) -> None:
        QTest.qWait(300)
        path = self.folder / f"{name}.png"
        shot = self.app.primaryScreen().grabWindow(0, 0, 0, self.window.width(), self.window.height())
        if not shot.save(str(path)):
            sys.exit(f"{path} could not be written")
        print(path)

    def settled(self) -> bool:
        """The picture is sharp and the whole demo page has been read, nearly all of it for good."""
        result = self.window.session.result
        if result is None:
            return False
        sharpness = float(cv2.Laplacian(result.frame.image, cv2.CV_32F).var())
        self.sharpest = max(self.sharpest, sharpness)
        read = [line for line in result.lines if line.text]
        stable = sum(line.stable for line in read)
        return sharpness > 0.9 * self.sharpest and len(read) >= 12 and stable >= 0.9 * len(read)

    def live(self, spec: str | None) -> None:
        self.window.session.begin(spec)
        self.wait(self.settled, "stable text")

    def overlays(self, of: str) -> None:
        """What else can be on the picture and below it; all is as before afterwards."""
        for name in ("beside", "boxes"):
            QTest.keyClick(self.window, Qt.Key.Key_T)
            self.take(f"{of} {name}")
        for _ in range(2):
            QTest.keyClick(self.window, Qt.Key.Key_T)
        session = self.window.session
        session.reframe(PLAIN.with_region((0.15, 0.05, 0.75, 0.35)).with_region((0.2, 0.7, 0.65, 0.95)))
        QTest.keyClick(self.window, Qt.Key.Key_P)
        QTest.qWait(3000)
        self.take(f"{of} regions and performance")
        QTest.keyClick(self.window, Qt.Key.Key_P)
        session.reframe(PLAIN)

    def film(self, path: Path, of: str) -> None:
        """A place of a video, sought."""
        self.window.session.begin(str(path))
        self.wait(lambda: self.window.session.film_position > 5, "the video")
        self.window.session.seek(40)
        self.wait(lambda: self.window.session.phase is Phase.FROZEN, "its frame")
        self.take(f"{of} video")

    def freeze(self) -> None:
        self.wait(self.settled, "a sharp picture")
        QTest.keyClick(self.window, Qt.Key.Key_Space)
        self.wait(lambda: self.window.session.phase is Phase.FROZEN, "the frozen picture")

    def point_at(self, row: int) -> None:
        track_id = self.window.panel.model.lines[row].track_id
        QCursor.setPos(self.window.view.mapToGlobal(self.window.view.centre_of(track_id).toPoint()))

    def click_row(self, row: int) -> None:
        rows = self.window.panel.list
        QTest.mouseClick(
            rows.viewport(),
            Qt.MouseButton.LeftButton,
            pos=rows.visualRect(rows.model().index(row, 0)).center(),
        )

    def draw(self, text: str, writer: str, x: float, y: float, scale: float) -> None:
        """A held-out writer's digits, with the mouse."""
        area = self.window.canvas.area
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        plain = Qt.KeyboardModifier.NoModifier
        for digit in text:
            parts = [np.array(s, float).reshape(-1, 2) * scale for s in STROKES[writer][digit]]
            points = np.concatenate(parts)
            for part in parts:
                at = [QPointF(*p) for p in (part - [points[:, 0].min(), points[:, 1].max()] + [x, y])]
                QApplication.sendEvent(
                    area, QMouseEvent(QEvent.Type.MouseButtonPress, at[0], left, left, plain)
                )
                for point in at[1:]:
                    QApplication.sendEvent(area, QMouseEvent(QEvent.Type.MouseMove, point, none, left, plain))
                QApplication.sendEvent(
                    area, QMouseEvent(QEvent.Type.MouseButtonRelease, at[-1], left, none, plain)
                )
            x += float(np.ptp(points[:, 0])) + 26

    def canvas(self) -> None:
        """Two rows of digits, drawn and read, one digit pointed at."""
        self.window.session.begin("demo")
        self.wait(lambda: self.window.session.phase is Phase.LIVE, "the demonstration")
        self.window.draw_action.trigger()
        QTest.qWait(200)
        self.draw("1945", "aga-0013", 150, 290, 1.15)
        self.draw("27036", "art-0094", 120, 560, 1.15)
        self.wait(lambda: self.window.canvas.text == "1945\n27036", "the digits")
        area = self.window.canvas.area
        x, y, w, h = area.digits[-2].box
        ratio = area.devicePixelRatioF()
        QCursor.setPos(area.mapToGlobal(QPoint(round((x + w / 2) / ratio), round((y + h / 2) / ratio))))

    def done(self) -> None:
        QCursor.setPos(QPoint(5, 5))
        self.window.close()
        self.window.deleteLater()
        QTest.qWait(50)


def readme(app: QApplication, folder: Path) -> None:
    """The pictures of the README."""
    shoot = Photographer(app, folder, LIGHT, (1280, 800))
    shoot.live("demo")
    shoot.take("live")
    shoot.freeze()
    shoot.click_row(2)
    shoot.take("frozen")
    shoot.done()

    shoot = Photographer(app, folder, LIGHT, (1280, 800))
    shoot.canvas()
    shoot.take("canvas")
    shoot.done()


def others(app: QApplication, folder: Path) -> None:
    """The states that the README does not show."""
    shoot = Photographer(app, folder, DARK, (1280, 800))
    shoot.live(None)
    shoot.point_at(3)
    shoot.take("dark without a camera, pointing at a line")
    shoot.freeze()
    shoot.click_row(1)
    QTest.keyClick(shoot.window.panel.list, Qt.Key.Key_Return)
    QTest.keyClicks(shoot.window.panel.list.findChild(QLineEdit), "corrected")
    shoot.take("dark correcting")
    shoot.done()

    shoot = Photographer(app, folder, DARK, (1280, 800))
    shoot.canvas()
    shoot.take("dark canvas")
    shoot.window.canvas.clear()
    shoot.draw("27036", "art-0094", 120, 460, 1.15)
    shoot.wait(lambda: shoot.window.canvas.text == "27036", "the digits")
    shoot.window.canvas.sample_action.trigger()
    shoot.take("dark sample")
    shoot.window.canvas.sample_dialog.reject()
    shoot.done()

    shoot = Photographer(app, folder, LIGHT, (1024, 600))
    shoot.live("demo")
    shoot.take("small")
    QTest.keyClick(shoot.window, Qt.Key.Key_Space)
    shoot.take("reading")
    QTest.keyClick(shoot.window, Qt.Key.Key_Space)
    QTest.keyClick(shoot.window, Qt.Key.Key_F1)
    shoot.take("keys")
    QTest.keyClick(shoot.window, Qt.Key.Key_F1)
    QTest.keyClick(shoot.window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    shoot.take("menu")
    shoot.window.source.menu().close()
    shoot.window.session.open("/dev/video77")
    shoot.wait(lambda: shoot.window.session.phase is Phase.FAILED, "the failure")
    shoot.take("failed")
    shoot.done()


def make_film() -> Path:
    """Two seconds of the demonstration."""
    path = fresh_folder() / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 30, (1280, 720))
    source = DemoSource(realtime=False, frames=60)
    while (frame := source.read()) is not None:
        writer.write(frame.image)
    writer.release()
    return path


def matrix(app: QApplication, folder: Path, only: str) -> None:
    """Every state in every theme, on a Pi's touch screen and a large one, at the present scale."""
    scale = os.environ.get("QT_SCALE_FACTOR", "1")
    film = make_film()
    for width, height in SIZES:
        for name, theme in THEMES.items():
            of = f"{width}x{height} {scale}x {name}"
            if only not in of:
                continue
            every_state(Photographer(app, folder, theme, (width, height)), of)
            shoot = Photographer(app, folder, theme, (width, height))
            shoot.film(film, of)
            shoot.done()


def every_state(shoot: Photographer, of: str) -> None:
    window = shoot.window
    shoot.live("demo")
    shoot.take(f"{of} live")
    shoot.overlays(of)
    shoot.freeze()
    shoot.click_row(1)
    QTest.keyClick(window.panel.list, Qt.Key.Key_Return)
    QTest.keyClicks(window.panel.list.findChild(QLineEdit), "corrected")
    shoot.take(f"{of} frozen")
    QTest.keyClick(window.panel.list.findChild(QLineEdit), Qt.Key.Key_Return)
    window.settings_action.trigger()
    dialog = window.settings_dialog
    dialog.move((window.width() - dialog.width()) // 2, 30)
    shoot.wait(lambda: dialog.model.box.count() > 0, "the models")
    for number, name in enumerate(("reading", "window", "my hand", "history")):
        dialog.tabs.setCurrentIndex(number)
        shoot.take(f"{of} settings {name}")
    dialog.close()
    for name, open_dialog in (
        ("export", window.taking.saving.trigger),
        ("history", window.history_action.trigger),
        ("keys", window.show_keys),
    ):
        open_dialog()
        QTest.qWait(500)
        shoot.take(f"{of} {name}")
        for one in shoot.app.topLevelWidgets():
            if one is not window:
                one.close()
    window.draw_action.trigger()
    QTest.qWait(200)
    shoot.draw("27036", "art-0094", 100, window.height() * 0.6, 0.8)
    shoot.wait(lambda: window.canvas.text == "27036", "the digits")
    shoot.take(f"{of} canvas")
    shoot.done()


def at_every_scale(folder: Path, language: str, only: str) -> None:
    """Qt takes its scale when it starts, so each has a process of its own."""
    for scale in ("1", "2"):
        command = [sys.executable, __file__, str(folder), "--matrix", "--language", language]
        command += ["--only", only]
        subprocess.run(command, env={**os.environ, "QT_SCALE_FACTOR": scale}, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("folder", type=Path, nargs="?", default=root / ".readme")
    parser.add_argument("--all", action="store_true", help="not only those of the README")
    parser.add_argument("--matrix", action="store_true", help="every state, size, scale and theme instead")
    parser.add_argument("--language", default="en", choices=["en", "de"], help="of the window")
    parser.add_argument("--only", default="", help="of the matrix: those whose names have this in them")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.matrix and "QT_SCALE_FACTOR" not in os.environ:
        at_every_scale(options.folder, options.language, options.only)
        return
    app = make_application()
    translate(app, options.language)
    if options.matrix:
        matrix(app, options.folder, options.only)
        return
    readme(app, options.folder)
    if options.all:
        others(app, options.folder)


if __name__ == "__main__":
    main()
