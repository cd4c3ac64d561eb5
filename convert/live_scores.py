"""What became of each line of a film: was it followed, was it read, did its text stand still.

Identity is measured as multiple-object tracking does: CLEAR MOT's switches and fragmentations (Bernardin and
Stiefelhagen 2008) and IDF1 (Ristani et al. 2016).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from scipy.optimize import linear_sum_assignment

from camera_ocr.geometry import intersection_area, quad_area
from camera_ocr.types import F32
from convert.line_scores import edit_distance, plain
from convert.scenes.truth import TrueLine

SAME_PLACE = 0.5
"""IoU from which a shown line and a true one are taken for the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A true line in one frame."""

    number: int
    quad: F32
    text: str
    legible: bool
    findable: bool


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A line as the view shows it in one frame."""

    track: int
    quad: F32
    text: str
    stable: bool


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """One frame of a film, and what was shown over it."""

    t_s: float
    seen: tuple[Seen, ...]
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    line_frames: int = 0
    """Lines to be followed, counted in every frame."""
    followed: int = 0
    """Of these, in how many frames a track lay on them."""
    switches: int = 0
    fragmentations: int = 0
    """How often a line that was in view all the time was lost and found again."""
    returns: int = 0
    """How often a line came back that had been out of view for a second or more."""
    kept: int = 0
    """How many of the returns had the identity from before."""
    id_true: int = 0
    id_found: int = 0
    """Line-frames of all tracks."""
    id_matched: int = 0

    @property
    def idf1(self) -> float:
        return 2 * self.id_matched / max(1, self.id_true + self.id_found)

    @property
    def switches_per_1000(self) -> float:
        return 1000 * self.switches / max(1, self.line_frames)

    def __add__(self, other: "Identity") -> "Identity":
        mine, others = ([getattr(one, name) for name in self.__slots__] for one in (self, other))
        return Identity(*(a + b for a, b in zip(mine, others, strict=True)))


@dataclass(slots=True)
class LineStory:
    """What was shown for one true line, frame by frame in which it was legible and followed."""

    text: str
    born_s: float
    """When it could first be read."""
    times: list[float] = field(default_factory=list)
    """Of all frames in which it was legible."""
    texts: list[str] = field(default_factory=list)
    """What was shown in these, empty for nothing."""
    stable: list[bool] = field(default_factory=list)

    def edits_at(self, after_s: float) -> int | None:
        """Edits of what was shown `after_s` seconds after the line appeared; None when it is not in view
        then."""
        at = int(np.searchsorted(self.times, self.born_s + after_s - 1e-6))
        if at >= len(self.times) or self.times[at] > self.born_s + after_s + 0.2:
            return None
        return edit_distance(self.texts[at], self.text)

    def flips(self) -> int:
        """How often a text was replaced by another."""
        known = [text for text in self.texts if text]
        return sum(a != b for a, b in pairwise(known))

    def changes_when_stable(self) -> int:
        """How often the text was replaced after it had been called stable."""
        changes, held = 0, None
        for text, stable in zip(self.texts, self.stable, strict=True):
            if held is not None and text and text != held:
                changes += 1
                held = text
            if stable and text:
                held = text
        return changes

    def first_text_s(self) -> float | None:
        """Seconds from its appearance to its first text."""
        return next((t - self.born_s for t, text in zip(self.times, self.texts, strict=True) if text), None)


def box_of(line: TrueLine) -> F32:
    """(4, 2) quad around a line's polygon along its baseline, as a tracker would have it."""
    along = line.baseline[-1] - line.baseline[0]
    along = along / max(1e-6, float(np.hypot(*along)))
    axes = np.array([along, (-along[1], along[0])])
    at = line.polygon @ axes.T
    (x0, y0), (x1, y1) = at.min(axis=0), at.max(axis=0)
    return np.ascontiguousarray(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]) @ axes, np.float32)


def seen_of(lines: Sequence[TrueLine]) -> tuple[Seen, ...]:
    return tuple(Seen(line.number, box_of(line), line.text, line.legible, line.findable) for line in lines)


def overlap_table(moment: Moment) -> np.ndarray:
    """(seen, shown) IoU."""
    table = np.zeros((len(moment.seen), len(moment.shown)))
    for i, seen in enumerate(moment.seen):
        for j, shown in enumerate(moment.shown):
            common = intersection_area(seen.quad, shown.quad)
            if common:
                table[i, j] = common / (quad_area(seen.quad) + quad_area(shown.quad) - common)
    return table


