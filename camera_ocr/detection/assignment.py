"""Give every piece of ink to a line: whole letters, their dots and accents, and what hangs between two
lines.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.detection.bodies import Bands, Components
from camera_ocr.detection.joining import absorb_satellites, join_words, measure
from camera_ocr.types import F32, Ints

Bools = NDArray[np.bool_]


def assign_ink(parts: Components, bands: Bands, body: float) -> tuple[Ints, Bools]:
    """Which line each ink pixel belongs to, (n,), 0 for specks far from any, and whether it lies in its
    band.
    """
    y, x = parts.y, parts.x
    if bands.count < 2:
        return np.ones(len(x), np.intp), np.ones(len(x), bool)
    by = np.minimum((y / bands.scale[1]).astype(np.intp), bands.labels.shape[0] - 1)
    bx = np.minimum((x / bands.scale[0]).astype(np.intp), bands.labels.shape[1] - 1)
    inside = bands.labels[by, bx].astype(np.intp)
    piece = parts.of_pixel
    strips = measure(inside, x.astype(np.float64), y.astype(np.float64), bands.slope, body)
    best, _ = _main_band(piece, inside, len(parts.area), bands.count)
    attached = _attached(piece, inside, best, bands.count)
    alone = absorb_satellites(strips, np.arange(bands.count), attached, body)
    line_of = join_words(strips, alone, body)
    line_of = absorb_satellites(strips, line_of, attached, body)
    inside = line_of[inside]
    # A piece of ink goes to the one line that holds most of it; one that fills two lines is cut between them.
    best, torn = _main_band(piece, inside, len(parts.area), bands.count)
    torn &= parts.box[:, 3] > 1.6 * body
    near, band, distance = _nearest_band(bands)
    owner = best[piece]
    cut = torn[piece]
    owner[cut] = line_of[band[near[by[cut], bx[cut]]]]
    # What touches no band (dots, accents, commas) goes to the nearest, if there is one near.
    alone = best[piece] == 0
    if alone.any():
        middle = parts.box[:, :2] + parts.box[:, 2:] / 2
        mx = np.minimum((middle[:, 0] / bands.scale[0]).astype(np.intp), near.shape[1] - 1)
        my = np.minimum((middle[:, 1] / bands.scale[1]).astype(np.intp), near.shape[0] - 1)
        adopt = np.where(distance[my, mx] * bands.scale[1] < 1.6 * body, line_of[band[near[my, mx]]], 0)
        owner[alone] = adopt[piece[alone]]
    return owner, (inside == owner) & (owner > 0)


def _main_band(piece: Ints, inside: Ints, pieces: int, count: int) -> tuple[Ints, Bools]:
    """For each piece the band that holds most of it, 0 for none, and whether another holds nearly as much."""
    held_by = inside > 0
    pair, held = _counts(piece[held_by] * count + inside[held_by])
    which, band = pair // count, pair % count
    order = np.argsort(held, kind="stable")
    best, most, rival = np.zeros(pieces, np.intp), np.zeros(pieces, np.intp), np.zeros(pieces, np.intp)
    best[which[order]] = band[order]
    most[which[order]] = held[order]
    second = best[which] != band
    np.maximum.at(rival, which[second], held[second])
    return best, rival > 0.2 * most


def _counts(values: Ints) -> tuple[Ints, Ints]:
    """The different values in rising order, and how often each occurs; np.unique takes longer."""
    ordered = np.sort(values, kind="stable")
    first = np.nonzero(np.r_[True, ordered[1:] != ordered[:-1]])[0] if len(ordered) else np.zeros(0, np.intp)
    return ordered[first], np.diff(np.r_[first, len(ordered)])


def _attached(piece: Ints, inside: Ints, best: Ints, count: int) -> Ints:
    """For each band the other band that most of its ink is part of, 0 when most is its own."""
    real = inside > 0
    home = best[piece[real]]
    own = inside[real]
    total = np.bincount(own, minlength=count)
    pair, held = _counts(own[home != own] * count + home[home != own])
    order = np.argsort(held, kind="stable")
    result, most = np.zeros(count, np.intp), np.zeros(count, np.intp)
    result[pair[order] // count] = pair[order] % count
    most[pair[order] // count] = held[order]
    return np.where(most > 0.5 * total, result, 0)


def _nearest_band(bands: Bands) -> tuple[NDArray[np.int32], Ints, F32]:
    """For each pooled pixel the number of the nearest one in a band, and its distance, pooled px; the band
    that each such number lies in.
    """
    free = (bands.labels == 0).astype(np.uint8)
    distance, index = cv2.distanceTransformWithLabels(free, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    table = np.zeros(int(index.max()) + 1, np.intp)
    table[index[bands.labels > 0]] = bands.labels[bands.labels > 0]
    return np.asarray(index, np.int32), table, np.asarray(distance, np.float32)
