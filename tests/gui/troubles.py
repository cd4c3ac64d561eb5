"""What goes wrong on other people's computers, made to go wrong here: the real window with the real reader.

    xvfb-run -a -s "-screen 0 1280x800x24" python tests/gui/troubles.py [FOLDER]

prints a table with the one sentence that the window says of each trouble, and whether everything is still
there; with FOLDER it takes pictures too. The exit status is 1 when nothing is said, or something is lost.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "xcb")

from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QFileDialog, QMessageBox

from camera_ocr.capture.demo import DemoSource
from camera_ocr.config import Config
from camera_ocr.errors import CameraLost, SourceError
from camera_ocr.gui import app as program
from camera_ocr.gui.application import make_application
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.settings import Settings, default_settings_path
from camera_ocr.gui.theme import LIGHT, apply_theme
from camera_ocr.gui.window import MainWindow
from camera_ocr.history import History, default_history_path
from tests.gui.test_failures import full_disk, read_only

PATIENCE_S = 60.0
LINES = 10
"""Of the demonstration's page at least these are read."""


class Unpluggable(DemoSource):
    """The demonstration as a camera whose cable comes out."""

    def __init__(self, out: threading.Event) -> None:
        super().__init__()
        self.name = "Webcam"
        self._out = out

    def read(self):
        if self._out.is_set():
            raise CameraLost("Webcam was unplugged; it is tried again until it is back.")
        return super().read()


