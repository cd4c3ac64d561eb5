"""Play, pause, step and seek: the bar below a video."""

from PyQt5.QtCore import QSize, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QMouseEvent
from PyQt5.QtWidgets import QAction, QFrame, QHBoxLayout, QLabel, QSlider, QStyle, QToolButton, QWidget

from camera_ocr.gui import icons, transport_icons
from camera_ocr.gui.actions import make_action, name_after
from camera_ocr.gui.engine_view import Phase
from camera_ocr.gui.i18n import mark, speak, tr
from camera_ocr.gui.session import Session
from camera_ocr.gui.theme import Theme

SEEK_EVERY_MS = 120
"""While the mouse drags the bar: opening a place of a video takes a moment."""


class Transport(QFrame):
    """Shown while a video is; acts on the session."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self._session = session
        self.play = make_action(self, mark("Play or pause"), "", self._toggle)
        self.back = make_action(self, mark("One frame back"), ",", lambda: self._step(-1))
        self.forward = make_action(self, mark("One frame on"), ".", lambda: self._step(1))
        self.bar = SeekBar(self)
        self.time = QLabel("", self)
        self.time.setObjectName("transportTime")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 14, 5)
        row.setSpacing(2)
        for action in (self.back, self.play, self.forward):
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setIconSize(QSize(20, 20))
            name_after(button, action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.bar, 1)
        row.addSpacing(8)
        row.addWidget(self.time)
        self._wanted: int | None = None
        self._plays: bool | None = None
        """As the icon says; None: it has none yet."""
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SEEK_EVERY_MS)
        self._later.timeout.connect(self._seek)
        self.bar.sought.connect(self._want)
        session.changed.connect(self._follow)
        session.shown.connect(self._follow)
        self.set_theme(theme)

    @property
    def keys(self) -> tuple[QAction, ...]:
        """For the window and its sheet of keys; the space bar plays and pauses anyway."""
        return self.back, self.forward

    def set_theme(self, theme: Theme) -> None:
        self._theme, self._plays = theme, None
        self.back.setIcon(icons.icon(transport_icons.step_back, theme.text, theme.disabled))
        self.forward.setIcon(icons.icon(transport_icons.step_on, theme.text, theme.disabled))
        self._follow()

    def _follow(self, _result: object = None) -> None:
        session, film = self._session, self._session.film
        self.setVisible(film is not None)
        for action in (self.play, *self.keys):
            action.setEnabled(film is not None)
        if film is None:
            return
        plays = session.phase is Phase.LIVE
        if plays is not self._plays:
            # not with every frame: painting an icon takes longer than all the rest here
            self._plays = plays
            draw = icons.pause if plays else icons.play
            self.play.setIcon(icons.icon(draw, self._theme.text, self._theme.disabled))
        position = session.film_position
        self.bar.show_position(position, film.frames)
        length = f" / {clock(film.frames / film.fps)}" if film.frames else ""
        self.time.setText(f"{clock(position / film.fps)}{length}")

    def _toggle(self) -> None:
        if self._session.phase is Phase.ENDED:
            self._session.seek(0, play=True)
        else:
            self._session.toggle_frozen()

    def _step(self, frames: int) -> None:
        self._session.seek(self._session.film_position + frames)

    def _want(self, frame: int) -> None:
        """At once, but not more often than can be shown."""
        waiting = self._later.isActive()
        self._wanted = frame
        if not waiting:
            self._seek()
            self._later.start()

    def _seek(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._session.seek(wanted, play=self._session.phase is Phase.LIVE)


class SeekBar(QSlider):
    """A click goes to its place. `sought` carries a frame that a person wants to see."""

    sought = pyqtSignal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("seekBar")
        speak(self, lambda: self.setAccessibleName(tr("Place in the video")))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # by keys, clicks and drags, but not when the video itself goes on
        self.actionTriggered.connect(lambda _: self.sought.emit(self.sliderPosition()))

    def show_position(self, frame: int, frames: int) -> None:
        """Nothing while a person drags it."""
        if not self.isSliderDown():
            self.setRange(0, max(0, frames - 1))
            self.setPageStep(max(1, frames // 20))
            self.setValue(frame)
        self.setEnabled(frames > 1)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        event.accept()
        self.setSliderDown(True)
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self.isSliderDown():
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and self.isSliderDown():
            self._go(event)
            self.setSliderDown(False)

    def _go(self, event: QMouseEvent) -> None:
        frame = QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), event.x(), self.width())
        if frame != self.sliderPosition():
            self.setSliderPosition(frame)


def clock(seconds: float) -> str:
    """Minutes and seconds, and hours where there are any."""
    whole = int(seconds)
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours}:{minutes:02}:{whole % 60:02}"
    return f"{minutes}:{whole % 60:02}"
