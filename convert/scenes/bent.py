"""Sheets that do not lie flat, as a camera above the desk sees them.

A sheet bends about one axis only (paper does not stretch), so its shape is a profile: the height over the
desk along the sheet. A point above the desk hides the point of the desk behind it, which is where it is
drawn: the table stays a flat picture, and what the camera then makes of it is exact.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from camera_ocr.types import F32, F64
from convert.scenes.sheets import Sheet

Rng = np.random.Generator

SHAPES = ("book", "curl", "held")
"""A page of an open book, a sheet whose edge has rolled up, a sheet that sags or bulges between two hands."""
_SAMPLES = 512
_STEEPEST = 0.8
"""Of a sheet's slope, height over length along it."""
_NARROWEST = 0.3
"""Where the sheet leans so far that less than this share of its length is seen, it is made less high."""
_STEP = 12.0
"""px between two points of an outline."""


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """The side view of a bent sheet."""

    axis_deg: float
    """Of the way across the axis it bends about, clockwise from the sheet's x: 0 when the axis runs down."""
    along: F64
    """(n,) places along the sheet, from its middle, px."""
    height: F64
    """(n,) over the desk, px."""


def camera_over(homography: F64, size: tuple[int, int], focal: float) -> F64:
    """Where a camera stands, (3,) px of the table: x, y, and how far above it.

    Args:
        homography: table px -> px of the camera's undistorted frame.
        size: its width and height, px.
        focal: its focal length in widths of the frame.
    """
    width, height = size
    intrinsic = np.array([[focal * width, 0, width / 2], [0, focal * width, height / 2], [0, 0, 1]])
    plane = np.linalg.inv(intrinsic) @ homography
    plane /= np.linalg.norm(plane[:, 0])
    rotation = np.column_stack([plane[:, 0], plane[:, 1], np.cross(plane[:, 0], plane[:, 1])])
    at = -rotation.T @ plane[:, 2]
    return np.array([at[0], at[1], abs(at[2])])


def random_profile(rng: Rng, shape: str, size: tuple[int, int]) -> Profile:
    """The side view of a sheet of `size` = (width, height) px; `shape` is one of SHAPES."""
    width, height = size
    lean = {"book": 0.0, "curl": 12.0, "held": 15.0}[shape]
    axis = float(rng.normal(0, 1) * lean)
    if shape == "held" and rng.random() < 0.25:
        axis += 90.0
    reach = (abs(np.cos(np.radians(axis))) * width + abs(np.sin(np.radians(axis))) * height) / 2
    along = np.linspace(-1.05 * reach, 1.05 * reach, _SAMPLES)
    t = (along / reach + 1) / 2
    if rng.random() < 0.5:
        t = 1 - t
    if shape == "book":
        # flat at its outer edge, a hump beside the spine, then down into the gutter
        deep = rng.uniform(0.05, 0.1)
        high = rng.uniform(0.15, 0.35) * (np.exp(-rng.uniform(2.0, 3.5) * t) - np.exp(-(t + 0.03) / deep))
    elif shape == "curl":
        start = rng.uniform(0.2, 0.6)
        high = rng.uniform(0.3, 0.8) * np.maximum(t - start, 0) ** 2 / (1 - start)
    else:
        high = rng.choice((-1, 1)) * rng.uniform(0.1, 0.25) * (1 - (2 * t - 1) ** 2)
    return Profile(axis, along, 2 * reach * high)


def bent(sheet: Sheet, profile: Profile, camera: F64, shade: float) -> tuple[Sheet, tuple[float, float]]:
    """What a camera sees of a bent sheet, drawn on the desk, and by how much its middle has moved there, px.

    Args:
        camera: (3,) where it is, px: x and y from the middle of the flat sheet, and how far above the desk.
        shade: how much darker, or lighter, a slope of 1 makes the paper, -1..1.
    """
    height, width = sheet.image.shape[:2]
    middle = np.array([width / 2, height / 2])
    angle = np.radians(profile.axis_deg)
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    eye = axes @ camera[:2]
    slope, seen, nearer = _seen(profile, float(eye[0]), float(camera[2]))

    def to_desk(points: F32 | F64) -> F64:
        """Sheet px -> px of the desk from where the sheet's middle was."""
        along, across = axes @ (points - middle).T
        k = np.interp(along, profile.along, nearer)
        shown = np.stack([np.interp(along, profile.along, seen), across + k * (across - eye[1])])
        return np.asarray(shown.T @ axes, np.float64)

    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    outline = to_desk(_dense(corners, closed=True))
    low, high = np.floor(outline.min(axis=0)) - 2, np.ceil(outline.max(axis=0)) + 2
    columns, rows = np.meshgrid(np.arange(low[0], high[0]), np.arange(low[1], high[1]))
    places = axes @ np.stack([columns.ravel(), rows.ravel()])
    along = np.interp(places[0], seen, profile.along)
    k = np.interp(along, profile.along, nearer)
    across = (places[1] + k * eye[1]) / (1 + k)
    source = (np.stack([along, across]).T @ axes + middle).astype(np.float32).reshape(*columns.shape, 2)
    lit = np.interp(along, profile.along, 1 + shade * slope).reshape(*columns.shape, 1)
    image = cv2.remap(sheet.image, source, None, cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE)
    # between the pixels next to the edge the paper ends softly
    whole = np.full((height, width), 255, np.uint8)
    cover = cv2.remap(whole, source, None, cv2.INTER_LINEAR, None, cv2.BORDER_CONSTANT)
    lines = tuple(
        replace(
            line,
            polygon=(to_desk(_dense(line.polygon, closed=True)) - low).astype(np.float32),
            baseline=(to_desk(_dense(line.baseline, closed=False)) - low).astype(np.float32),
        )
        for line in sheet.lines
    )
    moved = (low + high) / 2
    shown = Sheet(np.clip(image * lit, 0, 255).astype(np.uint8), lines, np.asarray(cover, np.uint8))
    return shown, (float(moved[0]), float(moved[1]))


def _seen(profile: Profile, eye: float, above: float) -> tuple[F64, F64, F64]:
    """Of each place along the sheet: its slope, where along the desk it is seen by a camera at `eye`, and how
    much farther from the point below the camera than it lies, as a share; all (n,).
    """
    height = profile.height - profile.height.min()
    step = float(profile.along[1] - profile.along[0])
    height = height * min(1.0, _STEEPEST / max(1e-9, float(np.abs(np.gradient(height, step)).max())))
    while True:
        slope = np.gradient(height, step)
        level = np.cumsum(np.sqrt(1 - slope**2)) * step
        level += profile.along[len(level) // 2] - level[len(level) // 2]
        nearer = height / (above - height)
        seen = level + nearer * (level - eye)
        if np.diff(seen).min() > _NARROWEST * step:
            return np.asarray(slope), np.asarray(seen), np.asarray(nearer)
        height = 0.8 * height


def _dense(points: F32 | F64, *, closed: bool) -> F64:
    """The same polyline with a point every few px."""
    ends = np.concatenate([points, points[:1]]) if closed else np.asarray(points)
    far = np.concatenate([[0], np.cumsum(np.maximum(np.hypot(*np.diff(ends, axis=0).T), 1e-6))])
    at = np.linspace(0, far[-1], max(len(ends), int(far[-1] / _STEP)), endpoint=not closed)
    return np.column_stack([np.interp(at, far, ends[:, i]) for i in (0, 1)])
