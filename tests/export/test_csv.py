import csv
import io
from dataclasses import replace

from camera_ocr.export import FORMATS


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_each_line_that_was_read_is_a_row_with_its_box(result):
    first, second = rows(FORMATS["csv"].render(result, []))
    assert (first["source"], first["line"], first["text"]) == ("notes/page 1.jpg", "1", "Grüße œuvre")
    assert first["confidence"] == "0.8765"
    assert [first[name] for name in ("x1", "y1", "x3", "y3")] == ["10.0", "20.0", "210.0", "50.0"]
    # quotes in a text are kept
    assert (second["line"], second["text"]) == ("2", 'say "hi"')


def test_a_page_with_nothing_on_it_has_its_columns_all_the_same(result):
    content = FORMATS["csv"].render(replace(result, lines=()), [])
    assert content.startswith(b"source,line,text,confidence,x1,y1,")
    assert rows(content) == []


def test_rows_that_follow_come_without_the_names_of_the_columns(result):
    form = FORMATS["csv"]
    content = form.render(result, [])
    together = rows(content + form.follow(content))
    assert [row["text"] for row in together] == ["Grüße œuvre", 'say "hi"'] * 2
