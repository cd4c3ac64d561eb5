import json
import signal
import subprocess
import sys

import cv2
import pytest


def test_readings_come_as_json_lines_until_the_service_is_stopped():
    watch = subprocess.Popen(
        [sys.executable, "-m", "camera_ocr", "watch", "--source", "demo"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        reading = json.loads(watch.stdout.readline())
        assert list(reading) == ["time", "source", "line", "text", "confidence", "quad", "words"]
        assert reading["source"] == "demo"
        watch.send_signal(signal.SIGTERM)
        _, errors = watch.communicate(timeout=60)
    finally:
        watch.kill()
    assert watch.returncode == 0
    assert "Traceback" not in errors
    assert "terminate" not in errors


@pytest.mark.parametrize(("names", "status"), [(["a.png", "c.png"], 0), (["a.png", "b.png", "c.png"], 1)])
def test_folder_with_a_bad_picture_is_read_to_its_end_and_fails(
    run, fake_reader, monkeypatch, picture, names, status
):
    monkeypatch.setattr("camera_ocr.commands.watch.make_reader", lambda config: fake_reader)
    for name in names:
        folder = picture(f"scans/{name}").parent
    if status:
        (folder / "b.png").write_bytes(b"")
    done = run("watch", "--source", folder)
    assert done.status == status
    assert ["b.png" in sentence for sentence in done.sentences()] == [True] * status


@pytest.mark.parametrize("source", ["/dev/video77", "nowhere.mp4"])
def test_a_source_that_is_not_there_is_named(run, fake_reader, monkeypatch, source):
    monkeypatch.setattr("camera_ocr.commands.watch.make_reader", lambda config: fake_reader)
    done = run("watch", "--source", source)
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (1, "")
    assert source in sentence


def test_digits_layout_tells_the_numbers_of_each_picture(run, draw_number, tmp_path):
    for name, text in (("a", "28"), ("b", "19450")):
        ink = draw_number(text)
        paper = cv2.copyMakeBorder(255 - ink, 60, 60, 80, 80, cv2.BORDER_CONSTANT, value=255)
        cv2.imwrite(str(tmp_path / f"{name}.png"), paper)
    done = run("watch", "--source", tmp_path, "--layout", "digits")
    assert done.status == 0
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == ["28", "19450"]


def test_numbers_of_a_part_of_a_picture_that_lies_on_its_side(run, draw_number, tmp_path):
    """A meter photographed sideways, with a number beside it that is of no interest."""
    upper, lower = (
        cv2.copyMakeBorder(255 - draw_number(text), 60, 60, 80, 80, cv2.BORDER_CONSTANT, value=255)
        for text in ("284", "19450")
    )
    wide = cv2.copyMakeBorder(upper, 0, 0, 0, lower.shape[1] - upper.shape[1], cv2.BORDER_CONSTANT, value=255)
    cv2.imwrite(str(tmp_path / "a.png"), cv2.rotate(cv2.vconcat([wide, lower]), cv2.ROTATE_90_CLOCKWISE))
    part = f"0,0,100,{100 * upper.shape[0] / (upper.shape[0] + lower.shape[0]):.1f}"
    done = run("watch", "--source", tmp_path, "--layout", "digits", "--rotate", "270", "--region", part)
    assert done.status == 0
    assert [json.loads(line)["text"] for line in done.out.splitlines()] == ["284"]
