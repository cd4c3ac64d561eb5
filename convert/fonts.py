"""Lines of text drawn in fonts, as an extra source of line images.

The fonts lie in a folder with a table, `fonts.tsv`, as `python -m convert fonts` leaves them.
"""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from camera_ocr.errors import CameraOcrError
from camera_ocr.types import U8
from convert.charset import CHARSET

SPLITS = ("train", "val")
TABLE = "fonts.tsv"

_SIZES_PX = (36, 44, 52, 60, 72)
_ALIKE = 0.52
"""Overlap of a small letter with its capital, both scaled to one size, above which they are one drawing."""


class FontError(CameraOcrError):
    """A font cannot be had or must not be used."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """One row of the table."""

    file: str
    """Name of the .ttf beside the table."""
    family: str
    package: str
    version: str
    licence: str
    """SPDX id, by the licence text inside the package."""


def split_of(family: str) -> str:
    """`train`, or `val` for about one family in eight; the same on every machine.

    Only the first word of the name counts: "Caveat" and "Caveat Brush" are one hand and stay on one side.
    """
    digest = hashlib.sha256(family.split()[0].lower().encode()).digest()
    return "val" if digest[0] < 32 else "train"


def write_table(rows: Iterable[FontFile], folder: Path) -> None:
    """`fonts.tsv` in `folder`, with a header, sorted by file."""
    with (folder / TABLE).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, dialect="excel-tab")
        writer.writerow([f.name for f in fields(FontFile)])
        writer.writerows(astuple(row) for row in sorted(rows, key=lambda row: row.file))


def read_table(folder: Path) -> list[FontFile]:
    """The rows of `fonts.tsv`; raises FontError when there is none."""
    path = folder / TABLE
    if not path.is_file():
        raise FontError(f"{folder} has no {TABLE}; fetch fonts with `python -m convert fonts`.")
    with path.open(newline="", encoding="utf-8") as stream:
        return [FontFile(**row) for row in csv.DictReader(stream, dialect="excel-tab")]


def drawable(path: Path) -> frozenset[str]:
    """Characters of the reader's charset that the font has ink for, and the blank.

    Some fonts draw capitals for small letters. An "A" must not be learnt as "a", so these fonts lose a to z.
    """
    with TTFont(path, lazy=True) as tables:
        cmap = tables.getBestCmap() or {}
    font = ImageFont.truetype(str(path), 48)
    chars = {c for c in CHARSET if ord(c) in cmap and font.getmask(c).getbbox() is not None}
    pairs = [(c, c.upper()) for c in "aegrdbnq" if {c, c.upper()} <= chars]
    if pairs and min(_overlap(font, *pair) for pair in pairs) > _ALIKE:
        chars -= {c for c in chars if c.islower()}
    return frozenset(chars | {" "})


def _overlap(font: ImageFont.FreeTypeFont, a: str, b: str) -> float:
    """Intersection over union of two glyphs' ink once scaled to one size, 0..1."""
    masks = []
    for char in (a, b):
        left, top, right, bottom = font.getbbox(char)
        image = Image.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
        ImageDraw.Draw(image).text((-left, -top), char, fill=255, font=font)
        masks.append(np.asarray(image.resize((24, 24), Image.Resampling.BOX)) > 96)
    union = int((masks[0] | masks[1]).sum())
    return int((masks[0] & masks[1]).sum()) / union if union else 1.0


@lru_cache(maxsize=4096)
def _sized(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


class FontLines:
    """Draws lines of text in the fonts of one split of one folder; raises FontError when there are none."""

    def __init__(self, folder: Path, split: str) -> None:
        if split not in SPLITS:
            raise FontError(f"No split {split!r}; it is one of {', '.join(SPLITS)}.")
        families: dict[str, list[tuple[Path, frozenset[str]]]] = {}
        for row in read_table(folder):
            if split_of(row.family) == split:
                path = folder / row.file
                families.setdefault(row.family, []).append((path, drawable(path)))
        if not families:
            raise FontError(f"{folder} has no fonts for {split}; fetch more of them.")
        self._families = families

    @property
    def families(self) -> list[str]:
        return sorted(self._families)

    def sample(self, rng: np.random.Generator, text: str) -> U8 | None:
        """The text in a random family, weight and size: (H, W) grey, ink 0 on 255, cut close around the ink.

        None when no family has every character of it, or there is nothing to draw.
        """
        if not text.strip():
            return None
        wanted = set(text)
        able = [[path for path, chars in self._families[name] if wanted <= chars] for name in self.families]
        able = [paths for paths in able if paths]
        if not able:
            return None
        paths = able[int(rng.integers(len(able)))]
        path, size = paths[int(rng.integers(len(paths)))], int(rng.choice(_SIZES_PX))
        return draw_text(path, size, text)[0]

    def face(self, rng: np.random.Generator, text: str) -> Path | None:
        """The file of a random family that has every character of the text; None when none has."""
        wanted = set(text)
        able = [path for name in self.families for path, chars in self._families[name] if wanted <= chars]
        return able[int(rng.integers(len(able)))] if able else None


def draw_text(path: Path, size: int, text: str) -> tuple[U8, int]:
    """The text in one font, `size` px: (H, W) grey as `FontLines.sample` gives it, and the baseline's row."""
    font = _sized(path, size)
    left, top, right, bottom = (round(v) for v in font.getbbox(text))
    margin = size // 8
    image = Image.new("L", (right - left + 2 * margin, bottom - top + 2 * margin), 255)
    ImageDraw.Draw(image).text((margin - left, margin - top), text, fill=0, font=font)
    return np.array(image, np.uint8), font.getmetrics()[0] - top + margin
