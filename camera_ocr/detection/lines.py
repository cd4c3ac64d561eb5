"""Find the lines of writing on a page."""

from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.detection.bodies import Bands, Components, body_height, find_bands, find_components
from camera_ocr.detection.joining import absorb_satellites, join_words, measure
from camera_ocr.detection.order import reading_order
from camera_ocr.geometry import is_usable, transform_quad
from camera_ocr.types import F32, F64, Page, Region

MAX_LINES = 400
MAX_COMPONENTS = 60_000
"""More pieces of ink than this are noise, not writing."""
MAX_BANDS = 3000
ABOVE, BELOW = 0.12, 0.07
"""Shares of a long line's columns whose ink may stick out; fewer letters have tails than have heads."""
LONG = 25
"""A long line has at least this many columns, each as wide as a small letter is high."""
MARGIN = 0.08
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
    bands = find_bands(page.ink, body)
    if bands.count > MAX_BANDS:
        return []
    y, x = np.nonzero(page.ink)
    owner, core = _assign(parts, bands, body, y, x)
    quads: list[F32] = []
    scores: list[float] = []
    for line in _group(owner):
        quad = _quad_of(x[line].astype(np.float64), y[line].astype(np.float64), core[line], body)
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


def _assign(parts: Components, bands: Bands, body: float, y: Ints, x: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Which line each ink pixel belongs to, (n,), 0 for specks far from any, and whether it lies in its band."""
    if bands.count < 2:
        return np.ones(len(x), np.intp), np.ones(len(x), bool)
    by = np.minimum((y / bands.scale[1]).astype(np.intp), bands.labels.shape[0] - 1)
    bx = np.minimum((x / bands.scale[0]).astype(np.intp), bands.labels.shape[1] - 1)
    inside = bands.labels[by, bx].astype(np.intp)
    piece = parts.labels[y, x].astype(np.intp)
    strips = measure(inside, x.astype(np.float64), y.astype(np.float64), bands.count, body)
    best, _ = _main_band(piece, inside, len(parts.area), bands.count)
    attached = _attached(piece, inside, best, bands.count)
    alone = absorb_satellites(strips, np.arange(bands.count), attached, body)
    line_of = join_words(strips, alone, body)
    line_of = absorb_satellites(strips, line_of, attached, body)
    inside = line_of[inside]
    # A piece of ink goes to the one line that holds most of it; one that fills two lines is cut between them.
    best, torn = _main_band(piece, inside, len(parts.area), bands.count)
    torn &= parts.box[:, 3] > 1.6 * body
    near, distance = _nearest_band(bands)
    owner = best[piece]
    cut = torn[piece]
    owner[cut] = line_of[near[by[cut], bx[cut]]]
    # What touches no band (dots, accents, commas) goes to the nearest, if there is one near.
    alone = best[piece] == 0
    if alone.any():
        middle = parts.box[:, :2] + parts.box[:, 2:] / 2
        mx = np.minimum((middle[:, 0] / bands.scale[0]).astype(np.intp), near.shape[1] - 1)
        my = np.minimum((middle[:, 1] / bands.scale[1]).astype(np.intp), near.shape[0] - 1)
        adopt = np.where(distance[my, mx] * bands.scale[1] < 1.6 * body, line_of[near[my, mx]], 0)
        owner[alone] = adopt[piece[alone]]
    return owner, (inside == owner) & (owner > 0)


def _main_band(piece: Ints, inside: Ints, pieces: int, count: int) -> tuple[Ints, NDArray[np.bool_]]:
    """For each piece the band that holds most of it, 0 for none, and whether another holds nearly as much."""
    held_by = inside > 0
    pair, held = np.unique(piece[held_by] * count + inside[held_by], return_counts=True)
    which, band = pair // count, pair % count
    order = np.argsort(held, kind="stable")
    best, most, rival = np.zeros(pieces, np.intp), np.zeros(pieces, np.intp), np.zeros(pieces, np.intp)
    best[which[order]] = band[order]
    most[which[order]] = held[order]
    second = best[which] != band
    np.maximum.at(rival, which[second], held[second])
    return best, rival > 0.2 * most


def _attached(piece: Ints, inside: Ints, best: Ints, count: int) -> Ints:
    """For each band the other band that most of its ink is part of, 0 when most is its own."""
    real = inside > 0
    home = best[piece[real]]
    own = inside[real]
    total = np.bincount(own, minlength=count)
    pair, held = np.unique(own[home != own] * count + home[home != own], return_counts=True)
    order = np.argsort(held, kind="stable")
    result, most = np.zeros(count, np.intp), np.zeros(count, np.intp)
    result[pair[order] // count] = pair[order] % count
    most[pair[order] // count] = held[order]
    return np.where(most > 0.5 * total, result, 0)


def _nearest_band(bands: Bands) -> tuple[Ints, F32]:
    """For each pooled pixel the nearest band and its distance, pooled px."""
    free = (bands.labels == 0).astype(np.uint8)
    distance, index = cv2.distanceTransformWithLabels(free, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    table = np.zeros(int(index.max()) + 1, np.intp)
    table[index[bands.labels > 0]] = bands.labels[bands.labels > 0]
    return table[index], np.asarray(distance, np.float32)


def _quad_of(x: F64, y: F64, core: NDArray[np.bool_], body: float) -> F32 | None:
    """Quad in page px around the ink of one line, or None when it is only specks.

    `core` tells the ink of the small letters, which gives the direction of the line.
    """
    if len(x) < 8:
        return None
    slope = _slope(x[core], y[core], body) if np.count_nonzero(core) > 8 else 0.0
    length = np.hypot(1.0, slope)
    along, across = (1.0, slope), (-slope, 1.0)
    u = (x * along[0] + y * along[1]) / length
    v = (x * across[0] + y * across[1]) / length
    u0, u1 = float(u.min()) - 0.5, float(u.max()) + 0.5
    top, bottom = _reach(u, v, core, body)
    height = bottom - top
    if height < MIN_HEIGHT:
        return None
    pad = MARGIN * height
    top, bottom, u0, u1 = top - pad, bottom + pad, u0 - pad, u1 + pad
    corners = np.array([[u0, top], [u1, top], [u1, bottom], [u0, bottom]])
    back = np.array([[along[0], along[1]], [across[0], across[1]]]) / length
    return np.ascontiguousarray(corners @ back, np.float32)


def _reach(u: F64, v: F64, core: NDArray[np.bool_], body: float) -> tuple[float, float]:
    """How far a line reaches up and down, px, from its ink's places along and across it.

    Column by column, the ink's ends are taken; the share of columns that may stick out keeps a flourish, or a tail
    that belongs to a neighbour, from doubling the height of the line.
    """
    column = ((u - u.min()) / body).astype(np.intp)
    columns = int(column.max()) + 1
    highest, lowest = np.full(columns, np.inf), np.full(columns, -np.inf)
    np.minimum.at(highest, column, v)
    np.maximum.at(lowest, column, v)
    inked = np.isfinite(highest)
    # Of a short word nothing may be cut.
    share = min(1.0, np.count_nonzero(inked) / LONG)
    middle = float(np.median(v[core] if core.any() else v))
    top = max(float(np.quantile(highest[inked], ABOVE * share)), middle - 2.0 * body)
    bottom = min(float(np.quantile(lowest[inked], 1.0 - BELOW * share)), middle + 1.7 * body)
    return top - 0.5, bottom + 0.5


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
    if len(cx) < 2:
        return 0.0
    weight = base = np.minimum(mass[keep], np.median(mass[keep]))
    slope = 0.0
    for _ in range(3):
        slope, offset = np.polyfit(cx, cy, 1, w=np.sqrt(weight))
        off = np.abs(cy - slope * cx - offset)
        weight = base / (1.0 + (off / (0.5 * body)) ** 2)
    return float(slope)
