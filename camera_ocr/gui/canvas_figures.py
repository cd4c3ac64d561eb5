"""What stands beside the canvas: the probabilities as bars, and the picture that the network sees."""

from PyQt5.QtCore import QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QPainter, QPaintEvent
from PyQt5.QtWidgets import QWidget

from camera_ocr.gui.i18n import percent, speak, tr
from camera_ocr.gui.qimage import to_qimage
from camera_ocr.gui.theme import Theme
from camera_ocr.recognition.digit_reader import Digit

NAMES = "0123456789"
LARGEST_ROW = 34.0
"""px; thicker bars would say no more."""


class ProbabilityBars(QWidget):
    """A bar for each digit, 0 to 9, from top to bottom; the longest stands out."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.digit: Digit | None = None
        self.setMinimumSize(150, 150)
        self.setMaximumHeight(round(LARGEST_ROW * len(NAMES)))
        speak(self, lambda: self.setAccessibleName(tr("Probabilities of the ten digits")))

    def sizeHint(self) -> QSize:
        return QSize(240, 150)

    def show_digit(self, digit: Digit | None) -> None:
        self.digit = digit
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        t = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = self.height() / len(NAMES)
        probabilities = self.digit.probabilities.tolist() if self.digit else [0.0] * len(NAMES)
        longest = max(probabilities)
        bold, plain = QFont(self.font()), QFont(self.font())
        bold.setBold(True)
        plain.setPointSizeF(plain.pointSizeF() * 0.85)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        for i, (name, p) in enumerate(zip(NAMES, probabilities, strict=True)):
            top = i * row
            first = self.digit is not None and p == longest
            painter.setFont(bold)
            painter.setPen(QColor(t.text if first else t.muted))
            painter.drawText(QRectF(0, top, 18, row), middle | int(Qt.AlignmentFlag.AlignHCenter), name)
            room = QRectF(26, top + row * 0.22, self.width() - 26 - 50, row * 0.56)
            radius = min(4.0, room.height() / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.hover))
            painter.drawRoundedRect(room, radius, radius)
            if p >= 0.004:
                bar = QRectF(room)
                bar.setWidth(max(2 * radius, room.width() * p))
                painter.setBrush(QColor(t.accent if first else t.muted))
                painter.drawRoundedRect(bar, radius, radius)
            if self.digit is not None:
                painter.setFont(plain)
                painter.setPen(QColor(t.text if first else t.muted))
                painter.drawText(
                    QRectF(self.width() - 46, top, 46, row),
                    middle | int(Qt.AlignmentFlag.AlignRight),
                    percent(p) if p >= 0.005 else "–",
                )
        painter.end()


class NetworkView(QWidget):
    """The 28×28 pixels of one digit as the network gets them, large enough to count."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.digit: Digit | None = None
        self.setFixedSize(3 * 28 + 2, 3 * 28 + 2)
        speak(self, self._say)

    def _say(self) -> None:
        self.setToolTip(tr("The picture that the network sees: 28×28 pixels, centred by mass"))
        self.setAccessibleName(tr("What the network sees"))

    def show_digit(self, digit: Digit | None) -> None:
        self.digit = digit
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        inner = self.rect().adjusted(1, 1, -1, -1)
        painter.fillRect(self.rect(), QColor(self.theme.border))
        painter.fillRect(inner, QColor("#000000"))
        if self.digit is not None:
            painter.drawImage(QRectF(inner), to_qimage(self.digit.image))
        painter.end()
