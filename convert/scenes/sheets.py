"""Flat sheets of paper with writing on them, and where each line of it is.

A line's polygon is a band around its ink: as high as the ascenders and as low as the descenders within about
one line distance to either side, which lies between a box and an outline close around every letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from camera_ocr.capture.scene import as_paper
from camera_ocr.types import F32, U8
from convert import ink
from convert.augment import dry_strokes
from convert.datasets.shared import TruePage
from convert.demo_page import baseline
from convert.scenes.material import Material, Writer

Rng = np.random.Generator
Colour = tuple[int, int, int]

PAPERS = ("blank", "ruled", "squared")
_UNITS = 160.0
"""Height of a writer's median word, in units of its strokes."""
_ABOVE, _BELOW = 2.5, 2.0
"""So many times that above and below its baseline is no ink of a line."""

_PAPER_COLOURS: tuple[Colour, ...] = (
    (244, 246, 246),
    (225, 238, 243),
    (214, 232, 240),
    (235, 232, 226),
    (160, 235, 248),  # sticky yellow
    (205, 200, 246),
    (170, 200, 214),  # kraft
)
_INKS: tuple[Colour, ...] = (
    (128, 52, 28),
    (90, 40, 20),
    (44, 38, 36),
    (30, 28, 28),
    (110, 36, 58),
    (60, 60, 62),
    (40, 40, 170),
    (70, 110, 30),
)


