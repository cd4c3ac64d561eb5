from dataclasses import replace

from camera_ocr.export import FORMATS


def test_text_has_a_line_for_each_line_that_was_read(result):
    assert FORMATS["txt"].render(result, ["model"]) == 'Grüße œuvre\nsay "hi"\n'.encode()


def test_an_empty_page_gives_an_empty_file(result):
    assert FORMATS["txt"].render(replace(result, lines=()), []) == b""
