"""Pen strokes -> images of ink: smoothing, slant, pen width; words chained into lines, characters into codes.

Units are those of the prepared sets: a writer's median word is 160 high; y grows downwards. In this module a
piece of writing is a list of (n, 2) float32 strokes.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from camera_ocr.types import F32, U8
from convert.datasets.shared import COARSE_DONORS, StrokeSample

Rng = np.random.Generator

_DESCENDING = frozenset("gjpqy,;Q")
_ASCENDING = frozenset("bdfhkltijABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'\"()[]{}!?/\\|&%$#@*^")
_SUPERSAMPLE = 2
_SHIFT = 4  # cv2 takes coordinates in 1/16 px


def strokes_of(sample: StrokeSample) -> list[F32]:
    """The sample's strokes, smoothed where the donor's tablet was coarse."""
    if sample.writer.startswith(COARSE_DONORS):
        return [smooth(s) for s in sample.strokes]
    return list(sample.strokes)


def smooth(stroke: F32, rounds: int = 2) -> F32:
    """Corner cutting (Chaikin 1974): each round puts two points for a corner, a quarter along its sides."""
    for _ in range(rounds):
        if len(stroke) < 3:
            return stroke
        a, b = stroke[:-1], stroke[1:]
        cut = np.empty((2 * len(a), 2), np.float32)
        cut[0::2] = 0.75 * a + 0.25 * b
        cut[1::2] = 0.25 * a + 0.75 * b
        stroke = np.concatenate([stroke[:1], cut, stroke[-1:]])
    return stroke


def bounds(strokes: Sequence[F32]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the ink."""
    points = np.concatenate(strokes)
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return float(x0), float(y0), float(x1), float(y1)


def baseline(text: str, strokes: Sequence[F32]) -> float:
    """y of the baseline, guessed from the ink's height and which letters rise and descend."""
    _, top, _, bottom = bounds(strokes)
    if not _DESCENDING & set(text):
        return bottom
    above = 1.8 if _ASCENDING & set(text) else 1.0
    return bottom - (bottom - top) * 0.7 / (above + 0.7)


def chain(
    words: Sequence[StrokeSample],
    rng: Rng,
    foot: Callable[[str, Sequence[F32]], float] = baseline,
    gaps: tuple[float, float] = (35, 110),
    slope: float | None = None,
) -> tuple[str, list[F32]]:
    """Words of one writer set beside each other on a wandering, slightly sloping baseline.

    `foot` gives the y of a word's baseline, `gaps` bounds the space between words, units; `slope` is how far
    the line falls for each unit along it, a random one when None.
    """
    line: list[F32] = []
    x = y = 0.0
    gap = rng.uniform(*gaps)
    slope = rng.normal(0, 0.012) if slope is None else slope
    for word in words:
        strokes = strokes_of(word)
        left, _, right, _ = bounds(strokes)
        offset = np.array([x - left, y - foot(word.text, strokes)], np.float32)
        line += [s + offset for s in strokes]
        advance = right - left + gap * rng.uniform(0.75, 1.35)
        x += advance
        y += slope * advance + rng.normal(0, 4)
    return " ".join(word.text for word in words), line


def compose(text: str, glyphs: dict[str, list[StrokeSample]], rng: Rng) -> list[F32]:
    """`text` out of one writer's single characters. Raises KeyError for a character the writer lacks."""
    line: list[F32] = []
    x = 0.0
    spacing = rng.uniform(4, 30)
    body = rng.uniform(0.52, 0.66)  # x-height over capital height
    for char in text:
        if char == " ":
            x += rng.uniform(40, 90)
            continue
        choices = glyphs[char]
        strokes = strokes_of(choices[int(rng.integers(len(choices)))])
        left, top, right, bottom = bounds(strokes)
        high, low = _char_extent(char, body)
        # prepared characters are scaled to one size, so each gets back the height its class has on a line
        scale = (high + low) * 100 / max(bottom - top, 0.6 * (right - left), 8.0)
        if char in "-_=~":
            scale = rng.uniform(35, 60) / max(right - left, 8.0)
        scale *= rng.uniform(0.9, 1.1)
        foot = low * 100 + rng.normal(0, 3)
        if char in "-=~*+":
            foot = -100 * body / 2 + (bottom - top) * scale / 2
        if char in "'\"^`":
            foot = -100 + (bottom - top) * scale
        origin = np.array([left, bottom], np.float32)
        line += [(s - origin) * np.float32(scale) + np.array([x, foot], np.float32) for s in strokes]
        x += (right - left) * scale + spacing * rng.uniform(0.6, 1.4)
    return line


