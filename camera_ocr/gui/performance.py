"""How well the live view kept pace over the last minute: three small curves above the status line."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PyQt5.QtWidgets import QFrame, QWidget

from camera_ocr.engine_stats import EngineStats
from camera_ocr.gui.i18n import mark, speak, tr
from camera_ocr.gui.settings import flag
from camera_ocr.gui.theme import Theme

OPEN = flag("view/performance", False)
SPAN_S = 60
NICE = (1.0, 2.0, 5.0)
"""A scale ends at one of these, times a power of ten."""


@dataclass(frozen=True, slots=True)
class Sample:
    """At one moment; nan where nothing was measured."""

    fps: float
    latency_ms: float
    reads: float
    """Lines read a second."""


GAP = Sample(math.nan, math.nan, math.nan)


class Course:
    """The samples of the last minute, one every `every_ms`."""

    def __init__(self, every_ms: int) -> None:
        self._every_s = every_ms / 1000
        self.samples: deque[Sample] = deque(maxlen=SPAN_S * 1000 // every_ms + 1)
        self._reads: int | None = None

    def add(self, stats: EngineStats | None) -> None:
        """None while the view is not live."""
        if stats is None:
            self._reads = None
            self.samples.append(GAP)
            return
        # counted since the source was opened, which may be another one by now
        before = self._reads if self._reads is not None and self._reads <= stats.reads else stats.reads
        self._reads = stats.reads
        reads = (stats.reads - before) / self._every_s
        self.samples.append(Sample(stats.shown_fps, stats.latency_ms_median, reads))


class PerformanceGraph(QFrame):
    """Paints a course, the newest at the right; cheap enough to be left open."""

    def __init__(self, course: Course, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("performance")
        speak(self, lambda: self.setAccessibleName(tr("Performance over the last minute")))
        self.theme = theme
        self._course = course

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, self.fontMetrics().height() * 2 + 62)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.window))
        painter.setPen(QColor(self.theme.border))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        samples = self._course.samples
        curves = (
            (mark("Frames a second"), [one.fps for one in samples], 0),
            (mark("Latency, ms"), [one.latency_ms for one in samples], 0),
            (mark("Lines read a second"), [one.reads for one in samples], 1),
        )
        width = (self.width() - 14) / len(curves)
        for number, (title, values, digits) in enumerate(curves):
            cell = QRectF(14 + number * width, 8, width - 14, self.height() - 14)
            self._paint_curve(painter, cell, tr(title), values, digits)
        painter.end()

    def _paint_curve(
        self, painter: QPainter, cell: QRectF, title: str, values: Sequence[float], digits: int
    ) -> None:
        t = self.theme
        small = QFont(self.font())
        small.setPointSizeF(max(6.5, self.font().pointSizeF() * 0.85))
        line = QFontMetricsF(small).height()
        top = ceiling(values)
        left, right = (int(side | Qt.AlignmentFlag.AlignTop) for side in _SIDES)
        painter.setFont(small)
        painter.setPen(QColor(t.muted))
        painter.drawText(cell, left, title)
        known = [value for value in values if math.isfinite(value)]
        now = values[-1] if values else math.nan
        bold = QFont(small)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(t.text))
        painter.drawText(
            cell, right, QLocale().toString(float(now), "f", digits) if math.isfinite(now) else "–"
        )
        painter.setFont(small)
        field = cell.adjusted(0, line + 4, 0, -line)
        painter.setPen(QPen(QColor(t.border), 1.0))
        for y in (field.top(), field.bottom()):
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
        foot = QRectF(field.left(), field.bottom() + 1, field.width(), line)
        painter.setPen(QColor(t.muted))
        painter.drawText(foot, left, tr("{seconds} s ago", seconds=SPAN_S))
        painter.drawText(foot, right, tr("now"))
        painter.drawText(field.adjusted(0, 1, 0, 0), left, f"{top:g}")
        if known:
            self._paint_line(painter, field, values, top)

    def _paint_line(self, painter: QPainter, field: QRectF, values: Sequence[float], top: float) -> None:
        """Broken where nothing was measured."""
        step = field.width() / max(1, (self._course.samples.maxlen or 2) - 1)
        colour = QColor(self.theme.accent)
        tint = QColor(colour)
        tint.setAlpha(36)
        for run in _runs(values):
            points = [
                QPointF(
                    field.right() - (len(values) - 1 - at) * step,
                    field.bottom() - min(1.0, values[at] / top) * field.height(),
                )
                for at in run
            ]
            ends = [QPointF(points[-1].x(), field.bottom()), QPointF(points[0].x(), field.bottom())]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawPolygon(QPolygonF([*points, *ends]))
            painter.setPen(QPen(colour, 1.5))
            painter.drawPolyline(QPolygonF(points))


_SIDES = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


def ceiling(values: Sequence[float]) -> float:
    """Where a scale ends that holds all of them: 1, 2 or 5 times a power of ten, at least 1."""
    largest = max((value for value in values if math.isfinite(value)), default=0.0)
    if largest <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next((nice * power for nice in NICE if nice * power >= largest), 10 * power)


def _runs(values: Sequence[float]) -> list[list[int]]:
    """Places of values that follow each other without a gap."""
    runs: list[list[int]] = []
    for at, value in enumerate(values):
        if math.isfinite(value):
            if runs and runs[-1][-1] == at - 1:
                runs[-1].append(at)
            else:
                runs.append([at])
    return runs
