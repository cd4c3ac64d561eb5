"""The editor of one line's text, in its row of the list."""

from PyQt5.QtCore import QPoint, Qt, pyqtSignal
from PyQt5.QtGui import QContextMenuEvent, QDragEnterEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PyQt5.QtWidgets import QApplication, QLineEdit, QWidget

from camera_ocr.gui.i18n import tr
from camera_ocr.gui.incoming import can_take
from camera_ocr.gui.spelling import Spelling, wavy
from camera_ocr.gui.theme import Theme
from camera_ocr.recognition.spelling import Span
from camera_ocr.types import FusedLine


class LineEditor(QLineEdit):
    """Edits the text of `line` in its row; words that the language does not have are marked.

    `joined_back`: Backspace was pressed at the very beginning. `stepped`: Up or Down, -1 or 1. `went_back`:
    undo was pressed with nothing typed, `went_on` redo.
    """

    joined_back = pyqtSignal()
    stepped = pyqtSignal(int)
    went_back = pyqtSignal()
    went_on = pyqtSignal()

    def __init__(self, line: FusedLine, spelling: Spelling, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("lineEditor")
        self.setAccessibleName(tr("Text of the line"))
        self.track_id = line.track_id
        self._line, self._spelling, self._colour = line, spelling, theme.misspelt
        self._composing = False
        """An input method has letters that are not settled yet."""
        self._marked: tuple[str, list[Span]] = ("", [])
        self.textChanged.connect(self._mark)
        self.cursorPositionChanged.connect(self._mark)
        spelling.changed.connect(self._mark)

    @property
    def split_place(self) -> int:
        """Where the cursor is, counted in the text as it will be kept, with single spaces."""
        before = self.text()[: self.cursorPosition()]
        return len(" ".join(before.split())) + (1 if before[-1:].isspace() else 0)

    @property
    def marked(self) -> list[Span]:
        """The words that are marked now."""
        return self._marked[1]

    def select_word(self, span: Span) -> None:
        self.setSelection(span.start, span.end - span.start)

    def _mark(self) -> None:
        """Mark words, but not the one that is just being typed."""
        if self._composing:
            return
        text, cursor = self.text(), self.cursorPosition()
        spans = [s for s in self._spelling.marks(text) if s.end != cursor or not self.isModified()]
        if (text, spans) == self._marked:
            return
        self._marked = text, spans
        # a line edit takes formats from an input method only; their places count from the cursor
        kind = QInputMethodEvent.AttributeType.TextFormat
        formats = [
            QInputMethodEvent.Attribute(kind, one.start - cursor, one.length, one.format)
            for one in (wavy(span, self._colour) for span in spans)
        ]
        QApplication.sendEvent(self, QInputMethodEvent("", formats))

    def inputMethodEvent(self, event: QInputMethodEvent | None) -> None:
        if event is not None:
            self._composing = bool(event.preeditString())
            super().inputMethodEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        menu = self.createStandardContextMenu()
        if event is None or menu is None:
            return
        # Python owns what it has made, and would delete it at once
        menu.setParent(self, menu.windowFlags())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_keys = event.reason() == QContextMenuEvent.Reason.Keyboard
        place = self.cursorPosition() if by_keys else self.cursorPositionAt(event.pos())
        span = self._spelling.mark_in(self.text(), place, place)
        if span is not None:
            rest = len(self.text()) - span.end
            self._spelling.offer(menu, self._line, self.text(), span, lambda text: self._put(text, rest))
        # not over the word that it is about
        below = QPoint(self.cursorRect().left(), self.height())
        menu.popup(self.mapToGlobal(below) if by_keys else event.globalPos())

    def _put(self, text: str, rest: int) -> None:
        """Say `text`, the cursor before its last `rest` characters."""
        self.selectAll()
        self.insert(text)
        self.setCursorPosition(len(text) - rest)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        # a file is for the window to open, not a text
        if event is not None and can_take(event.mimeData()):
            event.ignore()
        elif event is not None:
            super().dragEnterEvent(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        at_start = self.cursorPosition() == 0 and not self.hasSelectedText()
        if event.key() == Qt.Key.Key_Backspace and at_start:
            self.joined_back.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable():
            self.went_back.emit()
        elif event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable():
            self.went_on.emit()
        else:
            super().keyPressEvent(event)
