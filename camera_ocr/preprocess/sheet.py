"""Tell the sheet of paper from the desk it lies on, whose grain, edges and pens are not writing."""

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.preprocess.illumination import without_ink
from camera_ocr.types import F32, F64, U8

I32 = NDArray[np.int32]

CELL = 8
"""Surfaces are told apart on cells of this many px a side, more on pictures longer than 1280 px."""
CLOSE_CELLS = 7
"""Strokes up to about this many cells wide do not part a surface."""
EDGE = 0.15
"""Step of the logarithm of a channel over two cells that parts surfaces; soft shadows are less steep."""
MIN_CELLS = 12
DARK = 0.42
"""A surface darker than this share of the sheet is not a shadow on it."""
DULL, TINT = 0.85, 0.22
"""Nor is one that is darker than this share and of another colour, as a difference of log ratios."""
MIN_SHARE = 0.06
"""A sheet smaller than this share of the picture is not believed in."""


def find_sheet(image: U8) -> U8 | None:
    """Mask (H, W) that is 255 on the sheet and 0 on the desk; None when all may be sheet.

    `image` is (H, W, 3) BGR or (H, W) grey, with dark ink. Surfaces are parted by steps of brightness. The
    largest bright one is the sheet; others are left out when they are much darker, or darker and of another
    colour, for a shadow keeps the paper's colour.
    """
    h, w = image.shape[:2]
    logs = _log_brightness(image)
    # Thickened, lest two surfaces hang together where their edge is blurred for a bit.
    edges = cv2.dilate((_steps(logs) > EDGE).astype(np.uint8), np.ones((3, 3), np.uint8))
    count, labels = cv2.connectedComponents(1 - edges, connectivity=4, ltype=cv2.CV_32S)
    if count < 3:
        return None
    area, tone = _tones(logs, labels, count)
    light = tone.mean(axis=0)
    real = area >= MIN_CELLS
    real[0] = False
    if not real.any():
        return None
    # The logarithm twice: brightness counts as its square, so that a small sheet beats a large dark desk.
    sheet = int(np.argmax(np.where(real, np.log(np.maximum(area, 1)) + 2.0 * light, -np.inf)))
    desk = real & _is_foreign(tone, tone[:, sheet])
    if not desk.any() or area[real & ~desk].sum() < MIN_SHARE * labels.size:
        return None
    kept = (real & ~desk)[labels].astype(np.uint8)
    surface = desk[labels].astype(np.uint8)
    left_out = cv2.dilate(surface, np.ones((9, 9), np.uint8))
    # Scraps of desk between a pen and the sheet are too small to be surfaces.
    by_desk = cv2.dilate(surface, np.ones((15, 15), np.uint8)) > 0
    scraps = _is_foreign(logs, tone[:, sheet].astype(np.float32)) & (kept == 0) & by_desk
    left_out |= cv2.dilate(scraps.astype(np.uint8), np.ones((3, 3), np.uint8))
    mask = np.where((left_out > 0) & (kept == 0), 0, 255).astype(np.uint8)
    # What is enclosed by the desk, such as a pen, is desk too: only what hangs together with the sheet stays.
    _, pieces = cv2.connectedComponents(mask, connectivity=4)
    held = np.zeros(int(pieces.max()) + 1, bool)
    held[np.unique(pieces[kept > 0])] = True
    held[0] = False
    mask = np.where(held[pieces], 255, 0).astype(np.uint8)
    return np.asarray(cv2.resize(mask, (w, h), interpolation=cv2.INTER_NEAREST), np.uint8)


def _is_foreign(tone: F32 | F64, sheet: F32 | F64) -> NDArray[np.bool_]:
    """Whether log tones, (3, ...), are not those of the sheet, (3,), in light or in shadow."""
    light = tone.mean(axis=0)
    darker = light - sheet.mean()
    off = [np.abs((tone[c] - light) - (sheet[c] - sheet.mean())) for c in range(3)]
    tint = np.maximum(np.maximum(off[0], off[1]), off[2])
    return np.asarray((darker < np.log(DARK)) | ((darker < np.log(DULL)) & (tint > TINT)), np.bool_)


def _log_brightness(image: U8) -> F32:
    """Natural logarithm of the bare surfaces' channels, (3, h, w) on cells."""
    h, w = image.shape[:2]
    cell = max(CELL, round(max(h, w) * CELL / 1280))
    size = (max(1, w // cell), max(1, h // cell))
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    if small.ndim == 2:
        small = cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
    bare = without_ink(np.asarray(small, np.uint8), CLOSE_CELLS)
    # Added light keeps the noise of near black from looking like steps.
    table = np.log(np.arange(256, dtype=np.float32) + np.float32(10.0))
    return np.stack([table[np.ascontiguousarray(bare[:, :, c])] for c in range(3)])


def _steps(logs: F32) -> F32:
    """Change over two cells, the largest of all channels, across and down: (h, w)."""
    padded = np.pad(logs, ((0, 0), (1, 1), (1, 1)), mode="edge")
    across = np.abs(padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2])
    down = np.abs(padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1])
    return np.asarray(np.maximum(across, down).max(axis=0), np.float32)


def _tones(logs: F32, labels: I32, count: int) -> tuple[NDArray[np.intp], F64]:
    """Area in cells and mean log brightness by channel of each surface, (count,) and (3, count)."""
    flat = labels.ravel()
    area = np.bincount(flat, minlength=count)
    sums = [np.bincount(flat, weights=channel.ravel(), minlength=count) for channel in logs]
    return area, np.stack(sums) / np.maximum(area, 1)
