"""Actions that speak the window's language, whichever that is by now."""

from collections.abc import Callable

from PyQt5.QtCore import QObject
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAbstractButton, QAction

from camera_ocr.gui.i18n import speak, tr


def make_action(
    owner: QObject,
    text: str,
    keys: str,
    act: Callable[[], None],
    does: str = "",
    *,
    checkable: bool = False,
) -> QAction:
    """An action of `owner`; `text` and `does` are English, marked to be translated.

    `keys`: apart by spaces, the first is the one to learn; `does`: for the sheet of keys, where `text` is too
    short for it.
    """
    action = QAction(owner)
    action.setShortcuts([QKeySequence(key) for key in keys.split()])
    action.setCheckable(checkable)
    action.triggered.connect(lambda: act())

    def say() -> None:
        action.setText(tr(text))
        action.setStatusTip(tr(does) if does else "")

    speak(action, say)
    return action


def make_bar_action(owner: QObject, text: str, keys: str, act: Callable[[], None], does: str = "") -> QAction:
    """As `make_action`; on a button of the bar its text stands a little away from its icon."""
    action = make_action(owner, text, keys, act, does)
    # Qt gives no other way to ask for it
    speak(action, lambda: action.setIconText(f" {tr(text)}"))
    return action


def name_after(button: QAbstractButton, action: QAction) -> None:
    """A screen reader says of `button`, which may be without a word, what `action` is called."""
    speak(button, lambda: button.setAccessibleName(action.text()))


def with_key(text: str, action: QAction, what: str = "") -> str:
    """A tooltip: what it does, to what, and by which key."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text}{': ' if what else ''}{what} ({key})"
