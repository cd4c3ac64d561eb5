"""Text put right by a person, laid over what the reader says."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence

from camera_ocr.curve import part_of_line
from camera_ocr.types import F32, FrameResult, FusedLine, Word


class Corrections:
    """What a person said about lines that are followed live, kept while they show the same ink."""

    def __init__(self) -> None:
        self._said: dict[int, tuple[str | None, int]] = {}
        """By track id: the text, None for a line that was taken away; and which ink of the line it is for."""

    @property
    def ids(self) -> frozenset[int]:
        """Lines whose text a person gave."""
        return frozenset(one for one, (text, _) in self._said.items() if text is not None)

    def remember(
        self, texts: Mapping[int, str], removed: Collection[int], lines: Sequence[FusedLine]
    ) -> None:
        """For those of `lines`, which are all of one picture, nothing else than this is said any more.

        Lines with negative ids are left out: they belong to one held picture, not to the live view.
        """
        for line in lines:
            self._said.pop(line.track_id, None)
            if line.track_id > 0 and (line.track_id in texts or line.track_id in removed):
                self._said[line.track_id] = texts.get(line.track_id), line.ink

    def lay_over(self, result: FrameResult) -> FrameResult:
        """`result` with what was said; the same object when nothing is to be said about it.

        What was said about a line that shows other ink by now is forgotten.
        """
        for line in result.lines:
            if line.track_id in self._said and self._said[line.track_id][1] != line.ink:
                del self._said[line.track_id]
        if not any(line.track_id in self._said for line in result.lines):
            return result
        lines = []
        for line in result.lines:
            text = self._said[line.track_id][0] if line.track_id in self._said else line.text
            if text is not None:
                lines.append(correct_line(line, text) if line.track_id in self._said else line)
        return dataclasses.replace(result, lines=tuple(lines))


def correct_line(line: FusedLine, text: str) -> FusedLine:
    """`line` saying `text`, certain and stable, since a person wrote it.

    Words keep their boxes while their number is the same, and those that stay what else they may say; else
    each gets the part of the line that its characters are of the text.
    """
    texts = text.split()
    if len(texts) == len(line.words):
        words = [
            Word(new, old.quad, 1.0, old.alternatives if old.text == new else ())
            for new, old in zip(texts, line.words, strict=True)
        ]
    else:
        words = [Word(*one, 1.0) for one in zip(texts, _shares(line, texts), strict=True)]
    return dataclasses.replace(
        line,
        text=" ".join(texts),
        confidence=1.0,
        stable=True,
        words=tuple(words),
    )


def _shares(line: FusedLine, words: list[str]) -> list[F32]:
    total = max(1, len(" ".join(words)))
    boxes: list[F32] = []
    at = 0
    for word in words:
        boxes.append(part_of_line(line.quad, line.curve, at / total, (at + len(word)) / total))
        at += len(word) + 1
    return boxes
