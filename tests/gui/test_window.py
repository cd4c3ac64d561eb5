"""The window, used with real mouse and key events."""

import threading

import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QApplication, QFileDialog, QLineEdit

from camera_ocr import engine as core
from camera_ocr.capture.base import CameraInfo
from camera_ocr.errors import SourceError
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.lettering import OverlayStyle
from camera_ocr.types import FrameResult

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def click_line_on_picture(qtbot, desk, track_id: int) -> None:
    qtbot.mouseClick(desk.window.view, LEFT, pos=desk.window.view.centre_of(track_id).toPoint())


def click_row(qtbot, desk, row: int, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    panel = desk.window.panel
    place = panel.list.visualRect(panel.model.index(row)).center()
    qtbot.mouseClick(panel.list.viewport(), LEFT, modifier, place)


def drag_to(widget, place: QPoint) -> None:
    """Qt's own test moves know no pressed button."""
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def turn_wheel(widget, place: QPoint, notches: int) -> None:
    at = QPointF(widget.mapToGlobal(place))
    none = Qt.KeyboardModifier.NoModifier
    turn = QPoint(0, 120 * notches)
    event = QWheelEvent(
        QPointF(place), at, QPoint(), turn, Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(widget, event)


def freeze(qtbot, desk, until, still) -> None:
    desk.engine.still = still
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    until(lambda: desk.window.session.phase is Phase.FROZEN)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_lines_are_listed_and_shown(desk, results):
    desk.begin(result=results.page())
    assert desk.rows() == ["Hello world", "écrit à Zürich", "third line"]
    assert desk.window.windowTitle() == "Demonstration – Camera OCR"


def test_newest_result_replaces_the_last(desk, results):
    desk.begin(result=results.page(["one", "two"]))
    desk.show(results.page(["one", "three", "four"]))
    assert desk.rows() == ["one", "three", "four"]


def test_click_on_a_box_selects_its_line_in_the_list(qtbot, desk, results):
    desk.begin(result=results.page())
    click_line_on_picture(qtbot, desk, 2)
    assert desk.window.panel.selected() == (2,)
    assert desk.window.panel.list.currentIndex().row() == 1


def test_click_on_a_row_selects_its_box(qtbot, desk, results):
    desk.begin(result=results.page())
    click_row(qtbot, desk, 2)
    assert desk.window.view.selected == {3}


def test_click_beside_all_boxes_selects_nothing(qtbot, desk, results):
    desk.begin(result=results.page())
    click_row(qtbot, desk, 1)
    qtbot.mouseClick(desk.window.view, LEFT, pos=desk.window.view.rect().bottomRight() - QPoint(20, 120))
    assert desk.window.panel.selected() == ()
    assert desk.window.view.selected == frozenset()


def test_selection_stays_with_its_line_while_live(qtbot, desk, results):
    desk.begin(result=results.page())
    click_row(qtbot, desk, 1)
    line = results.line
    desk.show(results(line(9, "new above", 0), line(1, "Hello world", 1), line(2, "changed", 2)))
    assert desk.window.panel.selected() == (2,)
    assert desk.window.view.selected == {2}


def test_line_under_the_mouse_is_lifted(qtbot, desk, results):
    desk.begin(result=results.page())
    view = desk.window.view
    qtbot.mouseMove(view, view.centre_of(3).toPoint())
    assert view.hovered == 3
    qtbot.mouseMove(view, QPoint(2, 2))
    assert view.hovered is None


def test_wheel_zooms_where_the_mouse_is_and_drag_pans(qtbot, desk, results):
    desk.begin(result=results.page())
    view = desk.window.view
    under = view.viewport.to_image(300, 250)
    turn_wheel(view, QPoint(300, 250), 3)
    zoomed = view.viewport
    assert zoomed.to_image(300, 250) == pytest.approx(under)
    assert zoomed.zoom > 1.5
    qtbot.mousePress(view, LEFT, pos=QPoint(400, 300))
    drag_to(view, QPoint(440, 310))
    drag_to(view, QPoint(460, 330))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(460, 330))
    assert view.viewport.cx < zoomed.cx
    assert desk.window.panel.selected() == ()
    desk.show(results.page())
    assert view.viewport.zoom == zoomed.zoom
    qtbot.keyClick(desk.window, Qt.Key.Key_0)
    assert view.viewport.zoom == 1.0
    qtbot.keyClick(desk.window, Qt.Key.Key_Plus)
    assert view.viewport.zoom > 1.0


def test_t_changes_what_is_on_the_picture(qtbot, desk, results):
    desk.begin(result=results.page())
    seen = [desk.window.view.overlay_style]
    for _ in range(3):
        qtbot.keyClick(desk.window, Qt.Key.Key_T)
        seen.append(desk.window.view.overlay_style)
    assert seen == [OverlayStyle.TEXT, OverlayStyle.BOXES, OverlayStyle.OFF, OverlayStyle.TEXT]


def test_copy_takes_all_lines_when_none_is_selected(qtbot, desk, results):
    desk.begin(result=results.page(["one", "", "écrit"]))
    qtbot.keyClick(desk.window, Qt.Key.Key_C, CTRL)
    assert clipboard() == "one\nécrit"
    assert "Copied 2 lines" in desk.window.status.text


def test_copy_takes_the_selected_lines_in_reading_order(qtbot, desk, results):
    desk.begin(result=results.page())
    click_row(qtbot, desk, 2)
    click_row(qtbot, desk, 0, CTRL)
    qtbot.keyClick(desk.window.panel.list, Qt.Key.Key_C, CTRL)
    assert clipboard() == "Hello world\nthird line"


def test_copy_all_takes_all_whatever_is_selected(qtbot, desk, results):
    desk.begin(result=results.page())
    click_row(qtbot, desk, 2)
    qtbot.keyClick(desk.window, Qt.Key.Key_C, CTRL | SHIFT)
    assert clipboard() == "Hello world\nécrit à Zürich\nthird line"


def test_nothing_to_copy_or_save_before_the_first_text(desk, results):
    desk.begin(result=results.page(["", ""]))
    assert not desk.window.copy_action.isEnabled()
    assert not desk.window.save_action.isEnabled()
    desk.show(results.page(["", "now"]))
    assert desk.window.copy_action.isEnabled()


def test_space_freezes_reads_again_and_goes_live(qtbot, desk, results, until):
    desk.begin(result=results.page(["helo"]))
    desk.engine.may_finish_reading.clear()
    desk.engine.still = results.page(["hello", "more"])
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    assert desk.window.session.phase is Phase.READING
    desk.engine.newest = results.page(["the next frame"])
    qtbot.wait(60)
    assert desk.rows() == ["helo"]
    desk.engine.may_finish_reading.set()
    until(lambda: desk.window.session.phase is Phase.FROZEN)
    assert desk.rows() == ["hello", "more"]
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    assert desk.window.session.phase is Phase.LIVE
    assert desk.engine.calls[-1] == "resume"
    desk.show(results.page(["live again"]))
    assert desk.rows() == ["live again"]


def test_window_answers_while_the_frozen_picture_is_read(qtbot, desk, results, until):
    desk.begin(result=results.page())
    desk.engine.may_finish_reading.clear()
    desk.engine.still = results.page()
    qtbot.mouseClick(desk.window.freeze_button, LEFT)
    click_row(qtbot, desk, 1)
    assert desk.window.view.selected == {2}
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    assert desk.window.session.phase is Phase.LIVE
    desk.engine.may_finish_reading.set()
    until(lambda: desk.engine.calls.count("resume") == 2)
    assert desk.window.session.phase is Phase.LIVE


def test_reading_of_a_freeze_that_was_left_is_not_shown_in_the_next_one(
    qtbot, desk, results, until, monkeypatch
):
    desk.begin(result=results.page(["helo"]))
    gates = [threading.Event(), threading.Event()]
    held = [(gates[0], results.page(["first"])), (gates[1], results.page(["second"]))]

    def freeze() -> FrameResult:
        gate, still = held.pop(0)
        assert gate.wait(20)
        return still

    monkeypatch.setattr(desk.engine, "freeze", freeze)
    for _ in range(3):
        left = len(held)
        qtbot.keyClick(desk.window, Qt.Key.Key_Space)
        if desk.window.session.phase is Phase.READING:
            until(lambda left=left: len(held) < left)
    gates[0].set()
    qtbot.wait(60)
    assert desk.window.session.phase is Phase.READING
    # and the engine still holds the second picture
    assert desk.engine.calls.count("resume") == 1
    gates[1].set()
    until(lambda: desk.window.session.phase is Phase.FROZEN)
    assert desk.rows() == ["second"]


def test_picture_stays_frozen_when_it_cannot_be_read_again(qtbot, desk, results, until):
    desk.begin(result=results.page())
    freeze(qtbot, desk, until, SourceError("the model is gone."))
    assert desk.rows() == ["Hello world", "écrit à Zürich", "third line"]
    assert "the model is gone" in desk.window.banner.text


def test_selection_survives_the_freeze(qtbot, desk, results, until):
    desk.begin(result=results(results.line(41, "one", 0), results.line(42, "two", 1)))
    click_row(qtbot, desk, 1)
    freeze(qtbot, desk, until, results.page(["one", "two!"]))
    assert desk.window.panel.selected() == (42,)


def test_frozen_line_can_be_corrected_and_the_correction_stays_when_live(qtbot, desk, results, until):
    desk.begin(result=results.page(["one", "twu"]))
    freeze(qtbot, desk, until, results.page(["one", "twu"]))
    click_row(qtbot, desk, 1)
    rows = desk.window.panel.list
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    editor = rows.findChild(QLineEdit)
    editor.clear()
    qtbot.keyClicks(editor, "two words")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    until(lambda: desk.rows() == ["one", "two words"])
    qtbot.keyClick(desk.window, Qt.Key.Key_C, CTRL | SHIFT)
    assert clipboard() == "one\ntwo words"
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results.page(["one", "twu again"]))
    assert desk.rows() == ["one", "two words"]


