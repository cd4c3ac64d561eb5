"""Parser of UNIPEN 1.0 files, as in the distribution train_r01_v07 (doi 10.5281/zenodo.1195803).

The tree has `data/CATEGORY/DONOR/….dat`, which hold the segmentation and name, with `.INCLUDE`, files below
`include/` that hold the pen's points. A file is a sequence of keywords, each at the start of a line, with its
arguments up to the next keyword. What is needed here:

- `.COORD X Y T …` names the columns of the points; y grows upwards, so it is turned over.
- `.PEN_DOWN` and `.PEN_UP` begin a component. Components are numbered from 0 through all included files, both
  kinds counted, those without a point skipped.
- `.SEGMENT LEVEL COMPONENTS QUALITY "LABEL"`: components as `3`, `3-7`, `3,5-6`, or with points `3:10-7:2`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from camera_ocr.errors import CameraOcrError
from camera_ocr.types import F32

SETS = ("words", "text", "chars")
_SET_OF_LEVEL = {
    "WORD": "words",
    "CHARACTER": "chars",
    "TEXT": "text",
    "LINE": "text",
    "PHRASE": "text",
    "SENTENCE": "text",
}
_RANGE = re.compile(r"(\d+)(?::(\d+))?(?:-(\d+)(?::(\d+))?)?")
_SEGMENT = re.compile(r'(\w+)\s+([\d:,-]+)\s+(\S+)\s+"(.*)"\s*$', re.S)
_ESCAPE = re.compile(r'\\(["\\])')

WORD_HEIGHT = 160
"""Units of a writer's median word."""
CHAR_SIZE = 128
"""Units of the larger side of a single character."""
TOLERANCE = 0.7
"""Points are left out where the stroke stays within so many units without them."""


class UnipenError(CameraOcrError):
    """The tree is not a UNIPEN distribution."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A labelled piece of writing in the donor's own units."""

    kind: str
    """One of SETS."""
    text: str
    writer: str
    """donor-WRITER_ID"""
    strokes: tuple[F32, ...]
    """Pen-down strokes, each (n, 2), y growing downwards."""


@dataclass(slots=True)
class _Recording:
    """What is gathered while one .dat file and its includes are read."""

    columns: tuple[int, int] = (0, 1)
    aspect: float = 1.0
    """Points per inch along x over those along y."""
    writer: str | None = None
    components: list[tuple[bool, list[tuple[float, float]]]] = field(default_factory=list)
    """(pen is down, points) in file order."""
    segments: list[tuple[str, str, str]] = field(default_factory=list)
    """(level, components, label), all but the bad ones."""
    included: list[str] = field(default_factory=list)
    per_inch: dict[str, float] = field(default_factory=dict)

    def keyword(self, name: str, argument: str) -> None:
        if name in ("PEN_DOWN", "PEN_UP"):
            points = list(self._points(argument))
            if points:
                self.components.append((name == "PEN_DOWN", points))
        elif name == "SEGMENT":
            match = _SEGMENT.match(argument)
            if match and match[3].upper() != "BAD":
                label = " ".join(_ESCAPE.sub(r"\1", match[4]).split())
                self.segments.append((match[1].upper(), match[2], label))
        elif name == "COORD":
            names = argument.upper().split()
            if "X" in names and "Y" in names:
                self.columns = names.index("X"), names.index("Y")
        elif name == "WRITER_ID":
            self.writer = argument.split()[0] if argument.split() else None
        elif match := re.fullmatch(r"([XY])_POINTS_PER_(INCH|MM)", name):
            numbers = re.findall(r"\d+(?:\.\d+)?", argument)
            if numbers and float(numbers[0]) > 0:
                self.per_inch[match[1]] = float(numbers[0]) * (25.4 if match[2] == "MM" else 1.0)
            if len(self.per_inch) == 2:
                self.aspect = self.per_inch["X"] / self.per_inch["Y"]

    def _points(self, argument: str) -> Iterator[tuple[float, float]]:
        column_x, column_y = self.columns
        for line in argument.splitlines():
            values = line.split()
            try:
                yield float(values[column_x]), float(values[column_y])
            except (ValueError, IndexError):
                continue  # a note or a cut line between the points


def _keywords(text: str) -> Iterator[tuple[str, str]]:
    """(name, arguments up to the next keyword) in order."""
    name, argument = "", []
    for line in text.splitlines():
        if line.startswith("."):
            if name:
                yield name, "\n".join(argument)
            first, _, rest = line[1:].replace("\t", " ").partition(" ")
            name, argument = first.upper(), [rest]
        else:
            argument.append(line)
    if name:
        yield name, "\n".join(argument)


def _read(path: Path, includes: Path, into: _Recording, depth: int = 0) -> None:
    for name, argument in _keywords(path.read_text(encoding="latin-1")):
        if name != "INCLUDE":
            into.keyword(name, argument)
            continue
        target = (includes / argument.strip()).resolve()
        # a name that climbs out of the tree, a loop, or a file that was left out of the distribution
        if depth < 4 and target.is_relative_to(includes.resolve()) and target.is_file():
            into.included.append(argument.strip())
            _read(target, includes, into, depth + 1)


