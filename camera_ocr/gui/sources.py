"""Choosing what to look at: the names of sources and the menu that offers them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QPoint, Qt, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QActionGroup, QFileDialog, QInputDialog, QMenu, QToolButton, QWidget

from camera_ocr.capture.base import CameraInfo, Mode
from camera_ocr.capture.files import IMAGE_SUFFIXES
from camera_ocr.gui.actions import make_action
from camera_ocr.gui.i18n import mark, speak, tr

DEMO = "demo"
FIRST_CAMERA = "camera"
PASTED = "pasted:"
"""How the spec of a picture from the clipboard begins; a number follows."""
IMAGES = mark("Pictures"), " ".join(f"*{suffix}" for suffix in sorted(IMAGE_SUFFIXES))
VIDEOS = mark("Videos"), "*.mp4 *.mkv *.mov *.avi *.webm *.m4v"
"""What kinds of files are called, and the endings of their names."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A source that was chosen."""

    spec: str
    """As open_source takes it."""
    title: str
    """For people."""

    @property
    def is_camera(self) -> bool:
        """One that may be plugged in yet; `spec` is empty when the first one was asked for."""
        return self.spec in ("", FIRST_CAMERA) or self.spec.isdecimal() or self.spec.startswith("/dev/")

    @property
    def is_watched(self) -> bool:
        """A camera or stream, chosen by name."""
        return self.spec != "" and (self.is_camera or self.spec == "picamera" or "://" in self.spec)

    @property
    def is_camera_or_stream(self) -> bool:
        """What looks the same way the next time."""
        return self.is_camera or self.is_watched

    @property
    def is_folder(self) -> bool:
        return "://" not in self.spec and Path(self.spec).is_dir() and self.spec != ""

    @property
    def is_picture(self) -> bool:
        """An image file, or a pasted picture: read once, then it stands."""
        return self.spec.startswith(PASTED) or (
            "://" not in self.spec and Path(self.spec).suffix.lower() in IMAGE_SUFFIXES
        )

    @property
    def is_video(self) -> bool:
        """A file that plays and ends."""
        return "://" not in self.spec and Path(self.spec).is_file() and not self.is_picture


def choice_for(spec: str, cameras: Sequence[CameraInfo] = ()) -> Choice:
    """`spec` with the name a person would call it by."""
    if spec == DEMO:
        return Choice(spec, tr("Demonstration"))
    if spec.startswith(PASTED):
        return Choice(spec, tr("Pasted picture"))
    for number, camera in enumerate(cameras):
        if spec in (camera.device, str(number)):
            return Choice(spec, camera.name)
    if spec.isdigit():
        return Choice(spec, tr("Camera {number}", number=spec))
    if "://" in spec:
        # an address may hold a password
        return Choice(spec, spec.split("://", 1)[0] + "://" + spec.split("://", 1)[1].rsplit("@", 1)[-1])
    return Choice(spec, tr("Raspberry Pi camera") if spec == "picamera" else Path(spec).name or spec)


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
        self._current = choice
        self.setText(choice.title + "  ▾")
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


def mode_text(mode: Mode) -> str:
    """For people."""
    size = f"{mode.width} × {mode.height}"
    return tr("{size}, {fps} fps", size=size, fps=f"{mode.fps:.0f}") if mode.fps else size