def test_correction_of_a_line_that_was_not_followed_is_not_laid_over_another_page(
    qtbot, desk, results, until
):
    desk.begin(result=results())
    freeze(qtbot, desk, until, results.page(["helo"]))
    session = desk.window.session
    session.correct(session.result.lines[0].track_id, "hello")
    assert desk.rows() == ["hello"]
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results())
    freeze(qtbot, desk, until, results.page(["another page"]))
    assert desk.rows() == ["another page"]
    assert session.corrected_ids == frozenset()


def test_correction_is_void_when_the_line_shows_other_ink(qtbot, desk, results, until):
    desk.begin(result=results.page(["one", "twu"]))
    freeze(qtbot, desk, until, results.page(["one", "twu"]))
    desk.window.session.correct(2, "two")
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results(results.line(1, "one", 0), results.line(2, "three", 1, ink=1)))
    assert desk.rows() == ["one", "three"]
    assert desk.window.session.corrected_ids == frozenset()


def test_correction_stays_with_a_line_whose_ink_changed_before(qtbot, desk, results, until):
    desk.begin(result=results(results.line(7, "twu", 0, ink=3)))
    freeze(qtbot, desk, until, results.page(["twu"]))
    desk.window.session.correct(7, "two")
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    desk.show(results(results.line(7, "twu again", 0, ink=3)))
    assert desk.rows() == ["two"]


