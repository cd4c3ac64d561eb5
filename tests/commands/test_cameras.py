"""`camera-ocr cameras`."""

import pytest

from camera_ocr.capture.base import CameraInfo, Mode


@pytest.fixture
def plugged_in(monkeypatch) -> list[CameraInfo]:
    cameras: list[CameraInfo] = []
    monkeypatch.setattr("camera_ocr.capture.list_cameras", lambda: cameras)
    return cameras


def test_cameras_are_listed_with_what_they_give(run, plugged_in):
    plugged_in += [
        CameraInfo("/dev/video0", "Webcam", (Mode(1920, 1080, 30.0), Mode(640, 480, 59.94))),
        CameraInfo("picamera", "Raspberry Pi camera"),
    ]
    done = run("cameras")
    assert done.status == 0
    assert done.out.splitlines() == [
        "/dev/video0\tWebcam\t1920x1080@30 640x480@60",
        "picamera\tRaspberry Pi camera\t",
    ]


def test_without_a_camera_that_is_said_and_is_no_failure(run, plugged_in):
    done = run("cameras")
    assert (done.status, done.out) == (0, "")
    assert "No camera was found" in done.sentences()[0]
