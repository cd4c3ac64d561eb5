"""What a person set in the window, kept from one run to the next.

A module that has something to keep declares it, and asks for it by that declaration:

    OVERLAY = member("view/overlay", OverlayStyle.TEXT)
    style = settings.get(OVERLAY)
    settings.set(OVERLAY, OverlayStyle.BOXES)

A value that the declaration does not allow, from an older version or edited by hand, reads as the default.
"""

import contextlib
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Generic, TypeVar

from platformdirs import user_config_path
from PyQt5.QtCore import QObject, QSettings, pyqtSignal

from camera_ocr.gui.i18n import tr

ROW = re.compile(r"\s*(;.*|#.*|\[[^\]\x00]+\]|[^=\x00]+=[^\x00]*)?")
"""Of an INI file."""

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One thing that is kept."""

    key: str
    """group/name"""
    default: T
    parse: Callable[[str], T | None]
    """From what is in the file; None when that is no value of this setting."""
    form: Callable[[T], str]
    """The text for the file."""


def flag(key: str, default: bool) -> Setting[bool]:
    return Setting(key, default, {"true": True, "false": False}.get, lambda value: str(value).lower())


def number(key: str, default: int, low: int, high: int) -> Setting[int]:
    def parse(text: str) -> int | None:
        with contextlib.suppress(ValueError):
            value = int(text)
            return value if low <= value <= high else None
        return None

    return Setting(key, default, parse, str)


def text(key: str, default: str = "") -> Setting[str]:
    return Setting(key, default, str, str)


def one_of(key: str, default: str, choices: tuple[str, ...]) -> Setting[str]:
    return Setting(key, default, lambda value: value if value in choices else None, str)


def member(key: str, default: E) -> Setting[E]:
    """One of an Enum, kept by its name."""
    members = dict(type(default).__members__)
    return Setting(key, default, members.get, lambda value: value.name)


def state(key: str) -> Setting[bytes]:
    """What Qt's own saveState() and saveGeometry() give; empty when nothing was kept."""

    def parse(value: str) -> bytes | None:
        with contextlib.suppress(ValueError):
            return bytes.fromhex(value)
        return None

    return Setting(key, b"", parse, lambda value: value.hex())


class Settings(QObject):
    """The settings in one file, which is made when something is first set.

    `changed` carries the key of a setting that has another value now; `told` says that `problem` is another.
    A file that is damaged is set aside, not written over. Where nothing can be written, what is set holds
    until the window is closed.
    """

    changed = pyqtSignal(str)
    told = pyqtSignal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.problem = ""
        """Why settings cannot be kept; empty when they can."""
        self.notice = ""
        """One sentence about what happened to the file when it was opened; empty when nothing did."""
        self.fixed: frozenset[str] = frozenset()
        """Keys of settings that were given otherwise for this run, so that setting them is in vain."""
        self._dismissed = False
        self._values: dict[str, str] = {}
        """Set in this run."""
        self._store: QSettings | None = None
        if self._is_sound() or self._set_aside():
            self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        kept = self._values.get(setting.key)
        if kept is None and self._store is not None:
            # not a text but a list, where a person wrote a comma into it
            read = self._store.value(setting.key)
            kept = read if isinstance(read, str) else None
        value = setting.parse(kept) if kept is not None else None
        return setting.default if value is None else value

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep `value`, on the disk when this returns."""
        if self.get(setting) == value:
            return
        self._values[setting.key] = setting.form(value)
        if self._store is not None:
            self._make_private()
            # a new one, because a failure once stays its status for good
            self._store = QSettings(str(self.path), QSettings.Format.IniFormat)
            for key, kept in self._values.items():
                self._store.setValue(key, kept)
            self._store.sync()
            written = self._store.status() == QSettings.Status.NoError
            self._tell("" if written else self._unkept())
        self.changed.emit(setting.key)

    @property
    def message(self) -> str:
        """What a person should know, until it is dismissed."""
        return "" if self._dismissed else self.notice or self.problem

    def dismiss(self) -> None:
        """A person knows now; not told again in this run."""
        self._dismissed = True
        self.told.emit()

    def _tell(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self.told.emit()

    def _unkept(self) -> str:
        return tr("Settings cannot be kept in {path}; they hold until the window is closed.", path=self.path)

    def _make_private(self) -> None:
        """The address of a stream may hold a password."""
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))

    def _is_sound(self) -> bool:
        """Qt takes nearly anything for settings, and writes over it."""
        try:
            rows = self.path.read_bytes().decode("utf-8").splitlines()
        except UnicodeDecodeError:
            return False
        except OSError:
            # missing, or told when it is written
            return True
        return all(ROW.fullmatch(row) for row in rows)

    def _set_aside(self) -> bool:
        stamp = time.strftime("%Y-%m-%d %H.%M.%S")
        aside = self.path.with_name(f"{self.path.stem} damaged {stamp}{self.path.suffix}")
        try:
            os.replace(self.path, aside)
        except OSError as error:
            self.problem = tr(
                "The settings in {path} are damaged and cannot be set aside ({reason}); the defaults hold.",
                path=self.path,
                reason=error.strerror,
            )
            return False
        self.notice = tr(
            "The settings were damaged; they are set aside as {path}, and the defaults hold.", path=aside
        )
        return True


def default_settings_path() -> Path:
    """Beside config.toml, which people write and programs only read."""
    return user_config_path("camera-ocr") / "window.ini"
