"""Pieces of a line between the spaces that a CTC-trained net is sure of, and which of them are in doubt."""

from dataclasses import dataclass

import numpy as np

from camera_ocr.types import F32

CLASS_FLOOR = 1e-2
"""Classes less probable than this in a frame are not followed, unless they are its best."""
_SURE_SPACE = 0.95
"""A space this sure ends a piece of the line."""
_SURE_RUN = 0.85
"""A character this sure somewhere in its frames is not in doubt, where hardly anything else is probable."""
_DOUBT = 0.04
"""Probability of what fits neither the character before nor that after, from which a frame is in doubt."""


@dataclass(frozen=True, slots=True)
class Run:
    """Frames in which one class, not the blank, is the best."""

    label: int
    begin: int
    end: int
    probability: float
    """The greatest."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the line between spaces that are sure, which are none of its frames."""

    begin: int
    end: int
    runs: tuple[Run, ...]
    space: Run | None
    """The space before it; None at the line's beginning."""


def cut(probabilities: F32, blank: int, space: int) -> list[Piece]:
    """The pieces of a line, from left to right.

    Args:
        probabilities: (T, classes).
        blank: class of the blank.
        space: class of the space.
    """
    best = probabilities.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts[1:], len(best))
    certainty = np.maximum.reduceat(probabilities[np.arange(len(best)), best], starts)
    maybe_space = (probabilities[:, space] >= CLASS_FLOOR).tolist()
    pieces: list[Piece] = []
    runs: list[Run] = []
    begin, before = 0, None
    for label, start, end, p in zip(
        best[starts].tolist(), starts.tolist(), ends.tolist(), certainty.tolist(), strict=True
    ):
        if label == blank:
            continue
        run = Run(label, start, end, p)
        if label != space or p < _SURE_SPACE:
            runs.append(run)
            continue
        while start > begin and maybe_space[start - 1]:
            start -= 1
        while end < len(best) and maybe_space[end]:
            end += 1
        pieces.append(Piece(begin, start, _trimmed(runs, space), before))
        runs, begin, before = [], end, run
    return [*pieces, Piece(begin, len(best), _trimmed(runs, space), before)]


def _trimmed(runs: list[Run], space: int) -> tuple[Run, ...]:
    """Without spaces at either end, and with one where there are several."""
    kept: list[Run] = []
    for run in runs:
        if run.label != space or (kept and kept[-1].label != space):
            kept.append(run)
    if kept and kept[-1].label == space:
        kept.pop()
    return tuple(kept)


def in_doubt(probabilities: F32, pieces: list[Piece], blank: int) -> list[bool]:
    """For each piece, whether there is more than one text it may have."""
    frames = np.arange(len(probabilities))
    before = np.full(len(frames), blank)
    after = np.full(len(frames), blank)
    known = np.zeros(len(frames), bool)
    doubts = []
    for piece in pieces:
        at = piece.begin
        unsure = piece.begin >= piece.end and bool(piece.runs)
        last = None
        for run in piece.runs:
            after[at : run.end] = run.label
            before[run.begin : piece.end] = run.label
            unsure |= run.probability < _SURE_RUN
            if last is not None and last.label == run.label:
                # a letter twice, or once with a gap
                unsure |= bool(probabilities[last.end : run.begin, blank].max(initial=0) < _SURE_RUN)
            at, last = run.end, run
        known[piece.begin : piece.end] = True
        doubts.append(unsure)
    fitting = probabilities[:, blank].copy()
    fitting += np.where(before != blank, probabilities[frames, before], 0)
    fitting += np.where((after != blank) & (after != before), probabilities[frames, after], 0)
    unfit = np.concatenate([[0], np.cumsum((fitting < 1 - _DOUBT) & known)]).tolist()
    return [
        unsure or unfit[piece.end] > unfit[piece.begin] for unsure, piece in zip(doubts, pieces, strict=True)
    ]
