"""Find by how much the writing climbs.

Projecting ink along the writing direction gives a profile of sharp peaks (bodies of letters) and valleys
(gaps between lines); in any other direction the profile is smeared (Baird 1987; Postl 1986).
"""

import cv2
import numpy as np

from camera_ocr.types import F64, U8

MAX_DEG = 45.0
MAX_POINTS = 4000
MIN_POINTS = 60
MIN_PEAK = 1.1
"""Flatter profiles have no direction."""
SCALES = (3, 5, 9)
"""Widths, in units of 1/400 of the picture's longer side, over which profiles are smoothed in turn."""


def estimate_skew(ink: U8) -> float | None:
    """Angle of the writing in degrees, -45..45, counter-clockwise positive; None when there is too little
    ink.

    `ink` is (H, W), 255 = ink.
    """
    points = _sample_points(ink)
    if len(points) < MIN_POINTS:
        return None
    coarse = np.arange(-MAX_DEG, MAX_DEG + 0.5, 1.0)
    scores = _sharpness(points, coarse)
    if scores.max() < MIN_PEAK:
        return None
    # Among equals the least turn wins: a squared sheet has peaks at right angles.
    best = coarse[int(np.argmax(scores * (1.0 - 0.1 * np.abs(coarse) / MAX_DEG)))]
    fine = best + np.arange(-1.0, 1.01, 0.125)
    scores = _sharpness(points, fine)
    return float(np.clip(fine[int(np.argmax(scores))], -MAX_DEG, MAX_DEG))


def _sample_points(ink: U8) -> F64:
    """At most 4000 ink positions (n, 2), x y, centred, in units of 1/400 of the picture's longer side."""
    factor = max(1.0, max(ink.shape) / 640)
    small = ink
    if factor > 1.0:
        size = (max(1, round(ink.shape[1] / factor)), max(1, round(ink.shape[0] / factor)))
        small = np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA), np.uint8)
    y, x = np.nonzero(small > 48)
    if len(x) > MAX_POINTS:
        # A fixed seed: the same picture always gives the same angle.
        keep = np.random.default_rng(0).choice(len(x), MAX_POINTS, replace=False)
        y, x = y[keep], x[keep]
    if not len(x):
        return np.zeros((0, 2))
    points = np.stack([x, y], axis=1).astype(np.float64)
    return np.asarray((points - points.mean(axis=0)) * (400.0 / max(small.shape)), np.float64)


def _sharpness(points: F64, degrees: F64) -> F64:
    """How peaked the ink's profile is across each direction, (len(degrees),), about 1 where it is not.

    Seen closely, profiles also peak along the slant of the letters, where upright strokes line up; seen from
    further away only lines do. So several scales have to agree.
    """
    angle = np.deg2rad(degrees)
    height = np.outer(np.sin(angle), points[:, 0]) + np.outer(np.cos(angle), points[:, 1])
    bins = 640
    index = np.clip(height + bins / 2, 0, bins - 1).astype(np.intp)
    index += np.arange(len(angle))[:, None] * bins
    profile = np.bincount(index.ravel(), minlength=bins * len(angle)).reshape(len(angle), bins)
    profile = profile.astype(np.float32)
    score = np.zeros(len(angle))
    for width in SCALES:
        profile = cv2.blur(profile, (width, 1), borderType=cv2.BORDER_CONSTANT)
        energy = (profile**2).sum(axis=1)
        score += energy / np.median(energy)
    return np.asarray(score / len(SCALES), np.float64)
