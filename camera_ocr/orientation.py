"""Which way up the writing of a picture is, in quarter turns: what reads best settles it.

A reader is less sure of writing that is upside down, by a third in the mean, and finds next to nothing in
writing that runs up or down the picture. Only pictures that read badly are looked at once more.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from camera_ocr.curve import turned_over
from camera_ocr.geometry import quad_angle_deg, quad_size
from camera_ocr.preprocess.parts import reframe
from camera_ocr.types import F32, F64, Frame, Page, Region, Transcript
from camera_ocr.written import is_written

SURE = 0.82
"""What reads with such certainty stands the right way up."""
BETTER = 0.08
"""Another way up must read with so much more certainty."""
SIDEWAYS = 0.6
"""Writing that is not sideways, though it may be upside down, mostly reads with such certainty."""
LINES = 6
"""So many lines, the longest, are enough to tell."""
CHARACTERS = 8
"""With less text than this nothing can be told."""

ASKEW_DEG = 60.0
"""Lines that are followed while the page is turned run another way when they are off by more than this; at
half a right angle they would waver."""

LIVE_SURE, LIVE_BETTER = 0.78, 0.15
"""The same in a live view, which changes, and is turned over for good reason only."""
LIVE_LINES = (2, 4)
"""At least and at most so many of its lines are read both ways."""

Find = Callable[[Frame], Sequence[Region]]
"""The lines of a frame."""
Read = Callable[[Frame, Sequence[Region]], Sequence[Transcript]]
"""What lines of a frame read."""


def certainty(said: Sequence[Transcript]) -> float:
    """Mean over all characters of their lines' certainty, 0..1; 0 without any."""
    return sum(len(one.text) * one.certainty for one in said) / max(1, sum(len(one.text) for one in said))


def quarter_turns(
    frame: Frame, regions: Sequence[Region], said: Sequence[Transcript], find: Find, read: Read
) -> int:
    """By how many quarters clockwise a frame is to be turned for its writing to stand upright, 0..3.

    Args:
        frame: as it is.
        regions: the lines found in it.
        said: what they read.
        find: finds the lines of a frame.
        read: reads lines of a frame.
    """
    best, turns = certainty(said), 0
    if best >= SURE and _is_text(said):
        return 0
    longest = np.argsort([-quad_size(one.quad)[0] for one in regions], kind="stable")[:LINES]
    # The same lines both ways: nothing else differs.
    as_is = certainty([said[i] for i in longest])
    over = read(frame, [upside_down(regions[i]) for i in longest])
    if _is_text(over) and certainty(over) > as_is + BETTER:
        best, turns = certainty(over), 2
    if best >= SIDEWAYS and _is_text(said):
        return turns
    aside = reframe(frame, frame.framing.turned(1))
    lines = sorted(find(aside), key=lambda one: -quad_size(one.quad)[0])[:LINES]
    for quarters, run in ((1, lines), (3, [upside_down(one) for one in lines])):
        other = read(aside, run)
        if _is_text(other) and certainty(other) > max(SIDEWAYS, best + BETTER):
            best, turns = certainty(other), quarters
    return turns


@dataclass(frozen=True, slots=True)
class _Said:
    """What is to be known of a reading; worked out once, a view that rests is asked thirty times a second."""

    characters: int
    certainty: float
    written: bool
    """It reads like something somebody wrote."""


class WayUp:
    """Whether the lines of a live view run the other way than they are taken to: some are read both ways.

    Lines are told by their tracks' numbers.
    """

    def __init__(self) -> None:
        self._as_is: dict[int, _Said] = {}
        self._over: dict[int, _Said] = {}

    def take(self, line: int, said: Transcript, *, over: bool = False) -> None:
        """What a line reads as it is or `over`, upside down."""
        certain = said.certainty
        told = _Said(len(said.text), certain, is_written(said.text, certain))
        (self._over if over else self._as_is)[line] = told

    def keep(self, lines: Iterable[int]) -> None:
        """Forget all lines but these."""
        kept = set(lines)
        self._as_is = {line: said for line, said in self._as_is.items() if line in kept}
        self._over = {line: said for line, said in self._over.items() if line in kept}

    def ask_anew(self) -> None:
        """The view jumped, and may be another way up than it was."""
        self._over = {}

    def doubtful(self, lines: Iterable[int]) -> int | None:
        """Which line in view should be read upside down; None when there is no doubt, or no longer."""
        fewest, most = LIVE_LINES
        read = {line: self._as_is[line] for line in lines if line in self._as_is}
        if len(read) < fewest or len(self._over) >= most or _mean(read.values()) >= LIVE_SURE:
            return None
        left = [line for line in read if line not in self._over]
        return max(left, key=lambda line: read[line].characters, default=None)

    def reads(self, lines: Iterable[int], least: int = 1) -> bool:
        """Whether the lines in view, as they are taken to run, read well enough not to lie sideways, and are
        at least so many characters.
        """
        said = [self._as_is[line] for line in lines if line in self._as_is]
        return sum(one.characters for one in said if one.written) >= least and _mean(said) >= SIDEWAYS

    def written(self, lines: Iterable[int]) -> list[int]:
        """Those of the lines that read like something somebody wrote."""
        return [line for line in lines if line in self._as_is and self._as_is[line].written]

    def is_over(self) -> bool:
        """Whether they read better upside down, beyond doubt."""
        over = self._over.values()
        if len(over) < LIVE_LINES[0] or sum(one.characters for one in over) < CHARACTERS:
            return False
        return _mean(over) > _mean([self._as_is[line] for line in self._over]) + LIVE_BETTER


def _mean(said: Collection[_Said]) -> float:
    """As `certainty`."""
    characters = sum(one.characters for one in said)
    return sum(one.characters * one.certainty for one in said) / max(1, characters)


def turns_of_lines(quads: Sequence[F32], turns: int) -> int:
    """By how many quarters clockwise a view is to be turned for these lines, at least one, to run level.

    `turns` is what it was turned by so far, and stays until the lines run some other way, not just askew.
    """
    angles = np.deg2rad([quad_angle_deg(quad) for quad in quads])
    angle = float(np.rad2deg(np.angle(np.exp(1j * angles).sum())))
    askew = (angle - 90 * turns + 180) % 360 - 180
    return turns if abs(askew) <= ASKEW_DEG else round(angle / 90) % 4


def upside_down(line: Region) -> Region:
    """The same line for writing that runs the other way."""
    quad = np.ascontiguousarray(np.roll(line.quad, 2, axis=0))
    return replace(line, quad=quad, curve=turned_over(line.curve))


def turned_back(frame: Frame, turns: int) -> F64:
    """(3, 3) from px of the frame's picture turned clockwise by so many quarters to px of the frame."""
    height, width = frame.image.shape[:2]
    right, bottom = float(width - 1), float(height - 1)
    maps = (
        np.eye(3),
        np.array([[0, 1, 0], [-1, 0, bottom], [0, 0, 1.0]]),
        np.array([[-1, 0, right], [0, -1, bottom], [0, 0, 1.0]]),
        np.array([[0, -1, right], [1, 0, 0], [0, 0, 1.0]]),
    )
    return np.asarray(maps[turns % 4], np.float64)


def page_of_frame(page: Page, frame: Frame, turns: int) -> Page:
    """The page of a frame's picture that was turned clockwise by so many quarters, as one of the frame."""
    return replace(page, to_frame=turned_back(frame, turns) @ page.to_frame) if turns else page


def _is_text(said: Sequence[Transcript]) -> bool:
    return sum(len(one.text) for one in said) >= CHARACTERS