@dataclass(frozen=True, slots=True, eq=False)
class SheetLine:
    text: str
    polygon: F32
    """(n, 2) sheet px, along the top from left to right and back along the bottom."""
    baseline: F32
    """(k, 2) sheet px, left to right."""
    covered: bool = False
    """True when another sheet lies over a part of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    image: U8
    """(H, W, 3) BGR, evenly lit."""
    lines: tuple[SheetLine, ...]
    """In reading order."""
    cover: U8 | None = None
    """(H, W), 255 where the sheet is, for one that is not a rectangle."""


def written_sheet(
    writer: Writer,
    rng: Rng,
    paper_rng: Rng,
    size: tuple[int, int],
    pitch: int,
    paper: str = "blank",
    *,
    full: bool = False,
    bow: float = 0.0,
) -> Sheet:
    """One hand's lines on paper of `size` = (width, height) px, `pitch` px from line to line.

    The ink depends on `rng` only, so the same ink can be had on every kind of PAPERS. A `full` sheet is
    written on down to its end. The lines rise in the middle of the
    sheet, or sag, by about `bow` px, each a little otherwise.
    """
    width, height = size
    light_on_dark = paper == "board"
    image = _paper(paper_rng, size, pitch, paper)
    colour = (225, 232, 230) if light_on_dark else _INKS[int(rng.integers(len(_INKS)))]
    strength = float(rng.uniform(0.7, 0.97))
    pencil = rng.random() < 0.2 and not light_on_dark
    scale = pitch * float(rng.uniform(0.62, 0.86)) / _UNITS
    pen = max(1.2, pitch * float(np.clip(np.exp(rng.normal(np.log(0.045), 0.3)), 0.025, 0.09)))
    left = int(rng.uniform(0.05, 0.13) * width)
    columns = _columns(rng, width, left, pitch)
    rows = max(1, int((height - 1.2 * pitch) / pitch))
    filled = rows if rng.random() < 0.6 or full else int(rng.integers(max(1, rows // 3), rows + 1))
    slope = rng.normal(0, 0.006)  # a hand's lines climb or fall alike
    lines: list[SheetLine] = []
    for start, stop in columns:
        for row in range(filled):
            if row and rng.random() < 0.06:  # an empty line between paragraphs
                continue
            room = (stop - start) * (1.0 if rng.random() < 0.75 else float(rng.uniform(0.3, 1.0)))
            text, strokes = _fill(writer, rng, room / scale, slope + rng.normal(0, 0.0025))
            foot = (1.35 + row) * pitch + rng.normal(0, 0.02) * pitch
            x = start + (rng.uniform(0, 0.04) * width if rng.random() < 0.2 else 0.0)
            arch = bow * rng.uniform(0.85, 1.15) if bow else 0.0
            line = _lay_ink(image, text, strokes, (x, foot), scale, pen, colour, strength, pencil, rng, arch)
            if line is not None:
                lines.append(line)
    return Sheet(as_paper(image, paper_rng), tuple(lines))


def printed_sheet(material: Material, rng: Rng, paper_rng: Rng, size: tuple[int, int], pitch: int) -> Sheet:
    """Paragraphs in one font of the material, now and then under a larger heading."""
    from convert.fonts import draw_text

    width, height = size
    image = _paper(paper_rng, size, pitch, "blank")
    left = int(rng.uniform(0.06, 0.13) * width)
    fonts = material.fonts[int(rng.integers(len(material.fonts)))]
    letters = "aegrdbnqAEGRDBNQ 0123456789"
    path = fonts.face(rng, letters) or fonts.face(rng, "a")
    lines: list[SheetLine] = []
    y, row = 1.4 * pitch, 0
    colour = np.array((40, 38, 38) if rng.random() < 0.8 else _INKS[int(rng.integers(len(_INKS)))])
    while path is not None and y < height - 0.5 * pitch:
        heading = row == 0 and rng.random() < 0.4
        font_px = int(pitch * (0.95 if heading else 0.66))
        room = (width - 2 * left) * (rng.uniform(0.3, 0.6) if heading or rng.random() < 0.2 else 1.0)
        text, cover, foot = "", np.zeros((0, 0), np.uint8), 0
        for word in _words(material, rng, 24):
            longer = f"{text} {word}".strip()
            drawn, base = draw_text(path, font_px, longer)
            if drawn.shape[1] > room and text:
                break
            text, cover, foot = longer, cv2.bitwise_not(drawn), base
        placed = _stamp(image, cover, left, round(y) - foot, colour, 0.92)
        if placed is not None:
            band = _band(*placed, pitch)
            ends = np.array([[band[:, 0].min(), round(y)], [band[:, 0].max(), round(y)]], np.float32)
            lines.append(SheetLine(text, band, ends))
        y += pitch * (1.6 if heading or rng.random() < 0.1 else 1.0)
        row += 1
    return Sheet(as_paper(image, paper_rng), tuple(lines))


def scanned_sheet(page: TruePage, rng: Rng, pitch: int) -> Sheet:
    """A scan, scaled so that its lines are `pitch` px apart, without what is above and below its lines: the
    margins of these scans hold notes that nobody labelled.
    """
    kept = [
        i
        for i, (polygon, text) in enumerate(zip(page.polygons, page.texts, strict=True))
        if "wikitexte" not in text and np.ptp(polygon[:, 0]) > 0
    ]
    middles = np.sort([float(page.polygons[i][:, 1].mean()) for i in kept])
    apart = float(np.median(np.diff(middles))) if len(middles) > 1 else 60.0
    scale = pitch / max(apart, 20.0)
    image = page.image.copy()
    top = min(float(page.polygons[i][:, 1].min()) for i in kept) - 0.12 * apart
    bottom = max(float(page.polygons[i][:, 1].max()) for i in kept) + 0.25 * apart
    image[: max(0, int(top))] = 255
    image[int(bottom) :] = 255
    high = min(image.shape[0], int(bottom + rng.uniform(0.3, 1.5) * apart))
    low = max(0, int(top - rng.uniform(0.3, 1.5) * apart))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    image = np.asarray(cv2.resize(image[low:high], None, fx=scale, fy=scale, interpolation=way), np.uint8)
    tint = np.array(_PAPER_COLOURS[int(rng.integers(4))], np.float32) / 255
    image = (image * tint).astype(np.uint8)
    shift = np.array([0, low], np.float32)
    lines = []
    for i in kept:
        polygon = ((page.polygons[i] - shift) * scale).astype(np.float32)
        baseline = ((page.baselines[i] - shift) * scale).astype(np.float32)
        lines.append(SheetLine(page.texts[i], polygon, baseline))
    return Sheet(image, tuple(lines))


def curled(sheet: Sheet, rng: Rng, amount: float) -> Sheet:
    """The sheet as it looks when it does not lie flat: rows bent by up to `amount` px."""
    height, width = sheet.image.shape[:2]
    phase, waves = rng.uniform(0, 2 * np.pi), rng.uniform(0.4, 0.9)
    lean = rng.uniform(-0.3, 0.3)

    def lift(x: F32, y: F32) -> F32:
        bent = np.sin(2 * np.pi * waves * x / width + phase + lean * y / height)
        return np.asarray(amount * bent, np.float32)

    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    # the shift differs little from row to row, so its inverse is its negative
    image = cv2.remap(sheet.image, columns, rows + lift(columns, rows), cv2.INTER_LINEAR, None, 1)

    def moved(points: F32) -> F32:
        return np.column_stack([points[:, 0], points[:, 1] - lift(points[:, 0], points[:, 1])])

    lines = tuple(
        replace(line, polygon=moved(line.polygon), baseline=moved(_denser(line.baseline)))
        for line in sheet.lines
    )
    return Sheet(np.asarray(image, np.uint8), lines)


def _denser(polyline: F32, points: int = 9) -> F32:
    at = np.linspace(0, len(polyline) - 1, max(points, len(polyline)))
    known = np.arange(len(polyline))
    return np.column_stack([np.interp(at, known, polyline[:, i]) for i in (0, 1)]).astype(np.float32)


def _columns(rng: Rng, width: int, left: int, pitch: int) -> list[tuple[float, float]]:
    """Left and right end of each column of writing, px."""
    right = width - left * float(rng.uniform(0.4, 1.0))
    if width > 26 * pitch and rng.random() < 0.15:
        middle = (left + right) / 2
        return [(left, middle - 1.2 * pitch), (middle + 1.2 * pitch, right)]
    return [(left, right)]


def _fill(writer: Writer, rng: Rng, room: float, slope: float) -> tuple[str, list[F32]]:
    """A line of the writer's that is at most `room` units long: written as one where there is such, or words
    in a row."""
    fitting = [line for line in writer.lines if line.size[0] <= room]
    long_enough = [line for line in fitting if line.size[0] > 0.5 * room] or fitting
    if long_enough and (not writer.words or rng.random() < 0.6):
        line = long_enough[int(rng.integers(len(long_enough)))]
        return line.text, ink.strokes_of(line)
    chosen, length = [], 0.0
    while len(chosen) < 14 and writer.words:
        word = writer.words[int(rng.integers(len(writer.words)))]
        length += word.size[0] + 85
        if chosen and length > room:
            break
        chosen.append(word)
    return ink.chain(chosen, rng, _foot, (60, 120), slope) if chosen else ("", [])


def _foot(text: str, strokes: Sequence[F32]) -> float:
    """y of the baseline by the strokes themselves: guessed from the letters, words of a line would dance."""
    return baseline(strokes)


def _words(material: Material, rng: Rng, count: int) -> list[str]:
    """Words in a row from the material's scans and writers, none of which a font may lack."""
    texts = [text for page in material.scans for text in page.texts if "wikitexte" not in text]
    if not texts:
        texts = [word.text for writer in material.writers for word in writer.words]
    found: list[str] = []
    while len(found) < count:
        text = texts[int(rng.integers(len(texts)))]
        found += [word for word in text.split() if word.isascii()]
    return found


