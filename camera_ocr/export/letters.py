"""Letters for pictures written without a window: OpenCV's own fonts lack accents before version 5."""

import json
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.types import U8

SHEET = Path(__file__).with_name("assets") / "letters.png"
"""The letters side by side, white on black; which they are stands in a JSON of the same name."""
PAD = 5
"""Room left and right of each letter, px of the sheet, into which hooks like that of j reach."""
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for characters that are not on the sheet."""


def text_mask(text: str, height: int) -> U8:
    """`text` on one line as coverage (height, w), 255 where it is inked; `height` px from the highest accent
    to the lowest tail, at least 4."""
    letters = _letters()
    found = [letters.get(character, letters[UNKNOWN]) for character in text or " "]
    starts = np.cumsum([0, *(letter.shape[1] - 2 * PAD for letter in found)])
    full = np.zeros((found[0].shape[0], int(starts[-1]) + 2 * PAD), np.uint8)
    for letter, start in zip(found, starts.tolist(), strict=False):
        room = full[:, start : start + letter.shape[1]]
        np.maximum(room, letter, out=room)
    width = max(1, round(full.shape[1] * height / full.shape[0]))
    shrinks = cv2.INTER_AREA if height < full.shape[0] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(full, (width, max(4, height)), interpolation=shrinks), np.uint8)


@cache
def _letters() -> dict[str, U8]:
    sheet = np.asarray(
        cv2.imdecode(np.frombuffer(SHEET.read_bytes(), np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8
    )
    described = json.loads(SHEET.with_suffix(".json").read_text("utf-8"))
    ends = np.cumsum(described["widths"])
    pieces = np.split(sheet, ends[:-1], axis=1)
    return dict(zip(described["characters"], pieces, strict=True))
