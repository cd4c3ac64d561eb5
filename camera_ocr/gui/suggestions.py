"""What else a line may say, to be taken with a click."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QFontMetrics, QResizeEvent
from PyQt5.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from camera_ocr.gui.i18n import speak, tr


class Suggestions(QFrame):
    """One button a text, numbered as its key is; hidden while there is none. `chosen` carries a text."""

    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("suggestions")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.texts: tuple[str, ...] = ()
        self._most = 5
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(2)
        title = QLabel("", self)
        speak(title, lambda: title.setText(tr("It may also say")))
        title.setObjectName("suggestionsTitle")
        self._column.addWidget(title)
        self.hide()

    def show_texts(self, texts: Sequence[str]) -> None:
        if tuple(texts) == self.texts:
            return
        self.texts = tuple(texts)
        for button in self.buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(number, text) for number, text in enumerate(self.texts, start=1)]
        self._elide()
        self.fit(self._most)
        self.setVisible(bool(texts))

    def fit(self, most: int) -> None:
        """Show at most so many, or the lines themselves have too little room."""
        self._most = most
        for number, button in enumerate(self.buttons):
            button.setVisible(number < most)

    def choose(self, number: int) -> None:
        """As a click on the button; counts from 1."""
        if 1 <= number <= min(self._most, len(self.texts)) and self.isVisible():
            self.chosen.emit(self.texts[number - 1])

    def _button(self, number: int, text: str) -> QPushButton:
        button = QPushButton(self)
        button.setToolTip(tr("{text} (Alt+{number})", text=text, number=number))
        button.setAccessibleName(text)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        # the line's editor stays open when a text is taken into it
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.chosen.emit(text))
        self._column.addWidget(button)
        return button

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        if event is not None:
            super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        """Long texts are cut in the middle."""
        room = self.width() - 44
        for number, (button, text) in enumerate(zip(self.buttons, self.texts, strict=True), start=1):
            metrics = QFontMetrics(button.font())
            short = metrics.elidedText(f"{number}   {text}", Qt.TextElideMode.ElideMiddle, max(60, room))
            # an ampersand would mark a key
            button.setText(short.replace("&", "&&"))