class Desk:
    """The window in folders of its own."""

    def __init__(self, app: QApplication, pictures: Path | None) -> None:
        self.app, self.pictures = app, pictures
        self.folder = Path(tempfile.mkdtemp(prefix="camera-ocr-"))
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(self.folder)
        self.window: MainWindow | None = None

    def open(self, spec: str | None = "demo") -> MainWindow:
        window = self.window = program.make_window(Config(), LIGHT, Settings(default_settings_path()))
        window.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        window.setGeometry(0, 0, 1280, 800)
        window.show()
        self.app.setActiveWindow(window)
        window.session.begin(spec)
        window.keeper.begin()
        return window

    def wait(self, condition: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > end:
                raise SystemExit(f"never seen: {what}")
            QTest.qWait(50)

    def read(self) -> None:
        self.wait(lambda: len(self.window.panel.model.lines) >= LINES, "a page of lines")

    def freeze(self) -> None:
        QTest.keyClick(self.window, Qt.Key.Key_Space)
        self.wait(lambda: self.window.session.phase is Phase.FROZEN, "the frozen page")

    def save(self, path: Path) -> QMessageBox:
        """By key and button; gives the box that comes up."""
        QFileDialog.getSaveFileName = staticmethod(lambda *_: (str(path), ""))
        QTest.keyClick(self.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self.wait(self.window.taking.export.save_button.isEnabled, "the preview")
        QTest.mouseClick(self.window.taking.export.save_button, Qt.MouseButton.LeftButton)
        self.wait(lambda: self.boxes(), "a message")
        return self.boxes()[0]

    def boxes(self) -> list[QMessageBox]:
        return [box for box in self.window.findChildren(QMessageBox) if box.isVisible()]

    def take(self, name: str) -> None:
        QTest.qWait(200)
        if self.pictures is not None:
            shot = self.app.primaryScreen().grabWindow(0, 0, 0, 1280, 800)
            if not shot.save(str(self.pictures / f"{name}.png")):
                raise SystemExit(f"{name}.png could not be written")

    def banner(self, word: str) -> str:
        self.wait(lambda: word in self.window.banner.text, f"{word!r} above the picture")
        return self.window.banner.text

    def close(self) -> None:
        if self.window is not None:
            for box in self.boxes():
                box.close()
            self.window.close()
            self.window.deleteLater()
            QTest.qWait(50)


@contextmanager
def full_folder(parent: Path):
    """A folder with notes.txt in it, on a disk that has no room left: a real one where one may be mounted,
    else one where no file may grow."""
    folder = parent / "full"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4k,nr_inodes=8", "tmpfs", str(folder)]
    mounted = shutil.which("mount") and not subprocess.run(mount, capture_output=True).returncode
    (folder / "notes.txt").write_text("what was there")
    try:
        with nullcontext() if mounted else full_disk():
            yield folder
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def sources(**opened: Callable[[], object]):
    """In place of what opens sources."""
    real = program.open_source
    program.open_source = lambda spec, **how: opened[spec]() if spec in opened else real(spec, **how)
    try:
        yield
    finally:
        program.open_source = real


def unplugged(desk: Desk) -> tuple[str, bool]:
    out = threading.Event()
    with sources(webcam=lambda: Unpluggable(out)):
        window = desk.open("webcam")
        desk.read()
        out.set()
        sentence = desk.banner("unplugged")
        kept = len(window.panel.model.lines) >= LINES
        desk.take("unplugged")
        out.clear()
        desk.wait(lambda: window.session.phase is Phase.LIVE, "the camera again")
    return sentence, kept


def disk_full(desk: Desk) -> tuple[str, bool]:
    window = desk.open()
    desk.read()
    with full_folder(desk.folder) as folder:
        old = folder / "notes.txt"
        box = desk.save(old)
        desk.take("full disk")
        kept = old.read_text() == "what was there" and len(window.panel.model.lines) >= LINES
    return f"{box.text()} {box.informativeText()}", kept


def folder_read_only(desk: Desk) -> tuple[str, bool]:
    folder = desk.folder / "read-only"
    folder.mkdir()
    window = desk.open()
    desk.read()
    with read_only(folder):
        box = desk.save(folder / "notes.txt")
    desk.take("read-only folder")
    return f"{box.text()} {box.informativeText()}", len(window.panel.model.lines) >= LINES


def history_disk_full(desk: Desk) -> tuple[str, bool]:
    window = desk.open()
    desk.read()
    with full_disk():
        desk.freeze()
        sentence = desk.banner("could not be")
    desk.take("full disk, history")
    window.session.editor.correct(window.panel.model.lines[0].track_id, "corrected")
    desk.wait(lambda: not window.keeper._waiting and not window.banner.isVisible(), "it is kept after all")
    history = History(default_history_path())
    kept = any("corrected" in entry.text for entry in history.entries())
    history.close()
    return sentence, kept


def no_permission(desk: Desk) -> tuple[str, bool]:
    def refuse() -> object:
        raise SourceError(
            "Webcam (/dev/video0) may not be used by you;"
            " run `sudo usermod -aG video $USER` and log in again."
        )

    with sources(**{"/dev/video0": refuse}):
        window = desk.open("/dev/video0")
        sentence = desk.banner("may not be used")
        desk.take("no permission")
        # another source can be opened from here
        window.session.open("demo")
        desk.read()
    return sentence, True


def damaged_settings(desk: Desk) -> tuple[str, bool]:
    path = default_settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xfe scribble " * 50)
    desk.open()
    sentence = desk.banner("damaged")
    desk.read()
    desk.take("damaged settings")
    aside = [one for one in path.parent.glob("*.ini") if b"scribble" in one.read_bytes()]
    return sentence, len(aside) == 1


def damaged_history(desk: Desk) -> tuple[str, bool]:
    path = default_history_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"scribble " * 1000)
    desk.open()
    desk.read()
    desk.freeze()
    sentence = desk.banner("damaged")
    desk.take("damaged history")
    aside = [one for one in path.parent.iterdir() if one.read_bytes().startswith(b"scribble")]
    desk.wait(lambda: not desk.window.keeper._waiting, "the page in the new one")
    history = History(path)
    kept = len(history.entries()) == 1
    history.close()
    return sentence, len(aside) == 1 and kept


TROUBLES = (
    ("the camera is unplugged", unplugged),
    ("the disk is full: saving", disk_full),
    ("the disk is full: history", history_disk_full),
    ("the folder is read-only", folder_read_only),
    ("no permission on the device", no_permission),
    ("damaged settings", damaged_settings),
    ("damaged history", damaged_history),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    options = parser.parse_args()
    if options.folder is not None:
        options.folder.mkdir(parents=True, exist_ok=True)
    app = make_application()
    apply_theme(app, LIGHT)
    print("| trouble | the window says | nothing lost |\n|---|---|---|")
    lost = 0
    for name, trouble in TROUBLES:
        desk = Desk(app, options.folder)
        sentence, kept = trouble(desk)
        desk.close()
        said = sentence.replace(str(desk.folder), "…")
        lost += not kept
        print(f"| {name} | {said} | {'yes' if kept else 'LOST'} |", flush=True)
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
