"""The pages of the history as a Qt list model, and how one looks in the list."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime

from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPainterPath
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from camera_ocr.gui.i18n import tr
from camera_ocr.gui.theme import Theme
from camera_ocr.history import Entry

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole)
"""The row's Entry."""
THUMBNAIL_ROLE = ENTRY_ROLE + 1
"""QImage; None until it has come."""
KEPT_THUMBNAILS = 300
ROW_HEIGHT = 88
PAD = 12
PICTURE_WIDTH = 116

AskThumbnail = Callable[[int, Callable[[bytes | None], None]], None]


class HistoryModel(QAbstractListModel):
    """One row a page, newest first; `ask` fetches a thumbnail when its row is first looked at."""

    def __init__(self, ask: AskThumbnail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._entries: list[Entry] = []
        self._thumbnails: OrderedDict[int, QImage | None] = OrderedDict()
        """By page; None while it is on its way."""

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == THUMBNAIL_ROLE:
            return self._thumbnail(entry.id)
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{when(entry)}, {entry.text}"
        return None

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    def show(self, entries: Sequence[Entry]) -> None:
        if list(entries) != self._entries:
            self.beginResetModel()
            self._entries = list(entries)
            self.endResetModel()

    def _thumbnail(self, page_id: int) -> QImage | None:
        if page_id not in self._thumbnails:
            self._thumbnails[page_id] = None
            self._ask(page_id, lambda data: self._arrived(page_id, data))
            while len(self._thumbnails) > KEPT_THUMBNAILS:
                self._thumbnails.popitem(last=False)
        return self._thumbnails[page_id]

    def _arrived(self, page_id: int, data: bytes | None) -> None:
        image = QImage.fromData(data) if data is not None else QImage()
        if page_id in self._thumbnails and not image.isNull():
            self._thumbnails[page_id] = image
            for row, entry in enumerate(self._entries):
                if entry.id == page_id:
                    self.dataChanged.emit(self.index(row), self.index(row))
                    break


class EntryDelegate(QStyledItemDelegate):
    """A small picture, when and where it was held, and the beginning of what it says."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(300, ROW_HEIGHT)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        entry: Entry = index.data(ENTRY_ROLE)
        t = self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        chosen = option.state & QStyle.StateFlag.State_Selected
        under_mouse = option.state & QStyle.StateFlag.State_MouseOver
        if chosen or under_mouse:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.selected if chosen else t.hover))
            painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 6, 6)
        room = option.rect.adjusted(PAD, 8, -PAD, -8)
        self._paint_thumbnail(painter, room, index.data(THUMBNAIL_ROLE))
        self._paint_text(painter, room.adjusted(PICTURE_WIDTH + PAD, 0, 0, 0), option.font, entry)
        painter.restore()

    def _paint_thumbnail(self, painter: QPainter, room: QRect, image: QImage | None) -> None:
        place = QRectF(room.x(), room.y(), PICTURE_WIDTH, room.height())
        shape = QPainterPath()
        shape.addRoundedRect(place, 5, 5)
        painter.fillPath(shape, QColor(self.theme.canvas))
        if image is not None:
            scale = max(place.width() / image.width(), place.height() / image.height())
            width, height = image.width() * scale, image.height() * scale
            centred = QRectF(place.center().x() - width / 2, place.center().y() - height / 2, width, height)
            painter.save()
            painter.setClipPath(shape)
            painter.drawImage(centred, image)
            painter.restore()

    def _paint_text(self, painter: QPainter, room: QRect, base: QFont, entry: Entry) -> None:
        bold = QFont(base)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(self.theme.text))
        head = QFontMetrics(bold).height()
        top = QRect(room.x(), room.y(), room.width(), head)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignLeft), when(entry))
        painter.setFont(base)
        painter.setPen(QColor(self.theme.muted))
        metrics = QFontMetrics(base)
        lines = tr("1 line") if entry.count == 1 else tr("{count} lines", count=entry.count)
        side = "   ·   ".join([entry.source, lines, *([tr("edited")] if entry.edited else [])])
        left = QFontMetrics(bold).horizontalAdvance(when(entry)) + 16
        rest = top.adjusted(left, 0, 0, 0)
        short = metrics.elidedText(side, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignRight), short)
        body = room.adjusted(0, head + 4, 0, 0)
        painter.setPen(QColor(self.theme.text if entry.text else self.theme.muted))
        rows = max(1, body.height() // metrics.lineSpacing())
        for row, text in enumerate(_preview(entry, rows)):
            place = QRect(body.x(), body.y() + row * metrics.lineSpacing(), body.width(), metrics.height())
            elided = metrics.elidedText(text, Qt.TextElideMode.ElideRight, body.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), elided)


def when(entry: Entry) -> str:
    """Day and time for people."""
    moment = datetime.fromtimestamp(entry.held_s)
    day = tr("Today") if moment.date() == datetime.now().date() else f"{moment:%Y-%m-%d}"
    return f"{day} {moment:%H:%M}"


def _preview(entry: Entry, rows: int) -> list[str]:
    lines = entry.text.split("\n") if entry.text else [tr("Nothing was read on it.")]
    # the last row takes what follows, as far as there is room
    return [*lines[: rows - 1], "  /  ".join(lines[rows - 1 :])] if len(lines) >= rows else lines
