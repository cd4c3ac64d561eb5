import numpy as np
import pytest

from camera_ocr.curve import PLACES, outline
from camera_ocr.tracking.ends import LONGER_S, SHORTER_S, share_in_view
from camera_ocr.tracking.tracker import Tracker
from camera_ocr.types import F32, Curve, Region, Track

STEP_NS = 100_000_000
VIEW = (1280, 720)


def line(x: float, width: float, y: float = 100, height: float = 40) -> F32:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)


class Searches:
    """A tracker that is told every tenth of a second what was found."""

    def __init__(self, *quads: F32) -> None:
        self.tracker = Tracker()
        self.t_ns = 0
        self.find(*quads, times=3)

    def find(self, *quads: F32, times: int = 1) -> Track:
        """The first line then."""
        for _ in range(times):
            self.t_ns += STEP_NS
            self.tracker.update([Region(quad, 1.0) for quad in quads], self.t_ns, view=VIEW)
        return self.tracker.visible()[0]


def reach(track: Track) -> tuple[float, float]:
    return float(track.quad[[0, 3], 0].mean()), float(track.quad[[1, 2], 0].mean())


def test_line_half_under_a_hand_reaches_as_far_as_before() -> None:
    searches = Searches(line(100, 600))
    track = searches.find(line(100, 250), times=15)
    assert reach(track) == pytest.approx((100, 700), abs=3)
    assert not track.whole
    assert track.part == pytest.approx((0.0, 0.42), abs=0.02)
    track = searches.find(line(100, 600))
    assert track.whole
    assert track.extent == 0


def test_part_of_a_line_moves_the_whole_of_it() -> None:
    searches = Searches(line(100, 600))
    track = searches.find(line(110, 240, y=106), times=12)
    assert track.quad[:2, 1] == pytest.approx([106, 106], abs=1)
    assert reach(track)[1] == pytest.approx(700, abs=12)


def test_line_that_stays_shorter_is_shorter() -> None:
    searches = Searches(line(100, 600))
    track = searches.find(line(100, 300), times=round(10 * SHORTER_S) + 10)
    assert reach(track) == pytest.approx((100, 400), abs=5)
    assert track.whole
    assert track.extent > 0


def test_line_that_is_written_on_grows() -> None:
    searches = Searches(line(100, 300))
    assert reach(searches.find(line(100, 420)))[1] == pytest.approx(400, abs=3)
    track = searches.find(line(100, 420), times=round(10 * LONGER_S) + 5)
    assert reach(track) == pytest.approx((100, 520), abs=5)
    assert track.extent > 0


def test_shadow_that_is_joined_to_a_line_for_once_does_not_lengthen_it() -> None:
    searches = Searches(line(100, 300))
    searches.find(line(100, 700), times=2)
    assert reach(searches.find(line(100, 300)))[1] == pytest.approx(400, abs=3)


def test_line_that_comes_into_view_grows_as_it_comes() -> None:
    searches = Searches(line(900, 379))
    for i in range(1, 5):
        searches.tracker.carry(np.array([[1, 0, -40], [0, 1, 0], [0, 0, 1.0]]))
        track = searches.find(line(900 - 40 * i, 379 + 40 * i))
    assert reach(track) == pytest.approx((740, 1279), abs=25)


def test_clutter_between_a_line_and_the_edge_does_not_lengthen_it() -> None:
    searches = Searches(line(100, 600))
    searches.find(line(100, 1179), times=3)
    assert reach(searches.find(line(100, 600), times=2)) == pytest.approx((100, 700), abs=3)


def test_lines_found_as_one_keep_their_heights() -> None:
    searches = Searches(line(100, 600), line(100, 600, y=150))
    track = searches.find(line(100, 600, y=100, height=90), times=5)
    assert track.quad[3, 1] - track.quad[0, 1] == pytest.approx(40, abs=2)


def test_other_line_in_its_place_has_a_reach_of_its_own() -> None:
    searches = Searches(line(100, 600))
    first = searches.tracker.visible()[0].id
    searches.tracker.show_other(first)
    track = searches.find(line(100, 300))
    assert (track.id, reach(track)) == (first, pytest.approx((100, 400)))
    assert track.whole
    assert track.extent == 1


def test_share_in_view() -> None:
    assert share_in_view(line(100, 600), VIEW) == pytest.approx(1.0)
    assert share_in_view(line(1180, 200), VIEW) == pytest.approx(0.5)
    assert share_in_view(line(100, 600, y=-60), VIEW) == 0.0


ARC = Curve((1 - np.linspace(-1, 1, PLACES) ** 2).astype(np.float32), 0.8)


class BentSearches:
    """A tracker of one line whose course was found."""

    def __init__(self) -> None:
        self.tracker, self.t_ns = Tracker(), 0
        for _ in range(3):
            self.find(line(100, 600), ARC)

    def find(self, quad: F32, curve: Curve | None) -> Track:
        self.t_ns += STEP_NS
        self.tracker.update([Region(quad, 1.0, curve)], self.t_ns, view=VIEW)
        return self.tracker.tracks[0]


def test_a_followed_line_keeps_its_course_while_half_of_it_is_hidden() -> None:
    searches = BentSearches()
    track = searches.find(line(100, 250), None)
    assert track.curve is not None
    assert np.allclose(track.curve.middle, ARC.middle, atol=0.02)


def test_the_course_is_followed_when_the_quad_found_is_another() -> None:
    searches = BentSearches()
    # the same arc, told in a quad that is twice as high
    low = Curve(ARC.middle / 2, 0.4)
    for _ in range(12):
        track = searches.find(line(100, 600, height=80), low)
    assert track.curve is not None
    found = outline(line(100, 600, height=80), low)
    assert np.abs(outline(track.quad, track.curve) - found).max() < 4


def test_a_line_found_straight_again_and_again_is_straight() -> None:
    searches = BentSearches()
    assert searches.find(line(100, 600), None).curve is not None
    for _ in range(8):
        track = searches.find(line(100, 600), None)
    assert track.curve is None
