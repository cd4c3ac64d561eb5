"""What a line looks like: how sharp it is, whether it shows other ink, whether something lies over it."""

import cv2
import numpy as np

from camera_ocr.types import F32, U8

SIGNATURE = (64, 8)
"""Width and height of the thumbnail that tells whether a line still shows the same ink."""
_BLOCKS = 16
"""Pieces along a line whose paper is compared."""
_PIECES = 4
"""Pieces along a line whose ink is compared."""
_SHADE = 0.85
"""Paper of which this much of the brightness is left, beside the other pieces', has something over it."""


def sharpness_of(crop: U8) -> float:
    """Energy of fine detail relative to contrast, for (H, W) u8; comparable within one line only."""
    if min(crop.shape) < 3:
        return 0.0
    contrast = float(crop.std())
    if contrast < 1.0:
        return 0.0
    return float(cv2.Laplacian(crop, cv2.CV_32F).std()) / contrast


def signature_of(crop: U8) -> F32:
    """Thumbnail of a line's ink, zero mean and unit length, for `likeness` and
    `likeness_of_most`.
    """
    small = cv2.resize(crop, SIGNATURE, interpolation=cv2.INTER_AREA)
    flat: F32 = cv2.GaussianBlur(small, (0, 0), 0.8).astype(np.float32).ravel()
    flat = flat - flat.mean()
    return np.asarray(flat / max(1e-6, float(np.linalg.norm(flat))), np.float32)


def likeness(a: F32, b: F32) -> float:
    """Correlation of two signatures, -1..1."""
    return float(a @ b)


def likeness_of_most(a: F32, b: F32, part: tuple[float, float] = (0.0, 1.0)) -> float:
    """The same piece by piece along the line, -1..1: the median of the pieces that show ink in either.

    Something that lies over less than half of the line does not change it. `part`, fractions of the length,
    leaves out what does not lie in it; 1 when nothing does.
    """
    pieces_a, pieces_b = _pieces(a), _pieces(b)
    energy_a, energy_b = (pieces_a**2).sum(axis=1), (pieces_b**2).sum(axis=1)
    energy = np.maximum(energy_a, energy_b)
    inked = energy >= 0.25 * energy.mean()
    middles = (np.arange(_PIECES) + 0.5) / _PIECES
    inked &= (middles > part[0]) & (middles < part[1])
    if not inked.any():
        return 1.0
    alike = (pieces_a * pieces_b).sum(axis=1) / np.maximum(1e-9, np.sqrt(energy_a * energy_b))
    return float(np.median(alike[inked]))


def _pieces(signature: F32) -> F32:
    """(_PIECES, n), each of zero mean."""
    rows = signature.reshape(SIGNATURE[1], -1)
    # all writing is dark along the middle: that says nothing about what is written
    rows = rows - rows.mean(axis=1, keepdims=True)
    pieces = rows.reshape(SIGNATURE[1], _PIECES, -1).transpose(1, 0, 2).reshape(_PIECES, -1)
    return np.asarray(pieces - pieces.mean(axis=1, keepdims=True), np.float32)


def paper_of(crop: U8) -> F32:
    """Brightness of the paper along a line, (_BLOCKS,), for `is_covered`."""
    small = cv2.resize(crop, (8 * _BLOCKS, 16), interpolation=cv2.INTER_AREA)
    blocks = small.reshape(16, _BLOCKS, 8).transpose(1, 0, 2).reshape(_BLOCKS, -1)
    return np.asarray(np.percentile(blocks, 95, axis=1), np.float32)


def is_covered(before: F32, now: F32) -> bool:
    """Whether a part of the line has turned darker or brighter than the rest of it since `before`."""
    change = np.maximum(now, 1) / np.maximum(before, 1)
    change = change / np.median(change)
    return bool((change < _SHADE).any() or (change > 1 / _SHADE).any())
