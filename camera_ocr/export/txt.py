"""Plain text in reading order; what stands side by side, as an item and its price, makes one line of text."""

from collections.abc import Sequence

from camera_ocr.rows import text_in_rows
from camera_ocr.types import FrameResult


def render(result: FrameResult, models: Sequence[str] = ()) -> str:
    """The rows' texts, each ended by a newline; empty when nothing was read. `models` is not told."""
    text = text_in_rows(result.lines)
    return f"{text}\n" if text else ""
