import numpy as np
import pytest

from camera_ocr.tracking.tracker import Tracker, TrackerConfig
from camera_ocr.types import F32, Region, TrackState

SECOND = 1_000_000_000


def regions(*tops: float, x: float = 100, width: float = 500) -> list[Region]:
    return [Region(line(x, top, width), 1.0) for top in tops]


def line(x: float, y: float, width: float) -> F32:
    return np.array([[x, y], [x + width, y], [x + width, y + 40], [x, y + 40]], np.float32)


def ids(tracker: Tracker) -> list[int]:
    return [track.id for track in sorted(tracker.visible(), key=lambda track: track.quad[0, 1])]


@pytest.fixture
def followed() -> Tracker:
    """Two lines, confirmed, last seen at 1 s."""
    tracker = Tracker()
    for i in range(3):
        tracker.update(regions(100, 200), i * SECOND // 2)
    return tracker


def test_new_line_is_believed_when_it_is_found_again() -> None:
    tracker = Tracker()
    assert tracker.update(regions(100), 0) == ()
    assert [track.state for track in tracker.tracks] == [TrackState.TENTATIVE]
    assert len(tracker.update(regions(101), 1)) == 1
    assert tracker.visible()[0].hits == 2


def test_first_look_may_be_believed_at_once() -> None:
    assert len(Tracker().update(regions(100, 200, 300), 0, confirm=True)) == 3


def test_line_found_once_is_forgotten() -> None:
    tracker = Tracker()
    tracker.update(regions(100), 0)
    tracker.update([], 1)
    assert tracker.tracks == ()


def test_line_hidden_briefly_keeps_its_id(followed: Tracker) -> None:
    before = ids(followed)
    for i in range(5):
        followed.update(regions(100), SECOND + i)
    assert ids(followed) == before[:1]
    assert [track.state for track in followed.tracks if track.id == before[1]] == [TrackState.LOST]
    followed.update(regions(100, 203), 3 * SECOND)
    assert ids(followed) == before


def test_line_missed_once_stays_in_view(followed: Tracker) -> None:
    before = ids(followed)
    followed.update(regions(100), SECOND)
    assert ids(followed) == before


def test_line_gone_for_long_is_forgotten_and_its_id_not_used_again(followed: Tracker) -> None:
    before = ids(followed)
    followed.update(regions(100), 20 * SECOND)
    followed.update(regions(100, 200), 21 * SECOND)
    followed.update(regions(100, 200), 22 * SECOND)
    assert ids(followed)[0] == before[0]
    assert ids(followed)[1] not in before


def test_lines_move_with_the_view_between_searches(followed: Tracker) -> None:
    before = ids(followed)
    shift = np.array([[1, 0, 0], [0, 1, 100], [0, 0, 1.0]])
    followed.carry(shift)
    followed.update(regions(200, 300), 2 * SECOND)
    assert ids(followed) == before
    assert followed.visible()[0].quad[0, 1] == pytest.approx(200, abs=1)


def test_line_left_behind_by_the_view_does_not_take_the_place_of_one_in_sight(followed: Tracker) -> None:
    first, second = ids(followed)
    for i in range(4):
        followed.update(regions(200), SECOND + i)
    followed.carry(np.array([[1, 0, 0], [0, 1, 100], [0, 0, 1.0]]))
    # the lost line, carried along, would lie at 200: what is at 300 is still the second line
    followed.update(regions(300), 2 * SECOND)
    assert ids(followed) == [second]
    assert first != second


def test_hidden_line_comes_back_to_its_place_though_a_hand_was_seen_there(followed: Tracker) -> None:
    first, second = ids(followed)
    hand = Region(np.array([[150, 170], [400, 120], [420, 215], [170, 265]], np.float32), 1.0)
    for i in range(4):
        followed.update([*regions(100), hand], SECOND + i)
    assert second not in ids(followed)
    followed.update(regions(100, 200), 2 * SECOND)
    assert second in ids(followed)
    for i in range(4):
        followed.update(regions(100, 200), 2 * SECOND + i)
    assert ids(followed) == [first, second]


def test_line_that_comes_back_bit_by_bit_is_the_one_that_left(followed: Tracker) -> None:
    before = ids(followed)
    for i in range(4):
        followed.update(regions(100), SECOND + i)
    followed.update([*regions(100), *regions(200, width=80)], 2 * SECOND)
    assert ids(followed) == before


@pytest.mark.parametrize("blurred", [False, True])
def test_lines_lost_in_a_blur_come_back_though_others_were_seen_over_them(
    followed: Tracker, blurred: bool
) -> None:
    known = ids(followed)
    for i in range(3):
        followed.update([], SECOND + (i + 1) * SECOND // 10)
    assert ids(followed) == []
    tall = np.array([[100, 90], [600, 90], [600, 190], [100, 190]], np.float32)
    followed.update([Region(tall, 1.0)], 3 * SECOND // 2, blurred=blurred)
    assert len(followed.tracks) == (2 if blurred else 3)
    followed.update(regions(108, 208), 8 * SECOND // 5)
    assert ids(followed) == known


def test_half_a_line_found_apart_for_once_is_not_shown_twice(followed: Tracker) -> None:
    before = ids(followed)
    halves = regions(100, width=240) + regions(100, x=360, width=240) + regions(200)
    followed.update(halves, SECOND)
    assert ids(followed) == before
    followed.update(regions(100, 200), SECOND + 1)
    assert ids(followed) == before
    assert len(followed.tracks) == 2


def test_view_that_is_turned_inside_out_loses_its_lines(followed: Tracker) -> None:
    followed.carry(np.array([[1, 0, 0], [0, 1, 0], [0.01, 0, -3.0]]))
    assert followed.tracks == ()


def test_quad_of_a_restless_search_is_calmed() -> None:
    tracker = Tracker(TrackerConfig(follow=0.5))
    for i, top in enumerate([100, 100, 110]):
        tracker.update(regions(top), i)
    assert tracker.visible()[0].quad[0, 1] == pytest.approx(105)
