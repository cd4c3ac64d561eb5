"""Wall time by stage."""

import time


class Clock:
    """Runs from when it is made; each lap ends a stage, ms."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = (now - self._last) * 1e3
        self._last = now

    def take_in(self, laps_ms: dict[str, float]) -> None:
        """What another clock measured since the last lap."""
        self._laps.update(laps_ms)
        self._last = time.perf_counter()

    def laps_ms(self) -> dict[str, float]:
        return dict(self._laps)

    def timings_ms(self) -> dict[str, float]:
        return {**self._laps, "total": (self._last - self._start) * 1e3}
