"""Whether somebody wrote what was read: a reader makes something of a pen, a shadow or icons as well."""

import re
from itertools import pairwise

CERTAIN = 0.5
"""What is read with less certainty is mostly no writing."""
FEW, CERTAIN_FEW = 3, 0.75
"""The same for texts of so few characters, which anything looks like."""
MANY, CERTAIN_MANY = 10, 0.3
"""The same for texts of so many: nothing but writing reads like that, however hard the hand."""
MIXED, CERTAIN_MIXED = 0.25, 0.7
"""The same for texts in which more than this share of the characters is not of the kind of the one before."""
SIGNS = 8
"""A text without letters and digits has so many different signs; a fold in the paper reads as one dash."""

_INSIDE = re.compile(r"(?<=\d)[-.,:/](?=\d)|(?<=[^\W\d_])['’-](?=[^\W\d_])")
"""What joins figures to one number, and words to one."""
_AROUND = ".,;:!?\"'()-"
"""What may stand before and after a word."""


def is_written(text: str, certainty: float) -> bool:
    """`certainty` is that of the text's characters, 0..1; see Transcript.certainty."""
    if not any(char.isalnum() for char in text):
        return len(set(text)) >= SIGNS and certainty >= CERTAIN
    if len(text) <= FEW:
        return certainty >= CERTAIN_FEW
    if mixture(text) > MIXED and certainty < CERTAIN_MIXED:
        return False
    return certainty >= (CERTAIN_MANY if len(text) >= MANY else CERTAIN)


def mixture(text: str) -> float:
    """Share of the characters, 0..1, that follow one of another kind (small, capital, figure, sign) in their
    word, a capital at its beginning aside, or stand alone.
    """
    changes = total = 0
    for word in text.split():
        bare = _INSIDE.sub("", word).strip(_AROUND) or word
        kinds = [_kind(char) for char in bare]
        total += len(kinds)
        changes += len(kinds) == 1
        changes += sum(a != b and (a, b) != ("capital", "small") for a, b in pairwise(kinds))
    return changes / max(1, total)


def _kind(char: str) -> str:
    if char.isdigit():
        return "figure"
    if char.isupper():
        return "capital"
    return "small" if char.isalpha() else "sign"
