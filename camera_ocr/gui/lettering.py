"""Boxes and recognised text painted over the ink.

Painted with QPainter, not drawn into the pixels with OpenCV: OpenCV's own fonts have neither é nor ü, and
paths stay sharp at every zoom and on every screen.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from enum import Enum

import numpy as np
from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from camera_ocr.geometry import is_usable
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.viewport import Viewport
from camera_ocr.types import F32, U8, FusedLine

EM = 100
"""Font size in px at which glyph outlines are kept; they are scaled to the ink."""
TEXT_HEIGHT = 0.62
"""Font size as a part of the line box's height: the box has room for ascenders and descenders."""
MAX_STRETCH = 1.25
"""Letters are widened at most this much to span the ink below them; past that they look wrong."""
MIN_SQUEEZE = 0.75
GUESS_BELOW = 0.5
PLATE_ALPHA = 228
FIRM = "#14305f"
TENTATIVE = "#6f7a88"
CACHE_SIZE = 2000


class OverlayStyle(Enum):
    TEXT = "Text over the ink"
    BOXES = "Boxes only"
    OFF = "Nothing"


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
    ) -> None:
        """Paint `lines`, whose quads belong to `image` (H, W, 3 BGR), through `viewport`.

        The hovered line's text is lifted off, so that the ink below it can be compared.
        """
        if style is OverlayStyle.OFF:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        covered = [line for line in lines if is_legible(line) and line.track_id != hovered]
        if style is OverlayStyle.BOXES:
            covered = []
        # All plates before any text: boxes of neighbouring lines overlap, texts seldom do.
        painter.setPen(Qt.PenStyle.NoPen)
        for line in covered:
            # Nearly opaque: the text seems written on the page itself, a trace of ink remains.
            paper = paper_colour(image, line.quad)
            paper.setAlpha(PLATE_ALPHA)
            painter.setBrush(paper)
            painter.drawPolygon(to_polygon(text_quad(line), viewport))
        for line in lines:
            selected_here = line.track_id in selected
            self._paint_box(
                painter, to_polygon(line.quad, viewport), line, selected_here, line.track_id == hovered
            )
        for line in covered:
            self._paint_text(painter, line, viewport)

    def _paint_box(
        self, painter: QPainter, polygon: QPolygonF, line: FusedLine, selected: bool, hovered: bool
    ) -> None:
        colour = QColor(self.theme.accent if selected or hovered or line.stable else TENTATIVE)
        fill = QColor(self.theme.accent)
        fill.setAlpha(30 if selected else 0)
        if not selected:
            colour.setAlpha(210 if hovered else 110)
        pen = QPen(colour, 2.5 if selected else 1.4)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if not line.stable and not selected:
            pen.setDashPattern([3.0, 3.5])
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawPolygon(polygon)

    def _paint_text(self, painter: QPainter, line: FusedLine, viewport: Viewport) -> None:
        # On paper, so dark in both themes; what may still change is paler and slanted.
        colour = QColor(FIRM if line.stable else TENTATIVE)
        pieces = [(word.text, word.quad) for word in line.words if word.text] or [(line.text, line.quad)]
        height = _length(line.quad[3] - line.quad[0])
        base = painter.worldTransform()
        for text, quad in pieces:
            path, advance = self._outline(text, not line.stable)
            if advance > 0 and is_usable(quad):
                painter.setWorldTransform(self._placed(quad, advance, height, viewport) * base)
                painter.fillPath(path, colour)
        painter.setWorldTransform(base)

    def _placed(self, quad: F32, advance: float, height: float, viewport: Viewport) -> QTransform:
        """From glyph outlines to the widget: text along `quad`, as wide as it, `height` being its line's.

        One size for all words of a line, so that it reads as one line; letters give a little in width.
        """
        right = (quad[1] - quad[0] + quad[2] - quad[3]) / 2
        down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2
        along = right / _length(right)
        across = down / _length(down)
        size = height * TEXT_HEIGHT / EM
        stretch = _length(right) / (advance * size)
        if stretch < MIN_SQUEEZE:
            size *= stretch / MIN_SQUEEZE
            stretch = MIN_SQUEEZE
        stretch = min(MAX_STRETCH, stretch)
        x_axis, y_axis = along * size * stretch, across * size
        # The middle of the small letters lies on the middle of the box: it reaches as far up as down.
        origin = (quad[0] + quad[3]) / 2 + y_axis * self._x_height / 2
        scale = viewport.scale
        x, y = viewport.to_widget(float(origin[0]), float(origin[1]))
        xx, xy, yx, yy = (float(v) * scale for v in (*x_axis, *y_axis))
        return QTransform(xx, xy, yx, yy, x, y)

    def _outline(self, text: str, slanted: bool) -> tuple[QPainterPath, float]:
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


def is_legible(line: FusedLine) -> bool:
    """False for text that would cover the ink with a bad guess: not yet stable, and doubtful."""
    return bool(line.text) and (line.stable or line.confidence >= GUESS_BELOW)


def text_quad(line: FusedLine) -> F32:
    """The part of the line's box, (4, 2) px, that its words take."""
    if not line.words:
        return line.quad
    first, last = line.words[0].quad, line.words[-1].quad
    return np.stack([first[0], last[1], last[2], first[3]])


def to_polygon(quad: F32, viewport: Viewport) -> QPolygonF:
    """`quad` (4, 2) in picture px as a polygon in widget px."""
    return QPolygonF([QPointF(*viewport.to_widget(float(x), float(y))) for x, y in quad])


def paper_colour(image: U8, quad: F32) -> QColor:
    """The paper's colour within `quad` (4, 2) px of `image` (H, W, 3) BGR.

    The upper quartile over a coarse grid of points: most of a line box is paper, ink is darker.
    """
    height, width = image.shape[:2]
    along = np.linspace(0.02, 0.98, 24)[:, None, None]
    across = np.linspace(0.05, 0.95, 5)[None, :, None]
    top = quad[0] + (quad[1] - quad[0]) * along
    bottom = quad[3] + (quad[2] - quad[3]) * along
    points = (top + (bottom - top) * across).reshape(-1, 2)
    x = np.clip(points[:, 0], 0, width - 1).astype(np.intp)
    y = np.clip(points[:, 1], 0, height - 1).astype(np.intp)
    blue, green, red = np.percentile(image[y, x], 75, axis=0)
    return QColor(int(red), int(green), int(blue))


def _length(vector: F32) -> float:
    return float(np.hypot(vector[0], vector[1]))