def _lay_ink(
    image: U8,
    text: str,
    strokes: Sequence[F32],
    at: tuple[float, float],
    scale: float,
    pen: float,
    colour: Colour,
    strength: float,
    pencil: bool,
    rng: Rng,
    arch: float = 0.0,
) -> SheetLine | None:
    """Draw strokes with their baseline's left end `at` px; None when nothing of them is on the sheet.

    The baseline is `arch` px higher in the middle of the sheet than at its sides.
    """
    if not strokes:
        return None
    foot = baseline(strokes)
    begin, half = float(ink.bounds(strokes)[0]), image.shape[1] / 2

    def lift(at_px: F32) -> F32:
        return np.asarray(arch * (0.5 - ((at_px - half) / half) ** 2), np.float32)

    if arch:
        strokes = [
            np.column_stack([line[:, 0], line[:, 1] - lift(at[0] + scale * (line[:, 0] - begin)) / scale])
            for line in strokes
        ]
    left, top, right, bottom = ink.bounds(strokes)
    tall = max(bottom - top, 0.04 * (right - left), 20.0)  # as ink.draw has it
    high = round(scale * tall + pen)
    cover = ink.draw(strokes, high, pen, rng, (0.0, 0.0))
    if pencil:
        cover = np.clip(cover * dry_strokes(*cover.shape, rng), 0, 255).astype(np.uint8)
    x, y = at
    edge = (cover.shape[1] - (right - left) * scale) / 2
    placed = _stamp(
        image, cover, round(x - edge), round(y - (foot - top) * scale), np.array(colour), strength
    )
    if placed is None:
        return None
    band = _band(*_without_strays(*placed, y, scale * _UNITS), scale * _UNITS / 0.75)
    across = np.linspace(band[:, 0].min(), band[:, 0].max(), 9 if arch else 2, dtype=np.float32)
    return SheetLine(text, band, np.column_stack([across, np.float32(y) - lift(across)]))


