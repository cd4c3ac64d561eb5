"""The sheet of keys (F1)."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QDialog, QGridLayout, QLabel, QWidget

MOUSE = (
    ("Wheel", "Zoom where the mouse is"),
    ("Drag", "Move the zoomed picture"),
    ("Click a line", "Select it, on the picture or in the list"),
    ("Point at a line", "See the ink below its text"),
    ("Double-click a line in the list", "Correct it, while frozen"),
    ("Drop a file", "Open it"),
)


class ShortcutSheet(QDialog):
    """Made from the window's actions themselves, so that it cannot be out of date."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 20, 28, 22)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        native = QKeySequence.SequenceFormat.NativeText
        rows = [
            # the first key is the one to learn
            (action.shortcut().toString(native), action.statusTip() or action.text().rstrip("…"))
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        for row, (keys, does) in enumerate([*rows, *MOUSE]):
            # a line of space between keys and mouse
            at = row + (row >= len(rows))
            key = QLabel(keys, self)
            key.setStyleSheet("font-weight: 600;")
            grid.addWidget(key, at, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(QLabel(does, self), at, 1)
        grid.setRowMinimumHeight(len(rows), 8)

    def toggle(self) -> None:
        self.setVisible(not self.isVisible())
