"""The picture with what was read on it: words framed in the colour of their confidence, the text beside."""

from collections.abc import Sequence

import cv2
import numpy as np

from camera_ocr.export.letters import text_mask
from camera_ocr.geometry import quad_size
from camera_ocr.grading import grade
from camera_ocr.types import F32, U8, FrameResult, FusedLine

PAPER, INK, MUTED = (255, 255, 255), (36, 31, 27), (150, 140, 132)
"""Of the column of text, BGR."""
MARGIN = 0.7
"""Around the column of text, as a part of its letters' height."""
LARGEST, SMALLEST = 0.05, 12
"""Height of the letters, ascenders to tails: at most this part of the picture's height, and at least so many
px."""
WIDEST = 1.0
"""Of the column of text, as a part of the picture's width: letters get smaller to stay within it."""


def render(result: FrameResult, models: Sequence[str] = ()) -> bytes:
    """The picture, encoded. `models` is not told."""
    coded, data = cv2.imencode(".png", annotate(result), [cv2.IMWRITE_PNG_COMPRESSION, 3])
    if not coded:
        raise ValueError("a picture of this size cannot be encoded")
    return bytes(data)


def annotate(result: FrameResult) -> U8:
    """(H, W', 3) BGR: the picture, and right of it the lines' texts, each at the height of its ink as far as
    there is room."""
    lines = [line for line in result.lines if line.text]
    picture = result.frame.image.copy()
    thickness = max(1, round(max(picture.shape[:2]) / 900))
    for line in lines:
        _frame(picture, line, thickness)
    if not lines:
        return picture
    column, middles = _column(lines, picture.shape[0], picture.shape[1])
    for line, middle in zip(lines, middles, strict=True):
        leader = np.array([(line.quad[1] + line.quad[2]) / 2, [picture.shape[1], middle]])
        _polyline(picture, leader, MUTED, max(1, thickness // 2), closed=False)
    return np.ascontiguousarray(np.hstack([picture, column]))


def _frame(picture: U8, line: FusedLine, thickness: int) -> None:
    """The words of a line, or the line as a whole where they are not known."""
    for piece in line.words or (line,):
        colour = grade(piece.confidence).value
        red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
        _polyline(picture, piece.quad, (blue, green, red), thickness, closed=True)


def _polyline(
    picture: U8, points: F32, colour: tuple[int, int, int], thickness: int, *, closed: bool
) -> None:
    # sixteenths of a pixel, so that slanted frames are smooth; kept in the range that OpenCV can draw
    path = np.clip(np.rint(np.asarray(points, np.float64) * 16), -(2**24), 2**24).astype(np.int32)
    cv2.polylines(picture, [path], closed, colour, thickness, cv2.LINE_AA, 4)


def _column(lines: list[FusedLine], height: int, picture_width: int) -> tuple[U8, list[float]]:
    """The column of text, (`height`, w, 3) BGR, and the height of the middle of each text, px."""
    size = float(np.median([quad_size(line.quad)[1] for line in lines]))
    size = min(size, height * LARGEST, height / (len(lines) * 1.15))
    letters = max(SMALLEST, round(size))
    masks = [text_mask(line.text, letters) for line in lines]
    room = picture_width * WIDEST
    widest = max(mask.shape[1] for mask in masks)
    if widest > room:
        letters = max(SMALLEST, int(letters * room / widest))
        masks = [text_mask(line.text, letters) for line in lines]
    margin = max(6, round(MARGIN * letters))
    column = np.full((height, max(mask.shape[1] for mask in masks) + 2 * margin, 3), PAPER, np.uint8)
    middles = spread([float(line.quad[:, 1].mean()) for line in lines], letters * 1.1, height)
    for mask, middle in zip(masks, middles, strict=True):
        top = round(min(max(0.0, middle - letters / 2), max(0, height - letters)))
        part = column[top : top + mask.shape[0], margin : margin + mask.shape[1]]
        cover = mask[: part.shape[0], :, None].astype(np.uint16)
        part[:] = (part * (255 - cover) + np.array(INK, np.uint16) * cover + 127) // 255
    return column, middles


def spread(wanted: Sequence[float], pitch: float, height: float) -> list[float]:
    """Heights near the `wanted` ones, in their order, at least `pitch` apart, within 0..`height` px; closer
    together where there is no room for that."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    pitch = min(pitch, height / max(1, len(wanted)))
    placed = [0.0] * len(wanted)
    at = pitch / 2
    for i in order:
        placed[i] = at = max(at, wanted[i])
        at += pitch
    at = height - pitch / 2
    for i in reversed(order):
        placed[i] = at = min(at, placed[i])
        at -= pitch
    return placed
