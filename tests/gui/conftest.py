"""Qt without a screen, and a stand-in for the engine."""

import dataclasses
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QLocale, QPoint, QPointF, Qt
from PyQt5.QtGui import QTouchDevice, QWheelEvent, QWindow
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QMenu, QWidget

from camera_ocr import engine as core
from camera_ocr.capture.base import CameraInfo, FrameSource
from camera_ocr.engine_stats import EngineStats
from camera_ocr.errors import ReaderError, SourceError
from camera_ocr.gui.application import forget_opencv_qt
from camera_ocr.gui.engine_view import Phase, ReaderInfo, Reads
from camera_ocr.gui.i18n import translate
from camera_ocr.gui.keeper import HistoryKeeper
from camera_ocr.gui.line_editor import LineEditor
from camera_ocr.gui.reading import LANGUAGE
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings, default_settings_path
from camera_ocr.gui.spelling import Spelling
from camera_ocr.gui.theme import LIGHT
from camera_ocr.gui.window import MainWindow
from camera_ocr.history import default_history_path, open_history
from camera_ocr.types import Frame, FrameResult, FusedLine, Transcript, Word

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
forget_opencv_qt()

WIDTH, HEIGHT = 640, 360
LINE_HEIGHT = 40
SOURCE = "test"
"""Name of every source here, in frames and in the engine's state."""
TEXTS = ("Hello world", "écrit à Zürich", "third line")


def quad_of(row: int) -> np.ndarray:
    """Lines one below the other, with gaps between them."""
    top = 30 + row * 2 * LINE_HEIGHT
    return np.array([[40, top], [440, top], [440, top + LINE_HEIGHT], [40, top + LINE_HEIGHT]], np.float32)


def make_line(track_id: int, text: str, row: int, **other) -> FusedLine:
    fields = {"confidence": 0.9, "votes": 3, "stable": True, "words": ()} | other
    return FusedLine(track_id=track_id, quad=quad_of(row), text=text, **fields)


class Results:
    """Makes results of a grey paper with lines on it."""

    def __init__(self) -> None:
        self._index = 0

    def __call__(self, *lines: FusedLine) -> FrameResult:
        image = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
        for line in lines:
            x, y = (int(v) for v in line.quad[3])
            cv2.putText(
                image, f"ink ink {line.track_id}", (x, y - 8), cv2.FONT_HERSHEY_SIMPLEX, 1, (40, 40, 40), 2
            )
        self._index += 1
        return FrameResult(Frame(image, self._index, time.monotonic_ns(), SOURCE), None, lines)

    def page(self, texts: Sequence[str] = TEXTS, **other) -> FrameResult:
        return self(*(make_line(row + 1, text, row, **other) for row, text in enumerate(texts)))

    line = staticmethod(make_line)

    @staticmethod
    def word(text: str, quad: np.ndarray) -> Word:
        return Word(text, np.asarray(quad, np.float32), 0.9)


@pytest.fixture
def results() -> Results:
    return Results()


