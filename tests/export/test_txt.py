from dataclasses import replace

import numpy as np

from camera_ocr.export import FORMATS


def test_text_has_a_line_for_each_line_that_was_read(result):
    assert FORMATS["txt"].render(result, ["model"]) == 'Grüße œuvre\nsay "hi"\n'.encode()


def test_an_empty_page_gives_an_empty_file(result):
    assert FORMATS["txt"].render(replace(result, lines=()), []) == b""


def test_an_item_and_its_price_far_beside_it_are_one_line_of_text(result):
    milk, bread = result.lines[0], result.lines[2]
    price = replace(milk, text="1.20", quad=milk.quad + np.array([380, 4], np.float32))
    lines = (replace(milk, text="Milk"), price, replace(bread, text="Bread"))
    assert FORMATS["txt"].render(replace(result, lines=lines), []) == b"Milk 1.20\nBread\n"


def test_the_foot_of_one_column_and_the_head_of_the_next_are_two_lines_of_text(result):
    first, second = result.lines[0], result.lines[2]
    beside = [replace(line, quad=line.quad + np.array([300, 0], np.float32)) for line in (first, second)]
    page = replace(result, lines=(first, second, *beside))
    assert FORMATS["txt"].render(page, []).decode().count("\n") == 4
