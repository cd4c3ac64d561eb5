"""The quiet line at the bottom: what is being looked at and how well it goes."""

from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from camera_ocr.gui.i18n import speak, tr

NOTICE_MS = 4000


class StatusLine(QFrame):
    """At the left the source, or for a few seconds what was just done; at the right the figures.

    `asked`: the figures were clicked.
    """

    asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._source = ""
        self._left = QLabel("", self)
        self._right = QToolButton(self)
        self._right.setObjectName("figures")
        speak(self, self._say)
        self._right.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._right.clicked.connect(self.asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 4)
        row.addWidget(self._left, 1)
        row.addWidget(self._right)
        self._until = QTimer(self)
        self._until.setSingleShot(True)
        self._until.timeout.connect(self._show_source)

    def _say(self) -> None:
        self._right.setToolTip(
            tr("Frames shown a second (fps) · age of the picture · runtime · model (P: the last minute)")
        )

    @property
    def text(self) -> str:
        return f"{self._left.text()} | {self._right.text()}"

    def set_source(self, source: str) -> None:
        self._source = source
        if not self._until.isActive():
            self._show_source()

    def set_figures(self, figures: str) -> None:
        if self._right.text() != figures:
            self._right.setText(figures)

    def notice(self, text: str) -> None:
        """Say what was just done."""
        self._left.setText(text)
        self._until.start(NOTICE_MS)

    def _show_source(self) -> None:
        self._left.setText(self._source)
