"""Samples of one's own hand, kept on this computer: what was drawn on the canvas, and what it says.

Two files, one for rows of digits and one for lines of text, in the format of the pen strokes that the models
are trained on: JSON lines in an .xz file, `text`, `writer` and `strokes`, each stroke `[x0, y0, dx1, dy1, …]`
in whole units, y growing downwards. Nothing but `python -m convert personal` reads them.
"""

import json
import lzma
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_data_path

from camera_ocr.errors import ExportError
from camera_ocr.export import write_whole

KINDS = ("digits", "text")
WRITER = "own"
HEIGHT = 160
"""Units from the top of the ink to its foot, about a word's height in the other sets."""

Points = Sequence[tuple[float, float]]


def samples_folder() -> Path:
    """Where the samples are; it need not exist yet."""
    return user_data_path("camera-ocr") / "samples"


def samples_path(kind: str, folder: Path | None = None) -> Path:
    """The file of one of KINDS."""
    return (folder or samples_folder()) / f"own_{kind}.jsonl.xz"


def add_sample(kind: str, text: str, strokes: Sequence[Points], folder: Path | None = None) -> int:
    """Append a sample and return how many of its kind there are now.

    `strokes` are x, y in any unit. Raises ExportError when the file is damaged or cannot be written; then it
    is as it was.
    """
    path = samples_path(kind, folder)
    before = count_samples(kind, folder)
    record = {"text": text, "writer": WRITER, "strokes": _packed(strokes)}
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stored = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise ExportError(f"{path} could not be written: {error.strerror}.") from error
    # an .xz file may hold several streams, one after the other: what is there need not be packed again
    write_whole(path, stored + lzma.compress(line.encode("utf-8")))
    return before + 1


def count_samples(kind: str, folder: Path | None = None) -> int:
    """How many samples of a kind there are. Raises ExportError for a damaged file."""
    path = samples_path(kind, folder)
    if not path.exists():
        return 0
    try:
        with lzma.open(path, "rb") as file:
            return sum(1 for _ in file)
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise ExportError(f"{path} is damaged; move it away to begin anew.") from error


def delete_samples(folder: Path | None = None) -> None:
    """All of them. Raises ExportError when one cannot be deleted."""
    for kind in KINDS:
        path = samples_path(kind, folder)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ExportError(f"{path} could not be deleted: {error.strerror}.") from error


def _packed(strokes: Sequence[Points]) -> list[list[int]]:
    """Scaled to HEIGHT, moved to the origin, as differences of whole units; points that coincide left out."""
    arrays = [np.asarray(stroke, np.float64).reshape(-1, 2) for stroke in strokes]
    points = np.concatenate(arrays)
    corner, size = points.min(axis=0), np.ptp(points, axis=0)
    # a dash is not blown up to a word's height
    scale = HEIGHT / max(float(size[1]), 0.2 * float(size[0]), 1.0)
    return [_differences(np.rint((array - corner) * scale).astype(np.int64)) for array in arrays]


def _differences(points: NDArray[np.int64]) -> list[int]:
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64))
    moved = np.any(steps != 0, axis=1)
    moved[0] = True
    packed: list[int] = steps[moved].ravel().tolist()
    return packed