def test_live_line_opens_no_editor(qtbot, desk, results):
    desk.begin(result=results.page())
    click_row(qtbot, desk, 1)
    qtbot.keyClick(desk.window.panel.list, Qt.Key.Key_Return)
    assert desk.window.panel.list.findChild(QLineEdit) is None


def test_without_a_camera_the_demo_plays_and_says_so(desk, results):
    desk.begin(None, results.page())
    assert desk.opened == ["demo"]
    assert desk.window.banner.isVisible()
    assert "No camera is connected, so a demonstration plays" in desk.window.banner.text
    assert desk.window.source.text().startswith("Demonstration")


def test_camera_that_appears_replaces_the_demo(desk, results, until):
    desk.begin(None, results.page())
    until(lambda: desk.looks >= 1)
    desk.cameras.append(CameraInfo("/dev/video0", "Desk camera"))
    desk.window.session.look_for_cameras()
    until(lambda: "switch" in desk.engine.calls)
    desk.engine.open()
    until(lambda: desk.window.session.phase is Phase.LIVE)
    assert desk.opened == ["demo", "/dev/video0"]
    assert not desk.window.banner.isVisible()


def test_named_camera_is_opened_once_it_is_plugged_in(desk, until):
    desk.bad["/dev/video2"] = "There is no camera at /dev/video2."
    desk.begin("/dev/video2")
    until(lambda: desk.window.session.phase is Phase.FAILED and desk.looks >= 1)
    desk.bad.clear()
    desk.cameras.append(CameraInfo("/dev/video2", "Microscope"))
    desk.window.session.look_for_cameras()
    until(lambda: "switch" in desk.engine.calls)
    desk.engine.open()
    until(lambda: desk.window.session.phase is Phase.LIVE)
    assert desk.opened == ["/dev/video2"]


