"""The settings, by keyboard and mouse."""

import shutil
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QFileDialog

from camera_ocr.config import ReaderConfig
from camera_ocr.gui.engine_view import Phase, Reads
from camera_ocr.gui.keeper import HISTORY_DAYS, HISTORY_MB, HISTORY_ON
from camera_ocr.gui.lettering import OverlayStyle
from camera_ocr.gui.look import COLOURS, INTERFACE, LETTERS, Colours
from camera_ocr.gui.reading import LANGUAGE, MODEL, SURFACE, Surface, reader_config
from camera_ocr.gui.remembered import OVERLAY, Remembered
from camera_ocr.gui.settings import Settings
from camera_ocr.recognition.card import default_model

LEFT = Qt.MouseButton.LeftButton
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def dialog(qtbot, desk, until):
    """Opened with its key, and the models are known."""
    Remembered(desk.window, desk.settings)
    desk.begin()
    qtbot.keyClick(desk.window, Qt.Key.Key_Comma, CTRL)
    made = desk.window.settings_dialog
    until(lambda: made.model.box.count() > 0)
    return made


def press(dialog, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Where the keyboard is."""
    QApplication.setActiveWindow(dialog)
    QTest.keyClick(dialog.focusWidget() or dialog, key, modifier)


def step(box: QComboBox, rows: int) -> None:
    """Another row of a box, with the arrow keys."""
    for _ in range(rows):
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_every_setting_is_reached_and_changed_with_the_keyboard(dialog, desk, until):
    press(dialog, Qt.Key.Key_W, ALT)
    assert dialog.tabs.currentIndex() == 1
    dialog.letters.setFocus()
    reached = []
    for _ in range(5):
        reached.append(dialog.focusWidget())
        press(dialog, Qt.Key.Key_Tab)
    assert set(reached) >= {dialog.letters, dialog.overlay, dialog.interface}
    step(dialog.colours, 2)
    QTest.keyClick(dialog.letters, Qt.Key.Key_Up)
    QTest.keyClick(dialog.letters, Qt.Key.Key_Up)
    step(dialog.overlay, 1)
    step(dialog.interface, 2)
    settings = desk.settings
    assert settings.get(COLOURS) is Colours.DARK
    assert settings.get(LETTERS) == 7
    assert desk.window.view.overlay_style is list(OverlayStyle)[1]
    assert settings.get(INTERFACE) == "de"
    press(dialog, Qt.Key.Key_A, ALT)
    assert dialog.tabs.currentIndex() == 2
    press(dialog, Qt.Key.Key_H, ALT)
    assert dialog.tabs.currentIndex() == 3
    QTest.keyClick(dialog.keeps, Qt.Key.Key_Space)
    QTest.keyClick(dialog.megabytes, Qt.Key.Key_Down)
    QTest.keyClick(dialog.days, Qt.Key.Key_Up)
    assert [settings.get(s) for s in (HISTORY_ON, HISTORY_MB, HISTORY_DAYS)] == [False, 1900, 1]
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_is_set_elsewhere_shows_in_the_dialog(dialog, desk, qtbot):
    QApplication.setActiveWindow(desk.window)
    qtbot.keyClick(desk.window, Qt.Key.Key_T)
    assert dialog.overlay.currentIndex() == list(OverlayStyle).index(desk.settings.get(OVERLAY)) == 1
    qtbot.keyClick(desk.window, Qt.Key.Key_M)
    assert dialog.profile.currentText() == "Numbers only"


def test_a_profile_sets_what_is_looked_for(dialog, desk, until):
    step(dialog.profile, 1)
    assert desk.settings.get(SURFACE) is Surface.BOARD
    step(dialog.profile, 1)
    assert desk.window.session.reads is Reads.DIGITS
    assert "digits" in dialog.explained.text()
    until(lambda: desk.engine.used == [Reads.DIGITS])
    QTest.keyClick(dialog.profile, Qt.Key.Key_Home)
    assert desk.window.session.reads is Reads.TEXT
    assert desk.settings.get(SURFACE) is Surface.PAPER


def test_the_card_of_the_model_in_use_is_shown(dialog, desk, until):
    until(lambda: "line_reader" in dialog.model.card.text())
    size = default_model().stat().st_size / 1e6
    assert f"{size:.1f} MB" in dialog.model.card.text()
    assert "characters wrong" in dialog.model.card.text()
    QTest.keyClick(dialog.profile, Qt.Key.Key_End)
    assert "digit_reader" in dialog.model.card.text()
    assert not dialog.model.box.isEnabled()


def test_the_light_model_is_chosen_with_the_keyboard(dialog, desk, until):
    step(dialog.model.box, 1)
    until(lambda: desk.settings.get(MODEL) == "line_reader_light")
    until(lambda: "slow machines" in dialog.model.card.text())
    QTest.keyClick(dialog.model.box, Qt.Key.Key_Up)
    until(lambda: desk.settings.get(MODEL) == "")


@pytest.fixture
def choose_file(dialog, monkeypatch):
    """The last row of the box asks for a file; this one is named then."""

    def choose(path: Path) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        QTest.keyClick(dialog.model.box, Qt.Key.Key_End)

    return choose


def test_another_model_is_taken_when_it_can_be_used(dialog, desk, until, tmp_path, choose_file):
    own = tmp_path / "mine.tflite"
    shutil.copy(default_model(), own)
    shutil.copy(default_model().with_suffix(".json"), own.with_suffix(".json"))
    choose_file(own)
    until(lambda: desk.settings.get(MODEL) == str(own))
    until(lambda: dialog.model.box.count() == 4)
    assert not dialog.model.problem
    assert dialog.model.box.currentText() == "line_reader"
    # and the other one again
    QTest.keyClick(dialog.model.box, Qt.Key.Key_Home)
    until(lambda: desk.settings.get(MODEL) == "")


def test_a_model_that_cannot_be_used_is_told_and_not_taken(dialog, desk, until, tmp_path, choose_file):
    own = tmp_path / "mine.tflite"
    own.write_bytes(b"no model")
    shutil.copy(default_model().with_suffix(".json"), own.with_suffix(".json"))
    choose_file(own)
    until(lambda: "cannot be used" in dialog.model.card.text())
    assert desk.settings.get(MODEL) == ""


def test_closing_needs_no_confirmation(dialog, desk):
    step(dialog.language, 2)
    QTest.mouseClick(dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Close), LEFT)
    assert Settings(desk.settings.path).get(LANGUAGE) == "en"


def test_what_the_command_line_gives_is_not_offered_to_be_set(desk, until):
    desk.settings.fixed = frozenset({LANGUAGE.key, MODEL.key})
    desk.begin()
    desk.key(Qt.Key.Key_Comma, CTRL)
    dialog = desk.window.settings_dialog
    assert not dialog.language.isEnabled()
    assert not dialog.model.box.isEnabled()
    assert "command line" in dialog.language.toolTip()


def test_the_reader_is_as_given_or_else_as_set(tmp_path):
    settings = Settings(tmp_path / "window.ini")
    assert reader_config(ReaderConfig(), settings) == ReaderConfig(language="auto")
    settings.set(LANGUAGE, "de")
    settings.set(MODEL, "/own/model.tflite")
    own = Path("/own/model.tflite")
    assert reader_config(ReaderConfig(), settings) == ReaderConfig(model=own, language="de")
    given = ReaderConfig(model=Path("a.tflite"), language="none")
    assert reader_config(given, settings) == given


def test_a_renewed_reader_reads_what_stands_again(desk, results, until):
    desk.begin(result=results.page(["one"]))
    desk.freeze(results.page(["one"]))
    desk.engine.reread = results.page(["won"])
    desk.window.session.renew_reader()
    until(lambda: desk.rows() == ["won"])
    assert desk.window.session.phase is Phase.FROZEN


def test_a_renewed_reader_leaves_what_a_person_put_right_until_the_view_goes_on(desk, results, until, qtbot):
    desk.begin(result=results.page(["one"]))
    desk.freeze(results.page(["one"]))
    desk.retype(0, "uno")
    desk.window.session.renew_reader()
    qtbot.wait(100)
    assert desk.rows() == ["uno"]
    assert desk.engine.used == []
    qtbot.keyClick(desk.window, Qt.Key.Key_Space)
    until(lambda: desk.engine.used == [Reads.TEXT])


def test_a_reader_that_cannot_be_renewed_is_told_and_the_old_one_reads_on(desk, results, until):
    desk.begin(result=results.page(["one"]))
    desk.broken = RuntimeError("no memory")
    desk.window.session.renew_reader()
    until(lambda: "no memory" in desk.window.banner.text)
    assert desk.window.session.reads is Reads.TEXT
