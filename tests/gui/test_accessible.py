"""What a screen reader says, and what is reached without a mouse."""

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAction,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QToolButton,
    QWidget,
)

from camera_ocr.gui.canvas import CanvasPanel
from camera_ocr.gui.theme import LIGHT

NATIVE = QKeySequence.SequenceFormat.NativeText


@pytest.fixture
def everything(desk, results):
    """The window with all that it can show; nothing is read on the canvas."""
    window = desk.window
    window._make_canvas = lambda: CanvasPanel(pytest.fail, pytest.fail, window.session.jobs, LIGHT)
    desk.begin(result=results.page())
    desk.freeze(results.page())
    window.draw_action.trigger()
    window.draw_action.trigger()
    desk.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    return window


def name_of(widget: QWidget) -> str:
    """As a screen reader would find it."""
    labels = [one for one in widget.window().findChildren(QLabel) if one.buddy() is widget]
    own = widget.text() if isinstance(widget, QAbstractButton) else ""
    hint = widget.placeholderText() if isinstance(widget, QLineEdit) else ""
    return widget.accessibleName() or own or hint or (labels[0].text() if labels else "")


def is_operated(widget: QWidget) -> bool:
    """A person may press it, or go to it with the keyboard; labels and parts of Qt's own widgets speak for
    themselves."""
    if widget.objectName().startswith("qt_") or isinstance(widget, (QMenu, QTabBar, QDialog, QLabel)):
        return False
    parent = widget.parentWidget()
    part = isinstance(parent, (QAbstractItemView, QComboBox, QTabBar)) or (
        isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
    )
    spin = parent is not None and parent.inherits("QAbstractSpinBox")
    return not part and not spin and widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def test_everything_that_can_be_operated_has_a_name(everything):
    unnamed = [
        f"{type(one).__name__} {one.objectName()} in {type(one.parent()).__name__}"
        for one in everything.findChildren(QWidget)
        if is_operated(one) and not name_of(one) and one.layout() is None
    ]
    assert not unnamed, "; ".join(unnamed)


def test_buttons_without_a_word_say_what_they_do_when_pointed_at(everything):
    bare = [
        button.defaultAction().text() if button.defaultAction() else button.objectName()
        for button in everything.findChildren(QToolButton)
        if button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        and not button.objectName().startswith("qt_")
        and not isinstance(button.parent(), (QLineEdit, QTabBar))
        and not button.toolTip()
    ]
    assert bare == []


def test_every_key_is_on_the_sheet(everything):
    for owner, sheet in ((everything, everything.sheet), (everything.canvas, everything.canvas.keys)):
        shown = {label.text() for label in sheet.findChildren(QLabel)}
        actions = [
            one for one in owner.findChildren(QAction) if not one.shortcut().isEmpty() and one.isVisible()
        ]
        canvas = set(everything.canvas.actions())
        own = [one for one in actions if (one in canvas) == (owner is everything.canvas)]
        missing = {
            f"{one.text()} ({one.shortcut().toString(NATIVE)})"
            for one in own
            if one.shortcut().toString(NATIVE) not in shown
        }
        # one suggestion stands for all
        assert {one for one in missing if not one.startswith("Take suggestion")} == set()
        assert len(own) >= 10


def test_no_key_has_two_meanings(everything):
    seen: dict[str, list[str]] = {}
    for action in everything.actions():
        for key in action.shortcuts():
            seen.setdefault(key.toString(), []).append(action.text())
    assert {key: texts for key, texts in seen.items() if len(texts) > 1} == {}


def test_every_button_of_the_bar_is_reached_with_tab(everything, qtbot):
    QApplication.setActiveWindow(everything)
    everything.panel.list.setFocus()
    reached = set()
    for _ in range(60):
        qtbot.keyClick(everything.focusWidget() or everything, Qt.Key.Key_Tab)
        reached.add(everything.focusWidget())
    bar = everything.findChild(QWidget, "topBar")
    buttons = {one for one in bar.findChildren(QToolButton) if one.isVisible() and one.isEnabled()}
    assert buttons - reached == set()