def follow(moments: Sequence[Moment]) -> tuple[Identity, list[dict[int, int]]]:
    """Identity over a film, and for each of its frames which shown line lies on which true one: number ->
    index in `shown`.

    A pair of the frame before is kept as long as it overlaps; the others are assigned at least cost. Lines
    that need not be found, and tracks on them, do not count.
    """
    switches = fragmentations = returns = kept = line_frames = followed = found = 0
    last_track: dict[int, int] = {}
    last_held: dict[int, bool] = {}
    gone_since: dict[int, float] = {}
    in_view: dict[int, float] = {}
    common: dict[tuple[int, int], int] = {}
    pairs_of: list[dict[int, int]] = []
    for moment in moments:
        table = overlap_table(moment)
        pairs = _pairs(moment, table, last_track)
        pairs_of.append(pairs)
        ignored = {
            j
            for j in range(len(moment.shown))
            if j not in pairs.values() and _on_unfindable(moment, table[:, j])
        }
        for seen in moment.seen:
            if not seen.findable:
                continue
            line_frames += 1
            number = seen.number
            away = moment.t_s - in_view.get(number, moment.t_s)
            in_view[number] = moment.t_s
            if away >= 1.0:
                gone_since[number] = moment.t_s
            held = number in pairs
            if held:
                followed += 1
                track = moment.shown[pairs[number]].track
                common[number, track] = common.get((number, track), 0) + 1
                before = last_track.get(number)
                if before is not None and number in gone_since:
                    returns += 1
                    kept += before == track
                if before is not None and before != track:
                    switches += 1
                elif before is not None and not last_held.get(number, True) and number not in gone_since:
                    fragmentations += 1
                gone_since.pop(number, None)
                last_track[number] = track
            last_held[number] = held
        findable = {seen.number for seen in moment.seen if seen.findable}
        found += sum(
            j not in ignored and (j not in pairs.values() or _number_of(pairs, j) in findable)
            for j in range(len(moment.shown))
        )
    matched = _best_identity(common)
    return (
        Identity(line_frames, followed, switches, fragmentations, returns, kept, line_frames, found, matched),
        pairs_of,
    )


def stories(moments: Sequence[Moment], pairs_of: Sequence[dict[int, int]]) -> dict[int, LineStory]:
    """What was shown for each line that could be read at some time."""
    told: dict[int, LineStory] = {}
    for moment, pairs in zip(moments, pairs_of, strict=True):
        for seen in moment.seen:
            if not seen.legible:
                continue
            story = told.setdefault(seen.number, LineStory(seen.text, moment.t_s))
            shown = moment.shown[pairs[seen.number]] if seen.number in pairs else None
            story.times.append(moment.t_s)
            story.texts.append(plain(shown.text) if shown else "")
            story.stable.append(shown.stable if shown else False)
    return told


def _pairs(moment: Moment, table: np.ndarray, last_track: dict[int, int]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    free = set(range(len(moment.shown)))
    rest = []
    for i, seen in enumerate(moment.seen):
        before = last_track.get(seen.number)
        j = next((j for j in free if moment.shown[j].track == before), None)
        if j is not None and table[i, j] >= SAME_PLACE:
            pairs[seen.number] = j
            free.discard(j)
        else:
            rest.append(i)
    columns = sorted(free)
    if rest and columns:
        cost = 1 - table[np.ix_(rest, columns)]
        cost[cost > 1 - SAME_PLACE] = 10.0
        for a, b in zip(*linear_sum_assignment(cost), strict=True):
            if cost[a, b] < 10.0:
                pairs[moment.seen[rest[a]].number] = columns[b]
    return pairs


def _on_unfindable(moment: Moment, overlaps: np.ndarray) -> bool:
    if not overlaps.size or overlaps.max() <= 0:
        return False
    return not moment.seen[int(overlaps.argmax())].findable


def _number_of(pairs: dict[int, int], j: int) -> int:
    return next(number for number, other in pairs.items() if other == j)


def _best_identity(common: dict[tuple[int, int], int]) -> int:
    """Line-frames in which lines and tracks agree when each line is given one track for the whole film."""
    if not common:
        return 0
    numbers = sorted({number for number, _ in common})
    tracks = sorted({track for _, track in common})
    table = np.zeros((len(numbers), len(tracks)))
    for (number, track), count in common.items():
        table[numbers.index(number), tracks.index(track)] = count
    rows, columns = linear_sum_assignment(-table)
    return int(table[rows, columns].sum())
