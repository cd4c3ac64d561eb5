"""Lines that bend, cut out along their course."""

import cv2
import numpy as np
import pytest

from camera_ocr.curve import (
    AIR,
    PLACES,
    crop_line,
    in_quad,
    margin_share,
    outline,
    part_of_curve,
    part_of_line,
    turned_over,
)
from camera_ocr.geometry import crop_quad, full_quad, grow_quad, quad_size, sub_quad, transform_quad
from camera_ocr.types import F32, U8, Curve

QUAD = np.array([[60, 100], [660, 100], [660, 180], [60, 180]], np.float32)
AIR_PX = round(80 * AIR)
HIGH = round(80 * (1 + 2 * AIR))
SWING = 70.0
"""px that the middle of the line is lower than its ends."""
ARC = Curve((0.5 + SWING / 80 * (1 - np.linspace(-1, 1, PLACES) ** 2)).astype(np.float32), 1.0)


@pytest.fixture(scope="module")
def level(line_crop: U8) -> U8:
    """The line of QUAD, straight, on a picture of 720 x 320 px."""
    picture = np.full((320, 720), 235, np.uint8)
    picture[100:180, 60:660] = cv2.resize(line_crop, (600, 80), interpolation=cv2.INTER_AREA)
    return picture


@pytest.fixture(scope="module")
def bent(level: U8) -> U8:
    """The same line along ARC."""
    x, y = np.meshgrid(np.arange(720, dtype=np.float32), np.arange(320, dtype=np.float32))
    drop = SWING * (1 - ((x - 360) / 300) ** 2)
    return np.asarray(cv2.remap(level, x, y - drop, cv2.INTER_LINEAR, None, cv2.BORDER_REPLICATE), np.uint8)


def unlike(a: U8, b: U8) -> float:
    """Mean difference in grey levels after making both as large."""
    size = (600, 80)
    a, b = (cv2.resize(one, size, interpolation=cv2.INTER_AREA).astype(np.float32) for one in (a, b))
    return float(np.abs(a - b).mean())


def test_a_bent_line_cut_along_its_course_looks_like_the_straight_one(level: U8, bent: U8) -> None:
    straight = crop_quad(level, QUAD)
    along = crop_line(bent, QUAD, ARC)
    assert along.shape == (HIGH, 600)
    assert unlike(along[AIR_PX : AIR_PX + 80], straight) < 4
    assert unlike(crop_quad(bent, QUAD), straight) > 10


def test_the_course_goes_with_its_quad_into_another_view(level: U8, bent: U8) -> None:
    corners = np.array([[40, 30], [690, 5], [700, 300], [10, 310]], np.float32)
    view = cv2.getPerspectiveTransform(full_quad(720, 320), corners)
    seen = cv2.warpPerspective(bent, view, (720, 320), borderValue=235)
    crop = crop_line(np.asarray(seen, np.uint8), transform_quad(QUAD, view), ARC)
    air = round(AIR / (1 + 2 * AIR) * len(crop))
    assert unlike(crop[air : len(crop) - air], crop_quad(level, QUAD)) < 7


def test_a_straight_line_is_cut_out_as_ever(level: U8) -> None:
    assert np.array_equal(crop_line(level, QUAD, None), crop_quad(level, QUAD))
    grown = crop_quad(level, grow_quad(QUAD, 0.1 * 80))
    assert np.array_equal(crop_line(level, QUAD, None, 0.1), grown)


def test_margins_are_shares_of_the_lines_height(bent: U8) -> None:
    crop = crop_line(bent, QUAD, ARC, 0.2)
    plain = crop_line(bent, QUAD, ARC)
    assert crop.shape == (round(80 * (1.4 + 2 * AIR)), 600 + round(2 * 0.2 * 80))
    assert margin_share(QUAD, ARC, 0.2) == pytest.approx(0.2 * 80 / crop.shape[1], abs=1e-3)
    inner = crop[16 : 16 + HIGH, 16 : 16 + 600]
    assert np.abs(inner.astype(np.float32) - plain).mean() < 2


def test_small_bent_lines_are_drawn_larger_and_huge_ones_smaller(bent: U8) -> None:
    small = cv2.resize(bent, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    assert crop_line(np.asarray(small, np.uint8), 0.3 * QUAD, ARC).shape[0] == 64
    assert crop_line(bent, full_quad(60_000, 3_000), ARC).shape == (1024, 8192)


def test_colours_are_kept(bent: U8) -> None:
    colour = cv2.cvtColor(bent, cv2.COLOR_GRAY2BGR)
    assert crop_line(np.asarray(colour, np.uint8), QUAD, ARC).shape == (HIGH, 600, 3)


def test_the_outline_and_the_words_boxes_follow_the_course() -> None:
    around = outline(QUAD, ARC)
    top, bottom = around[:PLACES], around[PLACES:][::-1]
    assert np.allclose(bottom - top, [0, 80], atol=0.1)
    assert top[PLACES // 2, 1] == pytest.approx(100 + SWING, abs=0.1)
    assert np.array_equal(outline(QUAD, None), QUAD)
    word = part_of_line(QUAD, ARC, 0.4, 0.6)
    assert word[:, 0].min() == pytest.approx(300, abs=0.1)
    assert word[:, 1].mean() == pytest.approx(140 + SWING * 0.987, abs=1)
    assert np.allclose(part_of_line(QUAD, None, 0.4, 0.6), sub_quad(QUAD, 0.4, 0.6))
    left = part_of_line(QUAD, ARC, 0.0, 0.2)
    assert left[1, 1] - left[0, 1] > 30


def test_a_part_of_a_line_keeps_its_course(bent: U8) -> None:
    right = crop_line(bent, sub_quad(QUAD, 0.5, 1.0), part_of_curve(ARC, 0.5, 1.0))
    whole = crop_line(bent, QUAD, ARC)
    assert np.abs(right.astype(np.float32) - whole[:, 300:]).mean() < 3
    assert part_of_curve(None, 0.5, 1.0) is None


def test_upside_down_the_crop_is_turned_by_half(bent: U8) -> None:
    over = crop_line(bent, np.ascontiguousarray(np.roll(QUAD, 2, axis=0)), turned_over(ARC))
    # a crop begins on its quad's corner and ends a pixel before the one across
    assert unlike(over[::-1, ::-1][:-1, :-1], crop_line(bent, QUAD, ARC)[1:, 1:]) < 3
    assert turned_over(None) is None


def test_told_in_another_quad_the_course_lies_where_it_did() -> None:
    other: F32 = QUAD + np.array([[-30, -20], [12, 8], [12, 30], [-30, 10]], np.float32)
    moved = outline(other, in_quad(ARC, QUAD, other))
    assert quad_size(other)[0] == pytest.approx(642, abs=2)
    middle = (moved[:PLACES] + moved[PLACES:][::-1]) / 2
    inside = (middle[:, 0] > 60) & (middle[:, 0] < 660)
    true = 140 + SWING * (1 - ((middle[:, 0] - 360) / 300) ** 2)
    assert np.abs(middle[:, 1] - true)[inside].max() < 2
