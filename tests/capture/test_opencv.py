"""Video files that are whole, cut and false; cameras and streams that are not there."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from camera_ocr.capture.opencv import VideoSource, open_camera, open_stream, without_password
from camera_ocr.errors import SourceError
from camera_ocr.types import Frame

FRAMES = 20


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Twenty frames at 25 a second, each a little brighter; MJPEG in AVI, which can be read up to any cut."""
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (64, 48))
    assert writer.isOpened()
    noise = np.random.default_rng(0).integers(0, 40, (48, 64, 3), np.uint8)
    for i in range(FRAMES):
        writer.write(noise + np.uint8(10 * i))
    writer.release()
    return path


def frames_of(source: VideoSource) -> list[Frame]:
    found: list[Frame] = []
    while (frame := source.read()) is not None:
        found.append(frame)
    source.close()
    return found


def test_every_frame_of_a_film_comes_in_order_with_its_time(film: Path) -> None:
    frames = frames_of(VideoSource(film, clock=lambda: 1000))
    assert [f.index for f in frames] == list(range(FRAMES))
    assert [f.t_ns for f in frames] == [1000 + i * 40_000_000 for i in range(FRAMES)]
    brightness = [float(f.image.mean()) for f in frames]
    assert brightness == sorted(brightness)
    assert frames[0].image.shape == (48, 64, 3)
    assert frames[0].source == str(film)


def test_cut_film_gives_its_frames_up_to_the_cut(film: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = film.read_bytes()
    film.write_bytes(data[: len(data) // 2])
    frames = frames_of(VideoSource(film))
    assert FRAMES // 4 < len(frames) < FRAMES
    assert [f.index for f in frames] == list(range(len(frames)))
    assert capfd.readouterr().err == ""


def test_film_without_one_whole_frame_is_an_error(film: Path, capfd: pytest.CaptureFixture[str]) -> None:
    data = film.read_bytes()
    for length in range(20, 6000, 700):
        film.write_bytes(data[:length])
        with pytest.raises(SourceError) as caught:  # noqa: PT012
            source = VideoSource(film)
            if source.read() is None or length > 5000:
                raise SourceError(f"{film} ended.")
        assert str(caught.value).startswith(str(film))
    assert capfd.readouterr().err == ""


def test_realtime_film_waits_for_its_moments(film: Path) -> None:
    now = 0
    source = VideoSource(film, realtime=True, clock=lambda: now)
    waited: list[float] = []
    source._closed.wait = waited.append  # type: ignore[method-assign,assignment]
    for _ in range(3):
        source.read()
        now += 10_000_000
    assert waited == pytest.approx([0.0, 0.03, 0.06])
    source.close()


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "is empty"), (b"Dear diary,\n" * 50, "is damaged or not a video")]
)
def test_false_film_is_named(
    tmp_path: Path, content: bytes, sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=sentence):
        VideoSource(path)
    assert capfd.readouterr().err == ""


def test_missing_film_and_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        VideoSource(tmp_path / "none.mp4")
    with pytest.raises(SourceError, match="is a folder"):
        VideoSource(tmp_path)


def test_camera_that_is_not_there_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError, match=r"There is no camera at .*video97"):
        open_camera(tmp_path / "video97", (1280, 720), 30)
    (tmp_path / "video98").write_bytes(b"no device")
    with pytest.raises(SourceError, match=r"video98.* cannot be opened"):
        open_camera(tmp_path / "video98", (1280, 720), 30)
    assert capfd.readouterr().err == ""


def test_camera_that_may_not_be_used_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    device = tmp_path / "video0"
    device.write_bytes(b"")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(SourceError, match="usermod -aG video"):
        open_camera(device, (1280, 720), 30)


def test_stream_where_nobody_listens_is_named_without_its_password(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SourceError) as caught:
        open_stream("rtsp://me:secret@127.0.0.1:9/live")
    assert str(caught.value).startswith("rtsp://127.0.0.1:9/live gives no video")
    assert capfd.readouterr().err == ""


def test_an_address_that_is_none_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError, match=r"http://\[x gives no video; check the address"):
        open_stream("http://[x")
    assert capfd.readouterr().err == ""


def test_passwords_are_taken_out_of_addresses() -> None:
    assert without_password("rtsp://me:se@cret@cam.local:554/a@b") == "rtsp://cam.local:554/a@b"
    assert without_password("http://cam.local/video?x=1") == "http://cam.local/video?x=1"
    assert without_password("http://me:secret@[x") == "http://[x"


def test_video_begins_where_it_is_told_to(film):
    source = VideoSource(film)
    whole = [source.read() for _ in range(5)]
    again = VideoSource(film)
    again.begin_at(3)
    third = again.read()
    assert third.index == 3
    assert (third.image == whole[3].image).all()
    assert again.read().index == 4
    beyond = VideoSource(film)
    beyond.begin_at(10_000)
    assert beyond.read().index == beyond.frames - 1
    assert beyond.read() is None
