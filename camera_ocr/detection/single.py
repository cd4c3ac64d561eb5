"""Where the one line of a picture lies, when the picture shows much besides it."""

from collections.abc import Sequence

import numpy as np

from camera_ocr.geometry import quad_angle_deg, quad_area
from camera_ocr.types import Region

_TIGHT = 0.6
"""A line that fills this share of the picture's height needs no cutting out."""
_LEVEL_DEG = 4.0
"""The reader takes lines that slope less as they are."""


def single_line(regions: Sequence[Region], height: int) -> Region | None:
    """The line of writing in a picture of one line, its pieces joined.

    Args:
        regions: what the line finder found, px.
        height: of the picture, px.

    Returns:
        None when nothing was found, or the picture is cut close to a straight, level line already.
    """
    if not regions:
        return None
    longest = max(regions, key=lambda r: quad_area(r.quad))
    main = longest.quad
    along = (main[1] - main[0]) / max(float(np.linalg.norm(main[1] - main[0])), 1e-6)
    across = np.array([-along[1], along[0]], np.float32)
    axes = np.stack([along, across], axis=1)
    low, high = np.sort((main @ axes)[:, 1])[[0, -1]]
    # pieces whose middle lies within the main piece's band continue it; others are other lines, or dirt
    pieces = [r.quad @ axes for r in regions if low <= float((r.quad.mean(axis=0) @ axes)[1]) <= high]
    if len(pieces) == 1 and longest.curve is not None:
        return longest
    corners = np.concatenate(pieces)
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    if bottom - top > _TIGHT * height and abs(quad_angle_deg(main)) < _LEVEL_DEG:
        return None
    box = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    quad = np.ascontiguousarray(box @ axes.T, np.float32)
    return Region(quad, 1.0)
