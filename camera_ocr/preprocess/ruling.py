"""Take the ruling of lined and squared paper, margins and table rules out of the ink.

Rules are looked for in the grey picture, since faint ones hover about the ink's threshold and would stay as
dashes. Strokes that cross a rule are kept.
"""

import cv2
import numpy as np

from camera_ocr.geometry import places
from camera_ocr.preprocess.illumination import PAPER
from camera_ocr.types import U8, Ints

MIN_SHARE = 0.18
"""A rule is at least this share of the picture's longer side."""
MAX_THICK = 7
"""A rule is at most this thick, px."""
POOL = 4
"""Pixels averaged along a rule."""
RUN = 6
"""Marks of fewer pooled px along the rule are strokes of letters."""
MIN_DRAWN = 0.4
"""Share of a rule's length that is there."""
ROOM = 32
"""Rules are looked for so far, px, beyond the ink: by so much one may rise along the writing."""
FAINTEST = 8
"""A rule is at least this much darker than what is above and below it, grey levels."""


def remove_ruling(ink: U8, gray: U8) -> U8:
    """(H, W) ink without long thin straight lines that run within a few degrees of level or upright.

    `gray` is the evenly lit picture that the ink was taken from.
    """
    min_length = _least_length(ink)
    left, top, width, height = cv2.boundingRect(ink)
    rows = slice(max(0, top - ROOM), top + height + ROOM)
    columns = slice(max(0, left - ROOM), left + width + ROOM)
    part = ink[rows, columns]
    level = _rules_along(gray[rows], 1, min_length)
    upright = _rules_along(gray[:, columns], 0, min_length)
    if level is None and upright is None:
        return ink
    rest = part
    if level is not None:
        level = cv2.bitwise_and(part, level[:, columns])
        rest = cv2.subtract(rest, level)
    if upright is not None:
        upright = cv2.bitwise_and(part, upright[rows])
        rest = cv2.subtract(rest, upright)
    kept = rest
    reach = MAX_THICK + 2
    if level is not None:
        kept = cv2.bitwise_or(kept, _crossings(rest, level, np.ones((reach, 3), np.uint8), 0))
    if upright is not None:
        kept = cv2.bitwise_or(kept, _crossings(rest, upright, np.ones((3, reach), np.uint8), 1))
    whole = np.zeros_like(ink)
    whole[rows, columns] = kept
    return whole


def without_rules(gray: U8) -> U8:
    """Evenly lit (H, W) with paper where there are rules; the same object where there are none."""
    min_length = _least_length(gray)
    rules = np.zeros_like(gray)
    for axis in (0, 1):
        found = _rules_along(gray, axis, min_length)
        if found is not None:
            rules |= found
    if not rules.any():
        return gray
    wide = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.max(gray, cv2.bitwise_and(wide, PAPER)), np.uint8)


def _least_length(picture: U8) -> int:
    """px of a rule, in a picture of that size."""
    return max(60, round(MIN_SHARE * max(map(int, picture.shape))))


def _rules_along(gray: U8, axis: int, min_length: int) -> U8 | None:
    """(H, W) mask, 255 on rules that run along the axis, 1 level and 0 upright; None where there are none."""
    h, w = gray.shape
    length, across = gray.shape[axis], gray.shape[1 - axis]
    if length < min_length or across <= 2 * MAX_THICK:
        return None
    # Pooling along a rule averages noise away, and costs a fraction.
    whole = length - length % POOL
    if axis == 1:
        pooled = cv2.resize(gray[:, :whole], (length // POOL, across), interpolation=cv2.INTER_AREA)
    else:
        pooled = cv2.resize(gray[:whole], (across, length // POOL), interpolation=cv2.INTER_AREA)
        pooled = cv2.transpose(pooled)
    found = _find_rules(np.asarray(pooled, np.uint8), min_length // POOL)
    if found is None:
        return None
    drawn = found if axis == 1 else cv2.transpose(found)
    return np.asarray(cv2.resize(drawn, (w, h), interpolation=cv2.INTER_NEAREST), np.uint8)


def _crossings(rest: U8, rules: U8, kernel: U8, axis: int) -> U8:
    """Ink on a rule that has other ink close by on both sides of the rule: a stroke goes across."""
    far = kernel.shape[axis] - 1
    before = cv2.dilate(rest, kernel, anchor=(1, far) if axis == 0 else (far, 1))
    after = cv2.dilate(rest, kernel, anchor=(1, 0) if axis == 0 else (0, 1))
    return np.asarray(cv2.bitwise_and(rules, cv2.bitwise_and(before, after)), np.uint8)


def _find_rules(gray: U8, min_length: int) -> U8 | None:
    """Mask of the near-level rules in a picture pooled along x, or None when there are none.

    `min_length` is in pooled px.
    """
    # A climbing rule is a staircase of short runs: thickened, they overlap.
    thick = cv2.erode(gray, np.ones((3, 1), np.uint8))
    lasting = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, RUN), np.uint8))
    reach = MAX_THICK - 1
    lasting = cv2.copyMakeBorder(lasting, reach, reach, 0, 0, cv2.BORDER_REPLICATE)
    beside = cv2.min(lasting[: -2 * reach], lasting[2 * reach :])
    faint = cv2.subtract(beside, lasting[reach:-reach])
    _, runs = cv2.threshold(faint, FAINTEST - 1, 255, cv2.THRESH_BINARY)
    if cv2.countNonZero(runs) < min_length:
        return None
    runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, RUN), np.uint8))
    # Bridge dotted and interrupted rules, then keep what is long and thin.
    bridged = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, min_length // 3), np.uint8))
    count, labels = cv2.connectedComponentsWithAlgorithm(bridged, 8, cv2.CV_32S, cv2.CCL_SAUF)
    y, x = places(np.asarray(bridged, np.uint8))
    piece = labels[y, x]
    area = np.bincount(piece, minlength=count)
    # One that is long has as many pixels at least.
    keep = area >= min_length
    if not keep.any():
        return None
    large = keep[piece]
    y, x, piece = y[large], x[large], piece[large]
    number = (np.cumsum(keep) - 1)[piece]
    area = area[keep]
    run = runs[y, x] > 0
    width, drawn = (_columns(number[of], x[of], len(area)) for of in (slice(None), run))
    # Crossbars and feet of letters may fall in one row, but leave most of it free.
    rule = (width >= min_length) & (area <= MAX_THICK * width) & (drawn >= MIN_DRAWN * width)
    if not rule.any():
        return None
    chosen = np.zeros_like(runs)
    of_rule = run & rule[number]
    chosen[y[of_rule], x[of_rule]] = 255
    # Undo the thickening, lest the feet of letters go too.
    return np.asarray(cv2.erode(chosen, np.ones((3, 1), np.uint8)), np.uint8)


def _columns(piece: Ints, x: Ints, count: int) -> Ints:
    """In how many columns each of `count` pieces has pixels; (n,) pieces and columns of the pixels."""
    there = np.zeros((count, int(x.max(initial=0)) + 1), bool)
    there[piece, x] = True
    return np.asarray(there.sum(axis=1), np.intp)