def test_camera_that_is_there_but_in_use_is_named_and_not_tried_in_a_loop(desk, results, until):
    desk.cameras.append(CameraInfo("/dev/video0", "Desk camera"))
    desk.bad["/dev/video0"] = "/dev/video0 is used by another program; close that."
    desk.begin(None, results.page())
    until(lambda: "used by another program" in desk.window.banner.text)
    assert desk.window.banner.text.endswith("A demonstration plays meanwhile.")
    desk.window.session.look_for_cameras()
    until(lambda: desk.looks >= 2)
    assert "switch" not in desk.engine.calls


def test_first_camera_is_taken_without_a_word(desk, results):
    desk.cameras.append(CameraInfo("/dev/video0", "Desk camera"))
    desk.begin(None, results.page())
    assert desk.opened == ["/dev/video0"]
    assert not desk.window.banner.isVisible()


def test_reader_that_cannot_be_used_is_named_though_the_demo_plays(desk, results, until):
    desk.begin(None, results.page(["", ""]))
    desk.reader.problem = "The model line.tflite was altered; install it again."
    until(lambda: desk.window.banner.text == "The model line.tflite was altered; install it again.")


def test_source_that_fails_is_named_and_can_be_tried_again(qtbot, desk, until):
    desk.bad["/dev/video7"] = "/dev/video7 does not exist; plug the camera in."
    desk.begin("/dev/video7")
    until(lambda: desk.window.session.phase is Phase.FAILED)
    assert desk.window.banner.text == "/dev/video7 does not exist; plug the camera in."
    del desk.bad["/dev/video7"]
    qtbot.mouseClick(desk.window.banner.buttons[0], LEFT)
    desk.engine.open()
    until(lambda: desk.window.session.phase is Phase.LIVE)
    assert not desk.window.banner.isVisible()


def test_unplugged_camera_leaves_picture_and_lines_and_comes_back(desk, results, until):
    desk.begin("/dev/video0", results.page())
    desk.engine.state = core.EngineState(core.Phase.LOST, "test", "The camera is gone; plug it in again.")
    until(lambda: desk.window.banner.isVisible())
    assert desk.window.banner.text == "The camera is gone; plug it in again."
    assert desk.rows() == ["Hello world", "écrit à Zürich", "third line"]
    desk.engine.state = core.EngineState(core.Phase.RUNNING, "test")
    until(lambda: not desk.window.banner.isVisible())


