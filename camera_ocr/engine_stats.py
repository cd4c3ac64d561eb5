"""How well the live view keeps pace."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

_WINDOW_S = 5.0


@dataclass(frozen=True, slots=True)
class EngineStats:
    """Counts since the source was opened; rates and times over the last five seconds."""

    captured: int
    """Frames the source gave, those during a freeze left out."""
    shown: int
    """Frames that went through the fast path and were handed to the view."""
    dropped: int
    """Frames overtaken by a newer one before the fast path took them."""
    reads: int
    captured_fps: float
    shown_fps: float
    latency_ms_median: float
    """From grab to result, live sources only; nan when nothing was measured, as the next ones."""
    latency_ms_p95: float
    read_ms_median: float


class Meter:
    """Counts for EngineStats; `clock` gives nanoseconds. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._captured = self._shown = self._reads = 0
        self._dropped_before = 0
        self._started_ns = clock()
        self._capture_times: deque[tuple[int, float]] = deque()
        self._show_times: deque[tuple[int, float]] = deque()
        self._latencies: deque[tuple[int, float]] = deque()
        self._read_times: deque[tuple[int, float]] = deque()

    def restart(self, *, dropped: int) -> None:
        """Counts from zero again; `dropped` is what the slot has counted so far, here and below."""
        with self._lock:
            self._captured = self._shown = self._reads = 0
            self._dropped_before = dropped
            self._started_ns = self._clock()
            for times in (self._capture_times, self._show_times, self._latencies, self._read_times):
                times.clear()

    def captured(self) -> None:
        with self._lock:
            self._captured += 1
            self._note(self._capture_times, 0.0)

    def shown(self, grabbed_ns: int | None) -> None:
        """A result was handed to the view; None when its latency means nothing."""
        with self._lock:
            self._shown += 1
            self._note(self._show_times, 0.0)
            if grabbed_ns is not None:
                self._note(self._latencies, (self._clock() - grabbed_ns) / 1e6)

    def read_once(self, took_ns: int) -> None:
        with self._lock:
            self._reads += 1
            self._note(self._read_times, took_ns / 1e6)

    def since_start(self, *, dropped: int) -> int:
        """Frames dropped from this source."""
        with self._lock:
            return dropped - self._dropped_before

    def stats(self, *, dropped: int) -> EngineStats:
        with self._lock:
            now = self._clock()
            for times in (self._capture_times, self._show_times, self._latencies, self._read_times):
                self._forget_old(times, now)
            span_s = min(_WINDOW_S, max(1e-3, (now - self._started_ns) / 1e9))
            return EngineStats(
                captured=self._captured,
                shown=self._shown,
                dropped=dropped - self._dropped_before,
                reads=self._reads,
                captured_fps=len(self._capture_times) / span_s,
                shown_fps=len(self._show_times) / span_s,
                latency_ms_median=_percentile((v for _, v in self._latencies), 50),
                latency_ms_p95=_percentile((v for _, v in self._latencies), 95),
                read_ms_median=_percentile((v for _, v in self._read_times), 50),
            )

    def _note(self, times: deque[tuple[int, float]], value: float) -> None:
        now = self._clock()
        times.append((now, value))
        self._forget_old(times, now)

    def _forget_old(self, times: deque[tuple[int, float]], now: int) -> None:
        while times and times[0][0] < now - _WINDOW_S * 1e9:
            times.popleft()


def _percentile(values: Iterable[float], percent: float) -> float:
    found = list(values)
    return float(np.percentile(found, percent)) if found else float("nan")