def _stamp(
    image: U8, cover: U8, x: int, y: int, colour: np.ndarray, strength: float
) -> tuple[U8, int, int] | None:
    """Ink over the paper; what of `cover` lies on it, and its corner. None when ink would be cut off."""
    height, width = image.shape[:2]
    columns = np.flatnonzero(cover.max(axis=0, initial=0))
    rows = np.flatnonzero(cover.max(axis=1, initial=0))
    if not len(columns) or not len(rows):
        return None
    cover = np.ascontiguousarray(cover[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
    x, y = x + int(columns[0]), y + int(rows[0])
    h, w = cover.shape
    if x < 0 or y < 0 or x + w > width or y + h > height:
        return None
    part = image[y : y + h, x : x + w]
    alpha = cover[:, :, None] * np.float32(strength / 255)
    part[:] = (part * (1 - alpha) + colour.astype(np.float32) * alpha).round()
    return cover, x, y


def _without_strays(cover: U8, x: int, y: int, foot: float, tall: float) -> tuple[U8, int, int]:
    """(h, w) `cover`, whose corner is at (x, y), without what the pen touched lines away from its own, whose
    baseline is at `foot` and whose words are `tall` px: that is on the sheet, but of no line.
    """
    own = cover.copy()
    own[: max(0, round(foot - _ABOVE * tall) - y)] = 0
    own[max(0, round(foot + _BELOW * tall) - y) :] = 0
    return (own if own.any() else cover), x, y


def _band(cover: U8, x: int, y: int, pitch: float) -> F32:
    """(n, 2) polygon around the ink of (h, w) `cover`, whose corner is at (x, y)."""
    mask = (cover > 60).astype(np.uint8)
    if not mask.any():
        mask = (cover > 0).astype(np.uint8)
    reach = max(3, round(2.5 * pitch) | 1)
    wide = cv2.dilate(mask, np.ones((1, reach), np.uint8))
    columns = np.unique(
        np.linspace(0, mask.shape[1] - 1, max(2, round(2 * mask.shape[1] / reach))).astype(int)
    )
    inked = wide[:, columns]
    # gaps wider than the reach take the bounds of their neighbours
    known = np.flatnonzero(inked.any(axis=0))
    top = np.interp(np.arange(len(columns)), known, inked.argmax(axis=0)[known])
    last = mask.shape[0] - inked[::-1].argmax(axis=0)
    bottom = np.interp(np.arange(len(columns)), known, last[known])
    right = columns + (columns == columns[-1])
    upper = np.column_stack([right + x, top + y - 1])
    lower = np.column_stack([right + x, bottom + y + 1])
    return np.concatenate([upper, lower[::-1]]).astype(np.float32)


def _paper(rng: Rng, size: tuple[int, int], pitch: int, style: str) -> U8:
    """Empty paper; `style` is one of PAPERS, or `board` for chalk."""
    width, height = size
    colour = (52, 60, 48) if style == "board" else _PAPER_COLOURS[int(rng.integers(len(_PAPER_COLOURS)))]
    image = np.full((height, width, 3), colour, np.uint8)
    faint = float(rng.uniform(0.1, 0.5))
    tint = np.array([(200, 140, 90), (120, 120, 120), (190, 160, 60)][int(rng.integers(3))], np.float32)
    rule = tuple(((1 - faint) * np.array(colour, np.float32) + faint * tint).round().tolist())
    thick = max(1, round(pitch / 34))
    first = round(1.35 * pitch)
    if style == "ruled":
        for row in range(-1, height // pitch + 1):
            cv2.line(image, (0, first + row * pitch), (width, first + row * pitch), rule, thick, cv2.LINE_AA)
        if rng.random() < 0.4:
            margin = int(rng.uniform(0.04, 0.1) * width)
            cv2.line(image, (margin, 0), (margin, height), (150, 150, 225), thick, cv2.LINE_AA)
    if style == "squared":
        cell = pitch / float(rng.choice((1, 2, 2, 1.5)))
        for at in np.arange(first % cell, max(width, height), cell):
            if at < height:
                cv2.line(image, (0, round(at)), (width, round(at)), rule, thick, cv2.LINE_AA)
            if at < width:
                cv2.line(image, (round(at), 0), (round(at), height), rule, thick, cv2.LINE_AA)
    return image
