import json
from pathlib import Path

import numpy as np
import pytest

from camera_ocr.errors import CameraOcrError
from camera_ocr.own_lines import add_line, lines_folder
from camera_ocr.own_samples import add_sample
from convert.datasets.shared import StrokeSample
from convert.own import need_samples, own_line_images, own_samples, single_digits

STROKES = json.loads((Path(__file__).parents[1] / "assets" / "digits" / "strokes.json").read_text())


def row(text, writer="art-0094", gap=20.0):
    """A row of digits in strokes, and how many strokes each digit has."""
    x, strokes, counts = 0.0, [], []
    for digit in text:
        parts = [np.array(s, np.float32).reshape(-1, 2) for s in STROKES[writer][digit]]
        points = np.concatenate(parts)
        shift = np.array([x - points[:, 0].min(), -points[:, 1].max()], np.float32)
        strokes += [part + shift for part in parts]
        counts.append(len(parts))
        x += float(np.ptp(points[:, 0])) + gap
    return StrokeSample(text, "own", tuple(strokes)), counts


@pytest.mark.parametrize("writer", ["art-0094", "aga-0013"])
def test_a_row_is_taken_apart_into_its_digits_with_all_their_strokes(writer):
    sample, counts = row("27036 1945".replace(" ", ""), writer)
    digits = single_digits(sample)
    assert [digit.text for digit in digits] == list("270361945")
    assert [len(digit.strokes) for digit in digits] == counts
    assert max(counts) > 1


def test_spaces_of_the_label_are_no_digits():
    sample, _ = row("2703")
    spaced = StrokeSample("27 03", "own", sample.strokes)
    assert [digit.text for digit in single_digits(spaced)] == list("2703")


def test_digits_drawn_in_one_stroke_are_not_taken_apart():
    sample, _ = row("28")
    joined = StrokeSample("28", "own", (np.concatenate(sample.strokes),))
    assert single_digits(joined) == []


def test_every_fifth_sample_is_held_out_and_none_is_both(tmp_path):
    for number in range(12):
        add_sample("text", f"word {number}", [[(0, 0), (40, 30 + number)]], tmp_path)
    train = [s.text for s in own_samples("text", tmp_path, held_out=False)]
    held_out = [s.text for s in own_samples("text", tmp_path, held_out=True)]
    assert held_out == ["word 4", "word 9"]
    assert sorted(train + held_out, key=lambda t: int(t.split()[1])) == [f"word {n}" for n in range(12)]


def test_what_the_reader_has_no_letters_for_is_left_out(tmp_path):
    add_sample("text", "привет", [[(0, 0), (40, 30)]], tmp_path)
    add_sample("text", "hello", [[(0, 0), (40, 30)]], tmp_path)
    assert [s.text for s in own_samples("text", tmp_path, held_out=False)] == ["hello"]


def test_too_few_samples_are_told_with_how_many_there_are(tmp_path):
    add_sample("digits", "7", [[(0, 0), (40, 30)]], tmp_path)
    with pytest.raises(CameraOcrError, match=r"has 1 sample of digits.*at least 10"):
        need_samples("digits", tmp_path, 10)


def keep_lines(folder, line_crop, *texts):
    for i, text in enumerate(texts):
        add_line(np.ascontiguousarray(line_crop[:, i:]), text, folder)


def test_of_lines_put_right_too_every_fifth_is_held_out(tmp_path, line_crop):
    keep_lines(tmp_path, line_crop, *(f"line {n}" for n in range(1, 11)), "привет")
    held_out = own_line_images(tmp_path, held_out=True)
    assert [s.text for s in held_out] == ["line 5", "line 10"]
    train = own_line_images(tmp_path, held_out=False)
    assert [s.text for s in train] == [f"line {n}" for n in range(1, 11) if n % 5]
    np.testing.assert_array_equal(train[0].image, line_crop)


def test_a_damaged_line_is_left_out_and_told(tmp_path, line_crop, capsys):
    keep_lines(tmp_path, line_crop, "one", "two")
    (lines_folder(tmp_path) / "000001.png").write_bytes(b"no picture")
    assert [s.text for s in own_line_images(tmp_path, held_out=False)] == ["two"]
    assert "000001.png" in capsys.readouterr().err


def test_lines_put_right_count_for_the_line_reader_only(tmp_path, line_crop):
    keep_lines(tmp_path, line_crop, *map(str, range(6)))
    for number in range(4):
        add_sample("text", str(number), [[(0, 0), (40, 30)]], tmp_path)
    need_samples("line", tmp_path, 10)
    with pytest.raises(CameraOcrError, match="no samples of digits"):
        need_samples("digits", tmp_path, 1)
    with pytest.raises(CameraOcrError, match=r"has 10 samples.*lines that you put right"):
        need_samples("line", tmp_path, 11)
