"""The rows of the list of lines: how one looks, and how it is edited."""

import math
from collections.abc import Sequence

from PyQt5.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
)
from PyQt5.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QResizeEvent,
    QTextLayout,
    QTextOption,
    QTouchEvent,
)
from PyQt5.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from camera_ocr.grading import DOUBT_BELOW
from camera_ocr.gui.finger_scroll import FingerScroll
from camera_ocr.gui.i18n import percent, speak, tr
from camera_ocr.gui.line_editor import LineEditor
from camera_ocr.gui.model import CORRECTED_ROLE, CROP_ROLE, HAS_CROP_ROLE, LINE_ROLE, LinesModel
from camera_ocr.gui.spelling import Spelling, wavy
from camera_ocr.gui.theme import Theme
from camera_ocr.types import FusedLine

PAD_X, PAD_Y = 12, 8
MARK_WIDTH = 44
"""Room for "100 %" at the right."""
INK_HEIGHT = 30
"""Of the strip that shows a line's ink above its text, px at most."""
INK_GAP = 4


class LineDelegate(QStyledItemDelegate):
    """Paints one line: its ink while that stands still, its text, wrapped, and small how sure it is.

    `joined_back` carries the id of a line that is to be joined with the one above it. `went_back`, `went_on`:
    undo or redo was pressed where nothing was typed.
    """

    joined_back = pyqtSignal(int)
    went_back = pyqtSignal()
    went_on = pyqtSignal()

    def __init__(self, theme: Theme, spelling: Spelling, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._spelling = spelling
        self._view_width = 300

    def set_width(self, width: int) -> None:
        self._view_width = width

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        line: FusedLine = index.data(LINE_ROLE)
        text = _wrapped(line.text, self._font(option, line), self._view_width - 2 * PAD_X - MARK_WIDTH)
        height = math.ceil(text.boundingRect().height()) + 2 * PAD_Y
        return QSize(self._view_width, height + self._ink_room(index))

    def place_in_text(self, option: QStyleOptionViewItem, index: QModelIndex, at: QPoint) -> int | None:
        """The character of the row's text that a point of the list is on."""
        line: FusedLine = index.data(LINE_ROLE)
        room = self._text_rect(option.rect, index)
        text = _wrapped(line.text, self._font(option, line), room.width())
        for number in range(text.lineCount()):
            row = text.lineAt(number)
            if row.naturalTextRect().translated(QPointF(room.topLeft())).contains(QPointF(at)):
                place: int = row.xToCursor(at.x() - room.x(), row.CursorOnCharacter)
                return place
        return None

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
        painter.setPen(QColor(t.text if line.stable and line.text else t.muted))
        # what may still change by itself is not worth a mark
        marks = self._spelling.marks(line.text) if index.data(HAS_CROP_ROLE) else ()
        text = _wrapped(
            line.text or tr("(nothing read)"),
            self._font(option, line),
            text_room.width(),
            [wavy(span, t.misspelt) for span in marks],
        )
        text.draw(painter, QPointF(text_room.topLeft()))
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
        editor = LineEditor(line, self._spelling, self.theme, parent)

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
        editor.went_back.connect(self.went_back)
        editor.went_on.connect(self.went_on)
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


def _wrapped(
    text: str, font: QFont, width: int, formats: Sequence[QTextLayout.FormatRange] = ()
) -> QTextLayout:
    """The text laid out in lines of at most `width` px."""
    layout = QTextLayout(text, font)
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(40, width))
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout


class LinesList(QListView):
    """The rows; Enter edits where that is possible.

    `menu_asked` carries where a menu is wanted, px, and whether a key asks for it: then of the current row.
    """

    menu_asked = pyqtSignal(QPoint, bool)

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
        viewport = self.viewport()
        assert viewport is not None
        self._finger = FingerScroll(viewport)

    @property
    def editor(self) -> LineEditor | None:
        """The one that is open."""
        if self.state() != QAbstractItemView.State.EditingState:
            return None
        # one that was closed just now is hidden, and deleted later
        return next((one for one in self.findChildren(LineEditor) if not one.isHidden()), None)

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

    def place_in_text(self, at: QPoint) -> int | None:
        """The character that a point of the list is on, of the text of its row."""
        index = self.indexAt(at)
        if not index.isValid():
            return None
        option = self.viewOptions()
        option.rect = self.visualRect(index)
        return self._delegate.place_in_text(option, index, at)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        if event is not None:
            self.menu_asked.emit(event.pos(), event.reason() == QContextMenuEvent.Reason.Keyboard)

    def viewportEvent(self, event: QEvent | None) -> bool:
        if isinstance(event, QTouchEvent):
            self._finger.take(event)
            return True
        return super().viewportEvent(event)

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
        editable = bool(self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable)
        if enter and not editing and editable:
            self.edit(self.currentIndex())
        elif event is not None:
            super().keyPressEvent(event)
