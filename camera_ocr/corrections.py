"""Text put right by a person, laid over what the reader says."""

import dataclasses
from collections.abc import Mapping

from camera_ocr.geometry import sub_quad
from camera_ocr.types import F32, FrameResult, FusedLine, Word


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
