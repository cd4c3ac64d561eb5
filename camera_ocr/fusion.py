"""Many readings of one line made into one text.

Readings are grouped by edit distance; the group with most support wins, and its most confident reading is the
text. Whole readings are weighed, never single characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from camera_ocr.types import Reading

SAME = 0.25
"""Readings differing in at most this share of their characters are one group."""
KEEP = 12
"""Older readings of a track are let go, so that the text can follow what is written."""
STABLE_VOTES = 2
SURE = 0.9
"""One reading of this confidence counts as stable."""


@dataclass(frozen=True, slots=True)
class FusionRules:
    """Which readings are taken together."""

    same: float = SAME
    keep: int = KEEP


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """What the readings of a line come to."""

    best: Reading | None
    """The reading whose text is taken; None when there is none."""
    confidence: float
    """0..1: the best reading's own, times its group's share of the support."""
    votes: int
    """Readings in the group that won."""
    stable: bool

    @property
    def text(self) -> str:
        return self.best.transcript.text if self.best else ""


NOTHING = Fused(None, 0.0, 0, False)


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
    best = max(group, key=lambda reading: (reading.transcript.confidence, reading.frame_index))
    share = support[winner] / sum(support)
    votes = len(group)
    agreed = votes >= STABLE_VOTES and votes > len(recent) / 2
    stable = agreed or (len(recent) == 1 and best.transcript.confidence >= SURE)
    return Fused(best, best.transcript.confidence * share, votes, stable)


def _weight(reading: Reading) -> float:
    """Support one reading lends: its confidence; an empty or hopeless one still counts a little."""
    return 0.05 + reading.transcript.confidence


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
