"""The text of lines as people would type it: what stands side by side in one row is one line of text."""

from collections.abc import Sequence

from camera_ocr.detection.order import in_rows
from camera_ocr.types import FusedLine


def text_in_rows(lines: Sequence[FusedLine]) -> str:
    """Texts of lines that are in reading order, one row a line; lines without text are left out."""
    read = [line for line in lines if line.text]
    rows = in_rows([line.quad for line in read])
    return "\n".join(" ".join(read[i].text for i in row) for row in rows)
