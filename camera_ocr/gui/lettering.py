"""Boxes and recognised text painted over the ink.

Painted with QPainter, not drawn into the pixels with OpenCV: OpenCV's own fonts have neither é nor ü, and
paths stay sharp at every zoom and on every screen.
"""

import math
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

import cv2
import numpy as np
from PyQt5.QtCore import QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from camera_ocr.curve import outline
from camera_ocr.grading import grade
from camera_ocr.gui.beside import paint_beside
from camera_ocr.gui.i18n import mark
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.viewport import Viewport
from camera_ocr.types import F32, U8, Curve, FusedLine, Word

EM = 100
"""Font size in px at which glyph outlines are kept; they are scaled to the ink."""
TEXT_HEIGHT = 0.62
"""Font size as a part of the line box's height: the box has room for ascenders and descenders."""
MAX_STRETCH, MIN_STRETCH = 1.25, 0.5
"""How much letters are widened or narrowed to span the ink below them; past that they look wrong."""
EASY_STRETCH = 0.8
"""Narrower than this a line's letters get smaller instead, but not below SMALLEST of their size."""
SMALLEST = 0.65
GUESS_BELOW = 0.5
"""Tentative text less sure than this is not painted over the ink."""
DOUBTED_BELOW = 0.35
"""Nor is stable text less sure than this."""
TAIL = 0.1
"""Part of the box's height that the tails of letters may reach out of it."""
PLATE_ALPHA = 228
FIRM = "#14305f"
TENTATIVE = "#6f7a88"
CACHE_SIZE = 2000


class OverlayStyle(Enum):
    TEXT = mark("Text over the ink")
    BESIDE = mark("Text beside the ink")
    BOXES = mark("Boxes only")
    OFF = mark("Nothing")


