"""Freezing the picture, and going live again."""

import dataclasses
import threading

from PyQt5.QtCore import Qt

from camera_ocr.errors import SourceError
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.newest import REST_FRAMES
from camera_ocr.types import FrameResult

LEFT = Qt.MouseButton.LeftButton


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
    desk.click_row(1)
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
    desk.freeze(SourceError("the model is gone."))
    assert desk.rows() == ["Hello world", "écrit à Zürich", "third line"]
    assert "the model is gone" in desk.window.banner.text


def test_selection_survives_the_freeze(qtbot, desk, results, until):
    desk.begin(result=results(results.line(41, "one", 0), results.line(42, "two", 1)))
    desk.click_row(1)
    desk.freeze(results.page(["one", "two!"]))
    assert desk.window.panel.selected() == (42,)


def test_view_that_rests_is_painted_now_and_then_and_held_as_it_is_now(desk, results):
    shown = results.page()
    desk.begin(result=shown)
    session = desk.window.session

    def later(frames: int) -> FrameResult:
        frame = dataclasses.replace(shown.frame, index=shown.frame.index + frames)
        return dataclasses.replace(shown, frame=frame, resting=True)

    for frames in range(1, REST_FRAMES):
        desk.engine.newest = later(frames)
        session.pull()
        assert session.result.frame is shown.frame
    desk.show(later(REST_FRAMES))
    # what is read in the meantime shows at once
    anew = results.page(["read", "anew"])
    desk.show(dataclasses.replace(anew, resting=True))
    desk.engine.newest = dataclasses.replace(
        anew, frame=dataclasses.replace(anew.frame, index=anew.frame.index + 1), resting=True
    )
    newest = desk.engine.newest
    desk.engine.may_finish_reading.clear()
    session.freeze()
    assert session.result.frame is newest.frame
    desk.engine.still = newest
    desk.engine.may_finish_reading.set()
