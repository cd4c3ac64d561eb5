"""The curves of the last minute."""

import dataclasses
import math

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtGui import QColor
from PyQt5.QtWidgets import QToolButton

from camera_ocr.engine_stats import EngineStats
from camera_ocr.gui.performance import OPEN, Course, PerformanceGraph, ceiling
from camera_ocr.gui.settings import Settings
from camera_ocr.gui.theme import DARK, LIGHT

LEFT = Qt.MouseButton.LeftButton


def stats(fps: float = 30, latency: float = 20, reads: int = 0) -> EngineStats:
    fields = {field.name: 0 for field in dataclasses.fields(EngineStats)}
    return EngineStats(**fields | {"shown_fps": fps, "latency_ms_median": latency, "reads": reads})


def test_figures_open_the_curves_and_close_them(qtbot, desk, results):
    desk.begin(result=results.page())
    window = desk.window
    assert not window.performance.isVisible()
    figures = window.status.findChild(QToolButton)
    qtbot.mouseClick(figures, LEFT)
    assert window.performance.isVisible()
    assert Settings(desk.settings.path).get(OPEN)
    qtbot.keyClick(window, Qt.Key.Key_P)
    assert not window.performance.isVisible()
    assert not Settings(desk.settings.path).get(OPEN)


def test_curves_grow_while_the_view_is_live(desk, results, until):
    desk.begin(result=results.page())
    until(lambda: any(sample.fps == 30 for sample in desk.window._course.samples))


def test_course_holds_one_minute_and_tells_reads_a_second():
    course = Course(500)
    for number in range(300):
        course.add(stats(reads=2 * number))
    assert len(course.samples) == 121
    assert course.samples[-1].reads == 4
    # another source counts from zero again
    course.add(stats(reads=1))
    assert course.samples[-1].reads == 0


def test_what_was_not_measured_is_a_gap():
    course = Course(500)
    course.add(stats(latency=math.nan))
    course.add(None)
    course.add(stats(reads=50))
    assert math.isnan(course.samples[0].latency_ms)
    assert math.isnan(course.samples[1].fps)
    # what was read while nobody looked is no rate
    assert course.samples[2].reads == 0


@pytest.mark.parametrize(
    ("values", "top"),
    [
        ([], 1),
        ([math.nan], 1),
        ([0.3], 1),
        ([1.5], 2),
        ([29.7], 50),
        ([100], 100),
        ([101], 200),
        ([700], 1000),
    ],
)
def test_scale_ends_at_a_round_number(values, top):
    assert ceiling(values) == top


def pixels_like(widget, colour: str) -> int:
    picture = widget.grab().toImage().convertToFormat(4)
    bits = picture.constBits()
    bits.setsize(picture.sizeInBytes())
    rows = np.frombuffer(bits, np.uint8).reshape(picture.height(), picture.width(), 4)[..., 2::-1]
    return int((np.abs(rows.astype(int) - QColor(colour).getRgb()[:3]).max(axis=2) < 60).sum())


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_curves_are_painted(qtbot, theme):
    course = Course(500)
    graph = PerformanceGraph(course, theme, None)
    qtbot.addWidget(graph)
    graph.resize(900, graph.sizeHint().height())
    empty = pixels_like(graph, theme.accent)
    for number in range(100):
        course.add(stats(fps=30 + number % 5, latency=math.nan if number % 10 == 0 else 80, reads=number))
    assert pixels_like(graph, theme.accent) > empty + 300