def test_menu_offers_cameras_by_name_and_switches(qtbot, desk, results, until):
    desk.cameras.extend([CameraInfo("/dev/video0", "Desk camera"), CameraInfo("/dev/video2", "Microscope")])
    desk.begin("demo", results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    menu = desk.window.source.menu()
    until(lambda: "Microscope" in [action.text() for action in menu.actions()])
    names = [action.text() for action in menu.actions() if action.text()]
    assert names[:3] == ["Desk camera", "Microscope", "Demonstration"]
    entry = next(action for action in menu.actions() if action.text() == "Microscope")
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(entry).center())
    desk.engine.open()
    assert desk.opened == ["demo", "/dev/video2"]
    assert desk.window.source.text().startswith("Microscope")


def test_picture_video_and_folder_are_opened_from_dialogs(qtbot, desk, results, monkeypatch, tmp_path):
    picture, video = tmp_path / "page.png", tmp_path / "clip.mp4"
    picture.write_bytes(b"")
    answers = [(str(picture), ""), (str(video), ""), ("", "")]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: answers.pop(0))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    desk.begin("demo", results.page())
    qtbot.keyClick(desk.window, Qt.Key.Key_O, CTRL)
    desk.engine.open()
    for action in (desk.window.source.open_video, desk.window.source.open_folder):
        action.trigger()
        desk.engine.open()
    qtbot.keyClick(desk.window, Qt.Key.Key_O, CTRL)
    assert desk.opened == ["demo", str(picture), str(video), str(picture)]
    assert desk.window.session.page_number == 1


def test_bad_picture_of_a_folder_can_be_passed_over(qtbot, desk, results, until, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.png").write_bytes(b"")
    desk.bad[str(tmp_path / "1.png")] = "1.png is cut short; copy it again."
    desk.begin(str(tmp_path))
    until(lambda: desk.window.banner.text == "1.png is cut short; copy it again.")
    qtbot.keyClick(desk.window, Qt.Key.Key_PageDown)
    desk.engine.open()
    desk.show(results.page())
    assert desk.opened == [str(tmp_path / "2.png")]


def test_text_of_the_last_source_is_not_shown_for_the_next(qtbot, desk, results, until):
    desk.begin("demo", results.page())
    desk.window.session.open("/dev/video0")
    # the engine was still busy with a frame of the old source
    desk.engine.newest = results.page()
    qtbot.wait(50)
    assert desk.rows() == []
    desk.engine.open()
    desk.show(results.page(["new"]))
    assert desk.rows() == ["new"]


@pytest.mark.parametrize("name", ["b.png", "b.JPG"])
def test_picture_file_can_be_corrected_without_freezing(desk, results, until, tmp_path, name):
    desk.begin(str(tmp_path / name), results.page())
    desk.engine.state = core.EngineState(core.Phase.ENDED, "test")
    until(lambda: desk.window.session.editable)
    assert not desk.window.freeze_action.isEnabled()


def test_folder_is_turned_page_by_page(qtbot, desk, results, until, tmp_path):
    for number in (1, 2, 10):
        (tmp_path / f"page {number}.png").write_bytes(b"")
    desk.begin(str(tmp_path), results.page())
    keys = [Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp]
    for key in keys:
        qtbot.keyClick(desk.window, key)
        desk.engine.open()
    names = [spec.removeprefix(f"{tmp_path}/") for spec in desk.opened]
    assert names == ["page 1.png", "page 2.png", "page 10.png", "page 10.png", "page 2.png"]


def test_corrections_of_a_page_are_there_when_one_comes_back(qtbot, desk, results, until, tmp_path):
    for number in (1, 2):
        (tmp_path / f"{number}.png").write_bytes(b"")
    desk.begin(str(tmp_path), results.page(["one"]))
    desk.window.session.correct(1, "better")
    qtbot.keyClick(desk.window, Qt.Key.Key_PageDown)
    desk.engine.open()
    desk.show(results.page(["other page"]))
    assert desk.rows() == ["other page"]
    qtbot.keyClick(desk.window, Qt.Key.Key_PageUp)
    desk.engine.open()
    desk.show(results.page(["one"]))
    assert desk.rows() == ["better"]


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
