"""Every bad image gives one sentence that names it, exit status 1, and no traceback."""

import io
import os
import struct
import sys
import threading
import zlib
from pathlib import Path
from typing import IO

import cv2
import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("fake_reader")


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has this size; its picture data are for 1 × 1."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def encoded(suffix: str) -> bytes:
    noise = np.random.default_rng(0).integers(0, 255, (200, 300), dtype=np.uint8)
    ok, data = cv2.imencode(suffix, noise)
    assert ok
    return data.tobytes()


BAD = {
    "empty.jpg": b"",
    "text.jpg": b"Dear diary, this is not a picture at all.\n" * 30,
    "nothing.png": png_of(0, 0),
    "huge.png": png_of(20_000, 20_000),
    "cut.jpg": encoded(".jpg")[:2000],
    "cut.png": encoded(".png")[:2000],
    "header only.png": encoded(".png")[:20],
    "broken.png": png_of(300, 200),
    "zeros.png": bytes(5000),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("layout", ["page", "line"])
def test_a_bad_image_is_named_in_one_sentence(run, tmp_path, name, layout):
    path = tmp_path / name
    path.write_bytes(BAD[name])
    done = run("read", "--layout", layout, path)
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (1, "")
    assert str(path) in sentence
    assert "Unexpected" not in sentence


def test_a_real_picture_of_20_000_by_20_000_is_refused_before_it_fills_the_memory(run, tmp_path):
    path = tmp_path / "wall.png"
    assert cv2.imwrite(str(path), np.full((20_000, 20_000), 255, np.uint8), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    done = run("read", path)
    assert done.status == 1
    assert "20000 × 20000" in done.sentences()[0]


def test_a_doubtful_picture_is_read_and_named(run, picture):
    path = picture("page.jpg", 120)
    data = path.read_bytes()
    path.write_bytes(data[:-2] + b"left over" + data[-2:])
    done = run("read", "--layout", "line", path)
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (0, "120 px\n")
    assert f"{path} may be damaged" in sentence


def test_a_device_is_not_read_as_a_file(run):
    done = run("read", "/dev/zero")
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (1, "")
    assert "/dev/zero is a device, not an image" in sentence


def test_what_never_ends_is_refused(run, monkeypatch):
    monkeypatch.setattr("camera_ocr.capture.files.MAX_MEGABYTES", 2)
    with Path("/dev/zero").open("rb") as zeros:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(zeros))
        done = run("read", "-")
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (1, "")
    assert "standard input is more than 2 MB" in sentence


def test_an_image_can_come_through_a_pipe(run, picture, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    data = picture("a.png", 120).read_bytes()
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_bytes(data))
    writer.start()
    done = run("read", "--layout", "line", tmp_path / "pipe")
    writer.join()
    assert (done.status, done.out, done.err) == (0, "120 px\n", "")


def test_a_file_that_may_not_be_read_is_named(run, tmp_path, picture, monkeypatch):
    path = picture("secret.png")
    allowed = Path.open

    # the tests may be run by root, whom no permission stops
    def denied(self: Path, *args: str, **options: str) -> IO:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return allowed(self, *args, **options)

    monkeypatch.setattr(Path, "open", denied)
    done = run("read", path)
    assert done.status == 1
    assert f"{path} may not be read" in done.sentences()[0]


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1)])
@pytest.mark.parametrize("layout", ["page", "line", "word"])
def test_an_image_too_thin_to_hold_writing_is_not_an_error(run, tmp_path, size, layout):
    path = tmp_path / "thin.png"
    cv2.imwrite(str(path), np.full(size, 255, np.uint8))
    done = run("read", "--layout", layout, path)
    assert (done.status, done.err) == (0, "")
