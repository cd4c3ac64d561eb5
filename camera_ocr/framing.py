"""How a picture is turned before it is read, and which parts of it are read."""

from dataclasses import dataclass, replace
from enum import Flag

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as fractions 0..1 of the picture's width and height."""
SMALLEST = 0.01
"""A part of the picture with a shorter side, as a fraction of the picture, is none."""


class Edge(Flag):
    """Of a box; two that meet are a corner, none is its inside."""

    NONE = 0
    LEFT = 1
    TOP = 2
    RIGHT = 4
    BOTTOM = 8


def moved(box: Box, across: float, down: float) -> Box:
    """The box as large as it is, moved by fractions of the picture as far as there is picture."""
    left, top, right, bottom = box
    across = min(1.0 - right, max(-left, across))
    down = min(1.0 - bottom, max(-top, down))
    return left + across, top + down, right + across, bottom + down


def stretched(box: Box, edges: Edge, across: float, down: float, smallest: float = 2 * SMALLEST) -> Box:
    """The box with `edges` of it moved by fractions of the picture, within the picture.

    No side gets shorter than `smallest`, a fraction of the picture, so no edge passes the opposite one.
    """
    left, top, right, bottom = box
    if edges & Edge.LEFT:
        left = max(0.0, min(left + across, right - smallest))
    if edges & Edge.RIGHT:
        right = min(1.0, max(right + across, left + smallest))
    if edges & Edge.TOP:
        top = max(0.0, min(top + down, bottom - smallest))
    if edges & Edge.BOTTOM:
        bottom = min(1.0, max(bottom + down, top + smallest))
    return left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Framing:
    """First the picture is turned, then mirrored; the regions are parts of what comes out."""

    turns: int = 0
    """Quarter turns clockwise, 0..3."""
    mirrored: bool = False
    """Left and right are swapped."""
    regions: tuple[Box, ...] = ()
    """Only these are read; the whole picture when empty."""

    @property
    def is_plain(self) -> bool:
        return self == PLAIN

    def turned(self, quarters: int = 1) -> "Framing":
        """The picture as it is seen now, turned clockwise; its regions go along."""
        boxes = self.regions
        for _ in range(quarters % 4):
            boxes = tuple((1 - bottom, left, 1 - top, right) for left, top, right, bottom in boxes)
        turns = self.turns + (-quarters if self.mirrored else quarters)
        return Framing(turns % 4, self.mirrored, boxes)

    def flipped(self) -> "Framing":
        """The picture as it is seen now, mirrored; its regions go along."""
        boxes = tuple((1 - right, top, 1 - left, bottom) for left, top, right, bottom in self.regions)
        return Framing(self.turns, not self.mirrored, boxes)

    def with_region(self, box: Box) -> "Framing":
        """One more region; the same framing when the box is too small to be one."""
        left, top, right, bottom = (min(1.0, max(0.0, value)) for value in box)
        if right - left < SMALLEST or bottom - top < SMALLEST:
            return self
        return replace(self, regions=(*self.regions, (left, top, right, bottom)))

    def with_region_changed(self, number: int, box: Box) -> "Framing":
        """One of the regions, counted from 0, is `box` now; the same framing when there is no such region."""
        if number >= len(self.regions):
            return self
        return replace(self, regions=(*self.regions[:number], box, *self.regions[number + 1 :]))

    def without_region(self, number: int) -> "Framing":
        """One region less; `number` counts from 0."""
        return replace(self, regions=self.regions[:number] + self.regions[number + 1 :])


PLAIN = Framing()
