import time

import cv2
import numpy as np
import pytest

from camera_ocr.curve import outline
from camera_ocr.detection.lines import find_lines
from camera_ocr.geometry import full_quad, quad_size, rotation_homography, transform_quad
from camera_ocr.preprocess.page import make_page
from camera_ocr.types import F32


def lines_of(image: np.ndarray) -> list[F32]:
    return [region.quad for region in find_lines(make_page(image))]


def test_scanned_ruled_lines_are_found_in_reading_order(scanned_lines, iou) -> None:
    found = lines_of(scanned_lines.image)
    best = [int(np.argmax([iou(quad, polygon) for quad in found])) for polygon in scanned_lines.polygons]
    assert best == sorted(set(best))
    overlap = [iou(found[i], polygon) for i, polygon in zip(best, scanned_lines.polygons, strict=True)]
    assert min(overlap) > 0.5
    # the cut-off line at the bottom may be found too, nothing else
    assert len(found) <= len(scanned_lines.polygons) + 1


@pytest.mark.parametrize("degrees", [-38.0, -9.0, 0.0, 5.0, 27.0])
def test_lines_of_a_tilted_sheet_are_found_along_the_writing(draw_sheet, iou, degrees: float) -> None:
    sheet = draw_sheet([4, 4, 3, 4, 2])
    turn, w, h = rotation_homography(-degrees, 900, 600)
    found = lines_of(cv2.warpPerspective(sheet.image, turn, (w, h), borderValue=(235,) * 3))
    assert len(found) == 5
    for quad, true in zip(found, sheet.lines, strict=True):
        assert iou(quad, transform_quad(true, turn)) > 0.6


def test_squared_paper_in_perspective_under_a_shadow(draw_sheet, iou) -> None:
    sheet = draw_sheet([4, 4, 3, 4], squared=190, ink=40, pen=3)
    target = np.array([[250, 40], [1060, 10], [1180, 700], [140, 680]], np.float32)
    matrix = cv2.getPerspectiveTransform(full_quad(900, 600), target)
    image = cv2.warpPerspective(sheet.image, matrix, (1280, 720), borderValue=(60, 90, 120))
    light = np.linspace(1.0, 0.5, 1280)[None, :, None].repeat(720, axis=0)
    light[300:600, 500:800] *= 0.6
    found = lines_of((image * light).astype(np.uint8))
    assert len(found) == 4
    for quad, true in zip(found, sheet.lines, strict=True):
        assert iou(quad, transform_quad(true, matrix)) > 0.5


def test_quads_hold_their_ink_and_not_their_neighbours_bodies(draw_sheet) -> None:
    sheet = draw_sheet([4, 4, 4, 4], pitch=60)
    found = lines_of(sheet.image)
    assert len(found) == 4
    for quad, true in zip(found, sheet.lines, strict=True):
        assert quad.min(axis=0)[0] < true[0, 0] + 2
        assert quad.max(axis=0)[0] > true[1, 0] - 2
        assert quad_size(quad)[1] < 1.45 * (true[2, 1] - true[0, 1])
        assert quad_size(quad)[1] > 0.85 * (true[2, 1] - true[0, 1])


def test_two_columns_are_read_one_after_the_other(draw_sheet) -> None:
    left = draw_sheet([2] * 6, size=(480, 600), left=30).image
    right = draw_sheet([2] * 6, size=(480, 600), left=60).image
    found = lines_of(np.hstack([left, right]))
    assert len(found) == 12
    middles = np.array([quad.mean(axis=0) for quad in found])
    assert (middles[:6, 0] < 480).all()
    assert (middles[6:, 0] > 480).all()
    assert (np.diff(middles[:6, 1]) > 0).all()
    assert (np.diff(middles[6:, 1]) > 0).all()


def test_wide_gaps_between_words_do_not_part_a_line(draw_sheet) -> None:
    assert len(lines_of(draw_sheet([4, 4, 4, 4], gap=60, left=30).image)) == 4


