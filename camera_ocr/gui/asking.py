"""Questions: what cannot be undone is asked about before, what failed is asked about after."""

from collections.abc import Callable
from typing import NamedTuple

from PyQt5.QtWidgets import QAbstractButton, QMessageBox, QWidget


class Answer(NamedTuple):
    """A button, and what is done when it is pressed."""

    name: str
    act: Callable[[], None]
    loses: bool = False
    """Something cannot be brought back after it."""


def ask(parent: QWidget, title: str, text: str, *answers: Answer, note: str = "") -> None:
    """Ask in a box of `parent`, which returns at once, so that the picture goes on behind it.

    Cancel is there as well, and is what Return presses where one of the answers loses something; else that is
    the first of them. `note` is said below `text`.
    """
    box = QMessageBox(QMessageBox.Icon.Warning, title, text, parent=parent)
    box.setInformativeText(note)
    roles = QMessageBox.ButtonRole
    buttons = [
        box.addButton(one.name, roles.DestructiveRole if one.loses else roles.AcceptRole) for one in answers
    ]
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel if any(one.loses for one in answers) else buttons[0])

    def answered(pressed: QAbstractButton) -> None:
        for button, one in zip(buttons, answers, strict=True):
            if pressed is button:
                one.act()

    box.buttonClicked.connect(answered)
    box.finished.connect(box.deleteLater)
    box.open()