@pytest.fixture(autouse=True)
def own_folders(monkeypatch, tmp_path_factory):
    """Settings and logs of whoever runs the tests are left alone."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(5)
    assert [thread.name for thread in left if thread.is_alive()] == []


@pytest.fixture(autouse=True)
def no_window_stays() -> Iterator[None]:
    """pytest-qt has closed by then what a test gave into its care: no window is left, shown or hidden."""
    before = QApplication.topLevelWidgets() if QApplication.instance() is not None else []
    yield
    if QApplication.instance() is None:
        return
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [one for one in QApplication.topLevelWidgets() if one not in before]
    assert [f"{type(one).__name__} {one.objectName()}" for one in left] == []


class FakeEngine:
    """An engine whose state and newest result a test sets by hand; it opens sources when told to."""

    def __init__(self, factory, fallback) -> None:
        self.state = core.EngineState()
        self.newest: FrameResult | None = None
        self.still: FrameResult | Exception | None = None
        """What freeze() returns, or raises."""
        self.says: tuple[str, ...] | None = ("read anew",)
        """What the reader makes of any crop, and its alternatives; None: there is no reader."""
        self.crops: list[np.ndarray] = []
        self.may_finish_reading = threading.Event()
        self.may_finish_reading.set()
        self.calls: list[str] = []
        self.used: list[object] = []
        """What it was told to read with."""
        self.reread: FrameResult | None = None
        """The newest result once it reads with another."""
        self.reread_lines: tuple[FusedLine, ...] = ()
        """What is read of a picture that is put in place of the one that stands."""
        self._wanted = factory, fallback

    def start(self) -> None:
        self.calls.append("start")

    def stop(self) -> None:
        self.calls.append("stop")

    def switch(self, factory, *, fallback=None, hold_first=False) -> None:
        self.calls.append("switch")
        self._wanted = factory, fallback
        self.state = core.EngineState(core.Phase.OPENING)

    def open(self) -> None:
        """What the engine's threads would do now."""
        factory, fallback = self._wanted
        try:
            self.state = core.EngineState(core.Phase.RUNNING, factory() and SOURCE)
        except SourceError as error:
            if fallback is None:
                self.state = core.EngineState(core.Phase.ERROR, message=str(error))
            else:
                self.state = core.EngineState(
                    core.Phase.RUNNING, fallback() and SOURCE, str(error), fallback=True
                )

    def latest(self) -> FrameResult | None:
        return self.newest

    def freeze(self) -> FrameResult:
        self.calls.append("freeze")
        assert self.may_finish_reading.wait(20)
        if isinstance(self.still, Exception):
            raise self.still
        assert self.still is not None
        return self.still

    def read_crops(self, crops: Sequence[np.ndarray]) -> list[Transcript]:
        self.crops += crops
        if self.says is None:
            raise ReaderError("There is no text reader.")
        n = len(self.says[0])
        spans = np.stack([np.arange(n), np.arange(1, n + 1)], axis=1).astype(np.float32) / max(1, n)
        return [Transcript(self.says[0], np.full(n, 0.8, np.float32), spans, self.says[1:])] * len(crops)

    def resume(self) -> None:
        self.calls.append("resume")

    def show_instead(self, frame: Frame) -> FrameResult | None:
        self.newest = FrameResult(frame, None, self.reread_lines)
        return self.newest

    def use(self, pipeline_factory) -> None:
        self.used.append(pipeline_factory())
        if self.reread is not None:
            self.newest = self.reread

    def stats(self) -> EngineStats:
        return EngineStats(**{field.name: 30 for field in dataclasses.fields(EngineStats)})


LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NONE = Qt.KeyboardModifier.NoModifier


class Mouse:
    """A mouse whose events come in at the window, as from the window system: Qt finds the widget below it,
    and makes of them what else they mean (hover, drags, menus). Places are px of a widget."""

    def _at(self, widget: QWidget, place: QPoint) -> tuple[QWindow, QPoint]:
        window = widget.window()
        handle = window.windowHandle()
        assert handle is not None
        return handle, widget.mapTo(window, place)

    def press(self, widget: QWidget, place: QPoint, button=LEFT, modifier=NONE) -> None:
        window, at = self._at(widget, place)
        QTest.mousePress(window, button, modifier, at)

    def move(self, widget: QWidget, place: QPoint) -> None:
        window, at = self._at(widget, place)
        QTest.mouseMove(window, at)
        QApplication.processEvents()

    def release(self, widget: QWidget, place: QPoint, button=LEFT, modifier=NONE) -> None:
        window, at = self._at(widget, place)
        QTest.mouseRelease(window, button, modifier, at)

    def click(self, widget: QWidget, place: QPoint, button=LEFT, modifier=NONE) -> None:
        self.press(widget, place, button, modifier)
        self.release(widget, place, button, modifier)

    def click_twice(self, widget: QWidget, place: QPoint) -> None:
        window, at = self._at(widget, place)
        QTest.mouseDClick(window, LEFT, NONE, at)

    def drag(self, widget: QWidget, *places: QPoint) -> None:
        """With the left button pressed from the first place to the last."""
        self.press(widget, places[0])
        for place in places[1:]:
            self.move(widget, place)
        self.release(widget, places[-1])

    def turn_wheel(self, widget: QWidget, place: QPoint, notches: int) -> None:
        """Qt's own tests have no wheel."""
        at, turn = QPointF(widget.mapToGlobal(place)), QPoint(0, 120 * notches)
        phase = Qt.ScrollPhase.NoScrollPhase
        button = Qt.MouseButton.NoButton
        QApplication.sendEvent(
            widget, QWheelEvent(QPointF(place), at, QPoint(), turn, button, NONE, phase, False)
        )

    def menu(self, widget: QWidget, place: QPoint) -> QMenu:
        """The one that a right click there opens."""
        self.click(widget, place, RIGHT)
        return open_menu()


