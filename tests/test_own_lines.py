"""Corrected lines as samples: kept whole or not at all, read by other trainers, and gone when deleted."""

import cv2
import numpy as np
import pytest

from camera_ocr import own_lines
from camera_ocr.errors import ExportError
from camera_ocr.own_lines import (
    add_line,
    delete_all_lines,
    delete_lines,
    line_numbers,
    lines_folder,
    read_line,
)


@pytest.fixture
def crops(line_crop):
    """Real ink, each a different piece of it."""
    return [np.ascontiguousarray(line_crop[:, 40 * i : 40 * i + 200]) for i in range(5)]


def test_a_line_comes_back_as_it_was_kept(tmp_path, crops):
    assert line_numbers(tmp_path) == ()
    numbers = [add_line(crop, f"  écrit   {i} ", tmp_path) for i, crop in enumerate(crops)]
    assert numbers == [1, 2, 3, 4, 5]
    assert line_numbers(tmp_path) == (1, 2, 3, 4, 5)
    line = read_line(3, tmp_path)
    assert line.text == "écrit 2"
    np.testing.assert_array_equal(line.image, crops[2])


def test_files_are_those_that_other_trainers_take_and_only_the_owner_may_enter(tmp_path, crops):
    add_line(crops[0], "écrit", tmp_path)
    folder = lines_folder(tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == ["000001.gt.txt", "000001.png"]
    assert (folder / "000001.gt.txt").read_text(encoding="utf-8") == "écrit\n"
    assert cv2.imread(str(folder / "000001.png"), cv2.IMREAD_UNCHANGED).ndim == 2
    assert folder.stat().st_mode & 0o777 == 0o700


def test_ink_that_is_kept_already_gets_the_newer_text(tmp_path, crops):
    for crop, text in ((crops[0], "one"), (crops[1], "two"), (crops[0], "ones")):
        add_line(crop, text, tmp_path)
    assert [read_line(n, tmp_path).text for n in line_numbers(tmp_path)] == ["ones", "two"]


def test_deleted_lines_leave_the_numbers_of_others_alone(tmp_path, crops):
    for i, crop in enumerate(crops[:4]):
        add_line(crop, str(i), tmp_path)
    delete_lines([2], tmp_path)
    assert line_numbers(tmp_path) == (1, 3, 4)
    assert add_line(crops[4], "new", tmp_path) == 5
    delete_all_lines(tmp_path)
    assert not lines_folder(tmp_path).exists()
    delete_all_lines(tmp_path)


def test_nothing_of_a_line_is_kept_when_the_disk_is_full(tmp_path, crops, monkeypatch):
    add_line(crops[0], "one", tmp_path)
    real = own_lines.write_whole

    def full(path, data):
        if path.name.endswith(".gt.txt"):
            raise ExportError(f"{path} could not be written: the disk is full.")
        real(path, data)

    monkeypatch.setattr(own_lines, "write_whole", full)
    with pytest.raises(ExportError, match="disk is full"):
        add_line(crops[1], "two", tmp_path)
    # the newer text of known ink is not kept, but the older one is
    with pytest.raises(ExportError, match="disk is full"):
        add_line(crops[0], "ones", tmp_path)
    assert line_numbers(tmp_path) == (1,)
    assert len(list(lines_folder(tmp_path).glob("*.png"))) == 1
    assert read_line(1, tmp_path).text == "one"


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "000001.png").write_bytes(b"\x89PNG"),
        lambda folder: (folder / "000001.png").write_bytes(b""),
        lambda folder: (folder / "000001.png").unlink(),
        lambda folder: (folder / "000001.gt.txt").write_bytes(b"\xff\xfe"),
        lambda folder: (folder / "000001.gt.txt").write_bytes(b"\n"),
    ],
)
def test_a_damaged_line_is_told_by_name_and_can_be_deleted(tmp_path, crops, damage):
    add_line(crops[0], "one", tmp_path)
    damage(lines_folder(tmp_path))
    assert line_numbers(tmp_path) == (1,)
    with pytest.raises(ExportError, match=r"000001\.png.*delete it"):
        read_line(1, tmp_path)
    delete_lines([1], tmp_path)
    assert line_numbers(tmp_path) == ()


def test_a_file_in_place_of_the_folder_is_told(tmp_path, crops):
    lines_folder(tmp_path).write_text("no folder")
    with pytest.raises(ExportError, match="lines could not be written"):
        add_line(crops[0], "one", tmp_path)
    with pytest.raises(ExportError, match="cannot be read"):
        line_numbers(tmp_path)
