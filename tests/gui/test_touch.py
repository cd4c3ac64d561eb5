"""Fingers on the picture: drag, pinch, tap. PyQt5 lets nobody make the points of a QTouchEvent."""

import pytest
from PyQt5.QtCore import QPoint, QPointF, Qt

from camera_ocr.gui.touch import Finger, Touches
from camera_ocr.gui.viewport import Viewport

PRESSED, MOVED, RELEASED = (
    Qt.TouchPointState.TouchPointPressed,
    Qt.TouchPointState.TouchPointMoved,
    Qt.TouchPointState.TouchPointReleased,
)


def finger(number: int, state, x: float = 100, y: float = 100) -> Finger:
    return Finger(number, state, QPointF(x, y), 0.5)


def spread(view, *, start: int, end: int, middle: QPoint) -> None:
    """Two fingers, side by side, that part or close."""
    for part in range(11):
        reach = start + (end - start) * part // 10
        state = PRESSED if part == 0 else MOVED
        view.touch(
            [
                finger(1, state, middle.x() - reach, middle.y()),
                finger(2, state, middle.x() + reach, middle.y()),
            ]
        )
    view.touch([finger(n, RELEASED, middle.x() - way * end, middle.y()) for n, way in ((1, 1), (2, -1))])


def draw(view, *places: QPoint) -> None:
    """One finger along these places."""
    view.touch([finger(1, PRESSED, places[0].x(), places[0].y())])
    for place in places[1:]:
        view.touch([finger(1, MOVED, place.x(), place.y())])
    view.touch([finger(1, RELEASED, places[-1].x(), places[-1].y())])


@pytest.mark.parametrize("frozen", [False, True], ids=["live", "frozen"])
def test_two_fingers_zoom_where_they_are(qtbot, desk, results, frozen):
    desk.begin(result=results.page())
    if frozen:
        desk.freeze(results.page())
    view = desk.window.view
    middle = view.rect().center()
    under = view.viewport.to_image(middle.x(), middle.y())
    spread(view, start=40, end=120, middle=middle)
    assert view.viewport.zoom == pytest.approx(3, rel=0.05)
    assert view.viewport.to_image(middle.x(), middle.y()) == pytest.approx(under, abs=2)
    assert desk.window.panel.selected() == ()
    spread(view, start=120, end=20, middle=middle)
    assert view.viewport.zoom == 1.0


def test_one_finger_moves_the_zoomed_picture(qtbot, desk, results):
    desk.begin(result=results.page())
    view = desk.window.view
    view.zoom(4)
    before = view.viewport
    draw(view, *(QPoint(x, 300) for x in (300, 320, 360, 400)))
    assert view.viewport.to_image(400, 300) == pytest.approx(before.to_image(300, 300), abs=2)
    assert desk.window.panel.selected() == ()


def test_tap_selects_a_line_and_the_row_shows_it(qtbot, desk, results):
    desk.begin(result=results.page())
    draw(desk.window.view, desk.window.view.centre_of(2).toPoint())
    assert desk.window.panel.selected() == (2,)
    # no finger points at anything any more
    assert desk.window.view.hovered is None


def test_two_taps_freeze_and_open_the_line(qtbot, desk, results, until):
    desk.begin(result=results.page())
    desk.engine.still = results.page()
    place = desk.window.view.centre_of(2).toPoint()
    draw(desk.window.view, place)
    draw(desk.window.view, place)
    until(lambda: desk.window.panel.list.editor is not None)


def test_box_is_drawn_with_a_finger(qtbot, desk, results):
    desk.begin(result=results.page())
    view = desk.window.view
    qtbot.keyClick(desk.window, Qt.Key.Key_A)
    corners = [QPointF(*view.viewport.to_widget(x, y)).toPoint() for x, y in ((64, 36), (320, 180))]
    draw(view, *corners)
    (region,) = desk.window.session.watched.framing.regions
    assert region == pytest.approx((0.1, 0.1, 0.5, 0.5), abs=0.01)


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
