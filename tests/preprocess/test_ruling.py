from pathlib import Path

import numpy as np

from camera_ocr.capture.files import read_image
from camera_ocr.detection.lines import find_lines
from camera_ocr.detection.text_map import TextDetector
from camera_ocr.geometry import to_gray
from camera_ocr.preprocess.illumination import even_light
from camera_ocr.preprocess.page import make_page
from camera_ocr.preprocess.ruling import remove_ruling
from camera_ocr.preprocess.threshold import ink_mask


def removed(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    even = even_light(to_gray(image))
    ink = ink_mask(even)
    return ink, remove_ruling(ink, even)


def test_rules_go_and_the_strokes_across_them_stay(draw_sheet) -> None:
    sheet = draw_sheet([4, 4, 3, 4], ink=60, squared=120, pen=3)
    plain = draw_sheet([4, 4, 3, 4], ink=60, pen=3)
    with_rules, without = removed(sheet.image)
    letters = removed(plain.image)[0] > 0
    rules = (with_rules > 0) & ~letters
    assert rules.sum() > 3000
    assert (rules & (without > 0)).sum() < 0.05 * rules.sum()
    assert (letters & (without > 0)).sum() > 0.85 * letters.sum()


def test_scanned_ruling_goes_and_letters_stay(scanned_lines) -> None:
    ink, without = removed(scanned_lines.image)
    # below the last full line of writing on the left there is a rule and nothing else
    assert (ink[145:158] > 0).mean() > 0.05
    assert (without[145:158] > 0).mean() < 0.005
    assert (without[80:112] > 0).sum() > 0.8 * (ink[80:112] > 0).sum()


def test_unruled_writing_is_left_as_it_is(draw_sheet) -> None:
    ink, without = removed(draw_sheet([4, 4, 4]).image)
    assert (ink != without).sum() < 0.04 * (ink > 0).sum()


def test_small_print_is_not_taken_for_rules(draw_sheet) -> None:
    sheet = draw_sheet([9] * 20, scale=0.07, pitch=22, top=30, gap=8, pen=1, ink=30)
    ink, without = removed(sheet.image)
    assert (ink != without).sum() < 0.15 * (ink > 0).sum()


def test_figures_between_the_rules_of_a_table_are_found() -> None:
    picture = read_image(Path(__file__).parents[1] / "assets" / "documents" / "table.jpg")
    detector = TextDetector()
    # 11 rows of 4, of which those that stand close may be found as one
    assert len(find_lines(make_page(picture, detector))) >= 22
    assert len(find_lines(make_page(picture, detector, tables=False))) < 11
