"""Find by how much the writing climbs.

Projecting ink along the writing direction gives a profile of sharp peaks (bodies of letters) and valleys
(gaps between lines); in any other direction the profile is smeared (Baird 1987; Postl 1986). Slanted strokes
and the left edge of a text line up as well, so directions are weighted by how many letters have their
neighbours, and words their length, that way (after the docstrum, O'Gorman 1993).
"""

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from camera_ocr.geometry import Pieces, connected_pieces, places
from camera_ocr.types import F32, F64, U8

MAX_DEG = 45.0
WORK_SIDE = 640
"""Longer side of the picture that directions are measured on, px."""
MAX_SHRINK = 2
MAX_POINTS = 4000
COARSE_POINTS = 1500
"""Enough to tell directions 2 degrees apart."""
MIN_POINTS = 60
MAX_PIECES = 1500
SCALES = (2, 4, 7)
"""Widths, px, over which profiles are smoothed in turn."""
SPAN = 81
"""Width, px, over which nothing is left of the lines."""
NEAR_DEG, BESIDE_DEG, RIVAL = 10.0, 8.0, 0.35
"""A peak so near level, with none farther off that is more than so much as high, needs no second opinion."""
MIN_PEAK = 1.05
"""Flatter profiles have no direction."""


def estimate_skew(ink: U8) -> float | None:
    """Angle of the writing in degrees, -45..45, counter-clockwise positive; None when it cannot be told.

    `ink` is (H, W), 255 = ink.
    """
    small = _shrink(_fullest_part(ink))
    y, x = places(small)
    if len(x) < MIN_POINTS:
        return None
    points = _sample(np.stack([x, y], axis=1).astype(np.float32))
    coarse = np.arange(-MAX_DEG - 1.0, MAX_DEG + 1.5, 2.0)
    scores = _sharpness(points[:COARSE_POINTS], coarse)
    if scores.max() < MIN_PEAK:
        return None
    # Among equals the least turn wins.
    peaks = (scores - scores.min()) * (1.0 - 0.1 * np.abs(coarse) / MAX_DEG)
    best = coarse[int(np.argmax(peaks))]
    rivals = peaks[np.abs(coarse - best) > BESIDE_DEG]
    if abs(best) > NEAR_DEG or rivals.max() > RIVAL * peaks.max():
        best = coarse[int(np.argmax(peaks * _directions(small, coarse)))]
    fine = best + np.arange(-2.0, 2.01, 0.2)
    scores = _sharpness(points, fine)
    return float(np.clip(fine[int(np.argmax(scores))], -MAX_DEG, MAX_DEG))


