"""Finding cameras in a made-up /sys and /dev."""

from pathlib import Path

from camera_ocr.capture.base import CameraInfo
from camera_ocr.capture.devices import lasting_name, list_cameras, query_capabilities

CAPTURE = 0x0420_0001  # with streaming and extended pixel formats
METADATA = 0x04A0_0000
CODEC = 0x0400_8001


def make_sys(root: Path, *devices: tuple[str, str, str]) -> Path:
    for node, name, index in devices:
        (root / node).mkdir(parents=True)
        (root / node / "name").write_text(name + "\n")
        (root / node / "index").write_text(index + "\n")
    return root


def test_only_capture_devices_are_listed_in_order_by_name(tmp_path: Path) -> None:
    root = make_sys(
        tmp_path,
        ("video10", "Second Webcam", "0"),
        ("video2", "HD Webcam: HD Webcam", "0"),
        ("video3", "HD Webcam: HD Webcam", "1"),
        ("video4", "Some codec", "0"),
        ("v4l-subdev0", "HD Webcam", "0"),
    )
    flags = {"video10": CAPTURE, "video2": CAPTURE, "video3": METADATA, "video4": CODEC}
    cameras = list_cameras(root, Path("/dev"), lambda device: flags[device.name])
    assert cameras == [
        CameraInfo("/dev/video2", "HD Webcam: HD Webcam"),
        CameraInfo("/dev/video10", "Second Webcam"),
    ]


def test_devices_that_cannot_be_asked_are_told_by_their_index(tmp_path: Path) -> None:
    root = make_sys(tmp_path, ("video0", "Webcam", "0"), ("video1", "Webcam", "1"))
    assert [c.device for c in list_cameras(root, Path("/dev"), lambda _: None)] == ["/dev/video0"]


def test_parts_of_a_pi_are_no_cameras_and_its_sensor_means_picamera(tmp_path: Path) -> None:
    root = make_sys(
        tmp_path,
        ("video0", "unicam", "0"),
        ("video13", "bcm2835-isp-capture0", "0"),
        ("video19", "rpi-hevc-dec", "0"),
        ("video1", "USB Camera", "0"),
    )
    ask = lambda _: CAPTURE  # noqa: E731
    with_it = list_cameras(root, Path("/dev"), ask, lambda: True)
    assert [c.device for c in with_it] == ["picamera", "/dev/video1"]
    without = list_cameras(root, Path("/dev"), ask, lambda: False)
    assert [c.device for c in without] == ["/dev/video1"]


def test_no_video_devices_at_all_is_an_empty_list(tmp_path: Path) -> None:
    assert list_cameras(tmp_path / "nothing") == []


def test_a_file_that_is_no_device_has_no_capabilities(tmp_path: Path) -> None:
    (tmp_path / "video0").write_bytes(b"")
    assert query_capabilities(tmp_path / "video0") is None
    assert query_capabilities(tmp_path / "video1") is None


def test_camera_is_known_by_its_id_whatever_its_number(tmp_path: Path) -> None:
    by_id = tmp_path / "v4l" / "by-id"
    by_id.mkdir(parents=True)
    for number in (0, 2):
        (tmp_path / f"video{number}").write_bytes(b"")
    link = by_id / "usb-Maker_Webcam_1234-video-index0"
    link.symlink_to("../../video0")
    assert lasting_name(tmp_path / "video0", tmp_path) == link
    assert lasting_name(tmp_path / "video2", tmp_path) == tmp_path / "video2"
    assert lasting_name(tmp_path / "video0", tmp_path / "elsewhere") == tmp_path / "video0"