def test_chalk_on_a_blackboard_and_small_beside_large_writing(draw_sheet) -> None:
    assert len(lines_of(255 - draw_sheet([4, 3, 4]).image)) == 3
    small = draw_sheet([9, 9, 9], scale=0.09, size=(900, 130), pitch=32, top=36, gap=9, pen=1).image
    large = draw_sheet([3, 3, 3], scale=0.3, size=(900, 400), pitch=110, top=110, pen=3).image
    assert len(lines_of(np.vstack([small, large]))) == 6


def test_printed_text_is_found() -> None:
    image = np.full((400, 900, 3), 245, np.uint8)
    for row in range(6):
        cv2.putText(
            image,
            "Printed text, row by row.",
            (40, 60 + 55 * row),
            cv2.FONT_HERSHEY_COMPLEX,
            1.0,
            (20,) * 3,
            2,
        )
    assert len(lines_of(image)) == 6


def test_one_word_and_one_letter_are_one_line(draw_sheet) -> None:
    assert len(lines_of(draw_sheet([1]).image)) == 1
    image = np.full((200, 200, 3), 240, np.uint8)
    cv2.putText(image, "B", (70, 130), cv2.FONT_HERSHEY_SIMPLEX, 2.5, (20,) * 3, 5)
    assert len(lines_of(image)) == 1


def test_nothing_to_read_gives_no_lines() -> None:
    dot = np.full((300, 400, 3), 240, np.uint8)
    cv2.circle(dot, (200, 150), 2, (20,) * 3, -1)
    rng = np.random.default_rng(3)
    paper = np.clip(rng.normal(200, 4, (720, 1280, 1)), 0, 255).astype(np.uint8).repeat(3, axis=2)
    for image in (dot, paper, np.zeros((720, 1280, 3), np.uint8), np.full((1, 1, 3), 7, np.uint8)):
        assert lines_of(image) == []


def test_two_hundred_lines_are_found_in_bounded_time(draw_sheet) -> None:
    rows = 200
    image = draw_sheet(
        [9] * rows, size=(900, 24 * rows + 60), scale=0.09, pitch=24, top=40, gap=9, pen=1
    ).image
    start = time.process_time()
    found = lines_of(image)
    assert time.process_time() - start < 10
    assert 0.95 * rows <= len(found) <= 1.05 * rows


def test_noise_takes_bounded_time() -> None:
    rng = np.random.default_rng(4)
    image = rng.integers(0, 255, (720, 1280, 3), np.uint8)
    start = time.process_time()
    lines_of(image)
    assert time.process_time() - start < 10


@pytest.mark.parametrize("swing", [-35, 35])
def test_lines_of_a_curled_sheet_are_followed_along_their_course(draw_sheet, iou, swing: int) -> None:
    sheet = draw_sheet([4, 4, 3, 4], pitch=90, top=110)
    x, y = np.meshgrid(np.arange(900, dtype=np.float32), np.arange(600, dtype=np.float32))

    def drop(at: np.ndarray) -> np.ndarray:
        return swing * (((at - 290) / 240) ** 2 - 0.5)

    bent = cv2.remap(sheet.image, x, (y - drop(x)).astype(np.float32), cv2.INTER_LINEAR, None, 1)
    found = find_lines(make_page(np.asarray(bent, np.uint8)))
    assert len(found) == 4
    for region, true in zip(found, sheet.lines, strict=True):
        along = np.linspace(true[0, 0], true[1, 0], 20)
        upper, lower = np.full(20, true[0, 1]), np.full(20, true[2, 1])
        band = np.concatenate(
            [
                np.column_stack([along, upper + drop(along)]),
                np.column_stack([along, lower + drop(along)])[::-1],
            ]
        )
        assert region.curve is not None
        followed = iou(outline(region.quad, region.curve), band.astype(np.float32))
        assert followed > 0.65
        assert followed > iou(region.quad, band.astype(np.float32))


def test_straight_lines_have_no_course(draw_sheet) -> None:
    for degrees in (0.0, 4.0):
        sheet = draw_sheet([4, 4, 3, 4], squared=190)
        turn, w, h = rotation_homography(-degrees, 900, 600)
        image = cv2.warpPerspective(sheet.image, turn, (w, h), borderValue=(235,) * 3)
        assert [one.curve for one in find_lines(make_page(np.asarray(image, np.uint8)))] == [None] * 4
