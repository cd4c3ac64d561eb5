"""The ink of one split that scenes are made of: writers' strokes, scanned pages, fonts."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from convert.datasets import shared
from convert.datasets.shared import StrokeSample, TruePage

if TYPE_CHECKING:
    from convert.fonts import FontLines

_FEWEST_WORDS = 30
"""Writers with fewer words are left out: their pages would say the same again and again."""


@dataclass(frozen=True, slots=True, eq=False)
class Writer:
    name: str
    words: tuple[StrokeSample, ...]
    lines: tuple[StrokeSample, ...]
    """Written as one line each."""


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What the sheets of a split may show; a kind of sheet whose material is empty is not made."""

    writers: tuple[Writer, ...] = ()
    scans: tuple[TruePage, ...] = ()
    fonts: "tuple[FontLines, ...]" = field(default=())


def load_material(split: str, fonts: Path | None = None) -> Material:
    """All there is of one split, `train` or `val`.

    Args:
        fonts: folder with folders of fonts (`python -m convert fonts`), or None to do without printed text.
    """
    words: dict[str, list[StrokeSample]] = defaultdict(list)
    lines: dict[str, list[StrokeSample]] = defaultdict(list)
    for sample in shared.unipen("words"):
        if sample.validation == (split == "val"):
            words[sample.writer].append(sample)
    for sample in shared.unipen("text"):
        if sample.validation == (split == "val") and not sample.multi_line:
            lines[sample.writer].append(sample)
    writers = tuple(
        Writer(name, tuple(words[name]), tuple(lines[name]))
        for name in sorted(words.keys() | lines.keys())
        if len(words[name]) + 3 * len(lines[name]) >= _FEWEST_WORDS
    )
    return Material(writers, tuple(shared.copiste_pages(split)), _fonts(fonts, split))


def _fonts(folder: Path | None, split: str) -> "tuple[FontLines, ...]":
    if folder is None:
        return ()
    # drawing in fonts needs Pillow and fontTools, which the app does without
    from convert.fonts import FontLines

    return tuple(FontLines(one, split) for one in sorted(folder.iterdir()) if one.is_dir())
