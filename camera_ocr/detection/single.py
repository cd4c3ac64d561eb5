"""Where the one line of a picture lies, when the picture shows much besides it."""

from collections.abc import Sequence

import numpy as np

from camera_ocr.geometry import quad_angle_deg, quad_area
from camera_ocr.types import F32, Region

_TIGHT = 0.6
"""A line that fills this share of the picture's height needs no cutting out."""
_LEVEL_DEG = 4.0
"""The reader takes lines that slope less as they are."""


def single_line_quad(regions: Sequence[Region], height: int) -> F32 | None:
    """The line of writing in a picture of one line, its pieces joined.

    Args:
        regions: what the line finder found, px.
        height: of the picture, px.

    Returns:
        (4, 2) TL TR BR BL; None when nothing was found, or the picture is cut close to a level line already.
    """
    if not regions:
        return None
    main = max((r.quad for r in regions), key=quad_area)
    along = (main[1] - main[0]) / max(float(np.linalg.norm(main[1] - main[0])), 1e-6)
    across = np.array([-along[1], along[0]], np.float32)
    axes = np.stack([along, across], axis=1)
    low, high = np.sort((main @ axes)[:, 1])[[0, -1]]
    # pieces whose middle lies within the main piece's band continue it; others are other lines, or dirt
    pieces = [r.quad @ axes for r in regions if low <= float((r.quad.mean(axis=0) @ axes)[1]) <= high]
    corners = np.concatenate(pieces)
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    if bottom - top > _TIGHT * height and abs(quad_angle_deg(main)) < _LEVEL_DEG:
        return None
    box = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return np.ascontiguousarray(box @ axes.T, np.float32)
