"""What a result can be written as, and the one way files are written.

A format is a module with `render(result, models)`; adding one means adding a row to FORMATS.
"""

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from camera_ocr.errors import ExportError
from camera_ocr.export import csv, json, png, txt
from camera_ocr.types import FrameResult


@dataclass(frozen=True, slots=True)
class Format:
    """One way of writing a result down."""

    name: str
    """As given to --format."""
    suffix: str
    """Of its files, with the dot."""
    title: str
    """As shown in a file dialog."""
    render: Callable[[FrameResult, Sequence[str]], bytes]
    """The result and the names of the models that read it -> the file's whole content; text is UTF-8."""
    follow: Callable[[bytes], bytes] | None = None
    """What is to be written of a result that comes after others on one stream; None: none may."""
    is_text: bool = True


def _utf8(
    render: Callable[[FrameResult, Sequence[str]], str],
) -> Callable[[FrameResult, Sequence[str]], bytes]:
    """What a module renders as text, as bytes."""
    return lambda result, models: render(result, models).encode("utf-8", "replace")


def _rows_only(table: bytes) -> bytes:
    return csv.without_header(table.decode()).encode()


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        # an empty line between the texts of two pictures; JSON has its own bounds
        Format("txt", ".txt", "Plain text", _utf8(txt.render), lambda text: b"\n" + text),
        Format("json", ".json", "JSON with boxes", _utf8(json.render), lambda text: text),
        Format("csv", ".csv", "Table (CSV)", _utf8(csv.render), _rows_only),
        Format("png", ".png", "Picture with boxes and text", png.render, is_text=False),
    )
}


def write_whole(path: Path, data: bytes) -> None:
    """Write the file whole or not at all: other programs see the old content or all of the new, even after
    a power cut. A link is followed. Raises ExportError; then the old file is as it was."""
    target = Path(os.path.realpath(path))
    # os.path says no where pathlib raises, in a folder that may not be entered: what is wrong is told below
    if os.path.exists(target) and not os.path.isfile(target):
        raise ExportError(f"{path} is not a file that can be replaced; choose another name.")
    temporary: Path | None = None
    try:
        mode = _mode_of(target)
        name = target.parent / f".{target.name[:40]}-{secrets.token_hex(8)}"
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666 if mode is None else 0o600)
        temporary = name
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None:
                os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        os.replace(temporary, target)
        temporary = None
        _sync_folder(target.parent)
    except OSError as error:
        raise ExportError(f"{path} could not be written: {_reason(error)}.") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


_REASONS = {
    errno.ENOSPC: "the disk is full; free some space, or choose another disk",
    errno.EDQUOT: "your share of the disk is used up; free some space, or choose another disk",
    errno.EROFS: "this disk can only be read; choose another one",
    errno.EACCES: "you may not write in that folder; choose another one",
    errno.EPERM: "you may not write in that folder; choose another one",
    errno.ENOENT: "there is no such folder; choose another one",
    errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
}
"""What happened and what to do, for what users meet."""


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def _mode_of(target: Path) -> int | None:
    """The old file's permissions; None when there is none, and the umask decides as for any new file."""
    with contextlib.suppress(FileNotFoundError):
        return target.stat().st_mode & 0o777
    return None


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the file system allows it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
