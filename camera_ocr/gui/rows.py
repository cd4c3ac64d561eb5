"""The rows of the list of lines: how one looks, and how it is edited."""

from PyQt5.QtCore import QAbstractItemModel, QModelIndex, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QResizeEvent
from PyQt5.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from camera_ocr.grading import DOUBT_BELOW
from camera_ocr.gui.i18n import percent, speak, tr
from camera_ocr.gui.model import CORRECTED_ROLE, CROP_ROLE, HAS_CROP_ROLE, LINE_ROLE, LinesModel
from camera_ocr.gui.theme import Theme
from camera_ocr.types import FusedLine

PAD_X, PAD_Y = 12, 8
MARK_WIDTH = 44
"""Room for "100 %" at the right."""
INK_HEIGHT = 30
"""Of the strip that shows a line's ink above its text, px at most."""
INK_GAP = 4


class LineEditor(QLineEdit):
    """Edits one line's text in its row.

    `joined_back`: Backspace was pressed at the very beginning. `stepped`: Up or Down, -1 or 1.
    """

    joined_back = pyqtSignal()
    stepped = pyqtSignal(int)

    def __init__(self, track_id: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("lineEditor")
        self.setAccessibleName(tr("Text of the line"))
        self.track_id = track_id

    @property
    def split_place(self) -> int:
        """Where the cursor is, counted in the text as it will be kept, with single spaces."""
        before = self.text()[: self.cursorPosition()]
        return len(" ".join(before.split())) + (1 if before[-1:].isspace() else 0)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        if event.key() == Qt.Key.Key_Backspace and at_start:
            self.joined_back.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


class LineDelegate(QStyledItemDelegate):
    """Paints one line: its ink while that stands still, its text, wrapped, and small how sure it is.

    `joined_back` carries the id of a line that is to be joined with the one above it.
    """

    joined_back = pyqtSignal(int)

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
        height = max(wrapped.height(), metrics.height()) + 2 * PAD_Y
        return QSize(self._view_width, height + self._ink_room(index))

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
        ink: QImage | None = index.data(CROP_ROLE)
        if ink is not None:
            self._paint_ink(painter, option.rect, ink)
        text_room = self._text_rect(option.rect, index)
        painter.setFont(self._font(option, line))
        painter.setPen(QColor(t.text if line.stable and line.text else t.muted))
        painter.drawText(text_room, int(Qt.TextFlag.TextWordWrap), line.text or tr("(nothing read)"))
        self._paint_mark(painter, option, text_room, line, bool(index.data(CORRECTED_ROLE)))
        painter.restore()

    def _ink_room(self, index: QModelIndex) -> int:
        return INK_HEIGHT + INK_GAP if index.data(HAS_CROP_ROLE) else 0

    def _text_rect(self, rect: QRect, index: QModelIndex) -> QRect:
        return rect.adjusted(PAD_X, PAD_Y + self._ink_room(index), -PAD_X - MARK_WIDTH, -PAD_Y)

    def _paint_ink(self, painter: QPainter, rect: QRect, ink: QImage) -> None:
        room = QRectF(rect.adjusted(PAD_X, PAD_Y, -PAD_X, 0))
        scale = min(room.width() / max(1, ink.width()), INK_HEIGHT / max(1, ink.height()))
        # in its middle, so that the rows' texts stay at one height
        height = ink.height() * scale
        place = QRectF(room.x(), room.y() + (INK_HEIGHT - height) / 2, ink.width() * scale, height)
        shape = QPainterPath()
        shape.addRoundedRect(place, 4, 4)
        painter.save()
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, ink)
        painter.restore()

    def _paint_mark(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text_room: QRect,
        line: FusedLine,
        by_hand: bool,
    ) -> None:
        small = QFont(option.font)
        small.setPointSizeF(max(7.0, option.font.pointSizeF() * 0.82))
        painter.setFont(small)
        doubtful = line.confidence < DOUBT_BELOW
        painter.setPen(QColor(self.theme.doubt if doubtful and not by_hand else self.theme.muted))
        first = QRect(text_room)
        first.setRight(option.rect.right() - PAD_X)
        first.setHeight(QFontMetrics(self._font(option, line)).height())
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        # What a person wrote has no percentage.
        painter.drawText(first, flags, "✓" if by_hand else percent(line.confidence))

    def _font(self, option: QStyleOptionViewItem, line: FusedLine) -> QFont:
        font = QFont(option.font)
        font.setPointSizeF(option.font.pointSizeF() * 1.08)
        font.setItalic(not line.stable)
        return font

    def createEditor(
        self, parent: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        line: FusedLine = index.data(LINE_ROLE)
        editor = LineEditor(line.track_id, parent)

        def join_back() -> None:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.joined_back.emit(line.track_id)

        def step(rows: int) -> None:
            hints = QAbstractItemDelegate.EndEditHint
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, hints.EditNextItem if rows > 0 else hints.EditPreviousItem)

        editor.joined_back.connect(join_back)
        editor.stepped.connect(step)
        return editor

    def setEditorData(self, editor: QWidget | None, index: QModelIndex) -> None:
        # asked for again whenever the line changes: what is being typed must not be lost
        if isinstance(editor, LineEditor) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(
        self, editor: QWidget | None, model: QAbstractItemModel | None, index: QModelIndex
    ) -> None:
        if isinstance(editor, LineEditor) and model is not None:
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        if editor is not None:
            text = self._text_rect(option.rect, index)
            room = text.adjusted(-7, -5, MARK_WIDTH + 6, 5)
            height = editor.sizeHint().height()
            editor.setGeometry(room.x(), room.center().y() - height // 2, room.width(), height)


class LinesList(QListView):
    """The rows; Enter edits where that is possible."""

    def __init__(self, model: LinesModel, delegate: LineDelegate, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("linesList")
        speak(self, lambda: self.setAccessibleName(tr("Lines")))
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
        # out to another program; rows stay where they are
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)

    @property
    def editor(self) -> LineEditor | None:
        """The one that is open."""
        if self.state() != QAbstractItemView.State.EditingState:
            return None
        found = self.findChild(LineEditor)
        return found if isinstance(found, LineEditor) else None

    def close_editor(self) -> None:
        """Keep what was typed and go on without an editor."""
        editor = self.editor
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def reset_looks(self) -> None:
        """After a change of theme or font."""
        self.scheduleDelayedItemsLayout()
        viewport = self.viewport()
        if viewport is not None:
            viewport.update()

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
