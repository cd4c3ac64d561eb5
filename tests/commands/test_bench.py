import json
from itertools import pairwise

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
    # a picture that is held stands before it is read anew
    assert 0 < figures["freeze_ms_median"] <= figures["freeze_ms_worst"]
    assert figures["freeze_ms_median"] < figures["still_ms_median"]
    # the source, the fast path and the reader are counted apart, and make up nearly all
    parts = figures["cpu_percent"]
    assert parts.keys() == {"all", "capture", "worker", "reader"}
    assert 0 < parts["capture"] + parts["worker"] + parts["reader"] <= parts["all"] + 10
    assert figures["memory_mb"] > 20
    assert figures["threads"] >= 4
    assert figures["handles"] >= 3
    assert figures["curve"] == []


def test_a_long_run_gives_a_curve_and_the_reader_rests_when_told(run, fake_reader, monkeypatch):
    monkeypatch.setattr("camera_ocr.commands.bench.make_reader", lambda config: fake_reader)
    done = run("bench", "--seconds", 4, "--idle", "--curve", 1, "--json")
    assert done.status == 0, done.err
    figures = json.loads(done.out)
    times = [point["seconds"] for point in figures["curve"]]
    assert times
    assert times[0] >= 1
    assert all(later - earlier >= 0.9 for earlier, later in pairwise(times))
    assert all(point["memory_mb"] and point["threads"] and point["handles"] for point in figures["curve"])
    text = run("bench", "--seconds", 2, "--curve", 1)
    assert "of one core, capture" in text.out
    assert "open handles" in text.out


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
