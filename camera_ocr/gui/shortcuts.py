"""The sheet of keys (F1)."""

from collections.abc import Sequence

from PyQt5.QtCore import QSize
from PyQt5.QtGui import QKeySequence, QShowEvent
from PyQt5.QtWidgets import (
    QAction,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.gui.i18n import mark, speak, tr

MOUSE = (
    (mark("Wheel"), mark("Zoom where the mouse is")),
    (mark("Drag"), mark("Move the zoomed picture")),
    (mark("Two fingers"), mark("Zoom and move")),
    (mark("Click a line"), mark("Select it, on the picture or in the list")),
    (mark("Point at a line"), mark("See the ink below its text")),
    (mark("Double-click a line"), mark("Freeze, and correct it")),
    (mark("Right-click a line"), mark("What can be done with it")),
    (mark("Drop files or a picture"), mark("Open them")),
)
CANVAS_MOUSE = (
    (mark("Draw"), mark("With mouse, finger or pen")),
    (mark("Right button, pen's other end"), mark("Erase")),
    (mark("Point at a digit"), mark("See how sure it is")),
    (mark("Drop a picture"), mark("Lay its ink on the canvas")),
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
        self.setObjectName("keySheet")
        self._actions, self._mouse = actions, mouse
        self._room = QScrollArea(self)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setWidgetResizable(True)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._room)
        speak(self, self._say)

    def _say(self) -> None:
        self.setWindowTitle(tr("Keys"))
        self._room.setAccessibleName(tr("Keys"))
        self._fill()

    def _fill(self) -> None:
        """With the keys that there are now: a camera may have come that has more."""
        native = QKeySequence.SequenceFormat.NativeText
        # the first key of several is the one to learn
        keys = [
            (action.shortcut().toString(native), action.statusTip() or action.text().rstrip("…"))
            for action in self._actions
            if not action.shortcut().isEmpty() and action.isVisible()
        ]
        by_mouse = [(tr(gesture), tr(does)) for gesture, does in self._mouse]
        half = (len(keys) + len(by_mouse) + 1) // 2
        page = QWidget(self)
        page.setObjectName("keySheetPage")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(26, 18, 26, 18)
        columns.setSpacing(36)
        for groups in ((keys[:half],), (keys[half:], by_mouse)):
            column = QVBoxLayout()
            column.setSpacing(5)
            for rows in groups:
                column.addLayout(_table(rows, page))
            column.addStretch(1)
            columns.addLayout(column)
        self._page = page
        # the one before goes away with that
        self._room.setWidget(page)

    def showEvent(self, event: QShowEvent | None) -> None:
        """As large as it needs to be, but never larger than the screen."""
        self._fill()
        screen = self.screen()
        bar = self._room.verticalScrollBar()
        if screen is not None and bar is not None:
            room = screen.availableGeometry().size() - QSize(24, 48)
            whole = self._page.sizeHint() + QSize(bar.sizeHint().width() + 2, 2)
            self.resize(whole.boundedTo(room))
        if event is not None:
            super().showEvent(event)

    def toggle(self) -> None:
        self.setVisible(not self.isVisible())


def _table(rows: Sequence[tuple[str, str]], page: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    for at, (key, does) in enumerate(rows):
        name = QLabel(key, page)
        name.setObjectName("keyName")
        grid.addWidget(name, at, 0)
        grid.addWidget(QLabel(does, page), at, 1)
    return grid
