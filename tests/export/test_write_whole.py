import os
import stat

import pytest

from camera_ocr.errors import ExportError
from camera_ocr.export import write_whole


def test_a_file_is_written_and_nothing_else_is_left(tmp_path):
    write_whole(tmp_path / "a.txt", "Grüße\n".encode())
    assert (tmp_path / "a.txt").read_bytes() == "Grüße\n".encode()
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_new_file_may_be_read_by_whom_the_umask_lets(tmp_path):
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.txt", b"")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_the_umask_is_left_alone(tmp_path, monkeypatch):
    """It is the whole process's: another thread may be making a file."""

    def changed(mask: int) -> int:
        raise AssertionError("the umask was changed")

    monkeypatch.setattr(os, "umask", changed)
    write_whole(tmp_path / "a.txt", b"new")


def test_replacing_keeps_the_permissions_and_follows_a_link(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a.txt").chmod(0o600)
    (tmp_path / "link").symlink_to("a.txt")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o600


def test_when_writing_fails_half_way_the_old_file_stays_and_no_scrap_is_left(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match=r"a\.txt could not be written: the disk is full; free some space"):
        write_whole(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_text() == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ExportError, match=r"gone/a\.txt could not be written: there is no such folder"):
        write_whole(tmp_path / "gone" / "a.txt", b"")


def test_what_is_not_a_file_is_never_replaced(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(ExportError, match="is not a file"):
            write_whole(path, b"")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
