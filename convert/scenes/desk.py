"""Table tops, and the light on them: textures drawn by noise, (H, W, 3) BGR."""

import cv2
import numpy as np

from camera_ocr.capture.scene import wood
from camera_ocr.types import F32, U8

Rng = np.random.Generator

SURFACES = ("wood", "fabric", "stone", "plain", "mat", "carpet")


def desk(rng: Rng, size: tuple[int, int], surface: str | None = None) -> U8:
    """A surface of `size` = (width, height) px, a random one of SURFACES unless told."""
    width, height = size
    surface = surface or SURFACES[int(rng.choice(len(SURFACES), p=(0.35, 0.15, 0.15, 0.2, 0.08, 0.07)))]
    if surface == "wood":
        return _wooden(rng, width, height)
    if surface == "fabric":
        return _fabric(rng, width, height)
    if surface == "stone":
        return _stone(rng, width, height)
    if surface == "carpet":
        return _carpet(rng, width, height)
    if surface == "mat":
        return _cutting_mat(rng, width, height)
    return _tinted(0.02 * noise(rng, width, height, 90) + 0.004 * noise(rng, width, height, 1), _colour(rng))


def noise(rng: Rng, width: int, height: int, grain: float, stretch: float = 1.0) -> F32:
    """(height, width) smooth noise of about unit size, `grain` px from blob to blob, `stretch` times that
    along x."""
    columns, rows = max(2, round(width / (grain * stretch))), max(2, round(height / grain))
    coarse = rng.standard_normal((rows, columns), dtype=np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def light(rng: Rng, width: int, height: int) -> F32:
    """(h, w) coarse brightness over a surface, about 0.35 to 1.25: a lamp's fall-off, now and then the edge
    of a shadow."""
    w, h = 160, max(2, round(160 * height / width))
    x, y = np.meshgrid(
        np.linspace(0, 1, w, dtype=np.float32), np.linspace(0, height / width, h, dtype=np.float32)
    )
    lamp_x, lamp_y = rng.uniform(-0.3, 1.3, 2)
    field = rng.uniform(0.9, 1.1) - rng.uniform(0.05, 0.4) * np.hypot(x - lamp_x, y - lamp_y)
    for _ in range(int(rng.choice(3, p=(0.5, 0.35, 0.15)))):
        angle, soft = rng.uniform(0, 2 * np.pi), np.exp(rng.uniform(np.log(0.003), np.log(0.12)))
        through = rng.uniform(0.25, 0.75, 2) * (1, height / width)
        across = (x - through[0]) * np.cos(angle) + (y - through[1]) * np.sin(angle)
        bend = rng.uniform(0, 0.05) * np.sin(7 * (x * np.sin(angle) - y * np.cos(angle)) + rng.uniform(0, 6))
        field *= 1 - rng.uniform(0.15, 0.5) / (1 + np.exp(np.clip((across + bend) / soft, -30, 30)))
    return np.asarray(np.clip(field, 0.3, 1.25), np.float32)


def glare(rng: Rng, width: int, height: int) -> F32:
    """(h, w) coarse light thrown back by gloss, 0..255, to be added: a soft spot or a window."""
    w, h = 160, max(2, round(160 * height / width))
    spot = np.zeros((h, w), np.float32)
    centre = (rng.uniform(0.15, 0.85) * w, rng.uniform(0.15, 0.85) * h)
    axes = (rng.uniform(0.03, 0.12) * w, rng.uniform(0.03, 0.12) * w)
    cv2.ellipse(spot, (centre, (2 * axes[0], 2 * axes[1]), rng.uniform(0, 180)), 1.0, -1)
    spot = cv2.GaussianBlur(spot, (0, 0), float(rng.uniform(2, 9)))
    return np.asarray(spot * rng.uniform(60, 230), np.float32)


def _colour(rng: Rng) -> np.ndarray:
    """A muted BGR colour, light or dark."""
    value = rng.choice((rng.uniform(25, 80), rng.uniform(90, 170), rng.uniform(170, 235)))
    return np.clip(value * (1 + rng.normal(0, 0.12, 3)), 8, 245)


def _tinted(relief: F32, colour: np.ndarray) -> U8:
    """A colour made lighter and darker by relief, in shares of it."""
    return np.clip((1 + relief)[:, :, None] * colour.astype(np.float32), 0, 255).astype(np.uint8)


def _wooden(rng: Rng, width: int, height: int) -> U8:
    board = wood(rng, *((height, width) if (upright := rng.random() < 0.3) else (width, height)))
    if upright:
        board = np.ascontiguousarray(board.transpose(1, 0, 2))
    brightness, tint = rng.uniform(0.45, 1.5), 1 + rng.normal(0, 0.07, 3)
    table = np.clip(np.arange(256)[:, None] * (brightness * tint), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(board, table[:, None, :]), np.uint8)


def _fabric(rng: Rng, width: int, height: int) -> U8:
    period = rng.uniform(3.5, 11)
    x, y = np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
    warp = np.sin(2 * np.pi * x / period)[None] * np.ones((height, 1), np.float32)
    weft = np.sin(2 * np.pi * y / period)[:, None]
    over = ((x[None] // period + y[:, None] // period) % 2).astype(np.float32)
    relief = 0.14 * (over * warp + (1 - over) * weft) + 0.07 * noise(rng, width, height, 1.5)
    relief += 0.1 * noise(rng, width, height, 180, 3.0)
    if rng.random() < 0.35:  # stripes or checks
        wide = rng.uniform(30, 120)
        relief += 0.25 * (np.sin(2 * np.pi * x / wide) > 0.3)[None]
        if rng.random() < 0.6:
            relief += 0.25 * (np.sin(2 * np.pi * y / wide) > 0.3)[:, None]
    return _tinted(relief, _colour(rng))


def _stone(rng: Rng, width: int, height: int) -> U8:
    relief = 0.08 * noise(rng, width, height, 60) + 0.1 * noise(rng, width, height, 7)
    speckle = noise(rng, width, height, 2.5)
    relief = relief + 0.35 * (speckle > 1.6) - 0.4 * (speckle < -1.5)
    return _tinted(cv2.GaussianBlur(relief, (3, 3), 0), _colour(rng))


def _carpet(rng: Rng, width: int, height: int) -> U8:
    relief = 0.22 * noise(rng, width, height, 2.2) + 0.12 * noise(rng, width, height, 9)
    return _tinted(relief + 0.06 * noise(rng, width, height, 100), _colour(rng))


def _cutting_mat(rng: Rng, width: int, height: int) -> U8:
    colour = np.array([(92, 104, 28), (70, 60, 52), (110, 70, 40)][int(rng.integers(3))])
    mat = _tinted(0.03 * noise(rng, width, height, 40) + 0.02 * noise(rng, width, height, 1), colour)
    cell = int(rng.uniform(28, 70))
    bright = np.minimum(colour * 1.8 + 30, 255).tolist()
    for i, at in enumerate(range(int(rng.integers(cell)), max(width, height), cell)):
        thick = 2 if i % 5 == 0 else 1
        if at < height:
            cv2.line(mat, (0, at), (width, at), bright, thick)
        if at < width:
            cv2.line(mat, (at, 0), (at, height), bright, thick)
    return mat
