"""Turning, mirroring and parts of the picture."""

from itertools import product

import numpy as np
import pytest

from camera_ocr.framing import PLAIN, Edge, Framing, moved, stretched
from camera_ocr.preprocess.parts import reframe
from camera_ocr.types import Frame

FRAMINGS = [Framing(turns, mirrored) for turns, mirrored in product(range(4), (False, True))]


@pytest.fixture
def frame() -> Frame:
    image = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
    return Frame(image, 7, 9, "test")


def test_a_turn_to_the_right_brings_the_left_edge_to_the_top(frame):
    turned = reframe(frame, PLAIN.turned())
    assert turned.image.shape == (6, 4, 3)
    # read from the bottom upwards, the left edge is the new top row
    assert (turned.image[0] == frame.image[::-1, 0]).all()
    assert turned.image.flags.c_contiguous
    assert (turned.index, turned.t_ns, turned.source) == (7, 9, "test")


def test_mirroring_swaps_left_and_right(frame):
    assert (reframe(frame, PLAIN.flipped()).image == frame.image[:, ::-1]).all()


@pytest.mark.parametrize("framing", FRAMINGS)
def test_turning_and_mirroring_act_on_the_picture_as_it_is_seen(frame, framing):
    seen = reframe(frame, framing)
    for quarters in (1, 2, 3):
        expected = np.rot90(seen.image, -quarters)
        assert (reframe(frame, framing.turned(quarters)).image == expected).all()
        assert (reframe(seen, framing.turned(quarters)).image == expected).all()
    assert (reframe(frame, framing.flipped()).image == seen.image[:, ::-1]).all()


@pytest.mark.parametrize("framing", FRAMINGS)
def test_the_way_back_gives_the_picture_as_it_came(frame, framing):
    back = reframe(reframe(frame, framing), PLAIN)
    assert (back.image == frame.image).all()
    assert reframe(back, PLAIN) is back


def test_regions_go_along_with_the_picture():
    """A bright corner stays in its region however the picture is turned."""
    image = np.zeros((40, 60, 3), np.uint8)
    image[:10, :20] = 255
    framing = PLAIN.with_region((0.0, 0.0, 1 / 3, 0.25))
    for _ in range(3):
        framing = framing.turned().flipped()
        turned = reframe(Frame(image, 0, 0, ""), framing).image
        (left, top, right, bottom), (h, w) = framing.regions[0], turned.shape[:2]
        inside = turned[round(top * h) : round(bottom * h), round(left * w) : round(right * w)]
        assert inside.size == 600
        assert (inside == 255).all()


def test_a_region_is_held_within_the_picture_and_a_slip_is_none():
    assert PLAIN.with_region((-0.5, 0.5, 0.5, 1.5)).regions == ((0.0, 0.5, 0.5, 1.0),)
    assert PLAIN.with_region((0.5, 0.5, 0.505, 0.9)) == PLAIN


def test_regions_are_taken_away_one_by_one():
    both = PLAIN.with_region((0, 0, 0.2, 0.2)).with_region((0.5, 0.5, 1, 1))
    assert both.without_region(0).regions == ((0.5, 0.5, 1, 1),)
    assert both.without_region(1).without_region(0) == PLAIN


def test_a_region_is_moved_as_a_whole_and_no_further_than_the_edge():
    assert moved((0.1, 0.2, 0.4, 0.5), 0.2, -0.1) == pytest.approx((0.3, 0.1, 0.6, 0.4))
    assert moved((0.1, 0.2, 0.4, 0.5), -2, 2) == pytest.approx((0.0, 0.7, 0.3, 1.0))


def test_an_edge_is_moved_alone_and_never_past_the_opposite_one():
    box = (0.1, 0.2, 0.4, 0.5)
    assert stretched(box, Edge.LEFT, 0.1, 0.1) == pytest.approx((0.2, 0.2, 0.4, 0.5))
    assert stretched(box, Edge.RIGHT | Edge.BOTTOM, 2, 2) == pytest.approx((0.1, 0.2, 1.0, 1.0))
    assert stretched(box, Edge.TOP, 0, 1, smallest=0.1) == pytest.approx((0.1, 0.4, 0.4, 0.5))


def test_one_region_of_several_is_changed():
    framing = PLAIN.with_region((0, 0, 0.5, 0.5)).with_region((0.5, 0.5, 1, 1))
    changed = framing.with_region_changed(1, (0.6, 0.6, 1, 1))
    assert changed.regions == ((0, 0, 0.5, 0.5), (0.6, 0.6, 1, 1))
    assert framing.with_region_changed(2, (0, 0, 1, 1)) == framing
