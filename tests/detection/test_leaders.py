"""Dots and dashes that lead the eye from an item to its price are no writing."""

import cv2
import numpy as np
import pytest

from camera_ocr.detection.lines import find_lines
from camera_ocr.preprocess.page import make_page
from camera_ocr.types import U8

ITEMS = ["Soup of the day", "Green salad", "Roast chicken", "Apple pie with cream"]
LEFT, RIGHT = 80, 1120
INK = (40, 40, 40)


def price_list(mark: str, gap: int) -> tuple[U8, list[tuple[int, int]], list[tuple[int, int]]]:
    """A list in print, small letters some 17 px high, with marks as far apart as said; where each item and
    each price begins and ends."""
    image: U8 = np.full((420, 1200, 3), 240, np.uint8)
    items, prices = [], []
    for row, item in enumerate(ITEMS):
        foot, price = 80 + 90 * row, f"{4 + row}.50"
        widths = [cv2.getTextSize(text, cv2.FONT_HERSHEY_COMPLEX, 0.9, 2)[0][0] for text in (item, price)]
        cv2.putText(image, item, (LEFT, foot), cv2.FONT_HERSHEY_COMPLEX, 0.9, INK, 2)
        cv2.putText(image, price, (RIGHT - widths[1], foot), cv2.FONT_HERSHEY_COMPLEX, 0.9, INK, 2)
        items.append((LEFT, LEFT + widths[0]))
        prices.append((RIGHT - widths[1], RIGHT))
        for x in range(LEFT + widths[0] + 16, RIGHT - widths[1] - 24, gap):
            if mark == "dot":
                cv2.circle(image, (x, foot - 3), 2, INK, -1)
            else:
                cv2.line(image, (x, foot - 8), (x + gap // 2, foot - 8), INK, 2)
    return image, items, prices


@pytest.mark.parametrize(("mark", "gap"), [("dot", 9), ("dot", 18), ("dot", 30), ("dash", 20)])
def test_items_and_prices_are_found_without_what_leads_from_one_to_the_other(mark: str, gap: int) -> None:
    image, items, prices = price_list(mark, gap)
    found = [(one.quad[:, 0].min(), one.quad[:, 0].max()) for one in find_lines(make_page(image))]
    # each price after its item
    wanted = [ends for row in zip(items, prices, strict=True) for ends in row]
    assert len(found) == len(wanted)
    assert np.abs(np.array(found) - np.array(wanted)).max() < 12


def test_dots_of_letters_and_an_ellipsis_stay() -> None:
    image: U8 = np.full((200, 1200, 3), 240, np.uint8)
    text = "It is his wish... i.e. this is it: 1.50"
    cv2.putText(image, text, (80, 100), cv2.FONT_HERSHEY_COMPLEX, 0.9, INK, 2)
    width = cv2.getTextSize(text, cv2.FONT_HERSHEY_COMPLEX, 0.9, 2)[0][0]
    (line,) = find_lines(make_page(image))
    assert line.quad[:, 0].min() == pytest.approx(80, abs=12)
    assert line.quad[:, 0].max() == pytest.approx(80 + width, abs=12)
