"""What C libraries write to stderr by themselves: caught, for it is not meant for users."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import cv2

STDERR = 2
_one_at_a_time = threading.Lock()


class Said:
    """What was written to stderr meanwhile; "" until the end, and where nothing could be caught."""

    text = ""


@contextmanager
def caught_stderr() -> Iterator[Said]:
    """Catch what is written to file descriptor 2, by whichever thread: keep it short.

    libpng, libjpeg and libtiff know no other way of telling what is wrong with a file. Threads wait for
    each other.
    """
    said = Said()
    with _one_at_a_time:
        try:
            kept = os.dup(STDERR)
        except OSError:  # stderr is closed: nothing to catch, nobody to disturb
            yield said
            return
        try:
            with os.fdopen(os.memfd_create("stderr"), "w+b") as file:
                os.dup2(file.fileno(), STDERR)
                try:
                    yield said
                finally:
                    os.dup2(kept, STDERR)
                    said.text = _text(file)
        finally:
            os.close(kept)


def _text(file: BinaryIO) -> str:
    file.seek(0)
    return file.read(100_000).decode("utf-8", "replace")


@contextmanager
def no_warnings() -> Iterator[None]:
    """Without OpenCV's own warnings, which it writes to stderr."""
    # OpenCV 5 has the functions in cv2.utils.logging, 4 in cv2
    place: Any = cv2 if hasattr(cv2, "setLogLevel") else cv2.utils.logging
    before = place.getLogLevel()
    place.setLogLevel(0)
    try:
        yield
    finally:
        place.setLogLevel(before)
