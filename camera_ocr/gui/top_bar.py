"""The bar above the picture; its buttons lose their words where it is narrow."""

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QAction, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from camera_ocr.gui.actions import name_after, with_key
from camera_ocr.gui.i18n import speak, tr

WITH_WORD = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly


@dataclass(frozen=True, slots=True)
class Entry:
    """One button."""

    action: QAction
    tip: str
    """English, marked to be translated."""
    word: bool = True
    """Its word stands beside its icon where there is room."""
    name: str = ""
    """Of the button as an object, by which it is dressed."""


class TopBar(QFrame):
    """Source and switch at the left, buttons at the right, of which the last is the one to press most."""

    def __init__(self, source: QWidget, switch: QWidget, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(6)
        self._row.addWidget(source)
        self._row.addWidget(switch)
        self._row.addStretch(1)
        self._buttons: list[QToolButton] = []
        """Those with a word; the first loses it last."""
        for entry in entries:
            button = _button(entry.action, entry.tip, entry.action, self)
            # before it is shown, for then Qt looks how to dress it
            button.setObjectName(entry.name)
            button.setToolButtonStyle(WITH_WORD if entry.word else ICON_ONLY)
            button.setVisible(entry.action.isVisible())
            self._row.addWidget(button)
            if entry.word:
                self._buttons.insert(0, button)
        self.last = self._buttons[0]
        self._fitted: tuple[object, ...] = ()
        """What the words were fitted to."""

    def _fit(self) -> None:
        """As many words as there is room for."""
        room = self.width()
        shown = [button for button in self._buttons if not button.isHidden()]
        # To try what fits asks for another layout, which would be fitted anew, and so on without a rest.
        if self._needs(shown) == self._fitted:
            return
        for words in range(len(shown), -1, -1):
            for number, button in enumerate(shown):
                style = WITH_WORD if number < words else ICON_ONLY
                if button.toolButtonStyle() != style:
                    button.setToolButtonStyle(style)
            if self._row.sizeHint().width() <= room:
                break
        self._fitted = self._needs(shown)

    def _needs(self, shown: Sequence[QToolButton]) -> tuple[object, ...]:
        """What says how many words there is room for."""
        return self.width(), self._row.sizeHint().width(), *(button.text() for button in shown)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        if event is not None:
            super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent | None) -> bool:
        # the source has another name, or a button another word
        done = event is not None and super().event(event)
        if event is not None and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done


def make_switch(actions: Sequence[tuple[QAction, str]], key: QAction, name: str, parent: QWidget) -> QFrame:
    """Buttons joined, one of which is down; each action comes with its tooltip, English and marked to be
    translated. `key` is the action that goes from one to the other."""
    switch = QFrame(parent)
    switch.setObjectName(name)
    row = QHBoxLayout(switch)
    row.setContentsMargins(2, 2, 2, 2)
    row.setSpacing(2)
    for action, tip in actions:
        row.addWidget(_button(action, tip, key, switch))
    return switch


def _button(action: QAction, tip: str, key: QAction, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setDefaultAction(action)
    # the action's and not the button's, which takes over the action's whenever that changes
    speak(button, lambda: action.setToolTip(with_key(tr(tip), key)))
    name_after(button, action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    # all as high as the highest, so that icons with and without words stand at one height
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return button
