"""CSV after RFC 4180, UTF-8: a row for each line of writing, for spreadsheets and databases.

The columns are fixed because other programs read them: source, line (counts from 1), text, confidence, and
the corners x1, y1 … x4, y4 in px of the input: top left, top right, bottom right, bottom left along the
writing.
"""

import csv
import io
import os
from collections.abc import Sequence

from camera_ocr.types import FrameResult

COLUMNS = ("source", "line", "text", "confidence", *(f"{axis}{n}" for n in range(1, 5) for axis in "xy"))


def render(result: FrameResult, models: Sequence[str] = ()) -> str:
    """The names of the columns and a row for each line that was read. `models` is not told."""
    # a file name need not be valid UTF-8
    source = os.fsencode(result.frame.source).decode("utf-8", "replace")
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(COLUMNS)
    for number, line in enumerate((line for line in result.lines if line.text), 1):
        corners = (f"{float(v):.1f}" for v in line.quad.reshape(-1))
        writer.writerow([source, number, line.text, f"{float(line.confidence):.4f}", *corners])
    return table.getvalue()


def without_header(table: str) -> str:
    """The rows alone, to follow those of another result."""
    return table.partition("\r\n")[2]
