"""How a picture is turned before it is read, and which parts of it are read."""

from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as fractions 0..1 of the picture's width and height."""
SMALLEST = 0.01
"""A part of the picture with a shorter side, as a fraction of the picture, is none."""


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

    def without_region(self, number: int) -> "Framing":
        """One region less; `number` counts from 0."""
        return replace(self, regions=self.regions[:number] + self.regions[number + 1 :])


PLAIN = Framing()
