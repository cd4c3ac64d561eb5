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


def test_prices_are_read_with_what_they_are_for_though_the_list_is_seen_askew() -> None:
    items = [line(20 * (i % 2), 60 * i, 180 + 60 * (i % 3)) for i in range(6)]
    # the farther right, the higher, and the more so the farther up: perspective
    prices = [line(600, 60 * i - 25 + 3 * i, 90) for i in range(6)]
    for i, quad in enumerate(items):
        quad[1:3, 1] -= (25 - 3 * i) / 600 * np.ptp(quad[:, 0])
    order = reading_order([*items, *prices])
    assert order == [i for row in range(6) for i in (row, row + 6)]


def test_two_lists_with_prices_are_read_one_after_the_other() -> None:
    def part(x: float) -> list[F32]:
        return [quad for i in range(5) for quad in (line(x, 60 * i, 240), line(x + 300, 60 * i, 80))]

    assert reading_order(part(0) + part(500)) == list(range(20))


def test_numbers_stand_before_what_they_number() -> None:
    rows = [quad for i in range(4) for quad in (line(0, 60 * i, 50), line(120, 60 * i, 500))]
    assert reading_order(rows) == list(range(8))


def test_columns_stay_columns_above_a_page_number_and_beside_a_stray_mark() -> None:
    columns = [line(x, 60 * i, 380) for x in (0, 450) for i in range(6)]
    assert reading_order([*columns, line(400, 400, 60)]) == list(range(13))
    assert reading_order([*columns, line(900, 130, 30)])[:6] == list(range(6))


def test_two_word_gaps_above_each_other_make_no_columns() -> None:
    text = [line(0, 60 * i, 800) for i in range(5)]
    parted = [quad for i in (5, 6) for quad in (line(0, 60 * i, 380), line(450, 60 * i, 350))]
    assert reading_order([*text, *parted, line(0, 420, 800)]) == list(range(10))


def test_rows_of_a_heading_stay_rows_above_columns() -> None:
    heading = [quad for i in range(3) for quad in (line(0, 60 * i, 200), line(260, 60 * i, 1020))]
    columns = [line(x, 220 + 60 * i, 380) for x in (0, 450, 900) for i in range(6)]
    assert reading_order([*heading, *columns]) == list(range(24))


def test_prices_are_read_with_what_they_are_for_though_the_page_curls_between_them() -> None:
    items = [line(20 * (i % 2), 60 * i, 180 + 60 * (i % 3)) for i in range(8)]
    # the lines themselves do not tell: they are level; the prices stand higher at the top than at the foot
    prices = [line(600, 60 * i - 30 + 6 * i, 90) for i in range(8)]
    assert reading_order([*items, *prices]) == [i for row in range(8) for i in (row, row + 8)]


def test_prices_nearly_as_wide_as_what_they_are_for_are_read_with_it() -> None:
    items = [line(0, 60 * i, 220 + 30 * (i % 2)) for i in range(6)]
    prices = [line(600, 60 * i, 190) for i in range(0, 6, 2)]
    assert reading_order([*items, *prices]) == [0, 6, 1, 2, 7, 3, 4, 8, 5]


def test_columns_that_lean_are_read_one_by_one() -> None:
    # perspective: farther down, all lies farther to the left, by more than the gutter is wide
    columns = [
        line(400 * column - 3 * i, 60 * i + 20 * column, 370) for column in range(3) for i in range(14)
    ]
    assert reading_order(columns) == list(range(42))
