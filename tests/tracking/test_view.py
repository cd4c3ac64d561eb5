import cv2
import numpy as np
import pytest

from camera_ocr.geometry import to_gray
from camera_ocr.tracking.view import ViewFollower
from camera_ocr.types import U8


@pytest.fixture(scope="module")
def page(draw_sheet) -> U8:
    return to_gray(draw_sheet([4, 4, 4, 3]).image)


@pytest.fixture(scope="module")
def other_page(draw_sheet) -> U8:
    return to_gray(draw_sheet([2, 4, 1, 4], top=110, left=200).image)


def seen(page: U8, i: int, dx: float = 0.0, blur: float = 0.0) -> U8:
    """A camera's frame of the page, with noise of its own."""
    shift = np.array([[1, 0, dx], [0, 1, 0.5 * dx]], float)
    picture = cv2.warpAffine(page, shift, page.shape[::-1], borderValue=235)
    if blur:
        picture = cv2.GaussianBlur(picture, (0, 0), blur)
    noise = np.random.default_rng(i).normal(0, 3, page.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def started(page: U8) -> ViewFollower:
    view = ViewFollower()
    assert view.follow(seen(page, 0)) is None
    assert view.take_as_new()
    return view


def test_view_rests_while_only_noise_and_light_change(page: U8) -> None:
    view = started(page)
    for i in range(1, 6):
        motion = view.follow(cv2.convertScaleAbs(seen(page, i), alpha=1 - 0.004 * i))
        assert motion is not None
        assert (motion == np.eye(3)).all()
    assert view.resting == 5
    assert not view.take_as_new()


def test_slow_drift_is_no_rest_for_ever(page: U8) -> None:
    view = started(page)
    motions = [view.follow(seen(page, i, dx=0.1 * i)) for i in range(1, 41)]
    total = sum(float(motion[0, 2]) for motion in motions if motion is not None)
    assert total == pytest.approx(4.0, abs=1.2)


def test_pen_at_work_is_no_rest(page: U8) -> None:
    view = started(page)
    view.follow(seen(page, 1))
    assert view.resting
    written = seen(page, 2)
    cv2.putText(written, "on", (300, 200), cv2.FONT_HERSHEY_SIMPLEX, 1, 40, 3)
    assert view.follow(written) is not None
    assert not view.resting


def test_view_that_comes_back_from_a_blink_is_placed_by_what_was_before(page: U8) -> None:
    view = started(page)
    blank = np.full_like(page, 90)
    for _ in range(6):
        assert view.follow(blank) is None
        assert view.lost
    motion = view.follow(seen(page, 9, dx=6.0))
    assert motion is not None
    assert motion[:2, 2] == pytest.approx([6, 3], abs=0.7)
    assert not view.lost
    assert not view.take_as_new()


def test_other_page_is_taken_as_new_within_a_few_frames(page: U8, other_page: U8) -> None:
    view = started(page)
    frames = 0
    while not view.take_as_new():
        view.follow(seen(other_page, 50 + frames))
        frames += 1
        assert frames < 8
    assert not view.lost


def test_view_that_stays_covered_is_taken_as_new_in_the_end(page: U8) -> None:
    view = started(page)
    blank = np.full_like(page, 90)
    for i in range(40):
        view.follow(cv2.add(blank, i % 2 * 40))
    assert view.take_as_new()
