"""One calm sentence above the picture, with what can be done about it."""

from collections.abc import Callable, Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

Action = tuple[str, Callable[[], None]]
"""Text of a button and what it does."""


class Banner(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = QLabel("", self)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 7, 8, 7)
        self._row.addWidget(self._text, 1)
        self.buttons: list[QToolButton] = []
        self._shown: tuple[str, bool, tuple[str, ...]] = ("", False, ())
        self.hide()

    @property
    def text(self) -> str:
        return self._shown[0]

    def say(self, text: str, actions: Sequence[Action] = (), *, broken: bool = False) -> None:
        """Show `text` and buttons; `broken` colours it as something that went wrong."""
        shown = text, broken, tuple(name for name, _ in actions)
        if shown == self._shown:
            return
        self._shown = shown
        self._text.setText(text)
        for button in self.buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for name, act in actions:
            button = QToolButton(self)
            button.setText(name)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked, act=act: act())
            self._row.addWidget(button)
            self.buttons.append(button)
        self.setProperty("broken", broken)
        style = self.style()
        if style is not None:
            # A style sheet looks at a property once, unless it is made to look again.
            style.unpolish(self)
            style.polish(self)
        self.setVisible(bool(text))

    def clear(self) -> None:
        self.say("")
