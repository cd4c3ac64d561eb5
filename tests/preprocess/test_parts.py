"""Only parts of a picture are read."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from camera_ocr.detection.lines import find_lines
from camera_ocr.framing import PLAIN
from camera_ocr.pipeline import Pipeline
from camera_ocr.preprocess.page import make_page
from camera_ocr.preprocess.parts import make_part, reframe
from camera_ocr.types import Frame, Transcript


def centres(frame: Frame) -> list[tuple[float, float]]:
    """Of the lines found, in fractions of the picture."""
    height, width = frame.image.shape[:2]
    regions = find_lines(make_part(frame, make_page))
    return [tuple((region.quad.mean(axis=0) / (width, height)).tolist()) for region in regions]


@pytest.fixture
def page(scanned_lines) -> Frame:
    return Frame(scanned_lines.image, 0, 0, "page")


def test_without_regions_the_whole_page_is_read(page):
    assert len(centres(page)) >= 6


def test_only_lines_inside_the_region_are_found_where_they_are(page, scanned_lines, iou):
    framed = reframe(page, PLAIN.with_region((0, 0, 1, 0.37)))
    regions = find_lines(make_part(framed, make_page))
    assert len(regions) == 3
    whole = find_lines(make_page(page.image))[:3]
    assert all(iou(a.quad, b.quad) > 0.8 for a, b in zip(regions, whole, strict=True))


def test_what_lies_between_two_regions_is_not_read(page):
    regions = PLAIN.with_region((0, 0, 1, 0.24)).with_region((0, 0.45, 1, 0.59))
    found = centres(reframe(page, regions))
    assert found
    assert all(y < 0.24 or 0.45 < y < 0.59 for _, y in found)
    assert any(y < 0.24 for _, y in found)
    assert any(y > 0.45 for _, y in found)


def test_half_a_line_is_read_where_the_region_ends(page):
    framed = reframe(page, PLAIN.with_region((0, 0, 0.5, 0.13)))
    (region,) = find_lines(make_part(framed, make_page))
    assert region.quad[:, 0].max() <= page.image.shape[1] * 0.52


def test_regions_hold_on_a_page_that_lies_askew(draw_sheet):
    """The page is levelled before it is searched; the regions are as they were drawn on the picture."""
    sheet = draw_sheet((3, 3, 3, 3))
    height, width = sheet.image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), 8, 1)
    askew = Frame(cv2.warpAffine(sheet.image, turn, (width, height), borderValue=(235,) * 3), 0, 0, "")
    framed = reframe(askew, PLAIN.with_region((0, 0, 0.3, 1)).with_region((0.7, 0, 1, 1)))
    found = centres(framed)
    assert found
    assert all(x < 0.32 or x > 0.68 for x, _ in found)


class Blank:
    """Says how large each crop is."""

    def read(self, crops):
        texts = [f"{crop.shape[1]}x{crop.shape[0]}" for crop in crops]
        return [Transcript(t, np.ones(len(t), np.float32), np.zeros((len(t), 2), np.float32)) for t in texts]


def test_the_whole_region_is_the_line_when_one_line_is_asked_for():
    frame = Frame(np.full((100, 400, 3), 255, np.uint8), 0, 0, "")
    framed = reframe(frame, PLAIN.with_region((0.25, 0.5, 0.75, 1)))
    (line,) = Pipeline(Blank()).read_line(framed).lines
    assert line.text == "200x50"
    assert line.quad.tolist() == [[100, 50], [300, 50], [300, 100], [100, 100]]


def test_a_view_that_is_turned_is_looked_at_anew(page):
    pipeline = Pipeline(Blank())
    assert len(pipeline.step(page).lines) >= 6
    half = reframe(replace(page, index=1), PLAIN.with_region((0, 0, 1, 0.37)))
    assert len(pipeline.step(half).lines) == 3
    upside_down = reframe(replace(page, index=2), PLAIN.turned(2))
    first = pipeline.step(upside_down).lines[0]
    assert first.quad[:, 1].max() < 120
