"""A canvas to draw on, and a reader that stands in for the model: it counts the pieces of ink in each row."""

import json
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPointF, Qt
from PyQt5.QtGui import QMouseEvent, QTabletEvent
from PyQt5.QtWidgets import QApplication

from camera_ocr.gui.canvas import CanvasPanel
from camera_ocr.gui.drawing import NO_PRESSURE
from camera_ocr.gui.jobs import Jobs
from camera_ocr.gui.theme import DARK, LIGHT
from camera_ocr.gui.touch import Finger
from camera_ocr.recognition.digit_reader import Digit
from camera_ocr.recognition.digit_rows import find_rows
from camera_ocr.recognition.digitprep import prepare_digit
from camera_ocr.types import Transcript

STROKES = json.loads((Path(__file__).parents[2] / "assets" / "digits" / "strokes.json").read_text())


class CountingReader:
    """Reads each connected piece of ink as its number in the row; waits when told to."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.calls = 0

    def read_ink(self, ink):
        assert self.may_go_on.wait(20)
        self.calls += 1
        return [self._row(row) for row in find_rows(ink)]

    @staticmethod
    def _row(row):
        labels, boxes = cv2.connectedComponentsWithStats((row.strength > 60).astype(np.uint8))[1:3]
        digits = []
        for number, i in enumerate(sorted(range(1, len(boxes)), key=lambda i: boxes[i, 0])):
            x, y, w, h = (float(v) / row.scale for v in boxes[i, :4])
            probabilities = np.full(10, 0.01, np.float32)
            probabilities[number % 10] = 0.9
            image = prepare_digit(np.where(labels == i, row.strength, 0).astype(np.uint8))
            digits.append(Digit(str(number % 10), probabilities, (x + row.left, y + row.top, w, h), image))
        return digits

    def read(self, crops):
        text = f"{len(crops)} line, {crops[0].max()} paper"
        n = len(text)
        return [Transcript(text, np.full(n, 0.7, np.float32), np.zeros((n, 2), np.float32))]


class Hand:
    """Sends what a mouse or a pen would."""

    def __init__(self, area) -> None:
        self.area = area

    def mouse(self, *points, button=Qt.MouseButton.LeftButton) -> None:
        at = [QPointF(*p) for p in points]
        self._send(QEvent.Type.MouseButtonPress, at[0], button, button)
        for point in at[1:]:
            self._send(QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, button)
        self._send(QEvent.Type.MouseButtonRelease, at[-1], button, Qt.MouseButton.NoButton)

    def hover(self, x, y) -> None:
        self._send(QEvent.Type.MouseMove, QPointF(x, y), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton)

    def _send(self, kind, at, button, buttons) -> None:
        event = QMouseEvent(kind, at, button, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.area, event)

    def pen(
        self,
        *points,
        pressure,
        pointer=QTabletEvent.PointerType.Pen,
        button=Qt.MouseButton.LeftButton,
    ) -> None:
        """`pressure` is one for the whole stroke, or one for each point."""
        pressures = pressure if isinstance(pressure, list) else [pressure] * len(points)
        kinds = [QEvent.Type.TabletPress] + [QEvent.Type.TabletMove] * (len(points) - 1)
        for kind, point, force in zip(kinds, points, pressures, strict=True):
            pressed = button if kind == QEvent.Type.TabletPress else Qt.MouseButton.NoButton
            self._send_pen(kind, point, force, pointer, pressed, button)
        kind, nothing = QEvent.Type.TabletRelease, Qt.MouseButton.NoButton
        self._send_pen(kind, points[-1], 0.0, pointer, button, nothing)

    def hover_pen(self, x, y, pointer=QTabletEvent.PointerType.Pen) -> None:
        """Over the sheet without touching it."""
        nothing = Qt.MouseButton.NoButton
        self._send_pen(QEvent.Type.TabletMove, (x, y), 0.0, pointer, nothing, nothing)

    def _send_pen(self, kind, point, pressure, pointer, button, buttons) -> None:
        at, stylus = QPointF(*point), QTabletEvent.TabletDevice.Stylus
        keys = Qt.KeyboardModifier.NoModifier
        event = QTabletEvent(
            kind, at, at, stylus, pointer, pressure, 0, 0, 0.0, 0.0, 0, keys, 1, button, buttons
        )
        QApplication.sendEvent(self.area, event)

    def touch(self, *fingers, pressure=NO_PRESSURE, over=False) -> None:
        """`fingers`: number, state, x, y each. PyQt5 lets nobody make the points of a QTouchEvent."""
        self.area.touch([Finger(n, state, QPointF(x, y), pressure) for n, state, x, y in fingers], over=over)

    def write(self, text, writer="aga-0013", x=40.0, y=60.0, scale=1.0) -> None:
        """A held-out writer's digits."""
        for digit in text:
            strokes = [np.array(s, float).reshape(-1, 2) * scale for s in STROKES[writer][digit]]
            points = np.concatenate(strokes)
            shift = np.array([x, y]) - points.min(axis=0)
            for stroke in strokes:
                self.mouse(*(stroke + shift).tolist())
            x += float(np.ptp(points[:, 0])) + 22


class Sheet:
    def __init__(self, qtbot, theme) -> None:
        self.reader = CountingReader()
        self.jobs = Jobs()
        self.panel = CanvasPanel(lambda: self.reader, lambda: self.reader, self.jobs, theme)
        self.panel.resize(1100, 640)
        qtbot.addWidget(self.panel)
        with qtbot.waitExposed(self.panel):
            self.panel.show()
        self.area = self.panel.area
        self.hand = Hand(self.area)
        self._qtbot = qtbot

    def reads(self, text) -> None:
        self._qtbot.waitUntil(lambda: self.panel.text == text, timeout=20_000)


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def sheet(qtbot, request):
    made = Sheet(qtbot, request.param)
    yield made
    made.reader.may_go_on.set()
    made.jobs.close()