class Lettering:
    """Paints the lines of one picture; keeps glyph outlines from one picture to the next."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._font = QFont()
        self._font.setPixelSize(EM)
        self._slanted = QFont(self._font)
        self._slanted.setItalic(True)
        self._x_height = QFontMetricsF(self._font).xHeight()
        self._outlines: OrderedDict[tuple[str, bool], tuple[QPainterPath, float]] = OrderedDict()

    def paint(
        self,
        painter: QPainter,
        image: U8,
        lines: Sequence[FusedLine],
        viewport: Viewport,
        *,
        style: OverlayStyle,
        selected: Collection[int],
        hovered: int | None,
        room: QRectF | None = None,
    ) -> None:
        """Paint `lines`, whose quads belong to `image` (H, W, 3 BGR), through `viewport`; with `room`, widget
        px, only what is to be seen there.

        The hovered line's text is lifted off, so that the ink below it can be compared. Boxes only: each word
        has one, in the colour of its confidence.
        """
        if style is OverlayStyle.OFF:
            return
        if room is not None and style is not OverlayStyle.BESIDE:
            # where texts stand beside the ink depends on all of them
            lines = lines_within(lines, viewport, room)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = [to_polygon(outline(line.quad, line.curve), viewport) for line in lines]
        covered = [
            line
            for line in lines
            if style is OverlayStyle.TEXT and is_legible(line) and line.track_id != hovered
        ]
        # All plates before any text: boxes of neighbouring lines overlap, texts seldom do.
        self._paint_plates(painter, image, covered, viewport)
        for line, box in zip(lines, boxes, strict=True):
            chosen, pointed_at = line.track_id in selected, line.track_id == hovered
            if style is not OverlayStyle.BOXES or not line.text:
                self._paint_box(painter, box, line, chosen, pointed_at)
            else:
                self._tint(painter, box, chosen)
                self._paint_words(painter, line, viewport, strong=chosen or pointed_at)
        for line in covered:
            self._paint_text(painter, line, viewport)
        if style is OverlayStyle.BESIDE:
            told = [(line, box) for line, box in zip(lines, boxes, strict=True) if line.text]
            room = QRectF(0, 0, viewport.width, viewport.height)
            paint_beside(painter, [line for line, _ in told], [box.boundingRect() for _, box in told], room)

    def _paint_plates(
        self, painter: QPainter, image: U8, lines: Sequence[FusedLine], viewport: Viewport
    ) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        colours = paper_colours(image, [plate_quad(line) for line in lines])
        for line, colour in zip(lines, colours, strict=True):
            # Nearly opaque: the text seems written on the page itself, a trace of ink remains.
            painter.setBrush(QColor(*colour, PLATE_ALPHA))
            painter.drawPolygon(to_polygon(plate(line), viewport))

    def _paint_box(
        self, painter: QPainter, box: QPolygonF, line: FusedLine, selected: bool, hovered: bool
    ) -> None:
        self._tint(painter, box, selected)
        colour = QColor(self.theme.accent if selected or hovered or line.stable else TENTATIVE)
        colour.setAlpha(255 if selected else 210 if hovered else 120 if line.text else 70)
        pen = QPen(colour, 2.5 if selected else 1.4)
        if not line.stable and not selected:
            pen.setDashPattern([3.0, 3.5])
        painter.setPen(pen)
        _outline(painter, box)

    def _tint(self, painter: QPainter, box: QPolygonF, selected: bool) -> None:
        if selected:
            tint = QColor(self.theme.accent)
            tint.setAlpha(30)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawPolygon(box)

    @staticmethod
    def _paint_words(painter: QPainter, line: FusedLine, viewport: Viewport, *, strong: bool) -> None:
        """A box for each word, or for the line where its words are not known; dashed while tentative."""
        pieces: Sequence[Word | FusedLine] = line.words or (line,)
        for piece in pieces:
            pen = QPen(QColor(grade(piece.confidence).value), 2.6 if strong else 1.7)
            if not line.stable:
                pen.setDashPattern([3.0, 3.0])
            painter.setPen(pen)
            _outline(painter, to_polygon(piece.quad, viewport))

    def _paint_text(self, painter: QPainter, line: FusedLine, viewport: Viewport) -> None:
        # On paper, so dark in both themes; what may still change is paler and slanted.
        colour = QColor(FIRM if line.stable else TENTATIVE)
        pieces = [(word.text, word.quad) for word in line.words if word.text] or [(line.text, line.quad)]
        outlines = [self._letters(text, not line.stable) for text, _ in pieces]
        places = [Place.of(to_polygon(quad, viewport)) for _, quad in pieces]
        size = font_size(
            Place.of(to_polygon(line.quad, viewport)).height * (line.curve.height if line.curve else 1.0),
            [place.width / advance for place, (_, advance) in zip(places, outlines, strict=True) if advance],
        )
        base = painter.worldTransform()
        for (path, advance), place in zip(outlines, places, strict=True):
            if place.width >= 1 and place.height >= 1 and size > 0 and advance:
                painter.setWorldTransform(place.transform(size, advance, self._x_height) * base)
                painter.fillPath(path, colour)
        painter.setWorldTransform(base)

    def _letters(self, text: str, slanted: bool) -> tuple[QPainterPath, float]:
        """Outline of `text` at EM px from the origin on its baseline, and its advance width in px."""
        key = text, slanted
        found = self._outlines.get(key)
        if found is None:
            font = self._slanted if slanted else self._font
            path = QPainterPath()
            path.addText(QPointF(0, 0), font, text)
            found = path, QFontMetricsF(font).horizontalAdvance(text)
            self._outlines[key] = found
            if len(self._outlines) > CACHE_SIZE:
                self._outlines.popitem(last=False)
        else:
            self._outlines.move_to_end(key)
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """A word's box in widget px: the middle of its left end, and the way along it and down through it."""

    left: tuple[float, float]
    along: tuple[float, float]
    down: tuple[float, float]

    @classmethod
    def of(cls, box: QPolygonF) -> "Place":
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = ((box[i].x(), box[i].y()) for i in range(4))
        return cls(
            ((ax + dx) / 2, (ay + dy) / 2),
            ((bx - ax + cx - dx) / 2, (by - ay + cy - dy) / 2),
            ((dx - ax + cx - bx) / 2, (dy - ay + cy - by) / 2),
        )

    @property
    def width(self) -> float:
        return math.hypot(*self.along)

    @property
    def height(self) -> float:
        return math.hypot(*self.down)

    def transform(self, size: float, advance: float, x_height: float) -> QTransform:
        """From outlines at EM px on a baseline to this box, in letters of `size` (widget px an outline px).

        `advance` and `x_height`: of the text, in outline px. The letters give in width to span the ink.
        """
        stretch = min(MAX_STRETCH, max(MIN_STRETCH, self.width / (advance * size))) * size / self.width
        xx, xy = self.along[0] * stretch, self.along[1] * stretch
        yx, yy = (value * size / self.height for value in self.down)
        # The middle of the small letters lies on the middle of the box, which reaches as far up as down.
        middle = x_height / 2
        return QTransform(xx, xy, yx, yy, self.left[0] + yx * middle, self.left[1] + yy * middle)


