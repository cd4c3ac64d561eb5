"""Which line found in this frame is which line known from before."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from camera_ocr.geometry import intersection_area, quad_area, quad_iou, quad_size
from camera_ocr.types import F32, F64

MAX_COST = 0.8
"""Pairs that cost more are not the same line."""


def match_quads(
    known: Sequence[F32],
    found: Sequence[F32],
    max_cost: float = MAX_COST,
    penalties: Sequence[float] | None = None,
) -> list[tuple[int, int]]:
    """One-to-one pairs (index in `known`, index in `found`) of least total cost; `penalties` are added to the
    cost of each of `known`.
    """
    if not known or not found:
        return []
    cost = cost_matrix(known, found)
    if penalties is not None:
        cost = cost + np.asarray(penalties, np.float64)[:, None]
    rows, columns = linear_sum_assignment(np.minimum(cost, max_cost + 1.0))
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if cost[i, j] <= max_cost]


def cost_matrix(known: Sequence[F32], found: Sequence[F32]) -> F64:
    """(len(known), len(found)): 0 for the same quad, 1 and more for quads that do not meet.

    Overlap tells lines of a page apart well. A line that grew while it was being written overlaps its old
    self little, so the distance between their middles across the writing, in line heights, and between their
    beginnings counts too. And one of which something hides the most is found as a small part of itself. Lines
    that run opposite ways are never the same.
    """
    cost = np.full((len(known), len(found)), 2.0)
    for i, a in enumerate(known):
        height = max(1.0, quad_size(a)[1])
        along = a[1] - a[0]
        along = along / max(1e-6, float(np.hypot(*along)))
        across = np.array([-along[1], along[0]])
        for j, b in enumerate(found):
            if float((b[1] - b[0]) @ along) <= 0.0:
                continue
            iou = quad_iou(a, b)
            if iou <= 0.0:
                continue
            apart = float(abs((b.mean(axis=0) - a.mean(axis=0)) @ across)) / height
            begins = float(np.hypot(*((b[0] + b[3]) / 2 - (a[0] + a[3]) / 2))) / height
            grown = 0.35 + 0.5 * min(1.0, begins) + apart
            outside = 1.0 - intersection_area(a, b) / max(1e-6, quad_area(b))
            cost[i, j] = min(1.0 - iou + 0.2 * apart, grown, 0.35 + outside + apart)
    return cost