def open_menu() -> QMenu:
    """The one that is on the screen."""
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())


def choose(menu: QMenu, name: str) -> None:
    """Click on an entry of an open menu."""
    entry = next(action for action in menu.actions() if action.text() == name)
    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(entry).center())
    QApplication.processEvents()
    # there is no window manager here that would do it
    QApplication.setActiveWindow(next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)))


@pytest.fixture(scope="session")
def touch_screen(qapp) -> QTouchDevice:
    """Qt lets nobody make one, but makes one itself when it is to take an unwanted mouse for a finger."""
    as_touch = Qt.ApplicationAttribute.AA_SynthesizeTouchForUnhandledMouseEvents
    nobody = QWindow()
    nobody.resize(20, 20)
    nobody.show()
    qapp.setAttribute(as_touch)
    QTest.mouseClick(nobody, LEFT, NONE, QPoint(5, 5))
    qapp.setAttribute(as_touch, False)
    nobody.destroy()
    return QTouchDevice.devices()[0]


class Fingers:
    """Fingers on a touch screen, by their numbers; their events come in at the window. Places are px of the
    widget."""

    def __init__(self, screen: QTouchDevice, widget: QWidget) -> None:
        self._screen, self._widget = screen, widget
        self._down: dict[int, QPoint] = {}

    def go(self, **places: QPoint | None) -> None:
        """Each finger, named as one likes, is now there, or lifted where it was (None); the others rest."""
        touch = QTest.touchEvent(self._widget, self._screen)
        for name, place in places.items():
            number = sum(map(ord, name))
            if place is None:
                touch.release(number, self._down.pop(number), self._widget)
                continue
            (touch.move if number in self._down else touch.press)(number, place, self._widget)
            self._down[number] = place
        for number in self._down.keys() - {sum(map(ord, name)) for name in places}:
            touch.stationary(number)
        touch.commit()

    def draw(self, *places: QPoint) -> None:
        """One finger along these places."""
        for place in places:
            self.go(finger=place)
        self.go(finger=None)


@pytest.fixture
def fingers_on(touch_screen) -> Callable[[QWidget], Fingers]:
    return lambda widget: Fingers(touch_screen, widget)


