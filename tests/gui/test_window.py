"""The picture, the keys and the status line."""

import pytest
from PyQt5.QtCore import QEvent, QObject, QPoint, Qt
from PyQt5.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton

from camera_ocr.geometry import sub_quad
from camera_ocr.gui.lettering import OverlayStyle
from camera_ocr.gui.top_bar import WITH_WORD
from camera_ocr.types import Word
from tests.gui.conftest import quad_of

CTRL = Qt.KeyboardModifier.ControlModifier


def test_line_under_the_mouse_is_lifted(desk, results):
    desk.begin(result=results.page())
    view = desk.window.view
    desk.mouse.move(view, desk.line_place(3))
    assert view.hovered == 3
    desk.mouse.move(view, QPoint(2, 2))
    assert view.hovered is None


@pytest.mark.parametrize("frozen", [False, True], ids=["live", "frozen"])
def test_wheel_zooms_where_the_mouse_is_and_drag_pans(qtbot, desk, results, frozen):
    desk.begin(result=results.page())
    if frozen:
        desk.freeze(results.page())
    view = desk.window.view
    under = view.viewport.to_image(300, 250)
    desk.mouse.turn_wheel(view, QPoint(300, 250), 3)
    zoomed = view.viewport
    assert zoomed.to_image(300, 250) == pytest.approx(under)
    assert zoomed.zoom > 1.5
    desk.mouse.drag(view, QPoint(400, 300), QPoint(440, 290), QPoint(460, 280))
    assert view.viewport.to_image(460, 280) == pytest.approx(zoomed.to_image(400, 300), abs=1)
    assert desk.window.panel.selected() == ()
    if not frozen:
        desk.show(results.page())
    assert view.viewport.zoom == zoomed.zoom
    qtbot.keyClick(desk.window, Qt.Key.Key_0)
    assert view.viewport.zoom == 1.0
    qtbot.keyClick(desk.window, Qt.Key.Key_Plus)
    assert view.viewport.zoom > 1.0


def test_t_changes_what_is_on_the_picture(qtbot, desk, results):
    desk.begin(result=results.page())
    seen = [desk.window.view.overlay_style]
    for _ in range(4):
        qtbot.keyClick(desk.window, Qt.Key.Key_T)
        seen.append(desk.window.view.overlay_style)
    styles = OverlayStyle
    assert seen == [styles.TEXT, styles.BESIDE, styles.BOXES, styles.OFF, styles.TEXT]


def test_line_and_word_under_the_mouse_are_told_with_how_sure_they_are(desk, results):
    quad = quad_of(1)
    left, right = sub_quad(quad, 0, 0.45), sub_quad(quad, 0.5, 1)
    words = (Word("écrit", left, 0.98), Word("Zürich", right, 0.41))
    desk.begin(result=results(results.line(2, "écrit Zürich", 1, words=words)))
    view = desk.window.view
    for word, said in zip(words, ("écrit   98%", "Zürich   41%"), strict=True):
        x, y = word.quad.mean(axis=0).tolist()
        desk.mouse.move(view, desk.picture_place(x, y))
        assert view.pointed_at == f"écrit Zürich   90%   ·   {said}"
    desk.mouse.move(view, QPoint(2, 2))
    assert view.pointed_at == ""


def test_status_line_tells_rate_age_runtime_and_model(desk, results, until):
    desk.begin(result=results.page())
    until(lambda: "fps" in desk.window.status.text)
    for part in ("Demonstration", "30 fps", "30 ms", "LiteRT", "crnn"):
        assert part in desk.window.status.text


def test_f1_shows_the_keys_and_hides_them_again(qtbot, desk, results):
    desk.begin(result=results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_F1)
    assert desk.window.sheet.isVisible()
    qtbot.keyClick(desk.window.sheet, Qt.Key.Key_Escape)
    assert not desk.window.sheet.isVisible()


def test_close_stops_the_engine(qtbot, desk, results):
    desk.begin(result=results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_Q, CTRL)
    assert not desk.window.isVisible()
    assert desk.engine.calls[-1] == "stop"


@pytest.mark.parametrize("width", [1280, 1024, 800, 640])
def test_no_word_of_the_bar_is_cut_however_narrow_the_window(qtbot, desk, results, width):
    desk.begin(result=results.page())
    desk.window.resize(width, 480)
    qtbot.wait(20)
    bar = desk.window.freeze_button.parentWidget()
    buttons = [one for one in bar.findChildren(QToolButton) if one.isVisible()]
    assert all(one.width() >= one.sizeHint().width() for one in buttons)
    words = [one.text() for one in buttons if one.toolButtonStyle() == WITH_WORD]
    assert width == 640 or "Copy" in "".join(words)
    # the one that is pressed most keeps its word longest
    assert desk.window.freeze_button.toolButtonStyle() == WITH_WORD


@pytest.mark.parametrize("width", [1280, 640])
def test_the_bar_rests_once_its_words_fit(qtbot, desk, results, width):
    desk.begin(result=results.page())
    desk.window.resize(width, 480)
    qtbot.wait(20)
    seen = []

    class Watch(QObject):
        def eventFilter(self, watched, event):
            seen.append(event.type())
            return False

    def lay_out() -> None:
        for _ in range(10):
            QApplication.sendPostedEvents(bar, QEvent.Type.LayoutRequest)

    bar, watch = desk.window.freeze_button.parentWidget(), Watch()
    lay_out()
    bar.installEventFilter(watch)
    lay_out()
    assert QEvent.Type.LayoutRequest not in seen


def test_list_of_keys_has_them_below_what_they_are_for(qtbot, desk, results):
    desk.begin(result=results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_F1)
    page = desk.window.sheet.findChild(QScrollArea).widget()
    labels = [label.text() for label in page.findChildren(QLabel)]
    for heading, key, next_heading in (
        ("Read and keep", "Space", "The picture"),
        ("The picture", "N", "The window"),
        ("A frozen page", "F2", "Mouse and fingers"),
    ):
        assert labels.index(heading) < labels.index(key) < labels.index(next_heading)
