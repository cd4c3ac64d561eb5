"""The simulated camera: repeatable, in time, and it shows a page that can be read."""

import cv2
import numpy as np
import pytest

from camera_ocr.capture.demo import PAGE, DemoSource
from camera_ocr.types import F64, U8


@pytest.fixture(scope="module")
def still_camera() -> DemoSource:
    """For looking at where it points; its frames are not to be taken."""
    return DemoSource(realtime=False)


def moving(source: DemoSource, index: int) -> float:
    """How far the writing moves on screen within a quarter of a second, px at its fastest corner."""
    a, b = (corners_of_text(source.page_to_frame(i)) for i in (index, index + 7))
    return float(np.linalg.norm(a - b, axis=1).max())


def corners_of_text(h: F64) -> F64:
    box = np.array([[[180.0, 60.0], [1150.0, 60.0], [1150.0, 1120.0], [180.0, 1120.0]]])
    return np.asarray(cv2.perspectiveTransform(box, h)[0], np.float64)


def strokes_of(image: U8) -> F64:
    """The page's fine detail, without paper, light and shadow."""
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY).astype(np.float32)
    detail = cv2.GaussianBlur(grey, (0, 0), 2) - cv2.GaussianBlur(grey, (0, 0), 40)
    return np.asarray(detail[60:1120, 180:1150].ravel(), np.float64)


def test_two_cameras_of_one_seed_see_the_same() -> None:
    a, b = DemoSource(seed=3, realtime=False), DemoSource(seed=3, realtime=False)
    other = DemoSource(seed=4, realtime=False)
    for _ in range(3):
        frame_a, frame_b, frame_c = a.read(), b.read(), other.read()
        assert frame_a is not None
        assert frame_b is not None
        assert frame_c is not None
        assert (frame_a.image == frame_b.image).all()
        assert (frame_a.image != frame_c.image).any()


def test_frames_have_the_size_asked_for_and_end_when_told() -> None:
    source = DemoSource(size=(640, 360), realtime=False, frames=2)
    frames = [source.read() for _ in range(3)]
    assert frames[2] is None
    assert [f.image.shape for f in frames[:2] if f] == [(360, 640, 3)] * 2
    assert frames[0] is not None
    assert frames[0].image.flags.c_contiguous
    assert not source.live


def test_all_writing_is_in_view_whenever_the_camera_rests(still_camera: DemoSource) -> None:
    for index in range(0, 4 * 240, 30):
        corners = corners_of_text(still_camera.page_to_frame(index))
        if index % 240 < 180:
            assert corners.min() > 0, index
            assert (corners < (1280, 720)).all(), index


def test_camera_rests_long_enough_to_read_and_moves_in_between(still_camera: DemoSource) -> None:
    assert max(moving(still_camera, i) for i in range(0, 170, 10)) < 4
    assert max(moving(still_camera, i) for i in range(180, 240, 10)) > 8


def test_ground_truth_points_at_the_writing(still_camera: DemoSource) -> None:
    frame = DemoSource(realtime=False).read()
    assert frame is not None
    page = cv2.imread(str(PAGE))
    size = (page.shape[1], page.shape[0])
    back = cv2.warpPerspective(frame.image, np.linalg.inv(still_camera.page_to_frame(0)), size)
    # half a line off, this is below 0.2
    assert np.corrcoef(strokes_of(back), strokes_of(page))[0, 1] > 0.9


def test_realtime_skips_what_nobody_fetched_in_time() -> None:
    now = 0
    source = DemoSource(clock=lambda: now, fps=30)
    first = source.read()
    now = 1_000_000_000
    late = source.read()
    assert first is not None
    assert late is not None
    assert (first.index, late.index) == (0, 30)
    assert late.t_ns == now
    assert source.live


def test_closed_demo_ends() -> None:
    source = DemoSource()
    source.close()
    source.close()
    assert source.read() is None


def test_text_of_the_page_stands_beside_it() -> None:
    lines = PAGE.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 12
    assert all(lines)
