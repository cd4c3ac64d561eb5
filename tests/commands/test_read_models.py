"""The real model, whole and broken, as `camera-ocr read` meets it."""

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein

from camera_ocr.capture.demo import PAGE
from camera_ocr.recognition.card import default_model


@pytest.fixture
def model(tmp_path):
    """A copy of the model and its card, to be broken."""
    for path in (default_model(), default_model().with_suffix(".json")):
        shutil.copy(path, tmp_path)
    return tmp_path / default_model().name


def test_the_demo_page_is_read_line_by_line(run):
    done = run("read", "--format", "json", PAGE)
    assert done.status == 0, done.err
    page = json.loads(done.out)
    truth = PAGE.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert len(page["lines"]) == len(truth)
    tops = [line["quad"][0][1] for line in page["lines"]]
    assert tops == sorted(tops)
    assert page["models"] == [json.loads(default_model().with_suffix(".json").read_text())["name"]]


def test_a_model_that_comes_with_the_program_is_taken_by_its_name(run):
    done = run("read", "--model", "line_reader_light", "--format", "json", PAGE)
    assert done.status == 0, done.err
    page = json.loads(done.out)
    assert page["models"] == ["line_reader_light"]
    truth = PAGE.with_suffix(".txt").read_text(encoding="utf-8")
    read = "\n".join(line["text"] for line in page["lines"])
    assert Levenshtein.normalized_distance(truth.strip(), read) < 0.2


def alter_a_byte(model):
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)


def cut_it_short(model):
    model.write_bytes(model.read_bytes()[:1000])


def empty_it(model):
    model.write_bytes(b"")


def lose_it(model):
    model.unlink()


def lose_the_card(model):
    model.with_suffix(".json").unlink()


def garble_the_card(model):
    model.with_suffix(".json").write_text("{")


def card_of_another_model(model):
    card = json.loads(model.with_suffix(".json").read_text())
    model.with_suffix(".json").write_text(json.dumps(card | {"charset": "abc", "blank": 3}))


@pytest.mark.parametrize(
    "harm",
    [
        alter_a_byte,
        cut_it_short,
        empty_it,
        lose_it,
        lose_the_card,
        garble_the_card,
        card_of_another_model,
    ],
)
def test_a_model_that_is_not_whole_is_refused_in_one_sentence(run, model, harm):
    harm(model)
    done = run("read", "--model", model, PAGE)
    assert (done.status, done.out) == (1, "")
    (sentence,) = (line for line in done.sentences() if line.startswith("camera-ocr: "))
    assert str(model.with_suffix("")) in sentence
    assert "Unexpected" not in sentence


def test_a_runtime_that_is_not_installed_is_named(run, monkeypatch):
    monkeypatch.setattr(
        "camera_ocr.recognition.interpreter.available_runtimes", lambda: {"ai-edge-litert": "2.3.0"}
    )
    done = run("read", "--runtime", "tflite-runtime", PAGE)
    assert (done.status, done.out) == (1, "")
    assert "tflite-runtime is not installed" in done.sentences()[0]


def test_digits_are_read_row_by_row(run, tmp_path):
    strokes = json.loads((Path(__file__).parents[1] / "assets" / "digits" / "strokes.json").read_text())
    image = np.full((300, 420), 235, np.uint8)
    for row, number in enumerate(("28", "36")):
        for column, digit in enumerate(number):
            for stroke in strokes["art-0094"][digit]:
                points = np.array(stroke).reshape(-1, 2) * 0.6 + [80 + 110 * column, 40 + 130 * row]
                cv2.polylines(image, [points.astype(np.int32)], False, 40, 5, cv2.LINE_AA)
    path = tmp_path / "form.png"
    cv2.imwrite(str(path), image)
    done = run("read", "--layout", "digits", path)
    assert (done.status, done.out) == (0, "28\n36\n"), done.err


def test_a_line_reader_cannot_read_digits(run, model):
    done = run("read", "--layout", "digits", "--model", model, PAGE)
    assert (done.status, done.out) == (1, "")
    assert "not for digits" in done.err
