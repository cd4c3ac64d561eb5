"""Two columns of text with little between them stay two."""

import cv2
import numpy as np
import pytest

from camera_ocr.detection.columns import part_columns
from camera_ocr.detection.lines import find_lines
from camera_ocr.preprocess.page import make_page
from camera_ocr.types import U8

LEFT, WIDTH, ROWS = 80, 460, 9
TEXT = "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age".split()


def justified(gutter: int) -> U8:
    """Two printed columns, each line as wide as its column; small letters are some 17 px high."""
    image: U8 = np.full((620, 1250, 3), 240, np.uint8)
    font, size, pen = cv2.FONT_HERSHEY_COMPLEX, 0.9, 2

    def width(words: list[str]) -> int:
        return sum(cv2.getTextSize(word, font, size, pen)[0][0] for word in words)

    next_word = 0
    for left in (LEFT, LEFT + WIDTH + gutter):
        for row in range(ROWS):
            words: list[str] = []
            while width([*words, TEXT[next_word % len(TEXT)]]) + 14 * len(words) <= WIDTH:
                words.append(TEXT[next_word % len(TEXT)])
                next_word += 1
            gap = (WIDTH - width(words)) / (len(words) - 1)
            x = float(left)
            for word in words:
                cv2.putText(image, word, (round(x), 80 + 60 * row), font, size, (40, 40, 40), pen)
                x += width([word]) + gap
    return image


@pytest.mark.parametrize("gutter", [36, 44, 60])
def test_a_narrow_gutter_parts_lines(gutter: int) -> None:
    found = find_lines(make_page(justified(gutter)))
    assert len(found) == 2 * ROWS
    # the first column is read before the second
    middle = LEFT + WIDTH + gutter / 2
    assert all(region.quad[:, 0].max() < middle + 8 for region in found[:ROWS])
    assert all(region.quad[:, 0].min() > middle - 8 for region in found[ROWS:])


def test_gaps_between_words_part_nothing(draw_sheet) -> None:
    sheet = draw_sheet([6, 5, 6, 6, 5, 6, 6], size=(1500, 620), gap=34)
    assert len(find_lines(make_page(sheet.image))) == 7


def test_figures_at_the_end_of_lines_stay_with_them(draw_sheet) -> None:
    items = draw_sheet([3] * 7, size=(1500, 620), gap=16)
    right = max(float(line[:, 0].max()) for line in items.lines)
    image = items.image.copy()
    for line in items.lines:
        foot = int(line[2, 1])
        for x in (round(right) + 30, round(right) + 42):
            image[foot - 24 : foot - 4, x : x + 4] = 60
    assert len(find_lines(make_page(image))) == 7


def test_two_gutters_part_narrow_print_that_has_no_other_wide_gaps() -> None:
    body, foot = 15.0, 40
    words = [range(left, left + 54) for column in (0, 345, 675) for left in range(column, column + 300, 60)]
    places = [x for word in words for x in word]
    rows = np.repeat(np.arange(ROWS), len(places))
    x, y = np.tile(places, ROWS), foot * (rows + 1)
    parted = part_columns([np.nonzero(rows == row)[0] for row in range(ROWS)], x, y, body)
    assert sorted(int(x[part].min()) for part in parted) == [0] * ROWS + [345] * ROWS + [675] * ROWS
