import numpy as np
import pytest

from convert.live_scores import LineStory, Moment, Seen, Shown, box_of, follow, stories
from convert.scenes.truth import TrueLine


def box(y: float, x: float = 0.0, width: float = 100.0) -> np.ndarray:
    return np.array([[x, y], [x + width, y], [x + width, y + 20], [x, y + 20]], np.float32)


def seen(number: int, *, legible: bool = True, findable: bool = True) -> Seen:
    return Seen(number, box(40 * number), f"line {number}", legible, findable)


def shown(number: int, track: int, text: str = "", *, stable: bool = False) -> Shown:
    return Shown(track, box(40 * number + 1), text, stable)


def film(*frames: tuple[list[Seen], list[Shown]], fps: float = 10.0) -> list[Moment]:
    return [Moment(i / fps, tuple(a), tuple(b)) for i, (a, b) in enumerate(frames)]


def test_lines_followed_throughout_are_perfect() -> None:
    lines = [seen(0), seen(1)]
    identity, pairs = follow(film(*[(lines, [shown(0, 7), shown(1, 8)])] * 5))
    assert (identity.line_frames, identity.followed, identity.switches) == (10, 10, 0)
    assert (identity.fragmentations, identity.idf1) == (0, 1.0)
    assert pairs[0] == {0: 0, 1: 1}


def test_swapped_tracks_are_two_switches() -> None:
    lines = [seen(0), seen(1)]
    before, after = [shown(0, 7), shown(1, 8)], [shown(0, 8), shown(1, 7)]
    identity, _ = follow(film(*[(lines, before)] * 3, *[(lines, after)] * 3))
    assert identity.switches == 2
    assert identity.idf1 == pytest.approx(0.5)
    assert identity.switches_per_1000 == pytest.approx(2000 / 12)


def test_a_line_lost_and_found_again_is_a_fragmentation_and_no_switch() -> None:
    there, lost = ([seen(0)], [shown(0, 7)]), ([seen(0)], [])
    identity, _ = follow(film(there, there, lost, there))
    assert (identity.fragmentations, identity.switches, identity.followed) == (1, 0, 3)


def test_a_line_out_of_view_for_a_second_returns_with_or_without_its_identity() -> None:
    there, away = ([seen(0)], [shown(0, 7)]), ([], [])
    again, as_new = ([seen(0)], [shown(0, 7)]), ([seen(0)], [shown(0, 9)])
    kept, _ = follow(film(there, *[away] * 10, again))
    assert (kept.returns, kept.kept, kept.switches, kept.fragmentations) == (1, 1, 0, 0)
    lost, _ = follow(film(there, *[away] * 10, as_new))
    assert (lost.returns, lost.kept, lost.switches) == (1, 0, 1)


def test_tracks_on_lines_that_need_not_be_found_do_not_count() -> None:
    cut = [seen(0), seen(1, findable=False, legible=False)]
    identity, _ = follow(film((cut, [shown(0, 7), shown(1, 8)])))
    assert (identity.line_frames, identity.idf1) == (1, 1.0)
    stray, _ = follow(film(([seen(0)], [shown(0, 7), shown(9, 8)])))
    assert stray.idf1 == pytest.approx(2 / 3)


def test_a_story_tells_when_text_came_and_how_it_changed() -> None:
    line = [seen(0)]
    moments = film(
        (line, []),
        (line, [shown(0, 7, "lime 0")]),
        (line, [shown(0, 7, "line 0", stable=True)]),
        (line, [shown(0, 7, "line 9")]),
        (line, [shown(0, 7, "line 0")]),
    )
    _, pairs = follow(moments)
    story = stories(moments, pairs)[0]
    assert story.first_text_s() == pytest.approx(0.1)
    assert (story.edits_at(0.0), story.edits_at(0.1), story.edits_at(0.2)) == (6, 1, 0)
    assert story.edits_at(3.0) is None
    assert (story.flips(), story.changes_when_stable()) == (3, 2)
    assert LineStory("x", 0.0).first_text_s() is None


def test_box_lies_along_the_baseline() -> None:
    turn = np.array([[0.8, 0.6], [-0.6, 0.8]])
    flat = box(10)
    line = TrueLine(0, "x", (flat @ turn).astype(np.float32), (flat[[3, 2]] @ turn).astype(np.float32), 1.0)
    assert np.allclose(box_of(line), flat @ turn, atol=1e-3)
