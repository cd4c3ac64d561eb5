"""Light or dark, its contrast, how large letters are, in which language: as set, or as the desktop has it."""

from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSignal, pyqtSlot
from PyQt5.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusPendingCallWatcher,
    QDBusPendingReply,
    QDBusVariant,
)
from PyQt5.QtGui import QFont
from PyQt5.QtWidgets import QApplication

from camera_ocr.gui.i18n import INTERFACE_NAMES, mark, translate
from camera_ocr.gui.settings import Settings, member, number, one_of
from camera_ocr.gui.theme import (
    DARK,
    DARK_CONTRAST,
    LIGHT,
    LIGHT_CONTRAST,
    Theme,
    apply_theme,
    system_theme,
    theme_of,
)

PORTAL = (
    "org.freedesktop.portal.Desktop",
    "/org/freedesktop/portal/desktop",
    "org.freedesktop.portal.Settings",
)
"""Service, path and interface by which desktops tell applications what a person set."""
SCHEME = "org.freedesktop.appearance", "color-scheme"
PREFERS_DARK, PREFERS_LIGHT = 1, 2
"""Values of SCHEME; 0 is no preference."""
CONTRAST = "org.freedesktop.appearance", "contrast"
PREFERS_CONTRAST = 1
"""Value of CONTRAST; 0 is no preference."""


class Colours(Enum):
    SYSTEM = mark("As the system")
    LIGHT = mark("Light")
    DARK = mark("Dark")
    LIGHT_CONTRAST = mark("Light, high contrast")
    DARK_CONTRAST = mark("Dark, high contrast")


THEMES = {
    Colours.LIGHT: LIGHT,
    Colours.DARK: DARK,
    Colours.LIGHT_CONTRAST: LIGHT_CONTRAST,
    Colours.DARK_CONTRAST: DARK_CONTRAST,
}
COLOURS = member("view/colours", Colours.SYSTEM)
LETTERS = number("view/letters", 0, 0, 32)
"""Size in points; 0 is the desktop's."""
SMALLEST_LETTERS = 6
INTERFACE = one_of("view/language", "system", tuple(INTERFACE_NAMES))


def speak_as_set(app: QCoreApplication, settings: Settings) -> Callable[[str], None]:
    """To be told which setting has changed: has `app` speak another language when it is that."""

    def told(key: str) -> None:
        if key == INTERFACE.key:
            translate(app, settings.get(INTERFACE))

    return told


class Look(QObject):
    """Dresses the application as the settings say. `changed` carries another Theme than before."""

    changed = pyqtSignal(object)

    def __init__(self, app: QApplication, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._settings = app, settings
        # both are another after apply_theme()
        self._system = system_theme(app.palette())
        self._contrast = self._palette_contrast = self._system in (LIGHT_CONTRAST, DARK_CONTRAST)
        self._font = QFont(app.font())
        self.theme = self._chosen()
        self._dress()
        settings.changed.connect(self._set)

    def follow_desktop(self) -> None:
        """Ask the desktop for its colours, now and whenever they change; where it does not know of such a
        question, the palette that Qt was given holds."""
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        service, path, interface = PORTAL
        # the stubs of some PyQt5 take a decorated slot for no function
        told: Any = self._told
        bus.connect(service, path, interface, "SettingChanged", told)
        for asked in (SCHEME, CONTRAST):
            question = QDBusMessage.createMethodCall(service, path, interface, "Read")
            question.setArguments(list(asked))
            watcher = QDBusPendingCallWatcher(bus.asyncCall(question), self)
            watcher.finished.connect(partial(self._answered, asked))

    def _answered(self, asked: tuple[str, str], watcher: QDBusPendingCallWatcher) -> None:
        reply = QDBusPendingReply(watcher)
        if not reply.isError():
            self._prefers(asked, reply.argumentAt(0))
        watcher.deleteLater()

    @pyqtSlot(QDBusMessage)
    def _told(self, message: QDBusMessage) -> None:
        group, key, value = message.arguments()
        self._prefers((group, key), value)

    def _prefers(self, what: tuple[str, str], value: object) -> None:
        while isinstance(value, QDBusVariant):
            value = value.variant()
        dark = self._system.dark
        if what == SCHEME and value in (PREFERS_DARK, PREFERS_LIGHT, 0):
            dark = value == PREFERS_DARK
        elif what == CONTRAST:
            self._contrast = value == PREFERS_CONTRAST or self._palette_contrast
        else:
            return
        self._system = theme_of(dark=dark, contrast=self._contrast)
        self._set(COLOURS.key)

    def _chosen(self) -> Theme:
        chosen = self._settings.get(COLOURS)
        return THEMES.get(chosen, self._system)

    def _set(self, key: str) -> None:
        if key == LETTERS.key:
            self._dress()
            self.changed.emit(self.theme)
        elif key == COLOURS.key and self._chosen() is not self.theme:
            self.theme = self._chosen()
            self._dress()
            self.changed.emit(self.theme)

    def _dress(self) -> None:
        font = QFont(self._font)
        size = self._settings.get(LETTERS)
        if size >= SMALLEST_LETTERS:
            font.setPointSize(size)
        self._app.setFont(font)
        apply_theme(self._app, self.theme)
