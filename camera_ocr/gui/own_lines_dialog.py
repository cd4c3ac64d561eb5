"""The lines that are kept as samples of one's hand: looked at, deleted."""

from collections.abc import Callable
from functools import lru_cache

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QFontMetrics, QImage, QKeySequence, QPainter, QPalette, QShowEvent
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QShortcut,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.errors import CameraOcrError
from camera_ocr.gui.asking import Answer, ask
from camera_ocr.gui.i18n import speak, tr
from camera_ocr.gui.qimage import to_qimage
from camera_ocr.gui.sentences import said
from camera_ocr.own_lines import delete_all_lines, delete_lines, line_numbers, lines_folder, read_line

INK_ROLE = int(Qt.ItemDataRole.UserRole)
"""A row's ink as a QImage; None when it is damaged."""
PAD, INK_HEIGHT, GAP = 12, 34, 4


class OwnLinesModel(QAbstractListModel):
    """One row a line, the newest first; each is read when it is first looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.numbers: tuple[int, ...] = ()
        self._read = lru_cache(maxsize=200)(_ink_and_text)

    def refresh(self) -> None:
        """Raises CameraOcrError when the folder cannot be read."""
        self.beginResetModel()
        self.numbers = ()
        self._read.cache_clear()
        try:
            self.numbers = line_numbers()[::-1]
        finally:
            self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.numbers)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (INK_ROLE, Qt.ItemDataRole.DisplayRole):
            return None
        ink, text = self._read(self.numbers[index.row()])
        return ink if role == INK_ROLE else text


class _Row(QStyledItemDelegate):
    """A line's ink, and its text below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, 2 * PAD + INK_HEIGHT + GAP + QFontMetrics(option.font).height())

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        chosen = option.state & QStyle.StateFlag.State_Selected
        roles = QPalette.ColorRole
        if chosen:
            painter.fillRect(option.rect, option.palette.color(roles.Highlight))
        room = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
        ink: QImage | None = index.data(INK_ROLE)
        if ink is not None:
            scale = min(INK_HEIGHT / ink.height(), room.width() / ink.width())
            painter.drawImage(QRectF(room.x(), room.y(), ink.width() * scale, ink.height() * scale), ink)
        painter.setPen(option.palette.color(roles.HighlightedText if chosen else roles.Text))
        below = QRect(room.x(), room.y() + INK_HEIGHT + GAP, room.width(), room.height() - INK_HEIGHT - GAP)
        text = QFontMetrics(option.font).elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.setFont(option.font)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()


class OwnLinesDialog(QDialog):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ownLines")
        self.resize(560, 480)
        self.model = OwnLinesModel(self)
        self.list = QListView(self)
        self.list.setObjectName("historyList")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.said = QLabel("", self)
        self.said.setObjectName("note")
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.delete_button = QPushButton(self)
        self.delete_all_button = QPushButton(self)
        self.close_button = QPushButton(self)
        self.close_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.delete_all_button)
        buttons.addWidget(self.delete_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        for button in (self.delete_button, self.delete_all_button):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.list, 1)
        column.addWidget(self.said)
        column.addLayout(buttons)
        self.delete_button.clicked.connect(lambda _: self._delete())
        self.delete_all_button.clicked.connect(lambda _: self._ask_to_delete_all())
        self.close_button.clicked.connect(self.accept)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete)
        selection = self.list.selectionModel()
        assert selection is not None
        selection.selectionChanged.connect(lambda _new, _old: self._enable())
        speak(self, self._say)

    def showEvent(self, event: QShowEvent | None) -> None:
        if event is not None:
            super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Look anew what there is, if anyone looks."""
        if not self.isVisible():
            return
        try:
            self.model.refresh()
        except CameraOcrError as error:
            self.said.setText(said(error))
        else:
            self._tell()
        self._enable()

    def _say(self) -> None:
        self.setWindowTitle(tr("Lines kept as samples of my hand"))
        self.list.setAccessibleName(tr("Lines"))
        self.delete_button.setText(tr("Delete"))
        self.delete_all_button.setText(tr("Delete all…"))
        self.close_button.setText(tr("Close"))
        self.refresh()

    def _tell(self) -> None:
        count = len(self.model.numbers)
        kept = tr("Lines: {count}", count=count) if count else tr("No line is kept.")
        self.said.setText(f"{kept}   ·   {lines_folder()}")

    def _enable(self) -> None:
        self.delete_button.setEnabled(bool(self._chosen()))
        self.delete_all_button.setEnabled(bool(self.model.numbers))

    def _chosen(self) -> list[int]:
        selection = self.list.selectionModel()
        rows = selection.selectedIndexes() if selection is not None else []
        return [self.model.numbers[index.row()] for index in rows]

    def _delete(self) -> None:
        self._try(lambda: delete_lines(self._chosen()))

    def _ask_to_delete_all(self) -> None:
        ask(
            self,
            tr("Delete all lines?"),
            tr("All lines that are kept as samples are deleted from this computer. This cannot be undone."),
            Answer(tr("Delete all"), lambda: self._try(delete_all_lines), loses=True),
        )

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except CameraOcrError as error:
            self.refresh()
            self.said.setText(said(error))
        else:
            self.refresh()


def _ink_and_text(number: int) -> tuple[QImage | None, str]:
    try:
        line = read_line(number)
    except CameraOcrError as error:
        return None, said(error)
    return to_qimage(line.image), line.text
