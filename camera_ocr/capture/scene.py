"""The desk that the demo's camera looks at: wood, a page of handwriting on it, a pen, light and shadow."""

from dataclasses import dataclass

import cv2
import numpy as np

from camera_ocr.types import F32, F64, U8

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
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    h, w = small.shape[:2]
    x, y = (width - w) // 2, (height - h) // 2
    pen = (x + w + 60, y + int(0.78 * h)), (x + w + 190, y + int(0.16 * h))
    desk = shaded(wood(rng, width, height), _shadows(width, height, (x, y, w, h), pen))
    desk[y : y + h, x : x + w] = as_paper(small, rng)
    draw_pen(desk, *pen)
    return Scene(shaded(desk, _light()), (x, y), scale)


def shaded(image: U8, factor: F32) -> U8:
    """The image (H, W, 3) made darker or lighter by a factor up to 1.25, given coarsely as (h, w)."""
    height, width = image.shape[:2]
    coarse = np.clip(factor * 204, 0, 255).astype(np.uint8)
    fine = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.multiply(image, cv2.cvtColor(fine, cv2.COLOR_GRAY2BGR), scale=1 / 204), np.uint8)


def wood(rng: np.random.Generator, width: int, height: int) -> U8:
    """A table top of broad boards, (height, width, 3) BGR."""
    # grain runs along x: noise is stretched far more that way, in octaves from broad bands to fibres
    grain = np.zeros((height, width), np.float32)
    for rows, columns, weight in ((9, 3, 0.9), (40, 4, 0.7), (180, 9, 0.45), (600, 40, 0.25)):
        noise = (rng.random((rows, columns), dtype=np.float32) - 0.5) * (weight * 0.75 * 255)
        grain += cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR)
    tone = cv2.convertScaleAbs(np.maximum(grain, -128, out=grain), beta=128)
    shades = np.linspace(_WOOD_DARK, _WOOD_LIGHT, 256).round().astype(np.uint8)[:, None, :]
    desk = cv2.LUT(cv2.cvtColor(tone, cv2.COLOR_GRAY2BGR), shades)
    for y in np.linspace(0, height, 5)[1:-1].astype(int).tolist():
        cv2.line(desk, (0, y), (width, y), (34, 54, 76), 3, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(desk, (3, 3), 0), np.uint8)


def _shadows(
    width: int, height: int, page: tuple[int, int, int, int], pen: tuple[tuple[int, int], tuple[int, int]]
) -> F32:
    """(h, w) brightness of the desk, a quarter of its size: what the page and the pen keep from it."""
    x, y, w, h = page
    (tip_x, tip_y), (end_x, end_y) = pen
    below_page = np.zeros((height // 4, width // 4), np.uint8)
    cv2.rectangle(below_page, ((x + 5) // 4, (y + 8) // 4), ((x + w + 7) // 4, (y + h + 10) // 4), 255, -1)
    below_pen = np.zeros_like(below_page)
    start, stop = ((tip_x + 10) // 4, (tip_y + 14) // 4), ((end_x + 10) // 4, (end_y + 14) // 4)
    cv2.line(below_pen, start, stop, 255, 5, cv2.LINE_AA)
    page_shadow = cv2.GaussianBlur(below_page, (0, 0), 2.2).astype(np.float32) / 255
    pen_shadow = cv2.GaussianBlur(below_pen, (0, 0), 1.8).astype(np.float32) / 255
    return np.asarray((1 - 0.55 * page_shadow) * (1 - 0.5 * pen_shadow), np.float32)


def as_paper(page: U8, rng: np.random.Generator) -> U8:
    """The flat drawing with what paper has: fibres, slight waves, and the trace of a fold."""
    h, w = page.shape[:2]
    waves = cv2.resize(rng.random((6, 7), dtype=np.float32) - 0.5, (w, h), interpolation=cv2.INTER_CUBIC)
    fibres = cv2.GaussianBlur(rng.standard_normal((h, w), dtype=np.float32), (3, 3), 0.8)
    relief = 1 + 0.035 * waves + 0.012 * fibres
    row = np.arange(h, dtype=np.float32)[:, None]
    fold = (row - 0.53 * h) / 7
    relief += 0.03 * fold * np.exp(-0.5 * fold * fold)
    return np.asarray(np.clip(page * relief[:, :, None], 0, 255), np.uint8)


def draw_pen(desk: U8, tip: tuple[int, int], end: tuple[int, int]) -> None:
    """A ballpoint pen from its tip to its end, into `desk`."""
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


def _light() -> F32:
    """(h, w) brightness: a lamp at the upper left, and the soft shadow of whoever holds the camera."""
    y, x = np.mgrid[0:90, 0:160].astype(np.float32)
    x, y = x / 160, y / 90
    lamp = 1.12 - 0.62 * np.hypot(x - 0.3, 0.8 * (y - 0.2)) ** 1.3
    head = ((x - 0.72) / 0.2) ** 2 + ((y - 0.86) / 0.3) ** 2
    arm = ((x - 0.9 + 0.25 * (y - 0.5)) / 0.09) ** 2
    return np.asarray(lamp * (1 - 0.27 / (1 + head**2) - 0.08 / (1 + arm**2)), np.float32)


def plane_to_frame(
    look_at: tuple[float, float],
    zoom: float,
    angles_deg: tuple[float, float, float],
    size: tuple[int, int],
    focal: float,
) -> F64:
    """(3, 3) homography, px of a flat scene -> px of a camera's frame of `size` = (width, height).

    The camera looks at the scene's point `look_at`, where a px of the scene is `zoom` px of the frame, turned
    by (roll, pitch, yaw); `focal` is its focal length in widths of the frame.
    """
    width, height = size
    focal_px = focal * width
    rotation = _rotation(*np.radians(angles_deg).tolist())
    look = np.array([[1, 0, -look_at[0]], [0, 1, -look_at[1]], [0, 0, 1.0]])
    # a plane's homography is K [r1 r2 t]: the scene lies in z = 0, the camera focal / zoom away
    plane = np.column_stack([rotation[:, 0], rotation[:, 1], (0, 0, focal_px / zoom)])
    camera = np.array([[focal_px, 0, width / 2], [0, focal_px, height / 2], [0, 0, 1.0]])
    h = camera @ plane @ look
    return np.asarray(h / h[2, 2], np.float64)


def _rotation(roll: float, pitch: float, yaw: float) -> F64:
    (cr, cp, cy), (sr, sp, sy) = np.cos([roll, pitch, yaw]), np.sin([roll, pitch, yaw])
    about_z = np.array([[cr, sr, 0], [-sr, cr, 0], [0, 0, 1]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    return np.asarray(about_y @ about_x @ about_z, np.float64)
