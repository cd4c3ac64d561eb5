"""The desk that the demo's camera looks at: wood, a page of handwriting on it, a pen, light and shadow."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.types import F32, U8

_WOOD_DARK = (52, 84, 118)  # BGR
_WOOD_LIGHT = (104, 146, 182)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A desk seen from straight above."""

    image: U8
    """(H, W, 3) BGR."""
    page_corner: tuple[int, int]
    """Where the page's top left corner lies, px."""
    page_scale: float
    """px of the scene per px of the page."""


def make_scene(page: U8, seed: int, *, scale: float = 0.75, size: tuple[int, int] = (2300, 1560)) -> Scene:
    """A page (H, W, 3), reduced by `scale`, in the middle of a desk of `size` = (width, height) px."""
    rng = np.random.default_rng(seed)
    width, height = size
    desk = _wood(rng, width, height)
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    h, w = small.shape[:2]
    x, y = (width - w) // 2, (height - h) // 2
    _shade(desk, _box_shadow(width, height, (x + 5, y + 8, x + w + 7, y + h + 10), blur=9), 0.55)
    desk[y : y + h, x : x + w] = _as_paper(small, rng)
    _pen(desk, (x + w + 60, y + int(0.78 * h)), (x + w + 190, y + int(0.16 * h)))
    lit = desk * _light(width, height)[:, :, None]
    return Scene(np.clip(lit, 0, 255).astype(np.uint8), (x, y), scale)


def _wood(rng: np.random.Generator, width: int, height: int) -> U8:
    # grain runs along x: noise is stretched far more that way, in octaves from broad bands to fibres
    grain = np.zeros((height, width), np.float32)
    for rows, columns, weight in ((9, 3, 0.9), (40, 4, 0.7), (180, 9, 0.45), (600, 40, 0.25)):
        noise = rng.random((rows, columns), dtype=np.float32) - 0.5
        grain += weight * cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    tone = np.clip(0.5 + 0.75 * grain, 0, 1)[:, :, None]
    desk = np.asarray(_WOOD_DARK, np.float32) * (1 - tone) + np.asarray(_WOOD_LIGHT, np.float32) * tone
    planks = desk.astype(np.uint8)
    for y in np.linspace(0, height, 5)[1:-1].astype(int).tolist():
        cv2.line(planks, (0, y), (width, y), (34, 54, 76), 3, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(planks, (3, 3), 0), np.uint8)


def _as_paper(page: U8, rng: np.random.Generator) -> U8:
    """The flat drawing with what paper has: fibres, slight waves, and the trace of a fold."""
    h, w = page.shape[:2]
    waves = cv2.resize(rng.random((6, 7), dtype=np.float32) - 0.5, (w, h), interpolation=cv2.INTER_CUBIC)
    fibres = cv2.GaussianBlur(rng.standard_normal((h, w), dtype=np.float32), (3, 3), 0.8)
    relief = 1 + 0.035 * waves + 0.012 * fibres
    row = np.arange(h, dtype=np.float32)[:, None]
    fold = (row - 0.53 * h) / 7
    relief += 0.03 * fold * np.exp(-0.5 * fold * fold)
    return np.asarray(np.clip(page * relief[:, :, None], 0, 255), np.uint8)


def _pen(desk: U8, tip: tuple[int, int], end: tuple[int, int]) -> None:
    """A ballpoint pen beside the page, with its shadow."""
    height, width = desk.shape[:2]
    shadow = np.zeros((height, width), np.uint8)
    cv2.line(shadow, (tip[0] + 10, tip[1] + 14), (end[0] + 10, end[1] + 14), 255, 20, cv2.LINE_AA)
    _shade(desk, np.asarray(cv2.GaussianBlur(shadow, (0, 0), 7), np.uint8), 0.5)
    a, b = np.asarray(tip, np.float64), np.asarray(end, np.float64)
    along = (b - a) / np.linalg.norm(b - a)
    across = np.array([along[1], -along[0]])

    def bar(start: float, stop: float, thick: int, colour: tuple[int, int, int], aside: float = 0) -> None:
        p, q = a + along * start + across * aside, a + along * stop + across * aside
        fixed = [np.round(v * 16).astype(int).tolist() for v in (p, q)]
        cv2.line(desk, fixed[0], fixed[1], colour, thick, cv2.LINE_AA, 4)

    length = float(np.linalg.norm(b - a))
    bar(0, 10, 4, (150, 160, 165))
    bar(10, 26, 10, (120, 128, 132))
    bar(30, length, 20, (112, 58, 30))
    bar(30, length, 7, (150, 90, 54), aside=4)
    bar(34, length - 4, 2, (215, 180, 150), aside=5)
    bar(0.62 * length, length, 22, (52, 32, 24))
    bar(0.64 * length, length - 6, 3, (120, 100, 92), aside=5)
    bar(0.66 * length, 0.92 * length, 5, (172, 178, 182), aside=-2)


def _box_shadow(width: int, height: int, box: tuple[int, int, int, int], blur: float) -> U8:
    mask = np.zeros((height, width), np.uint8)
    cv2.rectangle(mask, box[:2], box[2:], 255, -1)
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), blur), np.uint8)


def _shade(image: U8, mask: U8, strength: float) -> None:
    """Darkens in place where mask (H, W) is 255, by `strength` 0..1."""
    factor = 1 - (strength / 255) * mask.astype(np.float32)
    image[:] = (image * factor[:, :, None]).astype(np.uint8)


def _light(width: int, height: int) -> F32:
    """(H, W) brightness: a lamp at the upper left, and the soft shadow of whoever holds the camera."""
    y, x = np.mgrid[0:90, 0:160].astype(np.float32)
    x, y = x / 160, y / 90
    lamp = 1.12 - 0.62 * np.hypot(x - 0.3, 0.8 * (y - 0.2)) ** 1.3
    head = ((x - 0.72) / 0.2) ** 2 + ((y - 0.86) / 0.3) ** 2
    arm = ((x - 0.9 + 0.25 * (y - 0.5)) / 0.09) ** 2
    shadow: NDArray[np.float32] = 1 - 0.27 / (1 + head**2) - 0.08 / (1 + arm**2)
    return np.asarray(cv2.resize(lamp * shadow, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)
