"""The button that shows what is looked at; its menu offers all else there is."""

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QPoint, Qt, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QActionGroup, QFileDialog, QInputDialog, QMenu, QToolButton, QWidget

from camera_ocr.capture.base import CameraInfo
from camera_ocr.capture.files import IMAGE_SUFFIXES
from camera_ocr.gui.actions import make_action
from camera_ocr.gui.choice import DEMO, Choice, mode_text
from camera_ocr.gui.i18n import mark, speak, tr

IMAGES = mark("Pictures"), " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
VIDEOS = mark("Videos"), "*.mp4 *.mkv *.mov *.avi *.webm *.m4v"
"""What kinds of files are called, and the endings of their names."""


class SourceButton(QToolButton):
    """Shows the present source; its menu offers the others. `chosen` carries a spec.

    `menu_opening` asks for set_cameras(): finding cameras takes a moment, so it is not done here.
    """

    chosen = pyqtSignal(str)
    menu_opening = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceButton")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self.menu_opening)
        self.setMenu(self._menu)
        self._cameras: tuple[CameraInfo, ...] | None = None
        self._current = Choice("", "")
        self._folder = str(Path.home())
        self.open_image = self._file_action(mark("Open picture…"), IMAGES)
        self.open_image.setShortcut(QKeySequence(QKeySequence.StandardKey.Open))
        self.open_video = self._file_action(mark("Open video…"), VIDEOS)
        self.open_folder = make_action(self, mark("Open folder of pictures…"), "", self._ask_folder)
        self.open_stream = make_action(self, mark("Open network camera…"), "", self._ask_address)
        self._about_picture: tuple[QAction, ...] = ()
        speak(self, self._say)

    def _say(self) -> None:
        self.setToolTip(tr("Choose what to look at"))
        self.setAccessibleName(tr("Source"))
        self._fill()

    @property
    def cameras(self) -> tuple[CameraInfo, ...]:
        """As last told."""
        return self._cameras or ()

    @property
    def actions_of_files(self) -> tuple[QAction, ...]:
        return self.open_image, self.open_video, self.open_folder, self.open_stream

    def offer(self, actions: Sequence[QAction]) -> None:
        """What else belongs into the menu: about the picture, not about where it comes from."""
        self._about_picture = tuple(actions)
        self._fill()

    def set_current(self, choice: Choice) -> None:
        # not with everything else that changes: the menu may be open, with an entry or another menu chosen
        if choice != self._current:
            self._current = choice
            self.setText(f" {choice.title}  ▾")
            self._fill()

    def set_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        if self._cameras != tuple(cameras):
            self._cameras = tuple(cameras)
            self._fill()

    def _fill(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for camera in self._cameras or ():
            self._offer(group, camera.name, camera.device, _best(camera))
        if not self._cameras:
            text = tr("Looking for cameras…") if self._cameras is None else tr("No camera is connected")
            nothing = QAction(text, self._menu)
            nothing.setEnabled(False)
            self._menu.addAction(nothing)
        self._menu.addSeparator()
        self._offer(group, tr("Demonstration"), DEMO)
        self._menu.addSeparator()
        self._menu.addActions(list(self.actions_of_files))
        self._menu.addSeparator()
        self._menu.addActions(list(self._about_picture))

    def _offer(self, group: QActionGroup, title: str, spec: str, about: str = "") -> None:
        """`about` stands at the right, where other entries have their key."""
        action = QAction(f"{title}\t{about}" if about else title, self._menu)
        action.setCheckable(True)
        action.setChecked(spec == self._current.spec)
        action.triggered.connect(lambda: self.chosen.emit(spec))
        group.addAction(action)
        self._menu.addAction(action)

    def _file_action(self, text: str, kinds: tuple[str, str]) -> QAction:
        return make_action(self, text, "", lambda: self._ask_file(tr(text), kinds))

    def _ask_file(self, title: str, kinds: tuple[str, str]) -> None:
        name, endings = kinds
        filters = f"{tr(name)} ({endings});;{tr('All files')} (*)"
        path, _ = QFileDialog.getOpenFileName(self.window(), title.rstrip("…"), self._folder, filters)
        self._take(path)

    def _ask_folder(self) -> None:
        path = QFileDialog.getExistingDirectory(self.window(), tr("Open folder of pictures"), self._folder)
        self._take(path)

    def _ask_address(self) -> None:
        dialog = QInputDialog(self.window())
        dialog.setWindowTitle(tr("Open network camera"))
        dialog.setLabelText(tr("Address of its stream, beginning with rtsp:// or http://"))
        dialog.setTextValue(self._current.spec if "://" in self._current.spec else "rtsp://")
        dialog.textValueSelected.connect(self._take_address)
        dialog.finished.connect(dialog.deleteLater)
        dialog.resize(440, dialog.sizeHint().height())
        # the picture goes on behind it
        dialog.open()

    def _take_address(self, address: str) -> None:
        if address.strip().rpartition("://")[2]:
            self.chosen.emit(address.strip())

    def _take(self, path: str) -> None:
        if path:
            self._folder = str(Path(path).parent)
            self.chosen.emit(path)

    def open_menu(self) -> None:
        """As a click on the button, from the keyboard."""
        self.menu_opening.emit()
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))


def _best(camera: CameraInfo) -> str:
    """The largest size that a camera gives, and how often; empty when it does not tell."""
    return mode_text(camera.modes[0]) if camera.modes else ""
