"""Taking away what was read: choose a format, see what the file will hold, copy or save it."""

from collections.abc import Sequence
from dataclasses import replace

from PyQt5.QtCore import QMimeData, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFontDatabase, QGuiApplication, QImage, QPainter, QPaintEvent
from PyQt5.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from camera_ocr.export import FORMATS, Format
from camera_ocr.gui.i18n import speak, tr
from camera_ocr.gui.saving import SaveDialog
from camera_ocr.gui.sentences import said
from camera_ocr.gui.session import Session
from camera_ocr.gui.settings import Settings, one_of
from camera_ocr.gui.theme import Theme
from camera_ocr.types import FrameResult

FORMAT = one_of("export/format", "txt", tuple(FORMATS))
ITEM_PADDING = 10
"""Left and right of a format's name, px, as the style sheet has it."""
SHOWN_CHARACTERS = 100_000
"""More of a text is not laid out to be looked at; it is written all the same."""


class ExportDialog(QDialog):
    """Shows what was read as the file that it would make; the picture goes on behind it."""

    def __init__(
        self, session: Session, saving: SaveDialog, settings: Settings, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("exportDialog")
        self._session = session
        self._saving = saving
        self._settings = settings
        self._result: FrameResult | None = None
        self._selected: frozenset[int] = frozenset()
        self._made: tuple[Format, bytes] | None = None
        """What the preview shows."""
        self._asked = 0
        """Counts what was asked to be rendered: only the newest is shown."""
        self.formats = QListWidget(self)
        self.formats.setObjectName("exportFormats")
        self.formats.addItems([one.title for one in FORMATS.values()])
        self.formats.currentRowChanged.connect(self._format_chosen)
        self.selected_only = QCheckBox(self)
        self.selected_only.toggled.connect(self._render)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("exportText")
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.picture = PicturePreview(theme, self)
        self.preview = QStackedWidget(self)
        self.preview.addWidget(self.text)
        self.preview.addWidget(self.picture)
        self.about = QLabel("", self)
        self.about.setObjectName("exportAbout")
        self.copy_button = QPushButton(self)
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        self.save_button = QPushButton(self)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._save)
        self._lay_out()
        saving.saved.connect(self._saved)
        speak(self, self._say)

    def _say(self) -> None:
        self.setWindowTitle(tr("Take it away"))
        self.formats.setAccessibleName(tr("Format"))
        for row, one in enumerate(FORMATS.values()):
            item = self.formats.item(row)
            assert item is not None
            item.setText(tr(one.title))
        self.formats.setFixedWidth(
            self.formats.sizeHintForColumn(0) + 2 * self.formats.frameWidth() + 2 * ITEM_PADDING
        )
        self.selected_only.setText(tr("Selected lines only"))
        for preview in (self.text, self.picture):
            preview.setAccessibleName(tr("Preview"))
        self.copy_button.setText(tr("Copy"))
        self.save_button.setText(tr("Save…"))
        self._close_button.setText(tr("Close"))
        self._render()

    def sizeHint(self) -> QSize:
        return QSize(860, 500)

    def set_theme(self, theme: Theme) -> None:
        self.picture.theme = theme
        self.picture.update()

    def ask(self, selected: Sequence[int] = ()) -> None:
        """Show what is read now, whatever the picture does meanwhile; `selected`: track ids of lines."""
        result = self._session.result
        if result is None:
            return
        self._result = result
        self._selected = frozenset(selected)
        self.selected_only.blockSignals(True)
        self.selected_only.setChecked(False)
        self.selected_only.blockSignals(False)
        self.selected_only.setVisible(bool(selected))
        row = list(FORMATS).index(self._settings.get(FORMAT))
        if self.formats.currentRow() == row:
            self._render()
        else:
            self.formats.setCurrentRow(row)
        self.formats.setFocus()
        self.open()

    def copy(self) -> None:
        """What the preview shows, to the clipboard."""
        clipboard = QGuiApplication.clipboard()
        if self._made is None or clipboard is None:
            return
        form, content = self._made
        data = QMimeData()
        if form.is_text:
            data.setText(content.decode())
        else:
            data.setImageData(QImage.fromData(content))
        clipboard.setMimeData(data)
        self.about.setText(tr("Copied."))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.formats, 1)
        left.addWidget(self.selected_only)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addLayout(left)
        top.addWidget(self.preview, 1)
        buttons = QDialogButtonBox(self)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self._close_button = QPushButton(self)
        self._close_button.setAutoDefault(False)
        buttons.addButton(self._close_button, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        bottom = QHBoxLayout()
        bottom.addWidget(self.about, 1)
        bottom.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(12)
        column.addLayout(top, 1)
        column.addLayout(bottom)

    @property
    def _format(self) -> Format:
        return list(FORMATS.values())[max(0, self.formats.currentRow())]

    def _wanted(self) -> FrameResult | None:
        """What is to be taken away."""
        result = self._result
        if result is None or not self.selected_only.isChecked():
            return result
        return replace(result, lines=tuple(one for one in result.lines if one.track_id in self._selected))

    def _format_chosen(self, _row: int) -> None:
        if self._result is not None:
            self._settings.set(FORMAT, self._format.name)
            self._render()

    def _render(self) -> None:
        """Beside the window's thread: a large picture takes a moment."""
        result, form, models = self._wanted(), self._format, self._session.reader_info.models
        if result is None:
            return
        self._asked += 1
        number = self._asked
        self._made = None
        self.copy_button.setEnabled(False)
        self.save_button.setEnabled(False)

        def done(content: bytes) -> None:
            if number == self._asked:
                self._show(form, content)

        def failed(error: Exception) -> None:
            if number == self._asked:
                self.about.setText(tr("This cannot be written: {error}", error=said(error)))

        self._session.jobs.run(lambda: form.render(result, models), done, failed)

    def _show(self, form: Format, content: bytes) -> None:
        self._made = form, content
        if form.is_text:
            text = content.decode()
            # a table's rows must not be broken, a long line of JSON has to be
            wraps = QPlainTextEdit.LineWrapMode
            self.text.setLineWrapMode(wraps.NoWrap if form.name == "csv" else wraps.WidgetWidth)
            more = tr("… (more in the file)")
            self.text.setPlainText(
                text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}\n{more}"
            )
        else:
            self.picture.show_picture(QImage.fromData(content))
        self.preview.setCurrentWidget(self.text if form.is_text else self.picture)
        self.about.setText(_size_of(content))
        self.copy_button.setEnabled(True)
        self.save_button.setEnabled(True)

    def _save(self) -> None:
        result = self._wanted()
        if result is not None:
            self._saving.ask(result, self._format)

    def _saved(self, _path: str) -> None:
        if self.isVisible():
            self.accept()

    def done(self, answer: int) -> None:
        super().done(answer)
        # a picture of a 4K source is large
        self._result = self._made = None
        self._asked += 1
        self.picture.show_picture(QImage())
        self.about.clear()


class PicturePreview(QWidget):
    """A picture as large as it fits."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._picture = QImage()

    def show_picture(self, picture: QImage) -> None:
        self._picture = picture
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.canvas))
        if not self._picture.isNull():
            ratio = self.devicePixelRatioF()
            room = self.rect().adjusted(8, 8, -8, -8)
            small = self._picture.scaled(
                QSize(round(room.width() * ratio), round(room.height() * ratio)),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            place = QRectF(0, 0, small.width() / ratio, small.height() / ratio)
            place.moveCenter(QRectF(room).center())
            painter.drawImage(place, small)
        painter.end()


def _size_of(content: bytes) -> str:
    kilobytes = len(content) / 1000
    if kilobytes < 1:
        return tr("{count} bytes", count=len(content))
    if kilobytes < 1000:
        return tr("{count} kB", count=f"{kilobytes:.0f}")
    return tr("{count} MB", count=f"{kilobytes / 1000:.1f}")
