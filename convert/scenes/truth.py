"""What is to be seen in a picture of a scene: its lines in frame px."""

from dataclasses import dataclass

import cv2
import numpy as np

from camera_ocr.types import F32, F64, U8
from convert.scenes.sheets import SheetLine
from convert.scenes.webcam import Webcam

LEGIBLE = 0.97
"""A line of which less is to be seen cannot be read as labelled."""
FINDABLE = 0.5
"""A line of which less is to be seen need not be found, and is not wrong when it is."""

_COVERED = 0.4
"""Of a line that a sheet lies over at most this counts as visible: how much of it is, is not worked out."""


@dataclass(frozen=True, slots=True, eq=False)
class TrueLine:
    number: int
    """The same line has the same number in all frames of a film."""
    text: str
    polygon: F32
    """(n, 2) frame px, around the ink, cut at the frame's edges; see convert.scenes.sheets."""
    baseline: F32
    """(k, 2) frame px, left to right, not cut."""
    visible: float
    """Share of it that lies in the frame and behind nothing, 0..1."""

    @property
    def legible(self) -> bool:
        return self.visible >= LEGIBLE

    @property
    def findable(self) -> bool:
        return self.visible >= FINDABLE


def true_lines(
    lines: list[tuple[int, SheetLine]], webcam: Webcam, homography: F64, hidden: U8 | None = None
) -> tuple[TrueLine, ...]:
    """Lines in px of the flat scene -> those of which something is in the frame.

    `hidden` (H, W) of the flat scene is 255 where something lies over it.
    """
    found = []
    for number, line in lines:
        polygon = webcam.project(line.polygon, homography)
        whole = _area(polygon)
        cut = clip(polygon, webcam.optics.size)
        if whole <= 0 or len(cut) < 3:
            continue
        visible = min(1.0, _area(cut) / whole) * (1 - _hidden_share(line.polygon, hidden))
        if line.covered:
            visible = min(visible, _COVERED)
        baseline = webcam.project(line.baseline, homography)
        if visible > 0.02:
            found.append(TrueLine(number, line.text, cut, baseline, visible))
    return tuple(found)


def skew_deg(lines: tuple[TrueLine, ...]) -> float | None:
    """Median angle of the lines' baselines, counter-clockwise positive, degrees; None without lines."""
    angles = []
    for line in lines:
        if line.findable:
            dx, dy = line.baseline[-1] - line.baseline[0]
            angles.append(np.degrees(np.arctan2(-dy, dx)))
    return float(np.median(angles)) if angles else None


def clip(polygon: F32, size: tuple[int, int]) -> F32:
    """The part of a polygon (n, 2) inside a frame of `size` (width, height); Sutherland and Hodgman 1974."""
    points = polygon.astype(np.float64)
    for axis, limit, sign in ((0, 0, 1), (0, size[0], -1), (1, 0, 1), (1, size[1], -1)):
        if not len(points):
            break
        inside = sign * (points[:, axis] - limit)
        kept = []
        for a, b, da, db in zip(points, np.roll(points, -1, 0), inside, np.roll(inside, -1), strict=True):
            if da >= 0:
                kept.append(a)
            if (da >= 0) != (db >= 0):
                kept.append(a + (b - a) * (da / (da - db)))
        points = np.array(kept).reshape(-1, 2)
    return points.astype(np.float32)


def _area(polygon: F32) -> float:
    return float(cv2.contourArea(polygon.astype(np.float32)))


def _hidden_share(polygon: F32, hidden: U8 | None) -> float:
    if hidden is None:
        return 0.0
    low = np.floor(np.maximum(polygon.min(axis=0), 0)).astype(int)
    high = np.ceil(polygon.max(axis=0)).astype(int) + 1
    part = hidden[low[1] : high[1], low[0] : high[0]]
    if not part.size or not part.any():
        return 0.0
    inside = np.zeros_like(part)
    cv2.fillPoly(inside, [np.rint(polygon - low).astype(np.int32)], 1)
    count = int(np.count_nonzero(inside))
    return int(np.count_nonzero((part > 127) & (inside > 0))) / count if count else 0.0
