"""How far a followed line reaches: it is not taken for shorter because something lies over a part of it.

What a search finds of a line wavers: a hand covers an end, a shadow is joined to it, two lines run together.
So its place is followed at once, and its size only when several searches agree.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from camera_ocr.curve import PLACES, in_quad
from camera_ocr.geometry import full_quad, intersection_area, is_usable, quad_area, quad_size
from camera_ocr.types import F32, F64, Curve, Region, Track

LONGER_S = 0.8
"""A line found longer than known for this long has been written on, or came out from behind something."""
SHORTER_S = 3.0
"""A hand rests on a page for a second or two; what stays shorter for this long is."""
_SLACK = 0.04
"""Ends that move by less than this share of the line's length, or by half its height, only waver."""
_TALLER = 1.3
"""Lines found this much taller have run together with others, or with a hand."""
_TELLING = 0.7
"""More than this share of a line tells its slope and its course."""
_STRAIGHT = Curve(np.full(PLACES, 0.5, np.float32), 1.0)
_FLAT = 0.08
"""Swings of a line's middle that are of no account, as a share of its height."""
_EDGE_PX = 4.0
"""An end this close to the picture's edge is cut off by it."""
_COMING_PX = 64.0
"""An end that was this close to the edge at the last search may have been."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Which way a measure of a line differs from what is known, and since when."""

    way: int = 0
    """-1 smaller, 0 as known, 1 larger."""
    since_ns: int = 0

    def after(self, way: int, t_ns: int) -> "Doubt":
        return self if way == self.way else Doubt(way, t_ns)

    def lasts(self, t_ns: int) -> bool:
        patience = LONGER_S if self.way > 0 else SHORTER_S
        return self.way != 0 and t_ns - self.since_ns >= patience * 1e9


NO_DOUBT = Doubt()


@dataclass(frozen=True, slots=True)
class Doubts:
    """About a line's beginning, its end and its height."""

    begin: Doubt = NO_DOUBT
    end: Doubt = NO_DOUBT
    height: Doubt = NO_DOUBT


NO_DOUBTS = Doubts()


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """A known quad brought up to date."""

    quad: F32
    doubts: Doubts
    part: tuple[float, float]
    """What of the line's length was found, as fractions."""
    resized: bool
    """The line is longer, or shorter, than it was thought to be."""


def merge(
    known: F32, found: F32, doubts: Doubts, t_ns: int, follow: float, view: tuple[int, int] | None = None
) -> Merged:
    """`known` moved towards `found`, both (4, 2) in px of one frame.

    Args:
        follow: 0..1, how far to go in one step; a line that turns out longer or shorter goes all the way.
        view: width and height of the frame; a line that its edge cuts is longer than it looks, and grows as
            it comes in.
    """
    width, height = quad_size(known)
    level = full_quad(1, 1) * np.array([width, height], np.float32)
    to_line: F64 = cv2.getPerspectiveTransform(np.asarray(known, np.float32), level)
    at = cv2.perspectiveTransform(found.reshape(1, 4, 2).astype(np.float64), to_line)[0]
    begin, end = float(at[[0, 3], 0].mean()), float(at[[1, 2], 0].mean())
    slack = max(_SLACK * width, 0.5 * height)

    def settle(doubt: Doubt, outwards: float, corners: tuple[int, int]) -> tuple[Doubt, bool]:
        """The doubt about an end found so far outwards, and whether to believe what was found."""
        if abs(outwards) <= slack:
            return NO_DOUBT, True
        if outwards > 0 and _at_edge(known[list(corners)], view, _COMING_PX):
            return NO_DOUBT, True
        if outwards < 0 and _at_edge(found[list(corners)], view, _EDGE_PX):
            return NO_DOUBT, False
        doubt = doubt.after(1 if outwards > 0 else -1, t_ns)
        return (NO_DOUBT, True) if doubt.lasts(t_ns) else (doubt, False)

    first, move_begin = settle(doubts.begin, -begin, (0, 3))
    last, move_end = settle(doubts.end, end - width, (1, 2))
    tall = quad_size(found)[1] / max(1e-6, height)
    size = doubts.height.after(int(tall > _TALLER) - int(tall < 1 / _TALLER), t_ns)
    same_height = size.way == 0 or t_ns - size.since_ns >= SHORTER_S * 1e9
    new_begin = begin if move_begin else 0.0
    new_end = end if move_end else width
    length = max(1e-6, new_end - new_begin)
    part = tuple(float(np.clip((x - new_begin) / length, 0, 1)) for x in (begin, end))
    sloped = part[1] - part[0] > _TELLING
    target = _target(at, new_begin, new_end, height, sloped=sloped, same_height=same_height)
    back = cv2.perspectiveTransform(target.reshape(1, 4, 2).astype(np.float64), np.linalg.inv(to_line))[0]
    resized = (move_begin and abs(begin) > slack) or (move_end and abs(end - width) > slack)
    quad = np.ascontiguousarray(known + (1.0 if resized else follow) * (back - known), np.float32)
    doubts = Doubts(first, last, NO_DOUBT if same_height else size)
    return Merged(quad if is_usable(quad) else known, doubts, (part[0], part[1]), resized)


def merged_curve(known: Track, found: Region, merged: Merged, follow: float) -> Curve | None:
    """The course of a line known and found, in the coordinates of the merged quad."""
    if known.curve is None and found.curve is None:
        return None
    if merged.part[1] - merged.part[0] <= _TELLING:
        return known.curve
    new = in_quad(found.curve or _STRAIGHT, found.quad, merged.quad)
    if merged.resized or follow >= 1.0:
        return None if found.curve is None else new
    old = known.curve or _STRAIGHT
    middle = old.middle + np.float32(follow) * (new.middle - old.middle)
    height = old.height + follow * (new.height - old.height)
    if found.curve is None and float(np.ptp(middle)) < _FLAT * height:
        return None
    return Curve(middle, height)


def _target(
    at: F32 | F64, begin: float, end: float, height: float, *, sloped: bool, same_height: bool
) -> F64:
    """Where the line is now, (4, 2) in the axes of the known one: `at` is what was found of it."""
    if not same_height:  # lines run together, or half a line: no measure of where it lies
        return np.array([[begin, 0], [end, 0], [end, height], [begin, height]], np.float64)

    def edge(left: F64, right: F64) -> tuple[float, float]:
        """y at both ends of the side through two points."""
        run = right[0] - left[0]
        if not sloped or abs(run) < 1.0:
            y = float(left[1] + right[1]) / 2
            return y, y
        slope = (right[1] - left[1]) / run
        return float(left[1] + slope * (begin - left[0])), float(left[1] + slope * (end - left[0]))

    top, bottom = edge(at[0], at[1]), edge(at[3], at[2])
    return np.array([[begin, top[0]], [end, top[1]], [end, bottom[1]], [begin, bottom[0]]], np.float64)


def _at_edge(points: F32, view: tuple[int, int] | None, near_px: float) -> bool:
    """Whether one end of a line, (2, 2) px, lies so near the edge of the picture, or beyond it."""
    if view is None:
        return False
    low, high = points.min(axis=0), points.max(axis=0)
    return bool((low < near_px).any() or (high > np.array(view) - near_px).any())


def share_in_view(quad: F32, view: tuple[int, int]) -> float:
    """Share of a line's quad that lies inside a picture of this width and height, 0..1."""
    if quad.min() >= 0 and (quad.max(axis=0) <= view).all():
        return 1.0
    return min(1.0, intersection_area(quad, full_quad(*view)) / max(1e-6, quad_area(quad)))
