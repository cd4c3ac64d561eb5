"""Reading order: column by column, top to bottom."""

from collections.abc import Sequence

import numpy as np

from camera_ocr.geometry import median, quad_angle_deg, transform_points
from camera_ocr.types import F32, F64


def reading_order(quads: Sequence[F32]) -> list[int]:
    """Indices of `quads` in the order a person reads them.

    The lines are turned level by their median angle, then cut again and again: into blocks one above the
    other where no line reaches across, else into columns (recursive XY cut, Nagy and Seth 1984).
    """
    if not quads:
        return []
    angle = np.deg2rad(median(np.array([quad_angle_deg(quad) for quad in quads])))
    cos, sin = np.cos(angle), np.sin(angle)
    turn: F64 = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1.0]])
    level = transform_points(np.concatenate(quads), turn).reshape(-1, 4, 2)
    x, y = level[:, :, 0], level[:, :, 1]
    ends = level[:, (2, 3)] - level[:, (1, 0)]
    height = np.hypot(ends[:, :, 0], ends[:, :, 1]).mean(axis=1)
    boxes = np.stack([x.min(axis=1), y.mean(axis=1), x.max(axis=1), height], axis=1)
    return _cut(list(range(len(quads))), boxes, may_split=True)


def _cut(items: list[int], boxes: F64, may_split: bool) -> list[int]:
    """`boxes` rows are left, middle y, right, height."""
    if len(items) <= 1:
        return items
    for columns in (_columns(items, boxes),) if may_split else ():
        if len(columns) > 1:
            return [i for column in columns for i in _cut(column, boxes, may_split=True)]
    # A heading over columns: take the lines from the top that span a column gap, then try again below.
    rows = _rows(items, boxes)
    if may_split and len(rows) > 2:
        for start in range(1, len(rows) - 1):
            below = [i for row in rows[start:] for i in row]
            if len(_columns(below, boxes)) > 1:
                above = [i for row in rows[:start] for i in row]
                return _cut(above, boxes, may_split=False) + _cut(below, boxes, may_split=True)
    return [i for row in rows for i in row]


def _rows(items: list[int], boxes: F64) -> list[list[int]]:
    """Lines side by side at one height make a row, read left to right."""
    rows: list[list[int]] = []
    for i in sorted(items, key=lambda i: float(boxes[i, 1])):
        if rows:
            first = rows[-1][0]
            apart = abs(boxes[i, 1] - boxes[first, 1])
            beside = all(boxes[i, 0] >= boxes[j, 2] - 1 or boxes[i, 2] <= boxes[j, 0] + 1 for j in rows[-1])
            if apart < 0.5 * min(boxes[i, 3], boxes[first, 3]) and beside:
                rows[-1].append(i)
                continue
        rows.append([i])
    return [sorted(row, key=lambda i: float(boxes[i, 0])) for row in rows]


def _columns(items: list[int], boxes: F64) -> list[list[int]]:
    """Groups of lines with an empty gutter between them; a column has at least two lines."""
    order = sorted(items, key=lambda i: float(boxes[i, 0]))
    groups = [[order[0]]]
    right = boxes[order[0], 2]
    gutter = 0.5 * median(boxes[items, 3])
    for i in order[1:]:
        if boxes[i, 0] > right + gutter:
            groups.append([i])
        else:
            groups[-1].append(i)
        right = max(right, boxes[i, 2])
    if min(len(group) for group in groups) < 2:
        return [items]
    return groups
