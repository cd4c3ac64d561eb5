"""How long the window takes to answer, with much to show: a 4K picture, a page of 100 lines, 10,000 lines in
the history.

    xvfb-run -a -s "-screen 0 1920x1080x24" python tests/gui/responsiveness.py

prints for each thing a person does the milliseconds from the event to the last of its paint, and the
processor time that the window's thread took for it, which does not depend on what else the machine does: the
median and the longest of several times. The exit status is 1 when one of them takes more than 100 ms of the
processor.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PyQt5.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QContextMenuEvent, QWheelEvent
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QWidget

from camera_ocr.editing import EditedPage
from camera_ocr.gui.application import make_application
from camera_ocr.gui.engine_view import Phase, ReaderInfo
from camera_ocr.gui.keeper import HistoryKeeper
from camera_ocr.gui.reading import LANGUAGE
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings, default_settings_path
from camera_ocr.gui.spelling import Spelling
from camera_ocr.gui.theme import LIGHT, apply_theme
from camera_ocr.gui.window import MainWindow
from camera_ocr.history import History, default_history_path, open_history
from camera_ocr.types import Frame, FrameResult, FusedLine, Word
from tests.gui.conftest import FakeEngine

ROOT = Path(__file__).resolve().parents[2]
LIMIT_MS = 100.0
LINES, PAGES, LINES_A_PAGE = 100, 500, 20
WORDS = "the quick brown fox écrit à Zürich and reads 1945 handwritting lines".split()


def page(lines: int, width: int, height: int) -> FrameResult:
    """Two columns of lines with words, on grey paper with noise."""
    random = np.random.default_rng(7)
    image = random.integers(180, 240, (height, width, 3), dtype=np.uint8)
    rows = lines // 2
    pitch, wide = height / (rows + 1), width * 0.45
    made = []
    for i in range(lines):
        x, y = width * (0.03 + 0.49 * (i // rows)), pitch * (0.5 + i % rows)
        texts = [WORDS[(i + k) % len(WORDS)] for k in range(7)]
        step = wide / len(texts)
        words = tuple(
            Word(text, box(x + k * step, y, step * 0.9, pitch * 0.8), 0.5 + 0.07 * (k % 7))
            for k, text in enumerate(texts)
        )
        quad = box(x, y, wide, pitch * 0.8)
        made.append(FusedLine(i + 1, quad, " ".join(texts), 0.9, 3, True, words))
    return FrameResult(Frame(image, 1, time.monotonic_ns(), "test"), None, tuple(made))


def box(x: float, y: float, w: float, h: float) -> np.ndarray:
    return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32)


def fill_history() -> None:
    """What months of use leave behind."""
    result = page(LINES_A_PAGE, 640, 480)
    history = History(default_history_path())
    for number in range(PAGES):
        history.add(result.frame.image, EditedPage(result.lines), f"Camera {number}")
    history.close()


class Bench:
    """A window on a page, and how long it took for what was done to it."""

    def __init__(self, app: QApplication, result: FrameResult) -> None:
        self.app = app
        self.times: dict[str, list[tuple[float, float]]] = {}

        def make_engine(*factories: object) -> FakeEngine:
            self.engine = FakeEngine(*factories)
            return self.engine

        session = Session(make_engine, str, list, ReaderInfo(("crnn",), "LiteRT"), lambda reads: reads)
        settings = Settings(default_settings_path())
        keeper = HistoryKeeper(session, lambda: open_history(default_history_path()), settings)
        spelling = Spelling(settings, session.jobs, lambda: settings.get(LANGUAGE))
        self.window = MainWindow(session, LIGHT, keeper, settings, spelling)
        self.window.setGeometry(0, 0, 1600, 950)
        self.window.show()
        app.setActiveWindow(self.window)
        session.begin("demo")
        self.engine.open()
        self.engine.newest = self.engine.still = result
        self.until(lambda: session.result is not None)

    def until(self, condition: Callable[[], object]) -> None:
        while not condition():
            QTest.qWait(5)
        QTest.qWait(200)

    def do(self, what: str, act: Callable[[], object]) -> None:
        """Once; everything that the event leads to in the window's thread counts."""
        QTest.qWait(60)
        wall, cpu = time.perf_counter(), time.thread_time()
        act()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.app.processEvents()
        self.app.processEvents()
        took = 1e3 * (time.perf_counter() - wall), 1e3 * (time.thread_time() - cpu)
        self.times.setdefault(what, []).append(took)

    def key(
        self, what: str, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        target = self.app.focusWidget() or self.window
        self.do(what, lambda: QTest.keyClick(target, key, modifier))


def measure(bench: Bench, times: int) -> None:
    window = bench.window
    ctrl = Qt.KeyboardModifier.ControlModifier
    view, rows = window.view, window.panel.list

    def wheel(steps: int) -> None:
        at = QPointF(view.rect().center())
        none = Qt.KeyboardModifier.NoModifier
        event = QWheelEvent(
            at,
            view.mapToGlobal(at.toPoint()),
            QPoint(),
            QPoint(0, 120 * steps),
            Qt.MouseButton.NoButton,
            none,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view, event)

    for i in range(times):
        # another frame of the same view
        shown = window.session.result
        fresh = FrameResult(replace(shown.frame, image=shown.frame.image.copy()), None, shown.lines)
        bench.do("a new frame is shown", lambda fresh=fresh: window._show(fresh))
        bench.do("zoom with the wheel", lambda: wheel(1))
        bench.do("zoom out", lambda: wheel(-1))
        place = view.centre_of(1 + i % LINES).toPoint()
        bench.do("point at a line", lambda place=place: QTest.mouseMove(view, place))
        bench.do(
            "click a line on the picture",
            lambda place=place: QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=place),
        )
        bench.key("other overlay", Qt.Key.Key_T)
    bench.engine.may_finish_reading.clear()
    bench.key("freeze", Qt.Key.Key_Space)
    bench.do("show what was read of it", lambda: finish_reading(bench))
    for _ in range(times):
        rows.setFocus()
        bench.key("next line in the list", Qt.Key.Key_Down)
        bench.key("open the editor of a line", Qt.Key.Key_Return)
        bench.key("type a letter", Qt.Key.Key_X)
        bench.key("keep a correction", Qt.Key.Key_Return)
        rows.setFocus()
        bench.key("undo", Qt.Key.Key_Z, ctrl)
    bench.until(lambda: window.spelling.marks("handwritting"))
    for _ in range(times):
        bench.key("next unknown word", Qt.Key.Key_F7)
        bench.do("offer other words for it", lambda: ask_menu(rows.editor))
        bench.app.activePopupWidget().close()
    rows.close_editor()
    rows.setFocus()
    bench.key("select all lines", Qt.Key.Key_A, ctrl)
    bench.key("copy all", Qt.Key.Key_C, ctrl)
    bench.key("go live", Qt.Key.Key_Space)
    bench.do("open the settings", window.settings_action.trigger)
    window.settings_dialog.close()
    bench.do("open the list of keys", window.show_keys)
    window.sheet.close()
    bench.do("open the dialog of saving", window.taking.saving.trigger)
    for one in bench.app.topLevelWidgets():
        if one is not window:
            one.close()
    history = window.history
    bench.do("open the history", window.history_action.trigger)
    bench.until(lambda: history.model.rowCount() >= PAGES)
    bench.app.setActiveWindow(history)
    for i in range(times):
        bench.do("type in the search", lambda i=i: QTest.keyClick(history.search, "fox "[i % 4]))
        QTest.qWait(250)
        bar = history.list.verticalScrollBar()
        bench.do("scroll the history", lambda i=i, bar=bar: bar.setValue(bar.maximum() * (i % 7) // 6))
    history.close()


def ask_menu(editor: QWidget) -> None:
    """With the key for it."""
    at = editor.rect().center()
    QApplication.sendEvent(
        editor, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, editor.mapToGlobal(at))
    )


def finish_reading(bench: Bench) -> None:
    """The reader has read the picture that was frozen."""
    bench.engine.may_finish_reading.set()
    while bench.window.session.phase is not Phase.FROZEN:
        bench.app.processEvents()


def start_time() -> tuple[float, float]:
    """Seconds from the command until the first picture is painted in the window, and of processor time."""
    program = (
        "import time\n"
        "from PyQt5.QtCore import QTimer\n"
        "import camera_ocr.gui.app as app\n"
        "from camera_ocr.config import Config, SourceConfig\n"
        "from camera_ocr.gui.view import PictureView\n"
        "paint = PictureView.paintEvent\n"
        "def painted(self, event):\n"
        "    paint(self, event)\n"
        "    if self.window().session.result is not None:\n"
        "        PictureView.paintEvent = paint\n"
        "        QTimer.singleShot(0, lambda: told(self.window()))\n"
        "def told(window):\n"
        "    print(time.monotonic(), time.process_time(), flush=True)\n"
        "    window.close()\n"
        "PictureView.paintEvent = painted\n"
        "app.run(Config(source=SourceConfig(spec='demo')))\n"
    )
    # one clock for all processes
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    seen, cpu = map(float, done.stdout.split()[:2])
    return seen - begun, cpu


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=12, help="each thing is done")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="camera-ocr-")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = folder
    if "DISPLAY" in os.environ:
        # the stand-in for the engine is made for tests without a screen
        os.environ["QT_QPA_PLATFORM"] = "xcb"
    app = make_application()
    apply_theme(app, LIGHT)
    fill_history()
    bench = Bench(app, page(LINES, 3840, 2160))
    measure(bench, options.times)
    bench.window.close()
    print(f"{'':32} {'ms':>7} {'longest':>8} {'processor':>10} {'longest':>8}")
    slow = 0
    for what, took in bench.times.items():
        wall, cpu = np.array(took).T
        late = cpu.max() > LIMIT_MS
        slow += late
        figures = f"{np.median(wall):7.1f} {wall.max():8.1f} {np.median(cpu):10.1f} {cpu.max():8.1f}"
        print(f"{what:32} {figures}{'  over ' + format(LIMIT_MS, '.0f') + ' ms' if late else ''}")
    starts = np.array([start_time() for _ in range(5)])
    wall, cpu = np.median(starts, axis=0)
    print(f"start to the first picture: {wall:.2f} s, processor {cpu:.2f} s (median of {len(starts)})")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
