"""Parser of "Copiste d'un jour" (BAnQ, CC BY 4.0): ALTO 4 in `alto/`, page scans of 300 dpi in `jpg/`."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np

from camera_ocr.errors import CameraOcrError
from camera_ocr.types import F32, U8

LINE_HEIGHT = 64
PAGE_HEIGHT = 1800

# fmt: off
VALIDATION_TEXTS = frozenset({
    2, 3, 5, 6, 31, 38, 52, 56, 65, 73, 86, 101, 109, 111, 113, 123, 126, 127, 130, 147, 158, 161, 167, 169,
    171, 176, 186, 189, 190, 203, 206, 211, 222, 229, 232, 253, 258, 265, 276, 283, 295,
})
# fmt: on
"""Texts kept for validation: all pages of a text, so all pages of its writer, are on one side."""

_STRUCK_OUT = re.compile("[<>]")


class CopisteError(CameraOcrError):
    """A file of the set is missing or cannot be understood."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    text: str
    polygon: F32
    """(n, 2) px of the page scan."""
    baseline: F32
    """(m, 2) px of the page scan, from left to right."""


@dataclass(frozen=True, slots=True, eq=False)
class PageTruth:
    name: str
    """Name of the scan without its ending."""
    split: str
    """"train" or "val"."""
    width: int
    height: int
    lines: tuple[Line, ...]
    """In the order of the file, which is reading order."""


class _NoDoctype(ElementTree.TreeBuilder):
    """Refuses a document type, and with it every entity: ALTO needs neither."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise CopisteError("An ALTO file must not have a DOCTYPE.")


def split_of(name: str) -> str:
    """`val` for a page of a validation text, else `train`; CopisteError for a name without number."""
    match = re.search(r"wikitexte_(\d+)", name)
    if match is None:
        raise CopisteError(f"{name} is not the name of a page: it needs wikitexte_ and a number.")
    return "val" if int(match[1]) in VALIDATION_TEXTS else "train"


def _numbers(points: str | None) -> F32:
    """ALTO's "x y x y" (or "x,y x,y") as (n, 2)."""
    values = [float(v) for v in (points or "").replace(",", " ").split()]
    return np.array(values[: len(values) // 2 * 2], np.float32).reshape(-1, 2)


def parse_alto(data: bytes, name: str) -> PageTruth:
    """One ALTO file of any version; lines without a polygon or text are left out. Raises CopisteError."""
    try:
        root = ElementTree.fromstring(data, ElementTree.XMLParser(target=_NoDoctype()))
    except ElementTree.ParseError as error:
        raise CopisteError(f"{name}: not well-formed XML ({error}).") from None
    page = root.find(".//{*}Page")
    if page is None:
        raise CopisteError(f"{name}: no Page element, so it is not an ALTO file.")
    lines = []
    for element in page.iter():
        if element.tag.rpartition("}")[2] != "TextLine":
            continue
        shape = element.find("{*}Shape/{*}Polygon")
        text = " ".join(" ".join(s.get("CONTENT", "") for s in element.findall("{*}String")).split())
        polygon = _numbers(shape.get("POINTS") if shape is not None else None)
        if len(polygon) >= 3 and text:
            lines.append(Line(text, polygon, _numbers(element.get("BASELINE"))))
    try:
        size = int(float(page.get("WIDTH", ""))), int(float(page.get("HEIGHT", "")))
    except ValueError:
        raise CopisteError(f"{name}: its page has no size.") from None
    return PageTruth(name, split_of(name), *size, tuple(lines))


def read_pages(root: Path, names: Collection[str] | None = None) -> Iterator[tuple[PageTruth, U8]]:
    """Pages, all or those named, each with its scan, (H, W) grey; `root` has the folders `alto` and `jpg`.

    Raises CopisteError when a file is missing or cannot be understood.
    """
    files = sorted((root / "alto").glob("*.xml"))
    if not files:
        raise CopisteError(f"{root} is not a copy of the set: it needs a folder alto with .xml files.")
    for path in files:
        if names is not None and path.stem not in names:
            continue
        truth = parse_alto(path.read_bytes(), path.stem)
        scan = root / "jpg" / f"{path.stem}.jpg"
        image = cv2.imread(str(scan), cv2.IMREAD_GRAYSCALE) if scan.is_file() else None
        if image is None:
            raise CopisteError(f"{scan} is missing or not an image; fetch the set again.")
        yield truth, np.asarray(image, np.uint8)


def usable(line: Line) -> bool:
    """Whether the line is for reading: no struck-out words (marked < >), not the page's own number."""
    return not _STRUCK_OUT.search(line.text) and "wikitexte" not in line.text


def crop_line(page: U8, line: Line) -> U8:
    """The line alone, (64, W) grey: what lies outside its polygon is painted in the paper's tone.

    The polygon is widened a little, since those of the set touch the ink.
    """
    polygon = np.rint(line.polygon).astype(np.int32)
    x, y, w, h = cv2.boundingRect(polygon)
    widen = max(2, h // 30)
    x0, y0 = max(0, x - widen), max(0, y - widen)
    part = page[y0 : y + h + widen, x0 : x + w + widen]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [polygon - np.int32([x0, y0])], 255)
    mask = cv2.dilate(mask, np.ones((2 * widen + 1, 2 * widen + 1), np.uint8))
    paper = np.uint8(np.median(part))
    crop = np.where(mask > 0, part, paper)
    width = max(1, round(crop.shape[1] * LINE_HEIGHT / crop.shape[0]))
    return np.asarray(cv2.resize(crop, (width, LINE_HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)


def shrink_page(truth: PageTruth, page: U8, height: int = PAGE_HEIGHT) -> tuple[PageTruth, U8]:
    """Page and truth at `height` px (or as they are, when lower)."""
    scale = min(1.0, height / page.shape[0])
    width, height = round(page.shape[1] * scale), round(page.shape[0] * scale)
    lines = tuple(
        Line(t.text, t.polygon * np.float32(scale), t.baseline * np.float32(scale)) for t in truth.lines
    )
    small = np.asarray(cv2.resize(page, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return PageTruth(truth.name, truth.split, width, height, lines), small
