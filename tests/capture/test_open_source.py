"""What may be given to --source."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from camera_ocr.capture import DemoSource, FolderSource, ImageSource, open_source
from camera_ocr.capture.opencv import VideoSource
from camera_ocr.errors import ImageError, SourceError


def test_a_spec_is_taken_for_what_it_names(tmp_path: Path) -> None:
    image = np.zeros((8, 8, 3), np.uint8)
    cv2.imwrite(str(tmp_path / "page.png"), image)
    writer = cv2.VideoWriter(str(tmp_path / "film.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 25, (64, 48))
    writer.write(np.zeros((48, 64, 3), np.uint8))
    writer.release()
    for spec, kind in [
        ("demo", DemoSource),
        (str(tmp_path), FolderSource),
        (str(tmp_path / "page.png"), ImageSource),
        (str(tmp_path / "film.avi"), VideoSource),
    ]:
        source = open_source(spec, size=(320, 180))
        assert isinstance(source, kind)
        source.close()


def test_demo_takes_size_and_pace() -> None:
    source = open_source("demo", size=(320, 180), realtime=False)
    frame = source.read()
    assert frame is not None
    assert frame.image.shape == (180, 320, 3)
    assert not source.live


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("97", "There is no camera at /dev/video97"),
        ("/dev/video97", "There is no camera at /dev/video97"),
        ("nothing.mp4", "nothing.mp4 does not exist"),
        ("", "No source was named"),
    ],
)
def test_what_is_not_there_is_named(spec: str, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        open_source(spec)


def test_the_scheme_of_an_address_may_be_written_in_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr("camera_ocr.capture.open_stream", seen.append)
    open_source("RTSP://Cam.local/Live")
    open_source("Http://cam.local")
    assert seen == ["rtsp://Cam.local/Live", "http://cam.local"]


def test_no_camera_at_all_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camera_ocr.capture.list_cameras", list)
    with pytest.raises(
        SourceError, match=r"No camera was found; plug one in, or choose a file or the demo\."
    ):
        open_source("camera")


def test_broken_image_is_told_on_opening(tmp_path: Path) -> None:
    (tmp_path / "page.jpg").write_bytes(b"text")
    with pytest.raises(ImageError):
        open_source(str(tmp_path / "page.jpg"))
