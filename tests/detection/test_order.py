import numpy as np

from camera_ocr.detection.order import reading_order
from camera_ocr.types import F32


def line(x: float, y: float, width: float = 300, height: float = 40) -> F32:
    return np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], np.float32)


def test_lines_are_read_from_the_top() -> None:
    assert reading_order([line(0, 200), line(5, 0), line(-4, 100)]) == [1, 2, 0]
    assert reading_order([]) == []


def test_lines_at_one_height_are_read_from_the_left() -> None:
    assert reading_order([line(400, 6), line(0, 0), line(0, 100, 700)]) == [1, 0, 2]


def test_columns_are_read_one_by_one_below_their_heading() -> None:
    heading = line(0, 0, 800)
    left = [line(0, 100 + 60 * i) for i in range(3)]
    right = [line(450, 110 + 60 * i) for i in range(3)]
    mixed = [right[1], left[2], heading, left[0], right[0], left[1], right[2]]
    assert reading_order(mixed) == [2, 3, 5, 1, 4, 0, 6]


def test_order_does_not_depend_on_the_tilt_of_the_page() -> None:
    quads = [line(0, 60 * i) for i in range(4)] + [line(450, 60 * i) for i in range(4)]
    angle = np.deg2rad(35)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned = [np.asarray(quad @ turn.T, np.float32) for quad in quads]
    assert reading_order(turned) == list(range(8))
