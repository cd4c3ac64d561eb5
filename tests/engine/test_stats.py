"""Counts and rates by a clock that is told what time it is."""

import math

import pytest

from camera_ocr.engine_stats import Meter

MS = 1_000_000


class Clock:
    now = 0

    def __call__(self) -> int:
        return self.now


def test_rates_and_times_are_those_of_the_last_seconds() -> None:
    clock = Clock()
    meter = Meter(clock)
    # ten seconds at 10 frames a second, then ten at 25 of which every fifth is shown
    for _ in range(100):
        clock.now += 100 * MS
        meter.captured()
        meter.shown(clock.now - 500 * MS)
    for i in range(250):
        clock.now += 40 * MS
        meter.captured()
        if i % 5 == 0:
            meter.shown(clock.now - (20 + i % 2) * MS)
            meter.read_once(7 * MS)
    stats = meter.stats(dropped=200)
    assert (stats.captured, stats.shown, stats.dropped, stats.reads) == (350, 150, 200, 50)
    assert stats.captured_fps == pytest.approx(25, rel=0.02)
    assert stats.shown_fps == pytest.approx(5, rel=0.05)
    assert stats.latency_ms_median == pytest.approx(20.5, abs=0.51)
    assert stats.latency_ms_p95 == pytest.approx(21)
    assert stats.read_ms_median == pytest.approx(7)


def test_rates_are_right_from_the_first_second_on() -> None:
    clock = Clock()
    meter = Meter(clock)
    for _ in range(30):
        clock.now += 33 * MS
        meter.captured()
    assert meter.stats(dropped=0).captured_fps == pytest.approx(30, rel=0.02)


def test_another_source_counts_from_zero() -> None:
    clock = Clock()
    meter = Meter(clock)
    meter.captured()
    meter.shown(None)
    meter.restart(dropped=12)
    clock.now += 1000 * MS
    stats = meter.stats(dropped=15)
    assert (stats.captured, stats.shown, stats.dropped, stats.captured_fps) == (0, 0, 3, 0.0)
    assert meter.since_start(dropped=15) == 3


def test_what_was_not_measured_is_not_a_number() -> None:
    meter = Meter(Clock())
    meter.shown(None)
    stats = meter.stats(dropped=0)
    assert math.isnan(stats.latency_ms_median)
    assert math.isnan(stats.read_ms_median)
