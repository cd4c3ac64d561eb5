"""Keys that change how the picture is shown: its zoom, and what is laid over it."""

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QAction, QWidget

from camera_ocr.gui.actions import make_action, make_bar_action
from camera_ocr.gui.i18n import mark, tr
from camera_ocr.gui.lettering import OverlayStyle
from camera_ocr.gui.view import PictureView


class PictureActions(QObject):
    """Acts on `view`. `notice` tells what is on the picture now."""

    notice = pyqtSignal(str)

    def __init__(self, view: PictureView, window: QWidget) -> None:
        super().__init__(window)
        self._view = view
        self.overlay = make_bar_action(
            self, mark("Overlay"), "T", self._next_overlay, mark("Text, boxes or nothing on the picture")
        )
        self._zooming = (
            make_action(self, mark("Zoom in"), "+ = Ctrl++", lambda: view.zoom(1.25)),
            make_action(self, mark("Zoom out"), "- Ctrl+-", lambda: view.zoom(0.8)),
            make_action(self, mark("Whole picture"), "0 Ctrl+0", view.fit),
        )

    @property
    def all(self) -> tuple[QAction, ...]:
        return self.overlay, *self._zooming

    def enable(self, *, drawing: bool) -> None:
        """`drawing`: the canvas is shown in place of the picture."""
        self.overlay.setEnabled(not drawing)

    def _next_overlay(self) -> None:
        styles = list(OverlayStyle)
        style = styles[(styles.index(self._view.overlay_style) + 1) % len(styles)]
        self._view.set_overlay_style(style)
        self.notice.emit(tr("On the picture: {what}", what=tr(style.value)))
