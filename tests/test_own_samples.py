import json
import lzma

import numpy as np
import pytest

from camera_ocr.errors import ExportError
from camera_ocr.own_samples import add_sample, count_samples, delete_samples, samples_path

SEVEN = [[(10, 10), (40, 10), (40, 10), (20, 90)], [(15, 50), (35, 50)]]


def records(folder, kind="digits"):
    with lzma.open(samples_path(kind, folder), "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_samples_are_strokes_in_the_format_of_the_other_sets(tmp_path):
    assert add_sample("digits", "7", SEVEN, tmp_path) == 1
    (record,) = records(tmp_path)
    assert (record["text"], record["writer"]) == ("7", "own")
    # first point absolute, then differences, 160 units high; the point that was there twice is once
    first, second = (np.cumsum(np.reshape(s, (-1, 2)), axis=0) for s in record["strokes"])
    assert first.tolist() == [[0, 0], [60, 0], [20, 160]]
    assert second.tolist() == [[10, 80], [50, 80]]


def test_the_next_sample_is_appended(tmp_path):
    add_sample("text", "Zürich", SEVEN, tmp_path)
    assert add_sample("text", "sieben", SEVEN, tmp_path) == 2
    assert [record["text"] for record in records(tmp_path, "text")] == ["Zürich", "sieben"]
    assert count_samples("digits", tmp_path) == 0


def test_a_dot_and_a_dash_keep_their_size(tmp_path):
    add_sample("text", ".", [[(5, 5)]], tmp_path)
    add_sample("text", "-", [[(0, 0), (100, 1)]], tmp_path)
    dot, dash = (np.cumsum(np.reshape(r["strokes"][0], (-1, 2)), axis=0) for r in records(tmp_path, "text"))
    assert dot.tolist() == [[0, 0]]
    assert dash[-1].tolist() == [800, 8]


def test_a_damaged_file_is_left_as_it_is(tmp_path):
    add_sample("digits", "7", SEVEN, tmp_path)
    path = samples_path("digits", tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    before = path.read_bytes()
    with pytest.raises(ExportError, match="own_digits"):
        add_sample("digits", "7", SEVEN, tmp_path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "data").write_text("a file")
    with pytest.raises(ExportError, match="data"):
        add_sample("digits", "7", SEVEN, tmp_path / "data")


def test_all_are_deleted(tmp_path):
    add_sample("digits", "7", SEVEN, tmp_path)
    delete_samples(tmp_path)
    delete_samples(tmp_path)
    assert count_samples("digits", tmp_path) == 0
