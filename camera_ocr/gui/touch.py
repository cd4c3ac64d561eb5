"""Fingers on the screen: a plain form of Qt's touches, and two fingers that zoom."""

import math
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtGui import QTouchDevice, QTouchEvent
from PyQt5.QtWidgets import QApplication

from camera_ocr.gui.drawing import NO_PRESSURE
from camera_ocr.gui.viewport import Viewport

TAP_PX = 14
"""A finger that moves no further taps."""


class Finger(NamedTuple):
    """One finger of a touch."""

    number: int
    """The same from press to release."""
    state: Qt.TouchPointState
    at: QPointF
    """px of the widget."""
    pressure: float
    """0..1."""


def fingers_of(event: QTouchEvent) -> list[Finger]:
    device = event.device()
    feels = device is not None and bool(device.capabilities() & QTouchDevice.CapabilityFlag.Pressure)
    return [
        Finger(p.id(), p.state(), p.pos(), p.pressure() if feels else NO_PRESSURE)
        for p in event.touchPoints()
    ]


class Pinch:
    """Two fingers hold the picture between them: it follows, and grows as they part."""

    def __init__(self, a: QPointF, b: QPointF) -> None:
        self._middle, self._distance = _hold(a, b)

    def move(self, viewport: Viewport, a: QPointF, b: QPointF) -> Viewport:
        """`viewport` once the fingers are at `a` and `b`, px of the widget."""
        middle, distance = _hold(a, b)
        step = middle - self._middle
        moved = viewport.panned(step.x(), step.y()).zoomed(distance / self._distance, middle.x(), middle.y())
        self._middle, self._distance = middle, distance
        return moved


def _hold(a: QPointF, b: QPointF) -> tuple[QPointF, float]:
    """Between two fingers, and how far apart they are, px, at least a little."""
    return (a + b) / 2, max(8.0, math.hypot(a.x() - b.x(), a.y() - b.y()))


class Held(Protocol):
    """What fingers act on; places in px of the widget."""

    @property
    def viewport(self) -> Viewport: ...
    def move_to(self, viewport: Viewport) -> None: ...
    def begin_drag(self, at: QPointF) -> None: ...
    def go_to(self, at: QPointF) -> None: ...
    def let_go(self, at: QPointF) -> None: ...
    def forget_drag(self) -> None: ...
    def click_twice(self, at: QPointF) -> None: ...
    def leave(self) -> None: ...


class Touches:
    """One finger is a mouse with its button pressed, two zoom, two taps in a row are a double click."""

    def __init__(self, held: Held, now: Callable[[], float] = time.monotonic) -> None:
        self._held = held
        self._now = now
        self._start: QPointF | None = None
        """Where the one finger came down."""
        self._pinch: Pinch | None = None
        self._tap: tuple[QPointF, float] | None = None
        """Where and when, s, the last tap was."""

    def take(self, fingers: Sequence[Finger], *, over: bool = False) -> None:
        """`over`: the system takes them all away."""
        released = Qt.TouchPointState.TouchPointReleased
        down = [finger.at for finger in fingers if finger.state != released and not over]
        if len(down) >= 2:
            self._start = None
            if self._pinch is None:
                self._held.forget_drag()
                self._pinch = Pinch(*down[:2])
            else:
                self._held.move_to(self._pinch.move(self._held.viewport, *down[:2]))
        elif self._pinch is not None:
            # the one that is left of two drags nothing
            self._pinch = self._pinch if down else None
        elif down and self._start is None:
            self._start = down[0]
            self._held.begin_drag(down[0])
        elif down:
            self._held.go_to(down[0])
        elif self._start is not None:
            self._lift(self._start, fingers[0].at if fingers and not over else self._start, over)
        if not down:
            self._start = None
            self._held.leave()

    def _lift(self, start: QPointF, at: QPointF, over: bool) -> None:
        if over:
            self._held.forget_drag()
            return
        self._held.let_go(at)
        if (at - start).manhattanLength() > TAP_PX:
            self._tap = None
        elif self._tap is not None and self._is_second(at, *self._tap):
            self._tap = None
            self._held.click_twice(at)
        else:
            self._tap = at, self._now()

    def _is_second(self, at: QPointF, place: QPointF, when: float) -> bool:
        soon = (self._now() - when) * 1000 < QApplication.doubleClickInterval()
        return soon and (at - place).manhattanLength() < 2 * TAP_PX
