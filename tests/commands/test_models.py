import hashlib
import json

import pytest

CARD = {
    "name": "lines-9",
    "task": "line",
    "charset": "abc",
    "blank": 3,
    "input_height": 40,
    "stride": 4,
    "buckets": [256],
    "quantisation": "int8 weights",
    "figures": [{"set": "UNIPEN words", "items": 9889, "cer": 0.1234, "exact": 0.5}],
}


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """An installed model that is no real one, beside its card."""
    (tmp_path / "lines.tflite").write_bytes(b"TFL3" * 5000)
    sha256 = hashlib.sha256(b"TFL3" * 5000).hexdigest()
    (tmp_path / "lines.json").write_text(json.dumps(CARD | {"sha256": sha256}))
    monkeypatch.setattr("camera_ocr.recognition.card.models_dir", lambda: tmp_path)
    return tmp_path


def test_a_model_is_listed_with_what_its_card_says(run, folder):
    done = run("models")
    assert done.status == 0, done.err
    assert f"lines-9: {folder / 'lines.tflite'}" in done.out
    assert "line, 3 characters, input 40 px high" in done.out
    assert "0.02 MB, int8 weights" in done.out
    assert "UNIPEN words (9889): CER 12.3 %, exact 50.0 %" in done.out


def test_the_runtimes_are_listed_and_the_one_in_use_is_marked(run, folder, monkeypatch):
    monkeypatch.delenv("CAMERA_OCR_RUNTIME", raising=False)
    monkeypatch.setattr(
        "camera_ocr.recognition.interpreter.available_runtimes", lambda: {"ai-edge-litert": "2.3.0"}
    )
    lines = run("models").out.splitlines()
    assert "ai-edge-litert: 2.3.0 (in use)" in lines
    assert "tflite-runtime: not installed" in lines


def test_an_altered_model_is_named(run, folder):
    (folder / "lines.tflite").write_bytes(b"something else")
    done = run("models")
    assert done.status == 1
    assert "lines.tflite" in done.sentences()[0]


def test_a_program_without_a_model_says_so(run, folder):
    (folder / "lines.tflite").unlink()
    done = run("models")
    assert done.status == 1
    assert f"There is no model in {folder}" in done.sentences()[0]
