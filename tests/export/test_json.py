import json
from dataclasses import replace

from camera_ocr.export import FORMATS
from camera_ocr.types import FrameResult


def rendered(result: FrameResult) -> dict:
    text = FORMATS["json"].render(result, ["lines-1"]).decode()
    assert text.endswith("}\n")
    assert text.count("\n") == 1
    return json.loads(text)


def test_the_object_has_the_fields_other_programs_rely_on_and_no_others(result):
    fields = rendered(result)
    assert list(fields) == ["source", "width", "height", "text", "lines", "models", "timings_ms"]
    assert all(list(line) == ["text", "confidence", "quad", "words"] for line in fields["lines"])
    assert all(
        list(word) == ["text", "confidence", "quad"] for line in fields["lines"] for word in line["words"]
    )


def test_values_are_those_of_the_result(result):
    fields = rendered(result)
    assert (fields["source"], fields["width"], fields["height"]) == ("notes/page 1.jpg", 640, 480)
    assert fields["models"] == ["lines-1"]
    assert fields["timings_ms"] == {"lines": 1.23, "read": 7.0}
    first = fields["lines"][0]
    assert first["confidence"] == 0.8765
    assert first["quad"] == [[10, 20], [210, 20], [210, 50], [10, 50]]
    assert [word["text"] for word in first["words"]] == ["Grüße", "œuvre"]
    assert first["words"][1]["quad"][0] == [110, 20]


def test_lines_found_but_not_read_are_left_out_so_that_text_and_lines_agree(result):
    fields = rendered(result)
    assert fields["text"] == "\n".join(line["text"] for line in fields["lines"]) == 'Grüße œuvre\nsay "hi"'


def test_accents_are_written_as_they_are(result):
    assert "Grüße œuvre" in FORMATS["json"].render(result, []).decode()


def test_a_file_name_that_is_not_unicode_still_gives_valid_json(result):
    odd = b"caf\xe9.jpg".decode("utf-8", "surrogateescape")
    result = replace(result, frame=replace(result.frame, source=odd))
    text = FORMATS["json"].render(result, [])
    assert json.loads(text)["source"] == "caf\N{REPLACEMENT CHARACTER}.jpg"
