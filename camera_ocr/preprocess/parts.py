"""Pictures turned, and only parts of them made ready for finding lines."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np

from camera_ocr.framing import Box, Framing
from camera_ocr.geometry import transform_points
from camera_ocr.preprocess.illumination import PAPER
from camera_ocr.types import F64, U8, Frame, Page

# five to twenty times as fast as numpy's own turns
_TURNS = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
"""By quarter turns clockwise."""


def reframe(frame: Frame, framing: Framing) -> Frame:
    """`frame` as `framing` wants it, whatever its framing is now; the same object when that is the same."""
    now = frame.framing
    if framing == now:
        return frame
    image = cv2.flip(frame.image, 1) if now.mirrored else frame.image
    turn = _TURNS.get((framing.turns - now.turns) % 4)
    if turn is not None:
        image = cv2.rotate(image, turn)
    if framing.mirrored:
        image = cv2.flip(image, 1)
    return replace(frame, image=np.asarray(image, np.uint8), framing=framing)


def regions_px(frame: Frame) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom of the parts that are to be read, px; the whole picture when none is named."""
    height, width = frame.image.shape[:2]
    boxes: Sequence[Box] = frame.framing.regions or ((0.0, 0.0, 1.0, 1.0),)
    found = []
    for left, top, right, bottom in boxes:
        x0, y0 = min(width - 1, int(left * width)), min(height - 1, int(top * height))
        found.append((x0, y0, max(x0 + 1, round(right * width)), max(y0 + 1, round(bottom * height))))
    return found


def make_part(frame: Frame, make: Callable[[U8], Page]) -> Page:
    """The page that `make` makes of a frame's picture, with nothing on it beyond the parts to be read."""
    if not frame.framing.regions:
        return make(frame.image)
    boxes = np.array(regions_px(frame))
    (x0, y0), (x1, y1) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    # light and slope are judged by what is read, not by what lies around it
    page = make(np.ascontiguousarray(frame.image[y0:y1, x0:x1]))
    move = np.array([[1.0, 0.0, x0], [0.0, 1.0, y0], [0.0, 0.0, 1.0]])
    to_frame = move @ page.to_frame
    if len(boxes) == 1:
        return replace(page, to_frame=to_frame)
    inside = np.zeros_like(page.ink)
    to_page: F64 = np.linalg.inv(to_frame).astype(np.float64)
    for left, top, right, bottom in boxes.tolist():
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)
        on_page = transform_points(corners, to_page)
        cv2.fillConvexPoly(inside, np.round(on_page).astype(np.int32), 255)
    gray = np.where(inside > 0, page.gray, np.uint8(PAPER))
    return replace(page, gray=gray, ink=cv2.bitwise_and(page.ink, inside), to_frame=to_frame)
