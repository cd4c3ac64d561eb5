"""Find the lines of writing on a page."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.detection.bodies import Components, body_height, find_bodies, find_components
from camera_ocr.detection.order import reading_order
from camera_ocr.geometry import is_usable, transform_quad
from camera_ocr.types import F32, F64, Page, Region

MAX_LINES = 400
MAX_COMPONENTS = 60_000
"""More pieces of ink than this are noise, not writing."""
MARGIN = 0.12
"""Air around the ink of a line, as a share of the line's height."""
MIN_HEIGHT = 5.0
"""Lower lines cannot be read, px."""

Ints = NDArray[np.intp]


def find_lines(page: Page) -> list[Region]:
    """Lines in frame px and in reading order; an empty list when there is nothing to read."""
    if page.ink.size == 0 or not page.ink.any():
        return []
    parts = find_components(page.ink)
    if len(parts.area) - 1 > MAX_COMPONENTS:
        return []
    body = body_height(parts)
    y, x = np.nonzero(page.ink)
    owner = _assign(page, parts, body, y, x)
    quads: list[F32] = []
    scores: list[float] = []
    for line in _group(owner):
        quad = _quad_of(x[line].astype(np.float64), y[line].astype(np.float64), body)
        if quad is None:
            continue
        quad = transform_quad(quad, page.to_frame)
        if is_usable(quad):
            quads.append(quad)
            scores.append(float(min(1.0, len(line) / (8.0 * body))))
    order = reading_order(quads)[:MAX_LINES]
    return [Region(quads[i], scores[i]) for i in order]


def _group(owner: Ints) -> list[Ints]:
    """Indices of the ink pixels of each line; owner 0 is nobody's."""
    order = np.argsort(owner, kind="stable")
    bounds = np.searchsorted(owner[order], np.arange(1, owner.max(initial=0) + 2))
    return [order[a:b] for a, b in pairwise(bounds) if b > a]


def _assign(page: Page, parts: Components, body: float, y: Ints, x: Ints) -> Ints:
    """Which band each ink pixel belongs to, (n,); 0 for specks far from any."""
    bands, count, scale = find_bodies(page.ink, body)
    if count < 2:
        return np.ones(len(x), np.intp)
    by = np.minimum((y / scale[1]).astype(np.intp), bands.shape[0] - 1)
    bx = np.minimum((x / scale[0]).astype(np.intp), bands.shape[1] - 1)
    inside = bands[by, bx].astype(np.intp)
    near, distance = _nearest_band(bands, scale)
    label = parts.labels[y, x].astype(np.intp)
    # A piece of ink goes to the one band that holds most of it; one that fills two bands is cut between them.
    n = len(parts.area)
    pair, held = np.unique(label[inside > 0] * count + inside[inside > 0], return_counts=True)
    piece, band = pair // count, pair % count
    best = np.zeros(n, np.intp)
    most = np.zeros(n, np.intp)
    order = np.argsort(held, kind="stable")
    best[piece[order]] = band[order]
    most[piece[order]] = held[order]
    rivals = np.zeros(n, np.intp)
    second = held < most[piece]
    np.maximum.at(rivals, piece[second], held[second])
    torn = (rivals > 0.2 * most) & (parts.box[:, 3] > 1.6 * body)
    owner = best[label]
    cut = torn[label]
    owner[cut] = near[by[cut], bx[cut]]
    # What touches no band (dots, accents, commas) goes to the nearest, if there is one near.
    alone = best[label] == 0
    if alone.any():
        middle_x = np.minimum(
            ((parts.box[:, 0] + parts.box[:, 2] / 2) / scale[0]).astype(np.intp), bands.shape[1] - 1
        )
        middle_y = np.minimum(
            ((parts.box[:, 1] + parts.box[:, 3] / 2) / scale[1]).astype(np.intp), bands.shape[0] - 1
        )
        adopt = np.where(distance[middle_y, middle_x] * scale[1] < 1.6 * body, near[middle_y, middle_x], 0)
        owner[alone] = adopt[label[alone]]
    return owner


def _nearest_band(bands: NDArray[np.int32], scale: F64) -> tuple[Ints, F32]:
    """For each pooled pixel the nearest band and its distance, pooled px."""
    free = (bands == 0).astype(np.uint8)
    distance, index = cv2.distanceTransformWithLabels(free, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    table = np.zeros(int(index.max()) + 1, np.intp)
    table[index[bands > 0]] = bands[bands > 0]
    return table[index], np.asarray(distance, np.float32)


def _quad_of(x: F64, y: F64, body: float) -> F32 | None:
    """Quad in page px around the ink of one line, or None when it is only specks."""
    if len(x) < 8:
        return None
    slope = _slope(x, y, body)
    length = np.hypot(1.0, slope)
    along, across = (1.0, slope), (-slope, 1.0)
    u = (x * along[0] + y * along[1]) / length
    v = (x * across[0] + y * across[1]) / length
    u0, u1 = float(u.min()) - 0.5, float(u.max()) + 0.5
    middle = float(np.median(v))
    top, bottom = np.quantile(v, [0.004, 0.996])
    top = max(float(top), middle - 2.6 * body) - 0.5
    bottom = min(float(bottom), middle + 2.4 * body) + 0.5
    height = bottom - top
    if height < MIN_HEIGHT and u1 - u0 < MIN_HEIGHT:
        return None
    if height < MIN_HEIGHT:
        return None
    pad = MARGIN * height
    top, bottom, u0, u1 = top - pad, bottom + pad, u0 - pad, u1 + pad
    corners = np.array([[u0, top], [u1, top], [u1, bottom], [u0, bottom]])
    back = np.array([[along[0], along[1]], [across[0], across[1]]]) / length
    return np.ascontiguousarray(corners @ back, np.float32)


def _slope(x: F64, y: F64, body: float) -> float:
    """dy/dx of the line's middle by least squares over columns; level for what is too short to tell."""
    width = float(x.max() - x.min())
    if width < 5 * body:
        return 0.0
    column = ((x - x.min()) / (1.5 * body)).astype(np.intp)
    mass = np.bincount(column)
    keep = mass > 0
    cx = np.bincount(column, weights=x)[keep] / mass[keep]
    cy = np.bincount(column, weights=y)[keep] / mass[keep]
    weight = np.minimum(mass[keep], np.median(mass[keep]))
    for _ in range(3):
        slope, offset = np.polyfit(cx, cy, 1, w=np.sqrt(weight)) if len(cx) > 1 else (0.0, 0.0)
        off = np.abs(cy - slope * cx - offset)
        weight = np.minimum(mass[keep], np.median(mass[keep])) / (1.0 + (off / (0.5 * body)) ** 2)
    return float(slope)