def distort(strokes: Sequence[F32], rng: Rng, strength: float = 1.0) -> list[F32]:
    """Another hand's slant, width, slope and wobble."""
    slant = rng.normal(0, 0.22) * strength
    stretch = np.exp(rng.normal(0, 0.16) * strength)
    slope = np.clip(rng.normal(0, 0.02), -0.087, 0.087) * strength
    matrix = np.array([[stretch, slope], [-slant * stretch, 1.0]], np.float32)
    wave, phase = rng.uniform(150, 500), rng.uniform(0, 2 * np.pi)
    height = rng.uniform(0, 5) * strength
    bent = []
    for stroke in strokes:
        moved = stroke @ matrix
        moved[:, 1] += height * np.sin(moved[:, 0] / wave * 2 * np.pi + phase)
        moved[:, 0] += 0.6 * height * np.sin(moved[:, 1] / wave * 4 * np.pi + 2 * phase)
        bent.append(moved)
    return bent


def draw(
    strokes: Sequence[F32],
    height: int,
    pen: float,
    rng: Rng | None = None,
    margins: tuple[float, float] = (0.1, 0.1),
) -> U8:
    """Strokes as an image of ink strength.

    Args:
        strokes: (n, 2) each, any unit.
        height: px from the ink's top to its bottom, margins not counted; very flat writing is drawn lower.
        pen: width of the pen in px of the result.
        rng: lets the pen's pressure vary along the strokes; None draws it even.
        margins: empty space above and below, as fractions of `height`.

    Returns:
        (H, W) u8, 255 where ink covers the pixel.
    """
    left, top, right, bottom = bounds(strokes)
    # a lone dash or dot must not be blown up to a whole line's height
    tall = max(bottom - top, 0.04 * (right - left), 20.0)
    scale = _SUPERSAMPLE * (height - pen) / tall
    pen *= _SUPERSAMPLE
    above, below = (round(m * height) * _SUPERSAMPLE for m in margins)
    side = int(0.1 * height) * _SUPERSAMPLE + int(pen)
    rows = round((bottom - top) * scale + pen) + above + below
    canvas = np.zeros((rows, round((right - left) * scale) + 2 * side), np.uint8)
    origin = np.array([left - side / scale, top - (above + pen / 2) / scale], np.float32)
    for stroke in strokes:
        points = np.rint((stroke - origin) * (scale * 2**_SHIFT)).astype(np.int32)
        if len(points) == 1:  # cv2 draws no line through a single point, but i-dots and full stops are such
            points = np.concatenate([points, points + 1])
        for run, width in _runs(points, pen, rng):
            cv2.polylines(canvas, [run], False, 255, width, cv2.LINE_AA, _SHIFT)
    size = (max(1, canvas.shape[1] // _SUPERSAMPLE), max(1, canvas.shape[0] // _SUPERSAMPLE))
    image: U8 = cv2.resize(canvas, size, interpolation=cv2.INTER_AREA)
    return image


def _runs(points: np.ndarray, pen: float, rng: Rng | None) -> list[tuple[np.ndarray, int]]:
    """The stroke cut into runs, each with the pen width its pressure gives."""
    if rng is None or len(points) < 8:
        return [(points, max(1, round(pen)))]
    pieces = min(6, len(points) // 4)
    edges = np.linspace(0, len(points) - 1, pieces + 1).astype(int)
    widths = pen * np.clip(1 + rng.normal(0, 0.16, pieces), 0.6, 1.5)
    widths[-1] *= 0.85  # the pen is lifted
    return [
        (points[a : b + 1], max(1, round(w)))
        for a, b, w in zip(edges[:-1], edges[1:], widths.tolist(), strict=True)
    ]


def _char_extent(char: str, body: float) -> tuple[float, float]:
    """Height above and depth below the baseline, over capital height."""
    if char in "gpqy":
        return body, 0.4
    if char == "j":
        return 0.95, 0.4
    if char in "acemnorsuvwxz":
        return body, 0.0
    if char in ".":
        return 0.08, 0.0
    if char in ",;":
        return (0.1 if char == "," else body), 0.15
    if char == ":":
        return body, 0.0
    if char in "'\"^`":
        return 0.3, 0.0
    if char in "+*<>":
        return 0.6, 0.0
    if char in "()[]{}|/\\$@":
        return 1.0, 0.12
    if char == "i":
        return 0.95, 0.0
    if char == "t":
        return 0.85, 0.0
    return 1.0, 0.0
