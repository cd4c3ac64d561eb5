"""Questions that stand before what cannot be undone."""

from collections.abc import Callable

from PyQt5.QtWidgets import QAbstractButton, QMessageBox, QWidget


def ask_before(parent: QWidget, title: str, text: str, button: str, act: Callable[[], None]) -> None:
    """Ask in a box of `parent`, which returns at once, and `act` when the button of that name is pressed."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, text, parent=parent)
    go = box.addButton(button, QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))

    def answered(pressed: QAbstractButton) -> None:
        if pressed is go:
            act()

    box.buttonClicked.connect(answered)
    box.finished.connect(box.deleteLater)
    box.open()
