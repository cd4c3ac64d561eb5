"""Reading aloud, where the desktop has a speech service (Speech Dispatcher, which screen readers use too)."""

import shutil
from collections.abc import Callable

from PyQt5.QtCore import QObject, QProcess, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction, QWidget

from camera_ocr.gui.i18n import speak, tr
from camera_ocr.gui.reading import LANGUAGE
from camera_ocr.gui.settings import Settings
from camera_ocr.recognition.languages import LANGUAGES

SPEAKER = "spd-say"
STOP_MS = 2000
LONGEST = 50_000
"""Characters; one argument of a command may have 128 kB."""


class Voice(QObject):
    """Speaks one text at a time. `changed`: it began or ended speaking. `failed`: nothing could be said."""

    changed = pyqtSignal()
    failed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speaker = shutil.which(SPEAKER) or ""
        self._process: QProcess | None = None

    @property
    def available(self) -> bool:
        return bool(self._speaker)

    @property
    def speaking(self) -> bool:
        return self._process is not None

    def say(self, text: str, language: str = "") -> None:
        """Speak `text` in place of what is being spoken; `language`: its code, empty for the desktop's."""
        self.stop()
        if not self.available or not text.strip():
            return
        process = self._process = QProcess(self)
        process.finished.connect(lambda status: self._ended(process, status))
        process.errorOccurred.connect(lambda _: self._ended(process, 1))
        spoken_in = ["--language", language] if language else []
        process.start(self._speaker, ["--wait", *spoken_in, "--", text[:LONGEST]])
        self.changed.emit()

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(STOP_MS)
            process.deleteLater()
            # the service would go on speaking though nobody waits for it any more
            QProcess.startDetached(self._speaker, ["--stop"])
            self.changed.emit()

    def _ended(self, process: QProcess, status: int) -> None:
        if process is not self._process:
            return
        self._process = None
        process.deleteLater()
        if status:
            self.failed.emit()
        self.changed.emit()


class ReadAloud(QAction):
    """Speaks what `texts` gives, or is silent again; not offered where there is no speech service.

    `notice` carries a sentence on what did not work.
    """

    notice = pyqtSignal(str)

    def __init__(self, texts: Callable[[], list[str]], settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts, self._settings = texts, settings
        self.voice = Voice(self)
        self.setShortcut(QKeySequence("V"))
        self.setVisible(self.voice.available)
        self.triggered.connect(lambda: self._toggle())
        self.voice.changed.connect(self._say)
        self.voice.failed.connect(lambda: self.notice.emit(tr("The speech service did not answer.")))

        speak(self, self._say)

    def _say(self) -> None:
        self.setText(tr("Be silent") if self.voice.speaking else tr("Read aloud"))
        self.setStatusTip(tr("Read the selected lines aloud, or all; again: silence"))

    def _toggle(self) -> None:
        if self.voice.speaking:
            self.voice.stop()
            return
        language = self._settings.get(LANGUAGE)
        self.voice.say("\n".join(self._texts()), language if language in LANGUAGES else "")
