import json

import cv2
import pytest


def test_the_figures_add_up(run, fake_reader, monkeypatch):
    monkeypatch.setattr("camera_ocr.commands.bench.make_reader", lambda config: fake_reader)
    done = run("bench", "--seconds", 5, "--json")
    assert done.status == 0, done.err
    figures = json.loads(done.out)
    assert (figures["source"], figures["width"], figures["height"]) == ("demo", 1280, 720)
    assert (figures["model"], figures["runtime"]) == ("fake-lines", "fake-runtime")
    # a frame grabbed just before the clock starts may be seen just after
    assert figures["captured"] + 2 >= figures["shown"] > 0
    assert figures["reads"] > 0
    assert 0 < figures["latency_ms_median"] <= figures["latency_ms_p95"]


def test_a_source_that_shows_nothing_to_read_is_named(run, fake_reader, monkeypatch, picture):
    monkeypatch.setattr("camera_ocr.commands.bench.make_reader", lambda config: fake_reader)
    monkeypatch.setattr("camera_ocr.measure.START_S", 0.5)
    done = run("bench", "--source", picture("blank.png"))
    assert done.status == 1
    assert "No line of writing was read" in done.sentences()[0]


def test_a_source_that_ends_at_once_cannot_be_measured(
    run, fake_reader, monkeypatch, tmp_path, scanned_lines
):
    monkeypatch.setattr("camera_ocr.commands.bench.make_reader", lambda config: fake_reader)
    cv2.imwrite(str(tmp_path / "page.png"), scanned_lines.image)
    done = run("bench", "--source", tmp_path / "page.png", "--seconds", 1)
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (1, "")
    assert f"{tmp_path / 'page.png'} gave nothing to measure" in sentence


@pytest.mark.parametrize("seconds", ["nan", "inf", "0"])
def test_a_time_that_is_none_is_wrong_usage(run, seconds):
    done = run("bench", "--seconds", seconds)
    (sentence,) = done.sentences()
    assert (done.status, done.out) == (2, "")
    assert "'--seconds'" in sentence
