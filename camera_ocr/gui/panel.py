"""The list of lines beside the picture, and below it the tools to put a standing page right."""

from collections.abc import Sequence

from PyQt5.QtCore import QItemSelection, QItemSelectionModel, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import (
    QAction,
    QFrame,
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.gui.actions import name_after
from camera_ocr.gui.i18n import speak, tr
from camera_ocr.gui.model import LinesModel
from camera_ocr.gui.rows import LineDelegate, LinesList
from camera_ocr.gui.spelling import Spelling
from camera_ocr.gui.suggestions import Suggestions
from camera_ocr.gui.theme import Theme
from camera_ocr.types import U8, FusedLine

SUGGESTED = 0.2
"""Of the panel's height may be for suggestions."""


class LinesPanel(QFrame):
    """Title, count and rows. `picked` carries the track ids that a person selected here."""

    picked = pyqtSignal(object)

    def __init__(self, theme: Theme, spelling: Spelling, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("linesPanel")
        self.model = LinesModel(self)
        self.delegate = LineDelegate(theme, spelling, self)
        self.list = LinesList(self.model, self.delegate, self)
        self.suggestions = Suggestions(self)
        self._title = QLabel("", self)
        speak(self._title, lambda: self._title.setText(tr("Lines")))
        self._title.setObjectName("linesTitle")
        self._count = QLabel("", self)
        self._count.setObjectName("linesCount")
        self._hint = QLabel("", self)
        self._hint.setObjectName("emptyHint")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setMargin(24)
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 14, 8)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._count)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.list)
        self.tools = QFrame(self)
        self.tools.setObjectName("editBar")
        self._tools_row = QHBoxLayout(self.tools)
        self._tools_row.setContentsMargins(8, 5, 8, 5)
        self._tools_row.setSpacing(1)
        self.tools.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        column.addWidget(self.suggestions)
        column.addWidget(self.tools)
        self._told: frozenset[int] = frozenset()
        selection = self.list.selectionModel()
        assert selection is not None
        self._selection: QItemSelectionModel = selection
        self._selection.selectionChanged.connect(self._selection_changed)
        spelling.changed.connect(self._repaint)

    def sizeHint(self) -> QSize:
        return QSize(360, 500)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        if event is not None:
            super().resizeEvent(event)
        row = 2 * self.fontMetrics().lineSpacing()
        self.suggestions.fit(max(2, int(SUGGESTED * self.height()) // row))

    def set_theme(self, theme: Theme) -> None:
        self.delegate.theme = theme
        self.list.reset_looks()

    def _repaint(self) -> None:
        viewport = self.list.viewport()
        if viewport is not None:
            viewport.update()

    def set_tools(self, actions: Sequence[QAction | None]) -> None:
        """What stands below the rows while they can be edited; None is a gap."""
        for action in actions:
            if action is None:
                self._tools_row.addStretch(1)
                continue
            button = QToolButton(self.tools)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setIconSize(QSize(20, 20))
            name_after(button, action)
            # a line's editor stays open while its line is split
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._tools_row.addWidget(button)

    def show_lines(self, lines: Sequence[FusedLine], corrected: frozenset[int] = frozenset()) -> None:
        self.model.show(lines, corrected)
        self._count.setText(str(len(lines)) if lines else "")
        self._stack.setCurrentWidget(self.list if lines else self._hint)

    def set_hint(self, hint: str) -> None:
        """What to say while there are no lines."""
        if self._hint.text() != hint:
            self._hint.setText(hint)

    def set_editable(self, editable: bool, picture: U8 | None) -> None:
        """`picture`: (H, W, 3) BGR, that the lines' ink is shown from while they are editable."""
        self.model.editable = editable
        self.model.set_picture(picture if editable else None)
        self.tools.setVisible(editable)
        if not editable:
            self.suggestions.show_texts(())

    def selected(self) -> tuple[int, ...]:
        """Track ids of the selected rows, in reading order."""
        rows = sorted(index.row() for index in self._selection.selectedIndexes())
        return tuple(self.model.lines[row].track_id for row in rows)

    def select(self, track_id: int | None) -> None:
        """Select one line and scroll to it, or none."""
        self.select_lines(() if track_id is None else (track_id,))

    def select_lines(self, track_ids: Sequence[int]) -> None:
        """Select these lines, those of them that are listed, and scroll to the first."""
        rows = sorted(row for one in track_ids if (row := self.model.row_of(one)) is not None)
        if not rows:
            self._selection.clear()
            return
        flags = QItemSelectionModel.SelectionFlag
        first = self.model.index(rows[0])
        self._selection.setCurrentIndex(first, flags.ClearAndSelect)
        for row in rows[1:]:
            self._selection.select(self.model.index(row), flags.Select)
        self.list.scrollTo(first)

    def select_all(self) -> None:
        self.list.selectAll()

    def edit(self, track_id: int) -> None:
        """Open the editor of a line, where lines can be edited."""
        row = self.model.row_of(track_id)
        if row is not None and self.model.editable:
            self.select(track_id)
            self.list.setFocus()
            self.list.edit(self.model.index(row))

    def _selection_changed(self, _new: QItemSelection, _old: QItemSelection) -> None:
        now = frozenset(self.selected())
        if now != self._told:
            self._told = now
            self.suggestions.show_texts(())
            self.picked.emit(tuple(now))
