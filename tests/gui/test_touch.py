"""Fingers on the picture and on the list: drag, pinch, tap, as the touch screen sends them."""

import pytest
from PyQt5.QtCore import QPoint, QPointF, Qt
from PyQt5.QtWidgets import QApplication, QScroller

from camera_ocr.gui.touch import Finger, Touches
from camera_ocr.gui.viewport import Viewport
from tests.gui.conftest import open_menu

PRESSED, MOVED, RELEASED = (
    Qt.TouchPointState.TouchPointPressed,
    Qt.TouchPointState.TouchPointMoved,
    Qt.TouchPointState.TouchPointReleased,
)


def spread(fingers, *, start: int, end: int, middle: QPoint) -> None:
    """Two fingers, side by side, one a moment after the other, that part or close."""
    fingers.go(left=middle - QPoint(start, 0))
    for part in range(11):
        reach = QPoint(start + (end - start) * part // 10, 0)
        fingers.go(left=middle - reach, right=middle + reach)
    fingers.go(left=None)
    fingers.go(right=None)


@pytest.mark.parametrize("frozen", [False, True], ids=["live", "frozen"])
def test_two_fingers_zoom_where_they_are_and_one_moves_the_picture(desk, results, fingers_on, frozen):
    desk.begin(result=results.page())
    if frozen:
        desk.freeze(results.page())
    view = desk.window.view
    fingers = fingers_on(view)
    middle = view.rect().center()
    # nothing to move while all of it is seen
    whole = view.viewport
    fingers.draw(*(QPoint(x, 300) for x in (300, 340, 380)))
    assert view.viewport == whole
    under = whole.to_image(middle.x(), middle.y())
    spread(fingers, start=40, end=120, middle=middle)
    assert view.viewport.zoom == pytest.approx(3, rel=0.05)
    assert view.viewport.to_image(middle.x(), middle.y()) == pytest.approx(under, abs=2)
    before = view.viewport
    fingers.draw(*(QPoint(x, 300) for x in (300, 320, 360, 400)))
    assert view.viewport.to_image(400, 300) == pytest.approx(before.to_image(300, 300), abs=2)
    spread(fingers, start=120, end=20, middle=middle)
    assert view.viewport == whole
    assert desk.window.panel.selected() == ()


def test_tap_selects_a_line_and_the_row_shows_it(desk, results, fingers_on):
    desk.begin(result=results.page())
    fingers_on(desk.window.view).draw(desk.line_place(2))
    assert desk.window.panel.selected() == (2,)
    # no finger points at anything any more
    assert desk.window.view.hovered is None


@pytest.fixture(autouse=True)
def patient_with_taps(qapp):
    """The machine may be too busy to tap twice as fast as a person."""
    before = qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(5000)
    yield
    qapp.setDoubleClickInterval(before)


def test_two_taps_freeze_and_open_the_line(desk, results, fingers_on, until):
    desk.begin(result=results.page())
    desk.engine.still = results.page()
    for _ in range(2):
        fingers_on(desk.window.view).draw(desk.line_place(2))
    until(lambda: desk.window.panel.list.editor is not None)


def test_box_is_drawn_with_a_finger(desk, results, fingers_on):
    desk.begin(result=results.page())
    desk.key(Qt.Key.Key_A)
    corners = [desk.picture_place(x, y) for x, y in ((64, 36), (200, 100), (320, 180))]
    fingers_on(desk.window.view).draw(*corners)
    (region,) = desk.window.session.watched.framing.regions
    assert region == pytest.approx((0.1, 0.1, 0.5, 0.5), abs=0.01)


def test_list_is_moved_with_a_finger_tapped_and_held(qtbot, desk, results, fingers_on, until):
    desk.begin(result=results.page([f"line {number}" for number in range(60)]))
    # all of it on the screen: Qt's own without one is 800 px wide, and fingers reach no further
    desk.window.resize(780, 600)
    qtbot.wait(20)
    rows = desk.window.panel.list
    bar, fingers = rows.verticalScrollBar(), fingers_on(rows.viewport())
    scroller = QScroller.scroller(rows.viewport())
    for y in range(400, 100, -20):
        fingers.go(finger=QPoint(100, y))
        qtbot.wait(5)
    fingers.go(finger=None)
    until(lambda: bar.value() > 200 and scroller.state() == QScroller.State.Inactive)
    # neither selected nor dragged out as text
    assert desk.window.panel.selected() == ()
    place = QPoint(100, 150)
    fingers.draw(place)
    track_id = rows.indexAt(place).row() + 1
    assert desk.window.panel.selected() == (track_id,)
    desk.engine.still = desk.engine.newest
    fingers.draw(place)
    until(lambda: rows.editor is not None and rows.editor.track_id == track_id)
    fingers.go(finger=QPoint(100, 300))
    until(lambda: QApplication.activePopupWidget() is not None)
    fingers.go(finger=None)
    qtbot.keyClick(open_menu(), Qt.Key.Key_Escape)


def finger(number: int, state, x: float = 100, y: float = 100) -> Finger:
    return Finger(number, state, QPointF(x, y), 0.5)


class Recorder:
    """Notes what fingers do."""

    viewport = Viewport.fitted(640, 360, 640.0, 360.0)

    def __init__(self) -> None:
        self.done: list[str] = []

    def __getattr__(self, name: str):
        return lambda *_: self.done.append(name)


def test_taps_far_apart_in_time_are_no_double_tap(qapp):
    held, clock = Recorder(), [0.0]
    touches = Touches(held, lambda: clock[0])
    for now in (0.0, 5.0, 5.1):
        clock[0] = now
        touches.take([finger(1, PRESSED)])
        touches.take([finger(1, RELEASED)])
        if now < 5.1:
            assert "click_twice" not in held.done
    assert held.done.count("click_twice") == 1


def test_finger_left_over_from_two_drags_nothing(qapp):
    held = Recorder()
    touches = Touches(held)
    touches.take([finger(1, PRESSED), finger(2, PRESSED, 200)])
    touches.take([finger(1, MOVED), finger(2, RELEASED, 200)])
    touches.take([finger(1, MOVED, 150)])
    touches.take([finger(1, RELEASED, 150)])
    assert "go_to" not in held.done
    assert "let_go" not in held.done


def test_touch_that_the_system_takes_away_does_nothing(qapp):
    held = Recorder()
    touches = Touches(held)
    touches.take([finger(1, PRESSED)])
    touches.take([finger(1, MOVED)], over=True)
    assert "let_go" not in held.done
    assert held.done[-2:] == ["forget_drag", "leave"]
