"""A finger on a list moves it and lets it run on, clicks where it taps, opens a menu where it rests."""

import time

from PyQt5.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PyQt5.QtGui import QContextMenuEvent, QMouseEvent, QTouchEvent
from PyQt5.QtWidgets import QApplication, QScroller, QWidget

from camera_ocr.gui.touch import TAP_PX


class FingerScroll(QObject):
    """Acts on the viewport of a scroll area, which hands it its touches.

    Qt would make a mouse of a finger, which drags text out of the list instead of moving it.
    """

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._viewport = viewport
        scroller = QScroller.scroller(viewport)
        assert scroller is not None
        self._scroller = scroller
        self._start: QPointF | None = None
        """Where the finger came down, while it may yet tap."""
        self._last_tap: tuple[QPointF, float] | None = None
        """Where and when, s, the last tap was."""
        self._rests = QTimer(self)
        self._rests.setSingleShot(True)
        self._rests.timeout.connect(self._ask_menu)

    def take(self, event: QTouchEvent) -> None:
        """Every touch of the viewport."""
        event.accept()
        points = event.touchPoints()
        if not points:
            return
        at, kinds = points[0].pos(), QEvent.Type
        scroller = self._scroller
        now = int(time.monotonic() * 1000)
        if event.type() == kinds.TouchBegin:
            # a finger that stops the running list does nothing else
            still = scroller.state() == QScroller.State.Inactive
            self._start = at if still else None
            hints = QApplication.styleHints()
            if still and hints is not None:
                self._rests.start(hints.mousePressAndHoldInterval())
            scroller.handleInput(QScroller.Input.InputPress, at, now)
        elif event.type() == kinds.TouchUpdate:
            if self._start is not None and (at - self._start).manhattanLength() > TAP_PX:
                self._forget_tap()
            scroller.handleInput(QScroller.Input.InputMove, at, now)
        else:
            scroller.handleInput(QScroller.Input.InputRelease, at, now)
            start = self._start
            self._forget_tap()
            if start is not None and event.type() == kinds.TouchEnd:
                self._tap(start)

    def _forget_tap(self) -> None:
        self._start = None
        self._rests.stop()

    def _tap(self, at: QPointF) -> None:
        last, now = self._last_tap, time.monotonic()
        soon = last is not None and (now - last[1]) * 1000 < QApplication.doubleClickInterval()
        twice = last is not None and soon and (at - last[0]).manhattanLength() < 2 * TAP_PX
        self._last_tap = None if twice else (at, now)
        kinds = QEvent.Type
        self._viewport.setFocus(Qt.FocusReason.MouseFocusReason)
        for kind in (
            kinds.MouseButtonDblClick if twice else kinds.MouseButtonPress,
            kinds.MouseButtonRelease,
        ):
            self._click(kind, at)

    def _click(self, kind: QEvent.Type, at: QPointF) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        held = none if kind == QEvent.Type.MouseButtonRelease else left
        event = QMouseEvent(kind, at, left, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self._viewport, event)

    def _ask_menu(self) -> None:
        start = self._start
        if start is None:
            return
        self._forget_tap()
        self._last_tap = None
        # once a menu is open nobody is told any more that the finger is lifted
        self._scroller.stop()
        place: QPoint = start.toPoint()
        QApplication.sendEvent(
            self._viewport,
            QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, self._viewport.mapToGlobal(place)),
        )
