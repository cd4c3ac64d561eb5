"""Real ink for the tests of everything that looks at pictures."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from camera_ocr.types import F32, F64, U8

ASSETS = Path(__file__).with_name("assets") / "perception"
STROKES = Path(__file__).with_name("assets") / "digits" / "strokes.json"
WRITERS = ("aga-0013", "art-0094")
"""Held-out writers of UNIPEN, one of each digit by each."""

DrawNumber = Callable[..., np.ndarray]


@dataclass(frozen=True)
class ScannedLines:
    """Six ruled lines of a scanned page, and the cut-off top of a seventh."""

    image: U8
    polygons: list[F32]
    texts: list[str]


@dataclass(frozen=True)
class Sheet:
    """A sheet of paper written on with real strokes."""

    image: U8
    lines: list[F32]
    """Upright boxes of the ink, (4, 2) px TL TR BR BL, top to bottom."""


DrawSheet = Callable[..., Sheet]


@pytest.fixture(scope="session")
def scanned_lines() -> ScannedLines:
    labels = json.loads((ASSETS / "page.json").read_text(encoding="utf-8"))["lines"]
    image = cv2.imread(str(ASSETS / "page.jpg"))
    polygons = [np.array(line["polygon"], np.float32) for line in labels]
    return ScannedLines(image, polygons, [line["text"] for line in labels])


@pytest.fixture(scope="session")
def line_crop(scanned_lines: ScannedLines) -> U8:
    """The first scanned line, (H, W) grey."""
    left, top, wide, high = cv2.boundingRect(scanned_lines.polygons[0])
    return cv2.cvtColor(scanned_lines.image[top : top + high, left : left + wide], cv2.COLOR_BGR2GRAY)


@pytest.fixture(scope="session")
def words() -> list[list[F64]]:
    """Words of one writer: a list of strokes each, a stroke (n, 2), a word about 160 units high."""
    entries = json.loads((ASSETS / "words.json").read_text(encoding="utf-8"))
    return [[np.cumsum(np.array(s, float).reshape(-1, 2), axis=0) for s in e["strokes"]] for e in entries]


@pytest.fixture(scope="session")
def draw_sheet(words: list[list[F64]]) -> DrawSheet:
    """Sets the words in rows: `rows` gives the number of words on each."""

    def draw(
        rows: Sequence[int],
        *,
        size: tuple[int, int] = (900, 600),
        scale: float = 0.22,
        pitch: int = 70,
        left: int = 60,
        top: int = 70,
        gap: int = 22,
        paper: int = 235,
        ink: int = 60,
        ruled: int = 0,
        squared: int = 0,
        pen: int = 2,
    ) -> Sheet:
        width, height = size
        image = np.full((height, width, 3), paper, np.uint8)
        for y in range(top + 12, height, pitch) if ruled else range(0):
            cv2.line(image, (0, y), (width, y), (ruled,) * 3, 1, cv2.LINE_AA)
        for at in range(10, max(size), 24) if squared else range(0):
            cv2.line(image, (at, 0), (at, height), (squared,) * 3, 1)
            cv2.line(image, (0, at), (width, at), (squared,) * 3, 1)
        lines, next_word = [], 0
        for row, count in enumerate(rows):
            x, strokes = float(left), []
            for _ in range(count):
                word = [stroke * scale for stroke in words[next_word % len(words)]]
                next_word += 1
                points = np.vstack(word)
                # the bulk of a word's points lies in its small letters: set these on one line
                shift = np.array([x - points[:, 0].min(), top + row * pitch - np.quantile(points[:, 1], 0.8)])
                strokes += [stroke + shift for stroke in word]
                x += float(np.ptp(points[:, 0])) + gap
            for stroke in strokes:
                path = [np.round(stroke * 16).astype(np.int32)]
                cv2.polylines(image, path, False, (ink,) * 3, pen, cv2.LINE_AA, 4)
            ends = np.vstack(strokes)
            (x0, y0), (x1, y1) = ends.min(axis=0), ends.max(axis=0)
            lines.append(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32))
        return Sheet(image, lines)

    return draw


def polygon_iou(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    """Intersection over union of two polygons of any shape, by filling them."""
    low = np.floor(np.minimum(a.min(axis=0), b.min(axis=0)))
    w, h = (np.ceil(np.maximum(a.max(axis=0), b.max(axis=0))) - low + 1).astype(int)
    masks = []
    for polygon in (a, b):
        mask = np.zeros((h, w), np.uint8)
        cv2.fillPoly(mask, [np.round(polygon - low).astype(np.int32)], 1)
        masks.append(mask)
    return float((masks[0] & masks[1]).sum() / (masks[0] | masks[1]).sum())


@pytest.fixture(scope="session")
def iou() -> Callable[[F32, F32], float]:
    return polygon_iou


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
