"""Figures of the live view, summed over films."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from convert.line_scores import plain
from convert.live_play import Run
from convert.live_scores import Identity, LineStory, follow, stories

AFTER_S = (0.5, 1.0, 2.0, 3.0, 5.0)
SETTLED_S = 3.0
"""After this the published text is held against that of single frames."""
REST_S = 3.0
"""A camera that rests has read all there is by then."""


@dataclass(slots=True)
class Tally:
    """Sums over films."""

    films: int = 0
    identity: Identity = field(default_factory=Identity)
    seconds: float = 0.0
    after: dict[float, list[int]] = field(default_factory=lambda: {after: [0, 0] for after in AFTER_S})
    """Edits and characters of published text so long after its line appeared."""
    settled: list[int] = field(default_factory=lambda: [0, 0])
    """The same of all frames after SETTLED_S."""
    single: list[float] = field(default_factory=list)
    """CER of each single frame."""
    settled_beats: list[tuple[float, float, float]] = field(default_factory=list)
    """Film by film: CER of the settled text, mean and median CER of its single frames."""
    flips: int = 0
    changes_when_stable: int = 0
    lines: int = 0
    reads: int = 0
    first_text_s: list[float] = field(default_factory=list)
    """By page: from its appearance to its first text."""
    all_text_s: list[float] = field(default_factory=list)
    unread: int = 0
    """Pages of which some line was never read."""
    rest_reads: int = 0
    rest_s: float = 0.0
    rest_cpu_s: float = 0.0

    def add(self, run: Run, kind: str, fps: float, turned_at_s: float | None) -> None:
        self.films += 1
        identity, pairs = follow(run.moments)
        self.identity += identity
        told = stories(run.moments, pairs)
        seconds = len(run.cpu_s) / fps
        self.seconds += seconds
        self.reads += len(run.reads_at)
        settled = [0, 0]
        for story in told.values():
            characters = len(plain(story.text))
            self.lines += 1
            self.flips += story.flips()
            self.changes_when_stable += story.changes_when_stable()
            for after, counts in self.after.items():
                edits = story.edits_at(after)
                if edits is not None:
                    counts[0], counts[1] = counts[0] + edits, counts[1] + characters
            for at in np.arange(SETTLED_S, seconds, 0.5):
                edits = story.edits_at(float(at))
                if edits is not None:
                    settled[0], settled[1] = settled[0] + edits, settled[1] + characters
        self.settled = [a + b for a, b in zip(self.settled, settled, strict=True)]
        rates = [edits / characters for edits, characters in run.single]
        self.single += rates
        if settled[1] and rates:
            beats = (settled[0] / settled[1], float(np.mean(rates)), float(np.median(rates)))
            self.settled_beats.append(beats)
        self._add_pages(told, turned_at_s)
        if kind == "rest":
            self.rest_s += max(0.0, seconds - REST_S)
            self.rest_reads += sum(t >= REST_S for t in run.reads_at)
            self.rest_cpu_s += sum(run.cpu_s[round(REST_S * fps) :])

    def _add_pages(self, told: dict[int, LineStory], turned_at_s: float | None) -> None:
        begins = [0.0] if turned_at_s is None else [0.0, turned_at_s]
        for begin in begins:
            # lines that come into view later, out from behind a hand, have a time of their own
            page = [story for story in told.values() if begin <= story.born_s < begin + 0.1]
            times = [story.first_text_s() for story in page]
            known = [t for t in times if t is not None]
            if known:
                self.first_text_s.append(min(known))
            if len(known) == len(times) and known:
                self.all_text_s.append(max(known))
            else:
                self.unread += 1

    def figures(self) -> dict[str, Any]:
        minutes = max(1e-9, self.seconds / 60)
        identity = self.identity
        beats = np.mean(self.settled_beats, axis=0).tolist() if self.settled_beats else None
        return {
            "film_s": round(self.seconds, 1),
            "lines": self.lines,
            "followed": identity.followed / max(1, identity.line_frames),
            "switches": identity.switches,
            "switches_per_1000": identity.switches_per_1000,
            "fragmentations": identity.fragmentations,
            "idf1": identity.idf1,
            "returns_kept": f"{identity.kept} of {identity.returns}",
            "cer_after": {f"{after} s": _rate(counts) for after, counts in self.after.items()},
            "cer_settled": _rate(self.settled),
            "cer_single_mean": float(np.mean(self.single)) if self.single else None,
            "cer_single_median": float(np.median(self.single)) if self.single else None,
            # each film counts alike here, as it does in the mean of the single frames
            "cer_settled_by_film": beats[0] if beats else None,
            "less_than_single_by_film": 1 - beats[0] / max(1e-9, beats[1]) if beats else None,
            "films_worse_than_median_frame": sum(a > c + 1e-9 for a, _, c in self.settled_beats),
            "flips_a_minute": self.flips / minutes,
            "flips_a_line_minute": self.flips / minutes / max(1, self.lines) * self.films,
            "stable_changes_a_line_minute": self.changes_when_stable
            / minutes
            / max(1, self.lines)
            * self.films,
            "stable_changes": self.changes_when_stable,
            "reads_a_line": self.reads / max(1, self.lines),
            "first_text_s": _middle(self.first_text_s),
            "all_text_s": _middle(self.all_text_s),
            "pages_not_wholly_read": self.unread,
            "rest_reads": self.rest_reads if self.rest_s else None,
            "rest_cpu_percent": 100 * self.rest_cpu_s / self.rest_s if self.rest_s else None,
        }


def _rate(counts: Sequence[int]) -> float | None:
    return counts[0] / counts[1] if counts[1] else None


def _middle(values: Sequence[float]) -> dict[str, float] | None:
    return {"median": float(np.median(values)), "worst": max(values)} if values else None
