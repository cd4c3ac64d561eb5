"""Text put right by a person, laid over what the reader says."""

import dataclasses
from collections.abc import Mapping

from camera_ocr.geometry import quad_iou, sub_quad
from camera_ocr.types import F32, FrameResult, FusedLine, Word

SAME_PLACE_IOU = 0.4
"""Two boxes that overlap this much are the same line in two pictures taken one after the other."""


def corrected(result: FrameResult, texts: Mapping[int, str]) -> FrameResult:
    """`result` with the lines whose track ids are in `texts` saying that; the same object when none is."""
    if not any(line.track_id in texts for line in result.lines):
        return result
    lines = tuple(
        correct_line(line, texts[line.track_id]) if line.track_id in texts else line for line in result.lines
    )
    return dataclasses.replace(result, lines=lines)


def correct_line(line: FusedLine, text: str) -> FusedLine:
    """`line` saying `text`, certain and stable, since a person wrote it.

    Words keep their boxes while their number is the same; else each gets the part of the line that its
    characters are of the text.
    """
    words = text.split()
    same = len(words) == len(line.words)
    boxes = [word.quad for word in line.words] if same else _shares(line.quad, words)
    return dataclasses.replace(
        line,
        text=" ".join(words),
        confidence=1.0,
        stable=True,
        words=tuple(Word(word, box, 1.0) for word, box in zip(words, boxes, strict=True)),
    )


def _shares(quad: F32, words: list[str]) -> list[F32]:
    total = max(1, len(" ".join(words)))
    boxes: list[F32] = []
    at = 0
    for word in words:
        boxes.append(sub_quad(quad, at / total, (at + len(word)) / total))
        at += len(word) + 1
    return boxes


def with_ids_of(result: FrameResult, before: FrameResult) -> FrameResult:
    """`result` with each line under the track id of the line of `before` that lies in the same place.

    A still picture is read without the tracker, so its lines are numbered anew; this keeps selection and
    corrections with their lines. Lines that are new get negative ids, which no track has.
    """
    free = {line.track_id: line.quad for line in before.lines}
    lines: list[FusedLine] = []
    for number, line in enumerate(result.lines, start=1):
        overlaps = {track_id: quad_iou(line.quad, quad) for track_id, quad in free.items()}
        best = max(overlaps, key=lambda track_id: overlaps[track_id], default=None)
        if best is None or overlaps[best] < SAME_PLACE_IOU:
            best = -number
        free.pop(best, None)
        lines.append(dataclasses.replace(line, track_id=best))
    return dataclasses.replace(result, lines=tuple(lines))