def _fullest_part(ink: U8) -> U8:
    """The window with most ink of a picture that would have to be shrunk so far that lines run together."""
    side = MAX_SHRINK * WORK_SIDE
    h, w = ink.shape
    tops, lefts = ({0, max(0, (n - side) // 2), max(0, n - side)} for n in (h, w))
    if len(tops) == len(lefts) == 1:
        return ink
    windows = [ink[top : top + side, left : left + side] for top in sorted(tops) for left in sorted(lefts)]
    return max(windows, key=cv2.countNonZero)


def _shrink(ink: U8) -> U8:
    """The ink at the size directions are measured on, 0 or 1."""
    factor = -(-max(ink.shape) // WORK_SIDE)
    h, w = ink.shape[0] // factor, ink.shape[1] // factor
    if factor > 1 and min(h, w) > 0:
        # A whole factor makes averaging several times as fast.
        whole = ink[: h * factor, : w * factor]
        ink = np.asarray(cv2.resize(whole, (w, h), interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.threshold(ink, 48, 1, cv2.THRESH_BINARY)[1], np.uint8)


def _sample(points: F32) -> F32:
    """At most 4000 of the points (n, 2), in no order, centred."""
    # A fixed seed: the same picture always gives the same angle. That some are drawn twice does no harm.
    points = points[np.random.default_rng(0).integers(len(points), size=min(len(points), MAX_POINTS))]
    return np.asarray(points - points.mean(axis=0), np.float32)


def _sharpness(points: F32, degrees: F64) -> F64:
    """How peaked the ink's profile is across each direction, (len(degrees),), about 1 where it is not."""
    angle = np.deg2rad(degrees).astype(np.float32)
    bins = 2 * int(np.linalg.norm(points, axis=1).max()) + 2 * max(SCALES)
    height = np.stack([np.sin(angle), np.cos(angle)], axis=1) @ points.T + np.float32(bins / 2)
    index = height.astype(np.intp)
    index += np.arange(len(angle))[:, None] * bins
    profile = np.bincount(index.ravel(), minlength=bins * len(angle)).reshape(len(angle), bins)
    profile = profile.astype(np.float32)
    score, energies = np.zeros(len(angle)), []
    for width in SCALES:
        profile = cv2.blur(profile, (width, 1), borderType=cv2.BORDER_CONSTANT)
        energies.append((profile**2).sum(axis=1))
    # Ink that covers a narrower span that way, as on a till receipt seen askew, is no more peaked for it.
    span = (cv2.blur(profile, (SPAN, 1), borderType=cv2.BORDER_CONSTANT) ** 2).sum(axis=1)
    for energy in energies:
        score += energy / span / np.median(energy / span)
    return np.asarray(score / len(SCALES), np.float64)


def _directions(ink: U8, degrees: F64) -> F64:
    """How much each direction is one that letters follow each other in, (len(degrees),), 0.2..1.2."""
    pieces = connected_pieces(ink)
    extent = pieces.box[:, 2:].max(axis=1)
    usable = (pieces.area >= 5) & (extent >= 4) & (extent < 0.5 * max(ink.shape))
    usable[0] = False
    piece = np.nonzero(usable)[0]
    piece = piece[np.argsort(-pieces.area[piece], kind="stable")][:MAX_PIECES]
    if len(piece) < 3:
        return np.ones(len(degrees))
    angle, weight = _long_words(pieces, piece)
    hop_angle, hop_weight = _hops(pieces.centre[piece], extent[piece].astype(np.float64))
    angle, weight = np.concatenate([angle, hop_angle]), np.concatenate([weight, hop_weight])
    steps = np.clip(np.round(angle) + 90, 0, 180).astype(np.intp)
    histogram = np.bincount(steps, weights=weight, minlength=181).astype(np.float32)
    smooth = cv2.GaussianBlur(histogram[None, :], (0, 0), 4.0)[0]
    picked = np.interp(degrees, np.arange(-90, 91), smooth)
    return np.asarray(0.2 + picked / max(1e-9, float(picked.max())), np.float64)


def _long_words(pieces: Pieces, piece: NDArray[np.intp]) -> tuple[F64, F64]:
    """Angle (degrees) and weight of each piece of ink along its longer axis."""
    dx = pieces.x - pieces.centre[pieces.label, 0]
    dy = pieces.y - pieces.centre[pieces.label, 1]
    xx, yy, xy = (
        np.bincount(pieces.label, weights=product, minlength=pieces.count)[piece] / pieces.area[piece]
        for product in (dx * dx, dy * dy, dx * dy)
    )
    spread = np.sqrt((xx - yy) ** 2 + 4 * xy**2)
    longer, shorter = (xx + yy + spread) / 2 + 0.1, (xx + yy - spread) / 2 + 0.1
    angle = np.degrees(0.5 * np.arctan2(-2 * xy, xx - yy))
    # Single strokes are thin and go any way; words are some letters high.
    weight = np.where((longer > 6 * shorter) & (shorter > 1.0), np.sqrt(longer), 0.0)
    return angle, weight


def _hops(centres: F64, extent: F64) -> tuple[F64, F64]:
    """Angle (degrees, -90..90) and weight of the way from each piece to its nearest ones of like size."""
    distance, index = cKDTree(centres).query(centres, k=min(4, len(centres)))
    source = np.repeat(np.arange(len(centres)), distance.shape[1] - 1)
    target, apart = index[:, 1:].ravel(), distance[:, 1:].ravel()
    step = centres[target] - centres[source]
    angle = np.degrees(np.arctan2(-step[:, 1], step[:, 0]))
    angle = (angle + 90.0) % 180.0 - 90.0
    size = np.minimum(extent[source], extent[target])
    alike = size > 0.4 * np.maximum(extent[source], extent[target])
    return angle, np.where(alike & (apart < 4 * size), np.sqrt(size), 0.0)
