"""Many readings of one line made into one text.

Readings are grouped by edit distance; the group with most support wins, and its readings are voted on word by
word. Whole words are weighed, never single characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import Levenshtein

from camera_ocr.types import Reading, Transcript
from camera_ocr.word_vote import vote_on_words
from camera_ocr.written import is_written

SAME = 0.25
"""Readings differing in at most this share of their characters are one group."""
KEEP = 12
"""Older readings of a track are let go, so that the text can follow what is written."""
AGREE = 3
"""Readings that say the very same settle a line."""
ENOUGH = 8
"""So many readings of one group settle it, though they differ here and there."""


@dataclass(frozen=True, slots=True)
class FusionRules:
    """Which readings are taken together, and how many it takes."""

    same: float = SAME
    keep: int = KEEP
    agree: int = AGREE
    enough: int = ENOUGH


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """What the readings of a line come to."""

    transcript: Transcript | None
    """None when there is no reading."""
    confidence: float
    """0..1: that of the words taken, times their group's share of the support."""
    votes: int
    """Readings in the group that won."""
    stable: bool
    """Another reading will hardly change the text."""
    is_text: bool
    """Somebody wrote it: the reader is not just making something of a pen, a cable or a shadow."""

    @property
    def text(self) -> str:
        return self.transcript.text if self.transcript else ""


NOTHING = Fused(None, 0.0, 0, False, False)


def fuse(readings: Sequence[Reading], rules: FusionRules | None = None) -> Fused:
    """The text that the last readings of one track support best."""
    rules = rules or FusionRules()
    recent = list(readings)[-rules.keep :]
    if not recent:
        return NOTHING
    groups = _groups(recent, rules.same)
    support = [sum(_weight(reading) for reading in group) for group in groups]
    winner = max(range(len(groups)), key=lambda i: (support[i], len(groups[i])))
    group = groups[winner]
    said = vote_on_words([reading.transcript for reading in group])
    share = support[winner] / sum(support)
    votes = len(group)
    the_same = sum(reading.transcript.text == said.text for reading in group)
    stable = votes > len(recent) / 2 and (the_same >= rules.agree or votes >= rules.enough)
    certainty = float(np.median([reading.transcript.certainty for reading in recent]))
    return Fused(said, said.confidence * share, votes, stable, is_written(said.text, certainty))


def _weight(reading: Reading) -> float:
    """Support one reading lends: its certainty; an empty or hopeless one still counts a little."""
    return 0.05 + reading.transcript.certainty


def _groups(readings: Sequence[Reading], same: float) -> list[list[Reading]]:
    """Single-link groups of readings whose texts are close, in order of appearance."""
    groups: list[list[Reading]] = []
    for reading in readings:
        near = [group for group in groups if any(_alike(reading, other, same) for other in group)]
        merged = [other for group in near for other in group] + [reading]
        groups = [group for group in groups if not any(group is one for one in near)] + [merged]
    return groups


def _alike(a: Reading, b: Reading, same: float) -> bool:
    text_a, text_b = a.transcript.text, b.transcript.text
    if not text_a or not text_b:
        return text_a == text_b
    allowed = int(same * max(len(text_a), len(text_b)))
    return Levenshtein.distance(text_a, text_b, score_cutoff=allowed) <= allowed
