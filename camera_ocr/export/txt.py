"""Plain text: one line of writing a line, in reading order."""

from collections.abc import Sequence

from camera_ocr.types import FrameResult


def render(result: FrameResult, models: Sequence[str] = ()) -> str:
    """The lines' texts, each ended by a newline; empty when nothing was read. `models` is not told."""
    return f"{result.text}\n" if result.text else ""
