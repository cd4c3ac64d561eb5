"""The lines of a result as a Qt list model."""

from collections.abc import Iterable, Sequence

from PyQt5.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, Qt, pyqtSignal
from PyQt5.QtGui import QImage

from camera_ocr.curve import crop_line
from camera_ocr.gui.i18n import percent, tr
from camera_ocr.gui.qimage import to_qimage
from camera_ocr.types import F32, U8, FusedLine

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
"""The row's FusedLine."""
CORRECTED_ROLE = LINE_ROLE + 1
"""True when a person has put the text right."""
CROP_ROLE = LINE_ROLE + 2
"""The line's ink as a QImage while the picture stands still, else None."""
HAS_CROP_ROLE = LINE_ROLE + 3
"""Whether there is one: a row's height depends on it, and cutting out the ink of every row takes long."""
CROP_MARGIN = 0.12
"""Of the ink's surroundings shown with it, as a part of the line's height."""


class LinesModel(QAbstractListModel):
    """One row a line, in reading order; a line keeps its row, and so its selection, from frame to frame.

    `edited` carries track id and text when a row was edited; the model itself shows it with the next lines.
    """

    edited = pyqtSignal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[FusedLine] = []
        self._corrected: frozenset[int] = frozenset()
        self.editable = False
        self._picture: U8 | None = None
        self._crops: dict[int, tuple[F32, QImage]] = {}
        """Ink cut out so far, and the boxes it was cut from."""

    def set_picture(self, picture: U8 | None) -> None:
        """The picture (H, W, 3) BGR that the lines' ink is to be cut from; None shows none."""
        if picture is not self._picture:
            self._picture = picture
            self._crops = {}
            self.layoutChanged.emit()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return line.text
        if role == LINE_ROLE:
            return line
        if role == CORRECTED_ROLE:
            return line.track_id in self._corrected
        if role == HAS_CROP_ROLE:
            return self._picture is not None
        if role == CROP_ROLE:
            return self._crop(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if line.track_id in self._corrected:
                return tr("{text}, corrected", text=line.text)
            return tr("{text}, {sure} sure", text=line.text, sure=percent(line.confidence))
        return None

    def setData(self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not self.editable or not index.isValid():
            return False
        text = " ".join(str(value).split())
        line = self._lines[index.row()]
        if text and text != line.text:
            self.edited.emit(line.track_id, text)
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        if not index.isValid():
            return Qt.ItemFlags(Qt.ItemFlag.NoItemFlags)
        flags = Qt.ItemFlags(Qt.ItemFlag.ItemIsEnabled) | Qt.ItemFlag.ItemIsSelectable
        flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags

    def mimeTypes(self) -> list[str]:
        return ["text/plain"]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData:
        """The texts of these rows, in reading order, to be dragged elsewhere."""
        data = QMimeData()
        texts = [self._lines[row].text for row in sorted(index.row() for index in indexes)]
        data.setText("\n".join(filter(None, texts)))
        return data

    @property
    def lines(self) -> tuple[FusedLine, ...]:
        return tuple(self._lines)

    def row_of(self, track_id: int) -> int | None:
        for row, line in enumerate(self._lines):
            if line.track_id == track_id:
                return row
        return None

    def show(self, lines: Sequence[FusedLine], corrected: frozenset[int] = frozenset()) -> None:
        """Show these lines; only what changed is told to the views, so nothing flickers or jumps."""
        changed_marks = corrected ^ self._corrected
        self._corrected = corrected
        wanted = {line.track_id for line in lines}
        for row in range(len(self._lines) - 1, -1, -1):
            if self._lines[row].track_id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._lines[row]
                self.endRemoveRows()
        for row, line in enumerate(lines):
            self._put(row, line, line.track_id in changed_marks)

    def _crop(self, line: FusedLine) -> QImage | None:
        if self._picture is None:
            return None
        known = self._crops.get(line.track_id)
        if known is None or known[0] is not line.quad:
            crop = crop_line(self._picture, line.quad, line.curve, CROP_MARGIN)
            known = self._crops[line.track_id] = line.quad, to_qimage(crop)
        return known[1]

    def _put(self, row: int, line: FusedLine, mark_changed: bool) -> None:
        """Make row `row` show `line`, given that all rows above are as wanted."""
        old_row = next(
            (r for r in range(row, len(self._lines)) if self._lines[r].track_id == line.track_id), None
        )
        if old_row is None:
            self.beginInsertRows(QModelIndex(), row, row)
            self._lines.insert(row, line)
            self.endInsertRows()
            return
        if old_row != row:
            self.beginMoveRows(QModelIndex(), old_row, old_row, QModelIndex(), row)
            self._lines.insert(row, self._lines.pop(old_row))
            self.endMoveRows()
        old, self._lines[row] = self._lines[row], line
        if mark_changed or _looks(old) != _looks(line):
            index = self.index(row)
            self.dataChanged.emit(index, index)


def _looks(line: FusedLine) -> tuple[str, int, bool]:
    """What of a line can be seen in its row, but for its ink, which changes only with its id."""
    return line.text, round(line.confidence * 100), line.stable
