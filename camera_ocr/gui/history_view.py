"""The window with the history: find a page, look at it again, forget it."""

from PyQt5.QtCore import QItemSelectionModel, Qt, QTimer
from PyQt5.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QShortcut,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.gui.asking import Answer, ask
from camera_ocr.gui.history_model import ENTRY_ROLE, EntryDelegate, HistoryModel
from camera_ocr.gui.i18n import speak, tr
from camera_ocr.gui.keeper import HistoryKeeper
from camera_ocr.gui.theme import Theme
from camera_ocr.history import Entry

SEARCH_AFTER_MS = 120
"""Of no key: a search for each letter of a word would be for nothing."""


class HistoryDialog(QDialog):
    """Stands beside the window, which goes on meanwhile."""

    def __init__(self, keeper: HistoryKeeper, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.resize(680, 560)
        self._keeper = keeper
        self._asked = 0
        self.search = QLineEdit(self)
        self.search.setClearButtonEnabled(True)
        self.model = HistoryModel(keeper.thumbnail, self)
        self.delegate = EntryDelegate(theme, self)
        self.list = QListView(self)
        self.list.setObjectName("historyList")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._nothing = QLabel("", self)
        self._nothing.setObjectName("emptyHint")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._count = QLabel("", self)
        self._count.setObjectName("historyCount")
        self.show_button = QPushButton(self)
        self.show_button.setDefault(True)
        self.remove_button = QPushButton(self)
        self.clear_button = QPushButton(self)
        self._lay_out()
        self._connect()
        speak(self, self._say)

    def _say(self) -> None:
        self.setWindowTitle(tr("History"))
        self.search.setPlaceholderText(tr("Search what was read"))
        self.search.setAccessibleName(tr("Search"))
        self.list.setAccessibleName(tr("Pages"))
        self.show_button.setText(tr("Show"))
        self.remove_button.setText(tr("Delete"))
        self.clear_button.setText(tr("Clear all…"))
        self.refresh()

    def _lay_out(self) -> None:
        self._stack = QStackedLayout()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self.list)
        buttons = QHBoxLayout()
        buttons.addWidget(self._count)
        buttons.addStretch(1)
        for button in (self.clear_button, self.remove_button, self.show_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 12)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addLayout(self._stack, 1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_AFTER_MS)
        self._pause.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.list.doubleClicked.connect(lambda _: self._show())
        self.show_button.clicked.connect(lambda _: self._show())
        self.remove_button.clicked.connect(lambda _: self._remove())
        self.clear_button.clicked.connect(lambda _: self._ask_to_clear())
        self._keeper.changed.connect(self._pause.start)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        selection = self.list.selectionModel()
        assert selection is not None
        self._selection: QItemSelectionModel = selection
        selection.selectionChanged.connect(lambda _new, _old: self._enable())
        self.model.modelReset.connect(self._enable)

    def set_theme(self, theme: Theme) -> None:
        self.delegate.theme = theme

    def showEvent(self, event: QShowEvent | None) -> None:
        if event is not None:
            super().showEvent(event)
        self.search.setFocus()
        self.search.selectAll()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Enter shows the page; Down goes from the search to the list."""
        if event is None:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._show()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.model.rowCount():
            self.list.setFocus()
            self.list.setCurrentIndex(self.model.index(0))
        else:
            super().keyPressEvent(event)

    def refresh(self) -> None:
        """Search again, when anyone looks."""
        if not self.isVisible():
            return
        self._asked += 1
        number = self._asked

        def done(entries: list[Entry]) -> None:
            if number == self._asked:
                self._take(entries)

        self._keeper.entries(self.search.text(), done)

    def selected(self) -> list[Entry]:
        return [index.data(ENTRY_ROLE) for index in self._selection.selectedIndexes()]

    def _take(self, entries: list[Entry]) -> None:
        chosen = {entry.id for entry in self.selected()}
        self.model.show(entries)
        for row, entry in enumerate(entries):
            if entry.id in chosen:
                self._selection.select(self.model.index(row), QItemSelectionModel.SelectionFlag.Select)
        lines = sum(entry.count for entry in entries)
        self._count.setText(tr("Pages: {pages}   ·   Lines: {lines}", pages=len(entries), lines=lines))
        searched = bool(self.search.text().strip())
        self._nothing.setText(
            tr("No page says this.") if searched else tr("Pages you freeze are kept here. There is none yet.")
        )
        self._stack.setCurrentWidget(self.list if entries else self._nothing)
        self._enable()

    def _enable(self) -> None:
        count = len(self._selection.selectedIndexes())
        self.show_button.setEnabled(count == 1 or self.model.rowCount() == 1)
        self.remove_button.setEnabled(count > 0)
        self.clear_button.setEnabled(self.model.rowCount() > 0 or bool(self.search.text()))

    def _show(self) -> None:
        chosen = self.selected()
        if not chosen and self.model.rowCount() == 1:
            chosen = list(self.model.entries)
        if len(chosen) == 1:
            self._keeper.restore(chosen[0].id)
            self.close()

    def _remove(self) -> None:
        ids = [entry.id for entry in self.selected()]
        if ids:
            self._keeper.remove(ids)

    def _ask_to_clear(self) -> None:
        ask(
            self,
            tr("Clear the history?"),
            tr("All pages that were kept are forgotten, with their pictures. This cannot be undone."),
            Answer(tr("Clear all"), self._keeper.clear, loses=True),
        )
