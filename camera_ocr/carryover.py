"""What was known of a live view, carried over to a still reading of the same picture.

A still picture is read once and without the tracker, so its lines have numbers of their own, and a line that
live was read many times, and voted on, may come out worse.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from camera_ocr.detection.order import reading_order
from camera_ocr.geometry import intersection_area, quad_area, quad_size
from camera_ocr.types import F32, FrameResult, FusedLine

SAME_PLACE = 0.6
"""Boxes of one height share this part of the smaller one when they hold the same line: one of them may be too
long, but neighbouring lines hardly overlap."""
SAME_HEIGHT = 1.6
"""Heights of boxes of the same line differ by less than this factor."""
COVERED = 0.3
"""A line was missed when less than this part of it lies in boxes of the other result."""


def carry_over(still: FrameResult, live: FrameResult) -> FrameResult:
    """`still` with the lines of `live`, which is of the same picture or the one just before, taken in.

    Lines in the same place get the live line's track id; others a negative id, which no track has and which
    holds for this result only. Of the two texts the surer one stays, the live one only if it was stable.
    Stable lines that the still reading missed are added. Lines are in reading order.
    """
    free = {line.track_id: line for line in live.lines}
    places = _Places(live.lines)
    lines: list[FusedLine] = []
    for number, line in enumerate(still.lines, start=1):
        known = _same_place(line, [free[i] for i in places.meeting(line.quad) if i in free])
        if known is None:
            lines.append(dataclasses.replace(line, track_id=-number))
        else:
            del free[known.track_id]
            surer = known.stable and known.text and known.confidence > line.confidence
            same = dataclasses.replace(line, track_id=known.track_id, ink=known.ink)
            lines.append(known if surer else same)
    missed = [line for line in free.values() if line.stable and line.text and _is_missed(line, lines)]
    if missed:
        lines += missed
        lines = [lines[i] for i in reading_order([line.quad for line in lines])]
    return dataclasses.replace(still, lines=tuple(lines))


class _Places:
    """Finds lines by their upright boxes: comparing every line with every other takes long on a full page."""

    def __init__(self, lines: Sequence[FusedLine]) -> None:
        self._ids = [line.track_id for line in lines]
        quads = np.array([line.quad for line in lines], np.float32).reshape(-1, 4, 2)
        self._low, self._high = quads.min(axis=1), quads.max(axis=1)

    def meeting(self, quad: F32) -> list[int]:
        """Track ids of the lines whose boxes meet that of `quad`."""
        meets = (self._low <= quad.max(axis=0)) & (self._high >= quad.min(axis=0))
        return [self._ids[i] for i in np.flatnonzero(meets.all(axis=1))]


def _same_place(line: FusedLine, known: Sequence[FusedLine]) -> FusedLine | None:
    best = max(known, key=lambda other: _shared(line, other), default=None)
    return best if best is not None and _shared(line, best) >= SAME_PLACE else None


def _shared(a: FusedLine, b: FusedLine) -> float:
    """Part of the smaller box that lies in the other, 0..1; 0 when their heights differ too much."""
    heights = sorted(quad_size(line.quad)[1] for line in (a, b))
    smaller = min(quad_area(a.quad), quad_area(b.quad))
    if smaller <= 0 or heights[1] > SAME_HEIGHT * heights[0]:
        return 0.0
    return intersection_area(a.quad, b.quad) / smaller


def _is_missed(line: FusedLine, found: Sequence[FusedLine]) -> bool:
    covered = sum(intersection_area(line.quad, other.quad) for other in found)
    return covered < COVERED * quad_area(line.quad)
