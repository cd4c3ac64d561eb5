import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from camera_ocr.digit_page import read_digits
from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import card_path, default_model
from camera_ocr.recognition.digit_reader import DigitReader
from camera_ocr.recognition.digit_strip import ROW_MODEL, Seen
from camera_ocr.recognition.digitprep import prepare_digit
from camera_ocr.types import Frame

OTHER_PYTHON = os.environ.get("CAMERA_OCR_TEST_TFLITE_RUNTIME", "")
ROOT = Path(__file__).parents[2]
LARGEST = 200_000
"""bytes of a model's file."""

CLASSIFY = """
import json, sys
import numpy as np
from camera_ocr.recognition.digit_reader import DigitReader
reader = DigitReader(None, sys.argv[1])
print(json.dumps([reader.runtime_name, reader.classify(list(np.load(sys.argv[2]))).tolist()]))
"""


@pytest.fixture(scope="module")
def reader():
    return DigitReader()


def texts(rows):
    return ["".join(digit.text for digit in row) for row in rows]


def on_paper(ink):
    """(H, W, 3) BGR photograph of ink on grey, unevenly lit paper."""
    h, w = ink.shape
    light = np.linspace(0.75, 1.0, w)[None] * np.linspace(1.0, 0.9, h)[:, None]
    gray = 225 * light * (1 - 0.8 * ink / 255)
    noise = np.random.default_rng(0).normal(0, 2, ink.shape)
    return cv2.cvtColor(np.clip(gray + noise, 0, 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)


@pytest.mark.parametrize("text", ["7", "28", "19450", "36"])
def test_a_held_out_writers_number_is_read(reader, draw_number, text):
    assert texts(reader.read_ink(draw_number(text))) == [text]


@pytest.mark.parametrize(("text", "gap"), [("28", -4), ("52", -3)])
def test_touching_digits_are_told_apart(reader, draw_number, text, gap):
    assert texts(reader.read_ink(draw_number(text, "art-0094", gap=gap))) == [text]


def test_a_digit_in_two_pieces_is_one(reader, draw_number):
    """The bar of this five is apart from its body."""
    ink = draw_number("5", scale=1.4, pen=8)
    assert cv2.connectedComponents((ink > 100).astype(np.uint8))[0] == 3
    assert texts(reader.read_ink(ink)) == ["5"]


def test_rows_and_columns_are_read_from_top_to_bottom(reader, draw_number):
    rows = [draw_number(text) for text in ("23", "7", "86")]
    width = max(row.shape[1] for row in rows)
    ink = np.vstack([np.pad(row, ((0, 0), (0, width - row.shape[1]))) for row in rows])
    assert texts(reader.read_ink(ink)) == ["23", "7", "86"]


def test_each_digit_has_its_box_and_what_the_network_saw(reader, draw_number):
    ink = draw_number("28", scale=2.0, pen=12)
    ((two, eight),) = reader.read_ink(ink)
    assert two.probabilities.shape == (10,)
    assert two.confidence == pytest.approx(float(two.probabilities[2]))
    assert 0.5 < two.confidence <= 1
    x, y, w, h = two.box
    left, top, _, _ = cv2.boundingRect((ink > 80).astype(np.uint8))
    assert (x, y) == pytest.approx((left, top), abs=8)
    assert x + w < eight.box[0] + 16
    found = prepare_digit(ink[int(y) : int(y + h) + 1, int(x) : int(x + w) + 1])
    assert np.abs(two.image.astype(int) - found).mean() < 12


@pytest.mark.parametrize("kind", ["noise", "ruling", "specks", "nothing"])
def test_what_is_no_digit_is_not_read(reader, kind):
    ink = np.zeros((80, 300), np.uint8)
    if kind == "noise":
        ink = np.random.default_rng(1).integers(0, 60, ink.shape).astype(np.uint8)
    elif kind == "ruling":
        ink[20::24] = 255
    elif kind == "specks":
        for x, y in ((20, 20), (90, 50), (250, 30)):
            cv2.circle(ink, (x, y), 3, 255, -1)
    assert texts(reader.read_ink(ink)) == []


@pytest.mark.parametrize(("gap", "said"), [(0, []), (12, ["1"])])
def test_half_of_a_letter_is_no_digit(reader, monkeypatch, gap, said):
    # GIVEN a K, or a 1 beside the rest of it, that both models see as a 1 and something that is no digit
    ink = np.zeros((60, 60 + gap), np.uint8)
    cv2.polylines(ink, [np.array([[12, 6], [12, 52]])], False, 255, 4, cv2.LINE_AA)
    corner = np.add([[40, 6], [14, 28], [42, 52]], (gap, 0))
    cv2.polylines(ink, [corner], False, 255, 4, cv2.LINE_AA)
    views = np.full((2, 11), 0.01, np.float32)
    views[0, 1] = views[1, 10] = 0.9
    monkeypatch.setattr(reader._strips, "read", lambda _: [Seen(views[0], 4.0), Seen(views[1], 25.0 + gap)])
    monkeypatch.setattr(reader, "classify", lambda _: views)
    # THEN the 1 is read only where it stands by itself
    assert texts(reader.read_ink(ink)) == said


def test_a_row_in_which_no_mark_is_seen_is_left_out(reader, monkeypatch, draw_number):
    monkeypatch.setattr(reader._strips, "read", lambda _: [])
    assert texts(reader.read_ink(draw_number("28"))) == []


def test_a_crop_gives_a_transcript_with_spans_and_spaces(reader, draw_number):
    left, right = draw_number("28"), draw_number("36")
    h = max(left.shape[0], right.shape[0])
    parts = [np.pad(p, ((h - p.shape[0], 0), (0, 0))) for p in (left, np.zeros((h, 60), np.uint8), right)]
    (said,) = reader.read([cv2.cvtColor(on_paper(np.hstack(parts)), cv2.COLOR_BGR2GRAY)])
    assert said.text == "28 36"
    assert said.char_conf.shape == (5,)
    assert (np.diff(said.char_span[:, 0]) > 0).all()
    assert said.char_span.min() >= 0
    assert said.char_span.max() <= 1


def test_an_empty_crop_says_nothing(reader):
    assert [t.text for t in reader.read([np.zeros((0, 0), np.uint8), np.full((30, 90), 240, np.uint8)])] == [
        "",
        "",
    ]


def test_rows_on_a_photographed_page_become_lines(reader, draw_number):
    numbers = ("1945", "28", "7036")
    rows = [draw_number(text, scale=0.45, pen=5) for text in numbers]
    width = max(row.shape[1] for row in rows) + 200
    ink = np.vstack([np.pad(row, ((30, 30), (100, width - 100 - row.shape[1]))) for row in rows])
    result = read_digits(Frame(on_paper(ink), 0, 0, "test"), reader)
    assert [line.text for line in result.lines] == list(numbers)
    for line in result.lines:
        assert 0.5 < line.confidence <= 1
        assert [word.text for word in line.words] == [line.text]
        assert line.quad[:, 0].min() == pytest.approx(120, abs=12)


def test_a_digit_takes_less_than_a_millisecond(reader, draw_number):
    image = prepare_digit(draw_number("3"))
    reader.classify([image] * 20)
    # the quickest of several: other programs run too
    spent = []
    for _ in range(5):
        started = time.process_time()
        reader.classify([image] * 100)
        spent.append((time.process_time() - started) / 100)
    assert min(spent) < 1e-3


@pytest.mark.parametrize("name", ["digit_reader", ROW_MODEL])
def test_the_models_files_are_small(name):
    assert default_model(name).stat().st_size <= LARGEST


def test_a_line_reader_is_refused():
    with pytest.raises(ModelError, match="not for digits"):
        DigitReader(default_model())


def test_a_card_without_the_threshold_is_refused(tmp_path):
    model = tmp_path / "digit_reader.tflite"
    shutil.copy(default_model("digit_reader"), model)
    card = json.loads(card_path(default_model("digit_reader")).read_text())
    del card["reject"]
    card_path(model).write_text(json.dumps(card))
    with pytest.raises(ModelError, match="does not say when to reject"):
        DigitReader(model)


@pytest.mark.skipif(
    not OTHER_PYTHON, reason="CAMERA_OCR_TEST_TFLITE_RUNTIME names no Python with tflite-runtime"
)
def test_both_runtimes_see_the_same_digits(draw_number, tmp_path):
    path = tmp_path / "digits.npy"
    np.save(path, np.stack([prepare_digit(draw_number(d, w)) for d in "0123456789" for w in ("aga-0013",)]))
    said = []
    for python, runtime in ((sys.executable, "ai-edge-litert"), (OTHER_PYTHON, "tflite-runtime")):
        done = subprocess.run(
            [python, "-c", CLASSIFY, runtime, str(path)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        name, probabilities = json.loads(done.stdout)
        assert name.startswith(runtime)
        said.append(np.array(probabilities))
    assert (said[0].argmax(axis=1) == said[1].argmax(axis=1)).all()
    assert np.abs(said[0] - said[1]).max() < 0.1
