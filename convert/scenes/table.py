"""A desk with sheets and clutter on it, flat, before any camera sees it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from camera_ocr.capture.scene import shaded
from camera_ocr.types import F32, F64, U8
from convert.scenes import clutter, desk
from convert.scenes.sheets import Sheet, SheetLine

Rng = np.random.Generator


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    image: U8
    """(H, W, 3) BGR."""
    lines: list[tuple[int, SheetLine]]
    """Number and line, in px of `image`, in reading order sheet by sheet."""
    hidden: U8
    """(H, W), 255 where something lies over a sheet."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    sheet: Sheet
    centre: tuple[float, float]
    angle_deg: float
    """Counter-clockwise."""


def lay_table(
    rng: Rng,
    size: tuple[int, int],
    sheets: Sequence[Placed],
    unit: float,
    *,
    things: int,
    fingers: bool = False,
) -> Table:
    """A desk of `size` = (width, height) px with so many `things` on it, mostly beside the sheets.

    `unit` is the distance of lines in px; `fingers` hold the first sheet at its edge.
    """
    width, height = size
    canvas = desk.desk(rng, size)
    if rng.random() < 0.25:
        clutter.cable(canvas, rng, unit)
    taken = np.zeros((height // 8 + 1, width // 8 + 1), np.uint8)
    for placed in sheets:
        corners = _to_table(placed) @ _corners(placed.sheet)
        cv2.fillConvexPoly(taken, np.rint(corners[:2].T / 8).astype(np.int32), 255)
    for _ in range(things):
        thing = clutter.random_thing(rng, unit)
        centre = _free_place(rng, taken, thing.cover.shape)
        clutter.put_down(canvas, thing, centre, float(rng.uniform(0, 360)), unit)
    hidden = np.zeros((height, width), np.uint8)
    lines: list[tuple[int, SheetLine]] = []
    for placed in sheets:
        matrix = _to_table(placed)
        image = placed.sheet.image
        cover = placed.sheet.cover
        if cover is None:
            cover = np.full(image.shape[:2], 255, np.uint8)
        paper = clutter.Thing(image, cover, 0.12)
        clutter.put_down(canvas, paper, placed.centre, placed.angle_deg, unit, hidden)
        # what lay below is seen in part at most, what is on this sheet is seen
        lines = [(n, replace(line, covered=line.covered or _covered(line, hidden))) for n, line in lines]
        hidden[:] = 0
        for line in placed.sheet.lines:
            moved = replace(line, polygon=_map(line.polygon, matrix), baseline=_map(line.baseline, matrix))
            lines.append((len(lines), moved))
    if fingers and sheets:
        _hold(canvas, sheets[0], rng, unit, hidden)
    lit = shaded(canvas, desk.light(rng, width, height))
    if rng.random() < 0.15:
        gloss = cv2.resize(desk.glare(rng, width, height), size).astype(np.uint8)
        lit = np.asarray(cv2.add(lit, cv2.cvtColor(gloss, cv2.COLOR_GRAY2BGR)), np.uint8)
    return Table(lit, [(i, line) for i, (_, line) in enumerate(lines)], hidden)


def _hold(canvas: U8, placed: Placed, rng: Rng, unit: float, hidden: U8) -> None:
    """A hand that reaches in from below or from a side and holds the sheet by its edge."""
    h, w = placed.sheet.image.shape[:2]
    sides = (
        (0.5 + rng.uniform(-0.3, 0.3), 1.0, 0.0),
        (0.0, rng.uniform(0.4, 0.9), -70.0),
        (1.0, rng.uniform(0.4, 0.9), 70.0),
    )
    across, down, turn = sides[int(rng.integers(3))]
    turn += float(rng.normal(0, 15))
    edge = _to_table(placed) @ np.array([across * w, down * h, 1.0])
    # the finger tips lie 3 units on the sheet, the hand's middle a dozen units behind them
    back = np.deg2rad(turn)
    centre = (float(edge[0] + 10.5 * unit * np.sin(back)), float(edge[1] + 10.5 * unit * np.cos(back)))
    clutter.put_down(canvas, clutter.hand(rng, unit), centre, turn, unit, hidden)


def _free_place(rng: Rng, taken: U8, shape: tuple[int, ...]) -> tuple[float, float]:
    """The emptiest of some random places for a thing of `shape`."""
    reach = max(1, int(0.35 * min(shape) / 8))
    tries = rng.uniform(-0.02, 1.02, (8, 2)) * (taken.shape[1], taken.shape[0])

    def crowd(place: np.ndarray) -> float:
        x, y = place.astype(int)
        part = taken[max(0, y - reach) : max(1, y + reach), max(0, x - reach) : max(1, x + reach)]
        return float(part.mean()) if part.size else 0.0

    x, y = min(tries, key=crowd)
    return float(x * 8), float(y * 8)


def _to_table(placed: Placed) -> F64:
    """(3, 3): sheet px -> table px, as `put_down` turns it."""
    h, w = placed.sheet.image.shape[:2]
    turn = np.vstack([cv2.getRotationMatrix2D((w / 2, h / 2), placed.angle_deg, 1.0), (0, 0, 1)])
    shift = np.eye(3)
    shift[:2, 2] = placed.centre[0] - w / 2, placed.centre[1] - h / 2
    return np.asarray(shift @ turn, np.float64)


def _corners(sheet: Sheet) -> F64:
    h, w = sheet.image.shape[:2]
    return np.array([[0, w, w, 0], [0, 0, h, h], [1, 1, 1, 1]], np.float64)


def _map(points: F32, matrix: F64) -> F32:
    return np.asarray(points @ matrix[:2, :2].T + matrix[:2, 2], np.float32)


def _covered(line: SheetLine, hidden: U8) -> bool:
    """True when a sheet lies over the line, if only over a part."""
    x, y = np.rint(line.polygon).astype(int).T
    inside = (x >= 0) & (y >= 0) & (x < hidden.shape[1]) & (y < hidden.shape[0])
    return bool(hidden[y[inside], x[inside]].any())
