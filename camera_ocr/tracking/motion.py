"""How the view moved between two frames: a page is flat, so one homography tells it all."""

import cv2
import numpy as np

from camera_ocr.types import F32, F64, U8

WORK_SIDE = 480
"""Longer side of the pictures that motion is measured on, px."""
MAX_CORNERS = 160
MIN_INLIERS = 12
MIN_SHARE = 0.5
"""Of the points followed, at least this share has to move as one plane."""


def shrink(gray: U8) -> U8:
    """The (H, W) picture at the size motion is measured on."""
    while max(gray.shape) >= 2 * WORK_SIDE and min(gray.shape) > 1:
        # halving exactly takes a tenth of the time of any other factor
        gray = np.asarray(
            cv2.resize(gray, (gray.shape[1] // 2, gray.shape[0] // 2), interpolation=cv2.INTER_AREA), np.uint8
        )
    factor = max(gray.shape) / WORK_SIDE
    if factor <= 1:
        return gray
    size = (max(1, round(gray.shape[1] / factor)), max(1, round(gray.shape[0] / factor)))
    return np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def estimate_motion(previous: U8, gray: U8) -> F64 | None:
    """(3, 3) homography, previous px -> present px, of two (H, W) pictures of one size; None when it
    cannot be told.

    Sparse pyramidal Lucas-Kanade flow, checked by following each point back, then RANSAC.
    """
    if previous.shape != gray.shape:
        return None
    small = estimate_small_motion(shrink(previous), shrink(gray))
    if small is None:
        return None
    return scale_motion(small, max(1.0, max(gray.shape) / WORK_SIDE))


def scale_motion(motion: F64, factor: float) -> F64:
    """The same motion for pictures `factor` times as large."""
    up = np.diag([factor, factor, 1.0])
    return np.asarray(up @ motion @ np.linalg.inv(up), np.float64)


def estimate_small_motion(previous: U8, gray: U8) -> F64 | None:
    """As estimate_motion, for pictures that `shrink` has made."""
    if previous.shape != gray.shape or min(gray.shape) < 16:
        return None
    if cv2.norm(previous, gray, cv2.NORM_INF) == 0:
        return np.eye(3)
    corners = _corners(previous)
    if corners is None:
        return None
    there, found, _ = cv2.calcOpticalFlowPyrLK(previous, gray, corners, None, winSize=(15, 15), maxLevel=3)
    back, found_back, _ = cv2.calcOpticalFlowPyrLK(gray, previous, there, None, winSize=(15, 15), maxLevel=3)
    error = np.linalg.norm((back - corners).reshape(-1, 2), axis=1)
    good = (found.ravel() == 1) & (found_back.ravel() == 1) & (error < 1.0)
    if np.count_nonzero(good) < MIN_INLIERS:
        return None
    source, target = corners.reshape(-1, 2)[good], there.reshape(-1, 2)[good]
    homography, inliers = cv2.findHomography(source, target, cv2.RANSAC, 1.0, maxIters=500, confidence=0.995)
    if homography is None:
        return None
    count = int(np.count_nonzero(inliers))
    if count < MIN_INLIERS or count < MIN_SHARE * len(source) or not _is_sane(homography, gray.shape):
        return None
    return np.asarray(homography, np.float64)


def has_corners(gray: U8) -> bool:
    """Whether there is enough in a picture that `shrink` has made to follow it by."""
    return _corners(gray) is not None


def _corners(gray: U8) -> F32 | None:
    """(n, 1, 2) px, MIN_INLIERS at least."""
    found = cv2.goodFeaturesToTrack(gray, MAX_CORNERS, 0.02, 8, blockSize=5)
    return None if found is None or len(found) < MIN_INLIERS else np.asarray(found, np.float32)


def moved_px(motion: F64, width: int, height: int) -> float:
    """How far the corner of a picture of this size moves at most, px."""
    corners = np.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], np.float64)
    mapped = corners @ motion.T
    return float(np.abs(mapped[:, :2] / mapped[:, 2:3] - corners[:, :2]).max())


def moved_share(motion: F64, width: int, height: int) -> float:
    """The same as a share of the picture's diagonal."""
    return moved_px(motion, width, height) / float(np.hypot(width, height))


def _is_sane(homography: F64, shape: tuple[int, ...]) -> bool:
    """False for a map that folds the picture, turns it over, or scales it beyond what happens between
    frames.
    """
    h, w = shape[:2]
    corners = np.array([[0, 0, 1], [w, 0, 1], [w, h, 1], [0, h, 1]], np.float64) @ homography.T
    if (corners[:, 2] <= 0.2).any():
        return False
    points = (corners[:, :2] / corners[:, 2:3]).astype(np.float32)
    area = float(cv2.contourArea(points, oriented=True)) / (w * h)
    return bool(0.4 < area < 2.5 and cv2.isContourConvex(points))
