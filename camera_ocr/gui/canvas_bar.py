"""The tools above the canvas."""

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QAction, QFrame, QHBoxLayout, QSlider, QToolButton, QWidget

from camera_ocr.gui.actions import name_after
from camera_ocr.gui.i18n import speak, tr

GAP = 10
"""Between groups of tools, px."""


class CanvasBar(QFrame):
    """What is read, as a switch; groups of `tools`, after the first the width of the pen; at the right what
    is done with the drawing."""

    def __init__(
        self,
        switch: QWidget,
        tools: Sequence[Sequence[QAction]],
        at_right: Sequence[QAction],
        pen_width: float,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("canvasBar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 12, 6)
        self._row.setSpacing(4)
        self.width_slider = QSlider(Qt.Orientation.Horizontal, self)
        self.width_slider.setRange(3, 40)
        self.width_slider.setValue(round(pen_width))
        self.width_slider.setFixedWidth(110)
        self._row.addWidget(switch)
        first, *others = tools
        self._add(first)
        self._row.addSpacing(GAP)
        self._row.addWidget(self.width_slider)
        for group in others:
            self._add(group)
        self._row.addStretch(1)
        self._add(at_right)
        speak(self, self._say)

    def _add(self, group: Sequence[QAction]) -> None:
        self._row.addSpacing(GAP)
        for action in group:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            name_after(button, action)
            self._row.addWidget(button)

    def _say(self) -> None:
        self.width_slider.setToolTip(tr("Width of the pen"))
        self.width_slider.setAccessibleName(tr("Width of the pen"))
