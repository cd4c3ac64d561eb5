"""The list of lines beside the picture."""

from collections.abc import Sequence

from PyQt5.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.gui.model import CORRECTED_ROLE, LINE_ROLE, LinesModel
from camera_ocr.gui.theme import Theme
from camera_ocr.types import FusedLine

DOUBT_BELOW = 0.6
"""A confidence below this is worth a look, so it is coloured."""
PAD_X, PAD_Y = 12, 8
MARK_WIDTH = 44
"""Room for "100 %" at the right."""


class LineDelegate(QStyledItemDelegate):
    """Paints one line: its text, wrapped, and at the right, small, how sure it is."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._view_width = 300

    def set_width(self, width: int) -> None:
        self._view_width = width

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        line: FusedLine = index.data(LINE_ROLE)
        metrics = QFontMetrics(self._font(option, line))
        room = QRect(0, 0, max(40, self._view_width - 2 * PAD_X - MARK_WIDTH), 10_000)
        wrapped = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), line.text)
        return QSize(self._view_width, max(wrapped.height(), metrics.height()) + 2 * PAD_Y)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        line: FusedLine = index.data(LINE_ROLE)
        t = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(4, 1, -4, -1)
        back = (
            t.selected
            if option.state & QStyle.StateFlag.State_Selected
            else t.hover
            if option.state & QStyle.StateFlag.State_MouseOver
            else ""
        )
        if back:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(back))
            painter.drawRoundedRect(row, 6, 6)
        text_room = option.rect.adjusted(PAD_X, PAD_Y, -PAD_X - MARK_WIDTH, -PAD_Y)
        painter.setFont(self._font(option, line))
        painter.setPen(QColor(t.text if line.stable else t.muted))
        painter.drawText(text_room, int(Qt.TextFlag.TextWordWrap), line.text)
        self._paint_mark(painter, option, line, bool(index.data(CORRECTED_ROLE)))
        painter.restore()

    def _paint_mark(
        self, painter: QPainter, option: QStyleOptionViewItem, line: FusedLine, by_hand: bool
    ) -> None:
        small = QFont(option.font)
        small.setPointSizeF(max(7.0, option.font.pointSizeF() * 0.82))
        painter.setFont(small)
        doubtful = line.confidence < DOUBT_BELOW
        painter.setPen(QColor(self.theme.doubt if doubtful else self.theme.muted))
        first = QRect(option.rect)
        first.setHeight(QFontMetrics(self._font(option, line)).height() + 2 * PAD_Y)
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # What a person wrote has no percentage.
        painter.drawText(first.adjusted(0, 0, -PAD_X, 0), flags, "✓" if by_hand else f"{line.confidence:.0%}")

    def _font(self, option: QStyleOptionViewItem, line: FusedLine) -> QFont:
        font = QFont(option.font)
        font.setPointSizeF(option.font.pointSizeF() * 1.08)
        font.setItalic(not line.stable)
        return font

    def updateEditorGeometry(
        self, editor: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if editor is not None:
            editor.setGeometry(option.rect.adjusted(PAD_X - 6, 3, -6, -3))


class LinesList(QListView):
    """The rows; Enter edits where that is possible."""

    def __init__(self, model: LinesModel, delegate: LineDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("linesList")
        self.setAccessibleName("Lines")
        self._delegate = delegate
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        viewport = self.viewport()
        if viewport is not None:
            self._delegate.set_width(viewport.width())
        self.scheduleDelayedItemsLayout()
        if event is not None:
            super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        enter = event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        editing = self.state() == QAbstractItemView.State.EditingState
        if enter and not editing and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif event is not None:
            super().keyPressEvent(event)


class LinesPanel(QFrame):
    """Title, count and rows. `picked` carries the track ids that a person selected here."""

    picked = pyqtSignal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("linesPanel")
        self.model = LinesModel(self)
        self.list = LinesList(self.model, LineDelegate(theme, self), self)
        self._title = QLabel("Lines", self)
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
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        self._told: frozenset[int] = frozenset()
        selection = self.list.selectionModel()
        assert selection is not None
        self._selection: QItemSelectionModel = selection
        self._selection.selectionChanged.connect(self._selection_changed)

    def sizeHint(self) -> QSize:
        return QSize(360, 500)

    def show_lines(self, lines: Sequence[FusedLine], corrected: frozenset[int] = frozenset()) -> None:
        self.model.show(lines, corrected)
        self._count.setText(str(len(lines)) if lines else "")
        self._stack.setCurrentWidget(self.list if lines else self._hint)

    def set_hint(self, hint: str) -> None:
        """What to say while there are no lines."""
        if self._hint.text() != hint:
            self._hint.setText(hint)

    def set_editable(self, editable: bool) -> None:
        self.model.editable = editable

    def selected(self) -> tuple[int, ...]:
        """Track ids of the selected rows, in reading order."""
        rows = sorted(index.row() for index in self._selection.selectedIndexes())
        return tuple(self.model.lines[row].track_id for row in rows)

    def select(self, track_id: int | None) -> None:
        """Select one line and scroll to it, or none."""
        row = None if track_id is None else self.model.row_of(track_id)
        if row is None:
            self._selection.clear()
            return
        index = self.model.index(row)
        self._selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.list.scrollTo(index)

    def select_all(self) -> None:
        self.list.selectAll()

    def _selection_changed(self, _new: QItemSelection, _old: QItemSelection) -> None:
        now = frozenset(self.selected())
        if now != self._told:
            self._told = now
            self.picked.emit(tuple(now))