class Desk:
    """A window with a fake engine behind it, and the cameras that are plugged in."""

    def __init__(self, qtbot) -> None:
        self.cameras: list[CameraInfo] = []
        self.broken: Exception | None = None
        """Why no other reader can be made."""
        self.bad: dict[str, str] = {}
        """Sources that cannot be opened, and why."""
        self.opened: list[str] = []
        self.opens: dict[str, FrameSource] = {}
        """Real sources, by spec; others are stood for by their spec."""
        self._qtbot = qtbot
        self.mouse = Mouse()
        self.reader = ReaderInfo(("crnn",), "LiteRT")
        self.looks = 0
        """How often it was asked which cameras there are."""
        session = Session(self._engine, self._open, self._look, self.reader, self._make_pipeline)
        self.history_path = default_history_path()
        self.settings = Settings(default_settings_path())
        self.keeper = HistoryKeeper(session, lambda: open_history(self.history_path), self.settings)
        spelling = Spelling(self.settings, session.jobs, lambda: self.settings.get(LANGUAGE))
        self.window = MainWindow(session, LIGHT, self.keeper, self.settings, spelling)
        qtbot.addWidget(self.window)

    def _engine(self, factory, fallback) -> FakeEngine:
        self.engine = FakeEngine(factory, fallback)
        return self.engine

    def _make_pipeline(self, reads: Reads) -> Reads:
        """Stands for what reads so."""
        if self.broken is not None:
            raise self.broken
        return reads

    def _look(self) -> list[CameraInfo]:
        self.looks += 1
        return list(self.cameras)

    def _open(self, spec: str) -> str:
        if spec == "camera":
            if not self.cameras:
                raise SourceError("No camera was found.")
            spec = self.cameras[0].device
        if spec in self.bad:
            raise SourceError(self.bad[spec])
        self.opened.append(spec)
        return self.opens.get(spec, spec)

    def begin(self, spec: str | None = "demo", result: FrameResult | None = None) -> None:
        """Open the window on a source, and show a result."""
        with self._qtbot.waitExposed(self.window):
            self.window.show()
        # where there is no window manager nobody else does it, and keys go to the active window only
        QApplication.setActiveWindow(self.window)
        self.window.session.begin(spec)
        self.engine.open()
        if result is not None:
            self.show(result)

    def show(self, result: FrameResult) -> None:
        self.engine.newest = result
        session = self.window.session
        self._qtbot.waitUntil(
            lambda: session.result is not None and session.result.frame is result.frame, timeout=20_000
        )

    def end(self) -> None:
        """The file that is open has been shown to its end."""
        self.engine.state = core.EngineState(core.Phase.ENDED, SOURCE)
        self._qtbot.waitUntil(lambda: self.window.session.editable, timeout=20_000)

    def freeze(self, still: FrameResult | Exception) -> None:
        """Freeze with the key, and wait until the picture has been read as `still`, or failed so."""
        self.engine.still = still
        self._qtbot.keyClick(self.window, Qt.Key.Key_Space)
        self._qtbot.waitUntil(lambda: self.window.session.phase is Phase.FROZEN, timeout=20_000)

    def line_place(self, track_id: int) -> QPoint:
        """Middle of a line on the picture."""
        return self.window.view.centre_of(track_id).toPoint()

    def picture_place(self, x: float, y: float) -> QPoint:
        """Where a point of the picture, px, is in the view."""
        return QPointF(*self.window.view.viewport.to_widget(x, y)).toPoint()

    def click_line(self, track_id: int) -> None:
        """On the picture."""
        self.mouse.click(self.window.view, self.line_place(track_id))

    def row_place(self, row: int) -> QPoint:
        """Middle of a row of the list."""
        panel = self.window.panel
        return panel.list.visualRect(panel.model.index(row)).center()

    def click_row(self, row: int, modifier=NONE) -> None:
        self.mouse.click(self.window.panel.list.viewport(), self.row_place(row), modifier=modifier)

    def drag_on_picture(self, *points: tuple[float, float]) -> None:
        """With the left button pressed from the first point, picture px, to the last."""
        self.mouse.drag(self.window.view, *(self.picture_place(x, y) for x, y in points))

    def key(self, key: Qt.Key, modifier=NONE) -> None:
        """Where the keyboard is, as a person's key is."""
        self._qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def open_editor(self, row: int) -> LineEditor:
        """Of a row of the list, with mouse and Enter."""
        self.click_row(row)
        self.key(Qt.Key.Key_Return)
        editor = self.window.panel.list.editor
        assert editor is not None
        return editor

    def retype(self, row: int, text: str) -> None:
        """Put a row right, as a person does."""
        editor = self.open_editor(row)
        self._qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._qtbot.keyClicks(editor, text)
        self._qtbot.keyClick(editor, Qt.Key.Key_Return)
        self._qtbot.waitUntil(lambda: self.rows()[row] == text, timeout=20_000)

    def rows(self) -> list[str]:
        return [line.text for line in self.window.panel.model.lines]


@pytest.fixture
def make_desk(qtbot) -> Iterator[Callable[[], Desk]]:
    """As many windows, one after the other, as a test wants."""
    made: list[Desk] = []

    def make() -> Desk:
        made.append(Desk(qtbot))
        return made[-1]

    yield make
    for desk in made:
        desk.window.close()


@pytest.fixture
def desk(make_desk) -> Desk:
    return make_desk()


@pytest.fixture
def until(qtbot) -> Callable[[Callable[[], bool]], None]:
    """Let the window run until something is true."""

    def wait(condition: Callable[[], bool]) -> None:
        qtbot.waitUntil(condition, timeout=20_000)

    return wait


@pytest.fixture
def speaks(qapp) -> Iterator[Callable[[str], object]]:
    """Lets the application speak a language, as the settings do."""
    yield lambda language: (translate(qapp, language), qapp.processEvents())
    translate(qapp, "en")
    QLocale.setDefault(QLocale.system())
