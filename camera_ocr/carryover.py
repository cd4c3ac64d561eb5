"""What was known of a live view, carried over to a still reading of the same picture.

A still picture is read once and without the tracker, so its lines have numbers of their own, and a line that
live was read many times, and voted on, may come out worse.
"""

import dataclasses

from camera_ocr.detection.order import reading_order
from camera_ocr.geometry import intersection_area, quad_area, quad_iou
from camera_ocr.types import FrameResult, FusedLine

SAME_PLACE_IOU = 0.4
"""Boxes that overlap this much are the same line in two pictures taken one after the other."""
COVERED = 0.3
"""A line is new to the other result when less than this part of it is covered there."""


def carry_over(still: FrameResult, live: FrameResult) -> FrameResult:
    """`still` with the lines of `live`, which is of the same picture or the one just before, taken in.

    Lines in the same place get the live line's track id; others a negative id, which no track has. Of the two
    texts the surer one stays, the live one only if it was stable. Stable lines that the still reading missed
    are added. Lines are in reading order.
    """
    free = {line.track_id: line for line in live.lines}
    lines: list[FusedLine] = []
    for number, line in enumerate(still.lines, start=1):
        known = _same_place(line, free)
        if known is None:
            lines.append(dataclasses.replace(line, track_id=-number))
        else:
            del free[known.track_id]
            surer = known.stable and known.text and known.confidence > line.confidence
            lines.append(known if surer else dataclasses.replace(line, track_id=known.track_id))
    missed = [line for line in free.values() if line.stable and line.text and _is_new(line, still)]
    if missed:
        lines += missed
        lines = [lines[i] for i in reading_order([line.quad for line in lines])]
    return dataclasses.replace(still, lines=tuple(lines))


def _same_place(line: FusedLine, known: dict[int, FusedLine]) -> FusedLine | None:
    best = max(known.values(), key=lambda other: quad_iou(line.quad, other.quad), default=None)
    return best if best is not None and quad_iou(line.quad, best.quad) >= SAME_PLACE_IOU else None


def _is_new(line: FusedLine, result: FrameResult) -> bool:
    covered = sum(intersection_area(line.quad, other.quad) for other in result.lines)
    return covered < COVERED * quad_area(line.quad)
