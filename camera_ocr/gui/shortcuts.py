"""The sheet of keys (F1)."""

from collections.abc import Mapping, Sequence

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
    QWidget,
)

from camera_ocr.gui.i18n import mark, speak, tr

MOUSE = (
    (mark("Wheel"), mark("Zoom where the mouse is")),
    (mark("Drag"), mark("Move the zoomed picture")),
    (mark("Two fingers"), mark("Zoom and move")),
    (mark("Click"), mark("Select a line, on the picture or in the list")),
    (mark("Point"), mark("See the ink below a line's text")),
    (mark("Double-click"), mark("Freeze, and correct a line")),
    (mark("Right-click"), mark("What can be done with a line")),
    (mark("Drop"), mark("Open files or a picture")),
)
CANVAS_MOUSE = (
    (mark("Draw"), mark("With mouse, finger or pen")),
    (mark("Right button, pen's other end"), mark("Erase")),
    (mark("Point at a digit"), mark("See how sure it is")),
    (mark("Drop a picture"), mark("Lay its ink on the canvas")),
)


Section = tuple[str, Sequence[tuple[str, str]]]
"""Its heading, and each key with what it does."""


class ShortcutSheet(QDialog):
    """Made from the window's actions themselves, so that it cannot be out of date."""

    def __init__(
        self,
        sections: Mapping[str, Sequence[QAction]],
        parent: QWidget,
        mouse: Sequence[tuple[str, str]] = MOUSE,
    ) -> None:
        """`sections`: by their headings, English and marked to be translated."""
        super().__init__(parent)
        self.setObjectName("keySheet")
        self._sections, self._mouse = sections, mouse
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
        sections = [
            (
                tr(heading),
                [
                    (action.shortcut().toString(native), action.statusTip() or action.text().rstrip("…"))
                    for action in actions
                    if not action.shortcut().isEmpty() and action.isVisible()
                ],
            )
            for heading, actions in self._sections.items()
        ]
        sections.append((tr("Mouse and fingers"), [(tr(what), tr(does)) for what, does in self._mouse]))
        page = QWidget(self)
        page.setObjectName("keySheetPage")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(18, 8, 18, 10)
        columns.setSpacing(28)
        for column in _two_columns(sections):
            columns.addLayout(_table(column, page))
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
            for label in self._page.findChildren(QLabel):
                # as large as it is in its own font
                label.ensurePolished()
            whole = self._page.sizeHint() + QSize(bar.sizeHint().width() + 2, 2)
            self.resize(whole.boundedTo(room))
        if event is not None:
            super().showEvent(event)

    def toggle(self) -> None:
        self.setVisible(not self.isVisible())


def _two_columns(sections: Sequence[Section]) -> tuple[Sequence[Section], Sequence[Section]]:
    """As high as each other as can be, in their order."""
    heights = [len(rows) + 1 for _, rows in sections]
    split = min(range(len(sections) + 1), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
    return sections[:split], sections[split:]


def _table(sections: Sequence[Section], page: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(1)
    grid.setColumnStretch(1, 1)
    at = 0
    for heading, rows in sections:
        title = QLabel(heading, page)
        title.setObjectName("keySection")
        title.setIndent(0)
        grid.addWidget(title, at, 0, 1, 2)
        for key, does in rows:
            at += 1
            name = QLabel(key, page)
            name.setObjectName("keyName")
            grid.addWidget(name, at, 0)
            grid.addWidget(QLabel(does, page), at, 1)
        at += 1
    grid.setRowStretch(at, 1)
    return grid