def font_size(height: float, fitting: Sequence[float]) -> float:
    """One size for all words of a line, so that it reads as one line; widget px an outline px.

    `height`: of the line's box, widget px; `fitting`: the size at which each word is as wide as its ink. A
    word that is much too wide makes its line smaller, to a degree.
    """
    full = height * TEXT_HEIGHT / EM
    return min(full, max(min(fitting, default=full) / EASY_STRETCH, full * SMALLEST))


def is_legible(line: FusedLine) -> bool:
    """False for text that would cover the ink with a bad guess; the list shows it all the same."""
    return bool(line.text) and _sureness(line) >= (DOUBTED_BELOW if line.stable else GUESS_BELOW)


def _sureness(line: FusedLine) -> float:
    """Mean of its words', 0..1: a long line is hardly ever right throughout, and yet worth reading."""
    words = [word.confidence for word in line.words]
    return sum(words) / len(words) if words else line.confidence


def plate(line: FusedLine) -> F32:
    """What to cover, (n, 2) px; of a line that is not straight all of it, along its course."""
    if line.curve is None:
        return plate_quad(line)
    return outline(line.quad, Curve(line.curve.middle, (1 + 2 * TAIL) * line.curve.height))


def plate_quad(line: FusedLine) -> F32:
    """Where a straight line's text stands, (4, 2) px: what its words take of its box, and tails beyond."""
    quad = line.quad
    if line.words:
        first, last = line.words[0].quad, line.words[-1].quad
        quad = np.stack([first[0], last[1], last[2], first[3]])
    left, right = quad[3] - quad[0], quad[2] - quad[1]
    return np.stack(
        [quad[0] - left * TAIL, quad[1] - right * TAIL, quad[2] + right * TAIL, quad[3] + left * TAIL]
    )


def word_at(line: FusedLine, x: float, y: float) -> Word | None:
    """The word of a line whose box holds the picture point (`x`, `y`), px."""
    for word in line.words:
        if cv2.pointPolygonTest(np.asarray(word.quad, dtype=np.float32), (x, y), False) >= 0:
            return word
    return None


def _outline(painter: QPainter, box: QPolygonF) -> None:
    # line by line, because Qt paints that fifteen times as fast as the outline of a polygon
    if len(box) > 4:
        # the ends of the many short lines of a course must not lie over each other: they are translucent
        pen = painter.pen()
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
    for i in range(len(box)):
        painter.drawLine(box[i], box[(i + 1) % len(box)])


def to_polygon(quad: F32, viewport: Viewport) -> QPolygonF:
    """`quad`, (4, 2) or an outline of more points, in picture px as a polygon in widget px."""
    # asked for each word of each frame
    scale = viewport.scale
    left, top = viewport.to_widget(0, 0)
    return QPolygonF([QPointF(left + x * scale, top + y * scale) for x, y in quad.tolist()])


def lines_within(lines: Sequence[FusedLine], viewport: Viewport, room: QRectF) -> Sequence[FusedLine]:
    """Those that, with all that is painted of them, reach into `room`, widget px."""
    if not lines:
        return lines
    quads = np.array([line.quad for line in lines], np.float32)
    low, high = quads.min(axis=1), quads.max(axis=1)
    # a course that bends out of its box, tails, and the pen of a box
    reach = (high - low).max(axis=1, keepdims=True) * TAIL + 4 / viewport.scale
    first = viewport.to_image(room.left(), room.top())
    last = viewport.to_image(room.right(), room.bottom())
    meets = ((low - reach <= last) & (high + reach >= first)).all(axis=1)
    return [line for line, there in zip(lines, meets.tolist(), strict=True) if there]


def paper_colours(image: U8, quads: Sequence[F32]) -> list[tuple[int, int, int]]:
    """The paper's colour, RGB, within each quad (4, 2) px of `image` (H, W, 3) BGR.

    The upper quartile over a coarse grid of points: most of a line box is paper, ink is darker.
    """
    if not quads:
        return []
    height, width = image.shape[:2]
    corners = np.asarray(quads)[:, :, None, None, :]
    along = np.linspace(0.02, 0.98, 24)[:, None, None]
    across = np.linspace(0.05, 0.95, 5)[None, :, None]
    top = corners[:, 0] + (corners[:, 1] - corners[:, 0]) * along
    bottom = corners[:, 3] + (corners[:, 2] - corners[:, 3]) * along
    points = (top + (bottom - top) * across).reshape(len(quads), -1, 2)
    x = np.clip(points[..., 0], 0, width - 1).astype(np.intp)
    y = np.clip(points[..., 1], 0, height - 1).astype(np.intp)
    ranked = np.sort(image[y, x], axis=1)
    return [(red, green, blue) for blue, green, red in ranked[:, ranked.shape[1] * 3 // 4].tolist()]
