"""Pages that are hardly pages: sensible results in bounded time, whichever way lines are found."""

import cv2
import numpy as np
import pytest

from camera_ocr.detection.lines import MAX_LINES, find_lines
from camera_ocr.detection.text_map import TextDetector
from camera_ocr.preprocess.page import Judge, make_page
from camera_ocr.types import F32, U8

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(params=["net", "classical"], scope="module")
def judge(request) -> Judge | None:
    return TextDetector() if request.param == "net" else None


def lines_of(image: U8, judge: Judge | None) -> list[F32]:
    return [region.quad for region in find_lines(make_page(image, judge))]


def blank(level: int, shape: tuple[int, int] = (720, 1280)) -> U8:
    return np.full((*shape, 3), level, np.uint8)


@pytest.mark.parametrize("level", [0, 90, 255])
def test_nothing_is_found_where_there_is_no_ink_or_nothing_else(judge, level: int) -> None:
    assert lines_of(blank(level), judge) == []


def test_noise_is_no_writing(judge) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (720, 1280, 3)).astype(np.uint8)
    assert len(lines_of(noise, judge)) <= 5


def test_a_dot_is_no_line(judge) -> None:
    image = blank(240)
    cv2.circle(image, (600, 300), 3, (30, 30, 30), -1, cv2.LINE_AA)
    assert lines_of(image, judge) == []


def test_a_letter_is_at_most_one_line_and_lies_there(judge, words) -> None:
    image = blank(240)
    stroke = words[0][0] * 0.5
    at = np.round(stroke - stroke.min(axis=0) + (600, 300)).astype(np.int32)
    cv2.polylines(image, [at], False, (40, 40, 40), 4, cv2.LINE_AA)
    found = lines_of(image, judge)
    assert len(found) <= 1
    for quad in found:
        assert quad[:, 0].min() <= at[:, 0].mean() <= quad[:, 0].max()


def test_two_hundred_lines_come_apart(judge, words) -> None:
    image = blank(245, (4000, 1600))
    for row in range(200):
        x = 60.0
        for word in (words * 5)[row % 3 : row % 3 + 9]:
            points = [stroke * 0.06 for stroke in word]
            left = min(float(p[:, 0].min()) for p in points)
            top = min(float(p[:, 1].min()) for p in points)
            for p in points:
                place = np.round((p - (left, top) + (x, 8 + 19.8 * row)) * 16).astype(np.int32)
                cv2.polylines(image, [place], False, (40, 40, 40), 1, cv2.LINE_AA, 4)
            x += max(float(p[:, 0].max()) for p in points) - left + 12
    found = lines_of(image, judge)
    assert 180 <= len(found) <= 230
    assert len(found) <= MAX_LINES


@pytest.mark.parametrize("way", ["upside down", "mirrored", "upside down and mirrored"])
def test_turned_and_mirrored_pages_have_as_many_lines(judge, draw_sheet, way: str) -> None:
    image = draw_sheet([4, 4, 3, 4]).image
    code = {"upside down": -1, "mirrored": 1, "upside down and mirrored": 0}[way]
    assert len(lines_of(np.ascontiguousarray(cv2.flip(image, code)), judge)) == 4
