from itertools import combinations

import pytest
from PyQt5.QtCore import QRectF, QSizeF

from camera_ocr.gui.beside import place_labels

ROOM = QRectF(0, 0, 800, 600)


@pytest.mark.parametrize(
    ("box", "side"),
    [
        (QRectF(50, 100, 400, 40), "right"),
        (QRectF(350, 100, 440, 40), "left"),
        (QRectF(50, 100, 700, 40), "below"),
    ],
)
def test_label_stands_where_there_is_room(box, side):
    (label,) = place_labels([box], [QSizeF(200, 20)], ROOM)
    assert ROOM.contains(label)
    assert not label.intersects(box)
    found = "right" if label.left() > box.right() else "left" if label.right() < box.left() else "below"
    assert found == side


def test_labels_of_a_full_page_do_not_cover_each_other():
    boxes = [QRectF(50, 10 + 12 * i, 400 + i, 30) for i in range(20)]
    labels = place_labels(boxes, [QSizeF(200, 20)] * 20, ROOM)
    assert not any(a.intersects(b) for a, b in combinations(labels, 2))


def test_label_wider_than_the_room_begins_where_it_can_be_read():
    (label,) = place_labels([QRectF(50, 100, 400, 40)], [QSizeF(2000, 20)], ROOM)
    assert label.left() == 0


def test_label_of_a_line_beyond_the_edge_stays_in_view():
    (label,) = place_labels([QRectF(700, 590, 300, 40)], [QSizeF(200, 20)], ROOM)
    assert ROOM.contains(label)
