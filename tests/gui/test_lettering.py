from dataclasses import replace

import cv2
import numpy as np
import pytest
from PyQt5.QtCore import QRectF
from PyQt5.QtGui import QColor, QImage, QPainter

from camera_ocr.curve import outline
from camera_ocr.grading import Grade
from camera_ocr.gui.lettering import FIRM, PLATE_ALPHA, Lettering, OverlayStyle, paper_colours
from camera_ocr.gui.qimage import to_qimage
from camera_ocr.gui.theme import LIGHT
from camera_ocr.gui.viewport import Viewport
from camera_ocr.types import Curve


@pytest.fixture
def painted(qapp):
    """Paints a result at its own size and returns the pixels, (H, W, 3) RGB."""
    lettering = Lettering(LIGHT)

    def paint(result, style=OverlayStyle.TEXT, selected=(), hovered=None, room=None) -> np.ndarray:
        height, width = result.frame.image.shape[:2]
        picture = to_qimage(result.frame.image)
        painter = QPainter(picture)
        lettering.paint(
            painter,
            result.frame.image,
            result.lines,
            Viewport.fitted(width, height, float(width), float(height)),
            style=style,
            selected=frozenset(selected),
            hovered=hovered,
            room=room,
        )
        painter.end()
        rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
        bits = rgb.constBits()
        bits.setsize(rgb.sizeInBytes())
        rows = np.frombuffer(bits, np.uint8).reshape(height, rgb.bytesPerLine())
        return rows[:, : width * 3].reshape(height, width, 3).copy()

    return paint


def firm(pixels: np.ndarray) -> np.ndarray:
    """Where text is painted firmly, (H, W) bool."""
    return np.abs(pixels.astype(int) - QColor(FIRM).getRgb()[:3]).max(axis=2) < 12


def test_text_lies_on_its_line_and_nowhere_else(painted, results):
    where = firm(painted(results(results.line(1, "Hello world", 1))))
    rows, columns = np.nonzero(where)
    assert len(rows) > 100
    assert (rows.min() >= 110, rows.max() <= 150, columns.min() >= 40, columns.max() <= 440) == (True,) * 4


def test_text_spans_the_ink_below_it(painted, results):
    columns = np.nonzero(firm(painted(results(results.line(1, "Hello wide wide wide world", 1)))))[1]
    assert columns.min() < 60
    assert columns.max() > 380


def test_each_word_stands_on_its_own_ink(painted, results):
    left = [[40, 110], [100, 110], [100, 150], [40, 150]]
    right = [[380, 110], [440, 110], [440, 150], [380, 150]]
    words = (results.word("one", left), results.word("two", right))
    columns = np.nonzero(firm(painted(results(results.line(1, "one two", 1, words=words)))))[1]
    assert ((columns < 105) | (columns > 375)).all()
    assert (columns < 105).any()
    assert (columns > 375).any()


@pytest.mark.parametrize("style", OverlayStyle)
def test_a_part_that_is_painted_alone_looks_as_in_the_whole(painted, results, style):
    page = results.page([f"gjpqy ÄÖÜ {row}" for row in range(4)])
    whole = painted(page, style)
    for top in range(0, 360, 7):
        alone = painted(page, style, room=QRectF(100, top, 200, 4))
        assert (alone[top : top + 4, 100:300] == whole[top : top + 4, 100:300]).all()
    below_all = painted(page, style, room=QRectF(0, 355, 640, 4))
    unpainted = painted(page, OverlayStyle.OFF)
    assert (below_all == unpainted).all() == (style is not OverlayStyle.BESIDE)


@pytest.mark.parametrize(("accented", "plain"), [("é", "e"), ("ü", "u"), ("Å", "A"), ("ß", "?")])
def test_accents_are_painted(painted, results, accented, plain):
    with_accent, without = (painted(results(results.line(1, text * 3, 1))) for text in (accented, plain))
    assert (firm(with_accent) != firm(without)).any()


def test_tentative_text_is_paler_than_stable_text(painted, results):
    stable = painted(results(results.line(1, "Hello", 1)))
    tentative = painted(results(results.line(1, "Hello", 1, stable=False)))
    assert firm(stable).any()
    assert not firm(tentative).any()
    assert (tentative != results(results.line(1, "", 1)).frame.image).any()


@pytest.mark.parametrize(
    ("stable", "confidence", "shown"), [(False, 0.4, False), (True, 0.4, True), (True, 0.2, False)]
)
def test_bad_guesses_do_not_cover_the_ink(painted, results, stable, confidence, shown):
    result = results(results.line(1, "Hello", 1, stable=stable, confidence=confidence))
    inside = np.s_[115:145, 45:430]
    assert (painted(result)[inside] != result.frame.image[inside][..., ::-1]).any() == shown


