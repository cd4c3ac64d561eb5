"""The log file: where tracebacks go, so that the user need not see them."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from platformdirs import user_log_path

LEVELS = ("debug", "info", "warning", "error")
MAX_BYTES = 1_000_000
OLD_FILES = 2


def log_path() -> Path:
    """The log file of this user."""
    return user_log_path("camera-ocr") / "camera-ocr.log"


class LogFile(RotatingFileHandler):
    """Writes to log_path(), made when the first record comes; a log that cannot be written stops nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=MAX_BYTES, backupCount=OLD_FILES, encoding="utf-8", delay=True)
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self.working = True
        """False when the last record could not be written."""

    def _open(self) -> Any:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def emit(self, record: logging.LogRecord) -> None:
        self.working = True  # a disk that was full need not be so any more
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        self.working = False


def start_logging(level: str = "warning") -> LogFile:
    """Send records of `level` and above to the log file; called again, it changes the level."""
    root = logging.getLogger()
    root.setLevel(level.upper())
    for handler in root.handlers:
        if isinstance(handler, LogFile):
            return handler
    log = LogFile(log_path())
    root.addHandler(log)
    return log


def unexpected(error: BaseException) -> str:
    """Log the traceback of an error nobody foresaw; returns the one sentence for the user."""
    log = start_logging(logging.getLevelName(logging.getLogger().level))
    logging.getLogger(__name__).error("unexpected error", exc_info=error)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300].rstrip(": .")
    where = f"details are in {log.baseFilename}" if log.working else f"{log.baseFilename} cannot be written"
    return f"Unexpected error ({what}); {where}."