def _strokes(recording: _Recording, components: str) -> tuple[F32, ...]:
    """The pen-down strokes that a segment names; components that do not exist are left out."""
    found = []
    for match in _RANGE.finditer(components):
        first, last = int(match[1]), int(match[3] or match[1])
        for index in range(first, min(last + 1, len(recording.components))):
            down, points = recording.components[index]
            begin = int(match[2]) if match[2] and index == first else 0
            end = int(match[4]) + 1 if match[4] and index == last else len(points)
            if down and points[begin:end]:
                stroke = np.array(points[begin:end], np.float32)
                found.append(stroke * np.float32([1.0, -recording.aspect]))
    return tuple(found)


def read_segments(root: Path) -> Iterator[Segment]:
    """All labelled segments below `root` (the folder that has `data` and `include`), each piece of ink once.

    The same words stand in several categories (6 and 7, 1c and 2); the second and later ones are left out.
    Raises UnipenError when `root` is not such a folder.
    """
    includes = root / "include"
    files = sorted((root / "data").rglob("*.dat"))
    if not files or not includes.is_dir():
        raise UnipenError(
            f"{root} is not a UNIPEN tree: it needs the folders data (with .dat files) and include."
        )
    seen: set[tuple[str, ...]] = set()
    for path in files:
        recording = _Recording()
        _read(path, includes, recording)
        donor = path.relative_to(root / "data").parts[1]
        identity = re.sub(r"[^\w.]+", "_", recording.writer or path.stem)
        source = recording.included[-1] if recording.included else path.name
        for level, components, text in recording.segments:
            kind = _SET_OF_LEVEL.get(level)
            key = (source, donor, level, components, text)
            if kind is None or not text or key in seen:
                continue
            seen.add(key)
            strokes = _strokes(recording, components)
            if strokes:
                yield Segment(kind, text, f"{donor}-{identity}", strokes)


def _extent(strokes: tuple[F32, ...]) -> F32:
    """(width, height) of the ink."""
    return np.asarray(np.ptp(np.concatenate(strokes), axis=0), np.float32)


def thin_out(stroke: F32, tolerance: float) -> F32:
    """A stroke, (n, 2), without the points that lie within `tolerance` of the line through the kept ones.

    Ramer, Douglas and Peucker's method. cv2.approxPolyDP is not used: it drops tips where the pen turns back.
    """
    keep = np.zeros(len(stroke), bool)
    keep[[0, -1]] = True
    spans = [(0, len(stroke) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        start, along = stroke[first], stroke[last] - stroke[first]
        inner = stroke[first + 1 : last] - start
        length = float(along @ along)
        at = np.clip(inner @ along / length, 0.0, 1.0) if length else np.zeros(len(inner))
        distance = np.linalg.norm(inner - at[:, None] * along, axis=1)
        far = int(distance.argmax())
        if distance[far] > tolerance:
            keep[first + 1 + far] = True
            spans += [(first, first + 1 + far), (first + 1 + far, last)]
    return np.ascontiguousarray(stroke[keep])


def _item(segment: Segment, scale: float) -> dict[str, Any]:
    """A record of the prepared sets: the segment scaled, moved to the origin, thinned out, as differences."""
    corner = np.concatenate(segment.strokes).min(axis=0)
    strokes = []
    for stroke in segment.strokes:
        kept = np.rint(thin_out((stroke - corner) * np.float32(scale), TOLERANCE)).astype(int)
        moves = np.diff(kept, axis=0)
        strokes.append([*kept[0].tolist(), *moves[moves.any(axis=1)].ravel().tolist()])
    return {"text": segment.text, "writer": segment.writer, "strokes": strokes}


def read_items(root: Path) -> dict[str, list[dict[str, Any]]]:
    """The three prepared sets (words, text, chars) made from the originals below `root`.

    Each item is {"text", "writer", "strokes"}: pen-down strokes as [x0, y0, dx1, dy1, …], scaled so that a
    writer's median word is 160 high (without words, the median phrase) and words of one writer can stand side
    by side; of a single character the larger side is 128.
    """
    by_writer: dict[str, list[Segment]] = defaultdict(list)
    for segment in read_segments(root):
        by_writer[segment.writer].append(segment)
    items: dict[str, list[dict[str, Any]]] = {name: [] for name in SETS}
    for segments in by_writer.values():
        heights = {
            kind: [_extent(s.strokes)[1] for s in segments if s.kind == kind] for kind in ("words", "text")
        }
        median = float(np.median(heights["words"] or heights["text"] or [0.0]))
        for segment in segments:
            size = _extent(segment.strokes).max() if segment.kind == "chars" else median
            target = CHAR_SIZE if segment.kind == "chars" else WORD_HEIGHT
            if size > 0:
                items[segment.kind].append(_item(segment, target / float(size)))
    return items
