"""What a person did to the lines of a still picture besides their text, laid over the live view: lines that
were joined, split or drawn, or corrected though live was not following them, and the order.

The live view does not know these lines. They go where the lines around them go, which it does follow.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from camera_ocr.editing import EditedPage
from camera_ocr.geometry import intersection_area, quad_area, transform_quad
from camera_ocr.types import F32, F64, FrameResult, FusedLine

FIRST_ID = 1_000_000
"""Ids of such lines are below its negative: those of a held picture end long before."""
REPLACED = 0.2
"""A line that is gone from the page is part of one that was made when so much of it lies in that."""
SAME = 0.6
"""A line that appears live is the one that was made when the smaller of both lies in the other so far."""
NEAREST = 4
"""Lines around it that tell where one has gone."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """A line as it was on the still picture."""

    line: FusedLine
    by_hand: bool
    """A person wrote its text or drew its box."""
    sources: frozenset[int]
    """Ids of the lines it was made of, as far as they are followed live."""
    after: int | None
    """Id of the line that it followed on the page; None when it was the first."""


class Remade:
    """Of one live view; `ids` are those of lines whose text or box a person gave."""

    def __init__(self) -> None:
        self._made: tuple[_Made, ...] = ()
        self._still: dict[int, FusedLine] = {}
        """The lines of the still picture that are followed live."""
        self._known: frozenset[int] = frozenset()
        """Those of them that stay lines of their own beside what was made, or were taken away."""
        self._order: dict[int, int] = {}
        """Places on the page, by id; empty when the lines have the order that they had been read in."""

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(one.line.track_id for one in self._made if one.by_hand)

    def remember(self, page: EditedPage, lines: Sequence[FusedLine]) -> frozenset[int]:
        """`page` is what a person made of `lines`, as the reader gave them; both are of one still picture.

        Returns the ids of followed lines of which nothing is left on the page, in whatever form.
        """
        self._still = {line.track_id: line for line in lines if line.track_id > 0}
        ids = [line.track_id for line in page.lines]
        self._known = frozenset(ids) | page.removed
        gone = [line for line in self._still.values() if line.track_id not in self._known]
        as_read = {line.track_id for line in lines}
        made: list[_Made] = []
        below = min(-FIRST_ID, *ids, -FIRST_ID)
        renamed: dict[int, int] = {}
        for row, line in enumerate(page.lines):
            by_hand = line.track_id in page.by_hand
            if line.track_id > 0 or (line.track_id in as_read and not by_hand):
                continue
            new_id = line.track_id
            if new_id > -FIRST_ID:
                below -= 1
                new_id = below
            renamed[line.track_id] = new_id
            before = ids[row - 1] if row else None
            sources = frozenset(one.track_id for one in gone if _lies_in(one.quad, line.quad) >= REPLACED)
            named = dataclasses.replace(line, track_id=new_id)
            after = renamed.get(before, before) if before is not None else None
            made.append(_Made(named, by_hand, sources, after))
        self._made = tuple(made)
        followed = [one for one in ids if one in self._still]
        reordered = followed != [one for one in self._still if one in set(followed)]
        self._order = {one: place for place, one in enumerate(followed)} if reordered else {}
        return frozenset(line.track_id for line in gone) - frozenset().union(*(one.sources for one in made))

    def lay_over(self, result: FrameResult, seen: Sequence[FusedLine]) -> FrameResult:
        """`result` with what was made; the same object when nothing was.

        `seen`: the lines of the same picture as the reader gives them.
        """
        if not self._made and not self._order:
            return result
        inks = {line.track_id: line.ink for line in seen}
        # another ink on what it was made of: nobody has said anything about that
        self._made = tuple(one for one in self._made if not self._is_void(one, inks))
        anchors = [line for line in seen if self._is_followed(line)]
        lines = self._ordered(result.lines)
        height, width = result.frame.image.shape[:2]
        for made in self._made:
            if not anchors or (made.sources and not made.sources & inks.keys()):
                continue
            now = self._now(made.line, anchors)
            x, y = now.quad.mean(axis=0)
            if 0 <= x < width and 0 <= y < height:
                lines = self._put(lines, made, now)
        return dataclasses.replace(result, lines=tuple(lines))

    def _is_followed(self, line: FusedLine) -> bool:
        still = self._still.get(line.track_id)
        return still is not None and still.ink == line.ink

    def _is_void(self, made: _Made, inks: dict[int, int]) -> bool:
        return any(one in inks and inks[one] != self._still[one].ink for one in made.sources)

    def _ordered(self, lines: Sequence[FusedLine]) -> list[FusedLine]:
        ordered = list(lines)
        slots = [slot for slot, line in enumerate(lines) if line.track_id in self._order]
        there = sorted((lines[slot] for slot in slots), key=lambda line: self._order[line.track_id])
        for slot, line in zip(slots, there, strict=True):
            ordered[slot] = line
        return ordered

    def _put(self, lines: Sequence[FusedLine], made: _Made, now: FusedLine) -> list[FusedLine]:
        """`lines` with one that was made, as it is `now`, in place of what it was made of."""
        ids = [one.track_id for one in lines]
        first = next((i for i, one in enumerate(ids) if one in made.sources), len(lines))
        behind_another = ids.index(made.after) + 1 if made.after in ids else first
        row = 0 if made.after is None else behind_another
        before, behind = (
            [one for one in part if not self._is_the_same(one, made, now)]
            for part in (lines[:row], lines[row:])
        )
        return [*before, now, *behind]

    def _is_the_same(self, one: FusedLine, made: _Made, now: FusedLine) -> bool:
        if one.track_id in made.sources:
            return True
        if one.track_id in self._known or one.track_id <= -FIRST_ID:
            return False
        # found live only since
        smaller = min(quad_area(one.quad), quad_area(now.quad))
        return smaller > 0 and intersection_area(one.quad, now.quad) >= SAME * smaller

    def _now(self, line: FusedLine, anchors: Sequence[FusedLine]) -> FusedLine:
        """A line of the still picture where it is in this one."""
        way = self._way(line.quad, anchors)
        words = tuple(dataclasses.replace(word, quad=transform_quad(word.quad, way)) for word in line.words)
        return dataclasses.replace(line, quad=transform_quad(line.quad, way), words=words)

    def _way(self, quad: F32, anchors: Sequence[FusedLine]) -> F64:
        """(3, 3) from the still picture to this one, as the lines nearest to `quad` have gone: moved, turned
        and scaled."""
        middle = quad.mean(axis=0)

        def distance(line: FusedLine) -> float:
            return float(np.hypot(*(self._still[line.track_id].quad.mean(axis=0) - middle)))

        near = sorted(anchors, key=distance)[:NEAREST]
        start = np.concatenate([self._still[line.track_id].quad for line in near]).astype(np.float64)
        end = np.concatenate([line.quad for line in near]).astype(np.float64)
        # a similarity by least squares, points as complex numbers
        a, b = start @ [1, 1j], end @ [1, 1j]
        ma, mb = a.mean(), b.mean()
        spread = float((abs(a - ma) ** 2).sum())
        turn = complex(((b - mb) * (a - ma).conj()).sum()) / spread if spread > 0 else 1 + 0j
        shift = complex(mb - turn * ma)
        rows = [[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag], [0, 0, 1]]
        return np.array(rows, np.float64)


def _lies_in(quad: F32, other: F32) -> float:
    """Part of a quad that lies in another, 0..1."""
    area = quad_area(quad)
    return intersection_area(quad, other) / area if area > 0 else 0.0
