import json
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

STROKES = Path(__file__).parents[1] / "assets" / "digits" / "strokes.json"
WRITERS = ("aga-0013", "art-0094")
"""Held-out writers of UNIPEN, one of each digit by each."""

DrawNumber = Callable[..., np.ndarray]


@pytest.fixture
def draw_number() -> DrawNumber:
    """A number in a held-out writer's digits, as ink strength with a margin around it."""
    strokes = json.loads(STROKES.read_text())

    def draw(
        text: str, writer: str = WRITERS[0], *, scale: float = 0.5, pen: int = 4, gap: float = 8.0
    ) -> np.ndarray:
        """`gap` between the boxes of two digits, px; negative lets them overlap."""
        x, pieces = 20.0, []
        for digit in text:
            parts = [np.array(s, np.float32).reshape(-1, 2) * scale for s in strokes[writer][digit]]
            points = np.concatenate(parts)
            shift = np.array([x - points[:, 0].min(), -points[:, 1].max()], np.float32)
            pieces += [part + shift for part in parts]
            x += float(np.ptp(points[:, 0])) + gap
        top = min(piece[:, 1].min() for piece in pieces)
        canvas = np.zeros((int(-top) + 40, int(x) + 20), np.uint8)
        for piece in pieces:
            run = np.rint((piece - [0, top - 20]) * 16).astype(np.int32)
            cv2.polylines(canvas, [run], False, 255, pen, cv2.LINE_AA, 4)
        return canvas

    return draw
