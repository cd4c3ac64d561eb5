"""Characters out of words whose letters stand apart: what far more people wrote than single characters."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from camera_ocr.types import F32
from convert import ink
from convert.datasets import shared

_LEAST = 0.2
"""Lowest character, of the word's height; what is lower is a dot, a dash or a slip of the pen."""

_DOTTED = "ij"
"""Without its dot, which often stands apart, such a letter is a 1."""


def parted(kind: str, characters: Collection[str]) -> Iterator[shared.StrokeSample]:
    """Characters of UNIPEN's `words` or `text`, one sample each; of writing in `characters` alone.

    Strokes that lie one above the other belong together. Where a piece of writing has as many such groups as
    characters, each is taken for one of them; few of these are wrong.
    """
    for sample in shared.unipen(kind):
        text = sample.text.replace(" ", "")
        if sample.multi_line or len(text) < 2 or not set(text) <= set(characters):
            continue
        groups = _above_each_other(list(sample.strokes))
        if len(groups) != len(text):
            continue
        _, top, _, bottom = ink.bounds(list(sample.strokes))
        for char, strokes in zip(text, groups, strict=True):
            _, upper, _, lower = ink.bounds(strokes)
            whole = len(strokes) > 1 or char not in _DOTTED
            if whole and lower - upper > _LEAST * (bottom - top):
                yield replace(sample, text=char, strokes=tuple(strokes))


def _above_each_other(strokes: list[F32]) -> list[list[F32]]:
    """Strokes in groups from left to right, those of a group overlapping across."""
    groups: list[list[F32]] = []
    right = float("-inf")
    for stroke in sorted(strokes, key=lambda s: float(s[:, 0].min())):
        if stroke[:, 0].min() > right:
            groups.append([])
        groups[-1].append(stroke)
        right = max(right, float(stroke[:, 0].max()))
    return groups
