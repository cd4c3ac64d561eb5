"""Opens what another program hands over: dropped on the window, or pasted into it."""

from collections.abc import Callable

from PyQt5.QtCore import QEvent, QMimeData, QObject, pyqtSignal
from PyQt5.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PyQt5.QtWidgets import QWidget

from camera_ocr.gui.actions import make_action
from camera_ocr.gui.canvas import CanvasPanel
from camera_ocr.gui.i18n import mark, tr
from camera_ocr.gui.incoming import can_take, incoming, pages_among
from camera_ocr.gui.session import Session
from camera_ocr.gui.view import PictureView


class Arrivals(QObject):
    """Watches `window`. `canvas_shown` returns the canvas while one draws; `leave_canvas` ends that.

    `notice` tells why nothing was opened.
    """

    notice = pyqtSignal(str)

    def __init__(
        self,
        session: Session,
        view: PictureView,
        canvas_shown: Callable[[], CanvasPanel | None],
        leave_canvas: Callable[[], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._view = session, view
        self._canvas_shown, self._leave_canvas = canvas_shown, leave_canvas
        self.paste = make_action(self, mark("Paste a picture"), "Ctrl+V", self._paste)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Of a drag over the window."""
        if isinstance(event, QDragEnterEvent):
            can = can_take(event.mimeData())
            event.setAccepted(can)
            self._view.show_drop(can)
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._view.show_drop(False)
            event.setAccepted(self._take(event.mimeData()))
        elif event is not None and event.type() == QEvent.Type.DragLeave:
            self._view.show_drop(False)
        else:
            return False
        return True

    def _paste(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None and not self._take(clipboard.mimeData()):
            self.notice.emit(tr("There is no picture on the clipboard."))

    def _take(self, mime: QMimeData | None) -> bool:
        """False when there is nothing to open."""
        taken = incoming(mime)
        if taken is None:
            return False
        canvas = self._canvas_shown()
        if taken.picture is not None:
            self._leave_canvas()
            self._session.open_picture(taken.picture)
        elif canvas is not None:
            canvas.open(taken.files[0])
        elif pages := pages_among(taken.files):
            self._session.open_pages(pages)
        else:
            self._session.open(str(taken.files[0]))
        return True
