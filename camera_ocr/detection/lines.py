"""Find the lines of writing on a page."""

from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from camera_ocr.detection.assignment import assign_ink
from camera_ocr.detection.bodies import Components, body_height, find_bands, find_components
from camera_ocr.detection.columns import part_columns
from camera_ocr.detection.extent import line_extent
from camera_ocr.detection.leaders import part_at_leaders
from camera_ocr.detection.order import reading_order
from camera_ocr.detection.pitch import body_by_pitch
from camera_ocr.geometry import grow_quad, intersection_area, is_usable, median, quad_area, transform_points
from camera_ocr.types import F32, U8, Curve, Ints, Page, Region

MAX_LINES = 400
MAX_COMPONENTS = 60_000
"""More pieces of ink than this are noise, not writing."""
MAX_BANDS = 3000
SMALL = 0.62
"""Lines whose letters are this much smaller than most are looked for once more by themselves."""
SMALLEST = 10.0
"""px; a single mark smaller than this, with nothing beside it, is a speck."""


def find_lines(page: Page) -> list[Region]:
    """Lines in frame px and in reading order; an empty list when there is nothing to read."""
    left, top, width, height = cv2.boundingRect(page.ink)
    if not width:
        return []
    part = np.ascontiguousarray(page.ink[top : top + height, left : left + width])
    lines = _without_marks(_lines_of_ink(part, again=2))
    if not lines:
        return []
    corners = np.concatenate([line.quad for line in lines]) + np.array([left, top], np.float32)
    corners = transform_points(corners, page.to_frame)
    regions = []
    for line, quad in zip(lines, corners.reshape(-1, 4, 2), strict=True):
        if is_usable(quad):
            score = float(min(1.0, line.mass / (8.0 * line.body)))
            regions.append(Region(quad, score, line.curve))
    order = reading_order([region.quad for region in regions])[:MAX_LINES]
    return [regions[i] for i in order]


@dataclass(frozen=True, slots=True, eq=False)
class _Line:
    quad: F32
    """In page px."""
    size: tuple[float, float]
    """Width and height of the ink's upright box, px."""
    mass: int
    """Ink, px."""
    body: float
    """Height of small letters where it was found, px."""
    curve: Curve | None


def _lines_of_ink(ink: U8, again: int) -> list[_Line]:
    """Lines of (H, W) ink in no order; those in small letters are looked for `again` at their own scale."""
    parts = find_components(ink)
    if not len(parts.x) or len(parts.area) - 1 > MAX_COMPONENTS:
        return []
    body = body_by_pitch(ink, body_height(parts))
    bands = find_bands(ink, body)
    if bands.count > MAX_BANDS:
        return []
    owner, core = assign_ink(parts, bands, body)
    piece = parts.of_pixel
    lines: list[_Line] = []
    small: list[Ints] = []
    large: list[Ints] = []
    for line in part_columns(_group(owner), parts.x, parts.y, body):
        letters = parts.body[piece[line]]
        is_small = again and median(letters) < SMALL * body and _pieces(piece[line]) >= 8
        (small if is_small else large).append(line)
    for line in part_at_leaders(large, parts, body):
        x, y = parts.x[line], parts.y[line]
        extent = line_extent(x.astype(np.float64), y.astype(np.float64), core[line], body, parts.stride)
        if extent is not None:
            quad, curve = extent
            size = (float(x.max() - x.min() + parts.stride), float(y.max() - y.min() + parts.stride))
            lines.append(_Line(quad, size, len(line) * parts.stride**2, body, curve))
    if small:
        lines += _lines_of_part(ink, parts, np.concatenate(small), again - 1)
    return lines


def _lines_of_part(ink: U8, parts: Components, members: Ints, again: int) -> list[_Line]:
    """Lines of some of the ink, looked for in no more of the picture than it fills."""
    y, x, step = parts.y[members], parts.x[members], parts.stride
    top, left = max(0, int(y.min()) - 4 * step), max(0, int(x.min()) - 4 * step)
    part = ink[top : int(y.max()) + 5 * step, left : int(x.max()) + 5 * step]
    chosen = np.zeros((-(-part.shape[0] // step), -(-part.shape[1] // step)), np.uint8)
    chosen[(y - top) // step, (x - left) // step] = 255
    if step > 1:
        # Between the pixels that were looked at, ink goes with the nearest ones.
        chosen = np.asarray(cv2.dilate(chosen, np.ones((2, 2), np.uint8)), np.uint8)
        size = (chosen.shape[1] * step, chosen.shape[0] * step)
        chosen = np.asarray(cv2.resize(chosen, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    part = np.asarray(cv2.bitwise_and(part, chosen[: part.shape[0], : part.shape[1]]), np.uint8)
    shift = np.array([left, top], np.float32)
    return [replace(line, quad=line.quad + shift) for line in _lines_of_ink(part, again)]


def _pieces(piece: Ints) -> int:
    """How many different numbers there are."""
    return int(np.count_nonzero(np.bincount(piece)))


def _group(owner: Ints) -> list[Ints]:
    """Indices of the ink pixels of each line; owner 0 is nobody's."""
    order = np.argsort(owner, kind="stable")
    bounds = np.searchsorted(owner[order], np.arange(1, owner.max(initial=0) + 2))
    return [order[a:b] for a, b in pairwise(bounds) if b > a]


def _without_marks(lines: list[_Line]) -> list[_Line]:
    """Leave out what is no line beside others that are: specks, dashes, leftovers of rules, loops of tall
    letters.
    """
    if len(lines) < 2:
        return [line for line in lines if max(line.size) >= SMALLEST]
    return [line for line in lines if not _is_mark(line, lines)]


def _is_mark(line: _Line, lines: list[_Line]) -> bool:
    width, height = line.size
    body = line.body
    if max(width, height) < 0.8 * body or height < 0.4 * body or (width < 0.3 * body and height > 3 * body):
        return True
    if line.mass < max(0.2 * body * body, 0.9 * width):
        return True
    larger = [other for other in lines if other.mass > 3 * line.mass]
    covered = [intersection_area(line.quad, grow_quad(other.quad, 0.5 * other.body)) for other in larger]
    if sum(covered) < 0.5 * quad_area(line.quad):
        return False
    near = larger[int(np.argmax(covered))]
    return width < 3.0 * near.body or (height < 1.2 * near.body and width < 0.35 * near.size[0])
