"""A video in the window: play, pause, step and seek, with a real file and the real engine."""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QApplication, QToolButton

from camera_ocr.capture import open_source
from camera_ocr.engine import Engine
from camera_ocr.gui.engine_view import Phase, ReaderInfo
from camera_ocr.gui.keeper import HistoryKeeper
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings, default_settings_path
from camera_ocr.gui.spelling import Spelling
from camera_ocr.gui.theme import LIGHT
from camera_ocr.gui.transport import clock
from camera_ocr.gui.window import MainWindow
from camera_ocr.history import default_history_path, open_history
from camera_ocr.pipeline import Pipeline
from camera_ocr.types import Transcript
from tests.gui.conftest import Mouse, choose, open_menu

LEFT = Qt.MouseButton.LeftButton
FRAMES, FPS = 60, 20
STEP = 4
"""Each frame is so much brighter than the one before."""


class Blank:
    def read(self, crops):
        return [Transcript("", np.zeros(0, np.float32), np.zeros((0, 2), np.float32)) for _ in crops]


@pytest.fixture
def film(tmp_path):
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FPS, (320, 180))
    for number in range(FRAMES):
        writer.write(np.full((180, 320, 3), STEP * number, np.uint8))
    writer.release()
    return path


@pytest.fixture
def window(qtbot, film) -> Iterator[MainWindow]:
    def make_engine(factory, fallback) -> Engine:
        return Engine(factory, lambda: Pipeline(Blank()), fallback=fallback)

    session = Session(make_engine, open_source, list, ReaderInfo(), lambda _: Pipeline(Blank()))
    settings = Settings(default_settings_path())
    keeper = HistoryKeeper(session, lambda: open_history(default_history_path()), settings)
    spelling = Spelling(settings, session.jobs, lambda: "none")
    made = MainWindow(session, LIGHT, keeper, settings, spelling)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    QApplication.setActiveWindow(made)
    session.begin(str(film))
    yield made
    made.close()


def shown(window) -> int:
    """The frame whose picture is on the screen."""
    return round(float(window.session.result.frame.image.mean()) / STEP)


def button(window, action) -> QToolButton:
    found = window.transport.findChildren(QToolButton)
    return next(one for one in found if one.defaultAction() is action)


def go_to(qtbot, window, frame: int) -> None:
    bar = window.transport.bar
    x = round(frame / (FRAMES - 1) * bar.width())
    Mouse().click(bar, QPoint(x, bar.height() // 2))


def stands(window) -> bool:
    return window.session.phase is Phase.FROZEN


def test_video_plays_to_its_end_and_again_from_the_button(qtbot, window, until):
    session, transport = window.session, window.transport
    until(lambda: session.phase is Phase.LIVE and transport.isVisible())
    assert transport.bar.maximum() == FRAMES - 1
    until(lambda: session.phase is Phase.ENDED)
    assert shown(window) == FRAMES - 1
    assert transport.time.text() == "0:02 / 0:03"
    qtbot.mouseClick(button(window, transport.play), LEFT)
    until(lambda: session.phase is Phase.LIVE and session.film_position < FRAMES // 2)
    until(lambda: session.phase is Phase.ENDED)


def test_pause_and_go_on(qtbot, window, until):
    until(lambda: window.session.result is not None)
    qtbot.mouseClick(button(window, window.transport.play), LEFT)
    until(lambda: stands(window))
    held = shown(window)
    qtbot.wait(150)
    assert shown(window) == held
    qtbot.keyClick(window, Qt.Key.Key_Space)
    until(lambda: window.session.film_position > held)


def test_steps_go_frame_by_frame_both_ways(qtbot, window, until):
    until(lambda: window.session.result is not None)
    go_to(qtbot, window, 30)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    until(lambda: stands(window))
    at = window.session.film_position
    for key, expected in ((".", at + 1), (".", at + 2), (",", at + 1)):
        qtbot.keyClicks(window, key)

        until(lambda: stands(window) and window.session.film_position == expected)  # noqa: B023
        assert shown(window) == pytest.approx(expected, abs=1)


def test_click_on_the_bar_goes_there_and_stands_if_it_stood(qtbot, window, until):
    until(lambda: window.session.phase is Phase.ENDED)
    for frame in (10, 45, 3):
        go_to(qtbot, window, frame)
        until(lambda: stands(window) and abs(window.session.film_position - frame) <= 1)  # noqa: B023
        assert shown(window) == pytest.approx(frame, abs=1)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    until(lambda: window.session.film_position > 6)
    until(lambda: window.session.phase is Phase.ENDED)


def test_dragging_the_bar_ends_where_it_is_let_go(qtbot, window, until):
    until(lambda: window.session.phase is Phase.ENDED)
    bar = window.transport.bar
    mouse = Mouse()
    mouse.press(bar, QPoint(2, 10))
    for part in range(1, 30):
        mouse.move(bar, QPoint(bar.width() * part // 40, 10))
        qtbot.wait(5)
    mouse.release(bar, QPoint(bar.width() // 2, 10))
    until(lambda: stands(window) and abs(window.session.film_position - FRAMES // 2) <= 1)
    qtbot.wait(200)
    assert shown(window) == pytest.approx(FRAMES // 2, abs=2)
    assert bar.value() == window.session.film_position


def test_frames_passed_by_are_not_kept_in_the_history(qtbot, window, until):
    until(lambda: window.session.phase is Phase.ENDED)
    go_to(qtbot, window, 20)
    until(lambda: stands(window))
    found: list[list] = []
    window.keeper.entries("", found.append)
    until(lambda: bool(found))
    assert found == [[]]


def test_corrected_frame_is_as_it_was_left_when_one_comes_back_to_it(qtbot, window, until):
    until(lambda: window.session.phase is Phase.ENDED)
    go_to(qtbot, window, 30)
    until(lambda: stands(window))
    at = window.session.film_position
    qtbot.keyClick(window, Qt.Key.Key_B)
    middle = window.view.rect().center()
    Mouse().drag(window.view, middle, middle + QPoint(60, 15), middle + QPoint(120, 40))
    model = window.panel.model
    until(lambda: model.rowCount() == 1)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.keyClicks(window.panel.list.editor, "typed")
    # over to the next frame and back, with the editor still open
    for button_of, place in ((window.transport.forward, at + 1), (window.transport.back, at)):
        qtbot.mouseClick(button(window, button_of), LEFT)
        until(lambda: stands(window) and window.session.film_position == place)  # noqa: B023
        assert [line.text for line in model.lines] == (["typed"] if place == at else [])


def test_bar_goes_when_another_source_comes(qtbot, window, until):
    until(window.transport.isVisible)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    choose(open_menu(), "Demonstration")
    until(lambda: window.session.watched.choice.spec == "demo" and window.session.result is not None)
    assert not window.transport.isVisible()
    assert not window.transport.forward.isEnabled()


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (65.9, "1:05"), (3600 + 61, "1:01:01")])
def test_clock(seconds, text):
    assert clock(seconds) == text
