"""Beside the canvas: what was read on it, how surely, and what the network saw of a digit."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from camera_ocr.gui.canvas_figures import NetworkView, ProbabilityBars
from camera_ocr.gui.i18n import percent, speak, tr
from camera_ocr.gui.theme import Theme
from camera_ocr.recognition.digit_reader import Digit

WIDTH = 290


class CanvasSide(QScrollArea):
    """On a small screen several rows of large digits leave too little room for the rest, so it scrolls."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvasSideRoom")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFixedWidth(WIDTH)
        side = QFrame(self)
        side.setObjectName("canvasSide")
        self.bars = ProbabilityBars(theme, side)
        self.network = NetworkView(theme, side)
        self.number = QLabel("", side)
        self.number.setObjectName("canvasNumber")
        self.number.setWordWrap(True)
        self.number.setMinimumHeight(76)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sure, self._which, self._sees = (QLabel("", side) for _ in range(3))
        for note in (self.sure, self._which, self._sees):
            note.setObjectName("canvasNote")
            note.setWordWrap(True)
        self._lay_out(side)
        self.setWidget(side)
        speak(self, lambda: self._sees.setText(tr("What the network sees")))

    def set_theme(self, theme: Theme) -> None:
        for part in (self.bars, self.network):
            part.theme = theme
            part.update()

    def show_figures(self, of_digits: bool) -> None:
        """Only digits have probabilities to show."""
        for widget in (self.bars, self.network, self._which, self._sees):
            widget.setVisible(of_digits)

    def show_digits(self, text: str, digits: Sequence[Digit]) -> None:
        """Rows of digits; `text` has them apart by line breaks."""
        rows = text.splitlines()
        longest = max((len(row) for row in rows), default=0)
        # as large as there is room for: the label is as wide as it is, and never half the panel high
        self._show(text, min(64, 380 // max(1, longest), 190 // max(1, len(rows))))
        sure = min((digit.confidence for digit in digits), default=0.0)
        if len(digits) > 1:
            self.sure.setText(tr("Least sure digit: {share}", share=percent(sure)))
        elif digits:
            self.sure.setText(tr("{share} sure", share=percent(sure)))

    def show_text(self, text: str, sure: float) -> None:
        """A word or a line; `sure`: 0..1."""
        self._show(text, 26)
        if text:
            self.sure.setText(tr("{share} sure", share=percent(sure)))

    def show_digit(self, digit: Digit | None, *, pointed_at: bool) -> None:
        """The one whose probabilities are shown; None: there is none."""
        self.bars.show_digit(digit)
        self.network.show_digit(digit)
        self._which.setText(
            tr("Probabilities")
            if digit is None
            else tr("The digit pointed at")
            if pointed_at
            else tr("The last digit")
        )

    def _show(self, text: str, large: int) -> None:
        self.number.setStyleSheet(f"font-size: {max(14, large)}px;")
        self.number.setText(text or "–")
        self.sure.setText(tr("Nothing read yet"))

    def _lay_out(self, side: QWidget) -> None:
        column = QVBoxLayout(side)
        column.setContentsMargins(18, 12, 18, 12)
        column.setSpacing(7)
        column.addWidget(self.number)
        column.addWidget(self.sure)
        column.addSpacing(4)
        column.addWidget(self._which)
        column.addWidget(self.bars, 100)
        column.addSpacing(6)
        seen = QHBoxLayout()
        seen.setSpacing(12)
        seen.addWidget(self.network)
        seen.addWidget(self._sees, 1)
        column.addLayout(seen)
        # below all that: the bars take what room they need first
        column.addStretch(1)
