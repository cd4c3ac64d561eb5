import gc

import numpy as np
from PyQt5.QtGui import QColor

from camera_ocr.gui.qimage import render, to_qimage
from camera_ocr.gui.viewport import Viewport


def test_picture_outlives_the_array_it_came_from():
    array = np.full((40, 50, 3), (10, 120, 240), np.uint8)
    picture = to_qimage(array)
    array[:] = 0
    del array
    gc.collect()
    assert QColor(picture.pixel(49, 39)).getRgb()[:3] == (240, 120, 10)


def test_part_of_a_larger_array_is_taken_with_its_own_rows():
    array = np.zeros((20, 30, 3), np.uint8)
    array[5:10, 7:12] = (0, 0, 255)
    picture = to_qimage(array[5:10, 7:12])
    assert (picture.width(), picture.height()) == (5, 5)
    assert {picture.pixelColor(x, y).red() for x in range(5) for y in range(5)} == {255}


def test_grey_picture_of_odd_width():
    picture = to_qimage(np.arange(15, dtype=np.uint8).reshape(3, 5))
    assert picture.pixelColor(4, 2).red() == 14


def test_render_is_as_sharp_as_the_screen():
    image = np.zeros((720, 1280, 3), np.uint8)
    picture, place = render(image, Viewport.fitted(1280, 720, 640.0, 480.0), 2.0)
    assert (picture.width(), picture.height()) == (1280, 720)
    assert (place.x(), place.y(), place.width(), place.height()) == (0.0, 60.0, 640.0, 360.0)


def test_zoomed_render_holds_only_what_is_seen():
    image = np.zeros((4000, 6000, 3), np.uint8)
    seen = Viewport.fitted(6000, 4000, 600.0, 400.0).zoomed(10, 300, 200)
    picture, place = render(image, seen, 1.0)
    assert picture.width() <= 602
    assert abs(place.x()) <= 1.5


def test_thin_stroke_survives_shrinking():
    image = np.full((2000, 2000, 3), 255, np.uint8)
    image[:, 1001] = 0
    picture, _ = render(image, Viewport.fitted(2000, 2000, 200.0, 200.0), 1.0)
    assert min(picture.pixelColor(x, 50).red() for x in range(200)) < 240