def test_hovered_line_shows_its_ink(painted, results):
    result = results.page()
    inside = np.s_[115:145, 45:430]
    assert (painted(result, hovered=2)[inside] == result.frame.image[inside][..., ::-1]).all()
    assert (painted(result)[inside] != result.frame.image[inside][..., ::-1]).any()


def test_boxes_only_leaves_the_ink_alone(painted, results):
    result = results.page()
    pixels = painted(result, OverlayStyle.BOXES)
    inside = np.s_[115:145, 45:430]
    assert (pixels[inside] == result.frame.image[inside][..., ::-1]).all()
    assert (pixels != result.frame.image[..., ::-1]).any()


def near(pixels: np.ndarray, colour: str) -> np.ndarray:
    return np.abs(pixels.astype(int) - QColor(colour).getRgb()[:3]).max(axis=2) < 40


@pytest.mark.parametrize("stable", [True, False])
def test_each_word_has_a_box_in_the_colour_of_its_confidence(painted, results, stable):
    sure, doubtful = ([[x, 110], [x + 150, 110], [x + 150, 150], [x, 150]] for x in (40, 280))
    words = (results.word("one", sure), replace(results.word("two", doubtful), confidence=0.3))
    pixels = painted(results(results.line(1, "one two", 1, words=words, stable=stable)), OverlayStyle.BOXES)
    boxes = {Grade.SURE: np.s_[100:160, 30:200], Grade.DOUBTFUL: np.s_[100:160, 270:440]}
    for grade, place in boxes.items():
        (other,) = boxes.keys() - {grade}
        assert near(pixels[place], grade.value).sum() > 100
        assert not near(pixels[place], other.value).any()


def test_boxes_of_tentative_words_are_broken(painted, results):
    stable, tentative = (
        near(
            painted(results(results.line(1, "one", 1, stable=stable)), OverlayStyle.BOXES), Grade.SURE.value
        ).sum()
        for stable in (True, False)
    )
    assert 0 < tentative < 0.75 * stable


@pytest.mark.parametrize("stable", [True, False])
def test_text_beside_the_ink_leaves_the_ink_alone(painted, results, stable):
    result = results(results.line(1, "Hello", 1, stable=stable))
    pixels = painted(result, OverlayStyle.BESIDE)
    inside, beside = np.s_[115:145, 45:430], np.s_[115:145, 446:560]
    assert (pixels[inside] == result.frame.image[inside][..., ::-1]).all()
    assert (pixels[beside].min(axis=2) < 120).any()
    # firm text is white, tentative text is not
    assert (pixels[beside].min(axis=2) > 250).any() == stable


def test_overlay_can_be_off(painted, results):
    result = results.page()
    assert (painted(result, OverlayStyle.OFF) == result.frame.image[..., ::-1]).all()


def test_selected_line_stands_out(painted, results):
    result = results.page()
    changed = (painted(result, selected=[2]) != painted(result)).any(axis=2)
    rows = np.nonzero(changed)[0]
    assert rows.min() > 105
    assert rows.max() < 155


def test_plate_hides_most_of_the_ink_in_the_papers_colour(results):
    result = results(results.line(1, "x", 1))
    assert paper_colours(result.frame.image, [line.quad for line in result.lines]) == [(200, 200, 200)]
    assert PLATE_ALPHA < 255


def test_line_partly_outside_the_picture_is_painted(painted, results):
    line = results.line(1, "Hello", 1)
    outside = type(line)(1, line.quad + np.float32([400, -120]), "Hello", 0.9, 1, True, ())
    assert firm(painted(results(outside))).any()


def test_degenerate_line_is_skipped_quietly(painted, results):
    line = results.line(1, "Hello", 1)
    flat = type(line)(1, np.full((4, 2), 100, np.float32), "Hello", 0.9, 1, True, ())
    assert not firm(painted(results(flat))).any()


def test_the_box_of_a_bent_line_follows_its_course(painted, results):
    straight = results.line(1, "", 1)
    bent = replace(straight, curve=Curve(np.linspace(0.5, 2.5, 33, dtype=np.float32), 0.8))
    changed = [
        np.argwhere((painted(shown) != shown.frame.image[..., ::-1]).any(axis=2))[:, ::-1].astype(np.float32)
        for shown in (results(straight), results(bent))
    ]
    for line, places in zip((straight, bent), changed, strict=True):
        around = outline(line.quad, line.curve)
        off = [abs(cv2.pointPolygonTest(around, tuple(place), True)) for place in places[::7].tolist()]
        assert max(off) < 3
    assert changed[1][:, 1].max() > changed[0][:, 1].max() + 40
