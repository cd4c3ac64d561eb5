"""The sheet of keys (F1)."""

from collections.abc import Sequence

from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QDialog, QGridLayout, QHBoxLayout, QLabel, QWidget

MOUSE = (
    ("Wheel", "Zoom where the mouse is"),
    ("Drag", "Move the zoomed picture"),
    ("Click a line", "Select it, on the picture or in the list"),
    ("Point at a line", "See the ink below its text"),
    ("Double-click a line", "Freeze, and correct it"),
    ("Right-click a line", "What can be done with it"),
    ("Drop a file", "Open it"),
)
CANVAS_MOUSE = (
    ("Draw", "With mouse, finger or pen"),
    ("Right button, pen's other end", "Erase"),
    ("Point at a digit", "See how sure it is"),
    ("Drop a picture", "Lay its ink on the canvas"),
)


class ShortcutSheet(QDialog):
    """Made from the window's actions themselves, so that it cannot be out of date."""

    def __init__(
        self,
        actions: Sequence[QAction],
        parent: QWidget,
        mouse: Sequence[tuple[str, str]] = MOUSE,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setObjectName("keySheet")
        native = QKeySequence.SequenceFormat.NativeText
        # the first key of several is the one to learn
        keys = [
            (action.shortcut().toString(native), action.statusTip() or action.text().rstrip("…"))
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        half = (len(keys) + len(mouse) + 1) // 2
        columns = QHBoxLayout(self)
        columns.setContentsMargins(26, 22, 30, 24)
        columns.setSpacing(40)
        for rows in (keys[:half], [*keys[half:], *mouse]):
            grid = QGridLayout()
            grid.setHorizontalSpacing(20)
            grid.setVerticalSpacing(8)
            for at, (key, does) in enumerate(rows):
                name = QLabel(key, self)
                name.setObjectName("keyName")
                grid.addWidget(name, at, 0)
                grid.addWidget(QLabel(does, self), at, 1)
            grid.setRowStretch(len(rows), 1)
            columns.addLayout(grid)

    def toggle(self) -> None:
        self.setVisible(not self.isVisible())
