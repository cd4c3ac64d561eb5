import pytest

from camera_ocr.errors import ModelError, RuntimeMissing
from camera_ocr.recognition import interpreter
from camera_ocr.recognition.interpreter import Interpreter, available_runtimes, choose_runtime


def test_the_preferred_runtime_is_taken_when_both_are_there(monkeypatch):
    monkeypatch.delenv("CAMERA_OCR_RUNTIME", raising=False)
    both = {"ai-edge-litert": "2.3", "tflite-runtime": "2.14"}
    monkeypatch.setattr(interpreter, "available_runtimes", lambda: both)
    assert choose_runtime() == "ai-edge-litert"
    assert choose_runtime("tflite-runtime") == "tflite-runtime"
    monkeypatch.setenv("CAMERA_OCR_RUNTIME", "tflite-runtime")
    assert choose_runtime() == "tflite-runtime"
    assert choose_runtime("ai-edge-litert") == "ai-edge-litert"


@pytest.mark.parametrize(
    ("installed", "wanted", "says"),
    [
        ({}, None, "no TFLite runtime is installed"),
        ({"ai-edge-litert": "2.3"}, "tflite-runtime", "tflite-runtime is not installed"),
        ({"ai-edge-litert": "2.3"}, "onnx", "onnx: no such TFLite runtime"),
    ],
)
def test_a_missing_runtime_is_named(monkeypatch, installed, wanted, says):
    monkeypatch.delenv("CAMERA_OCR_RUNTIME", raising=False)
    monkeypatch.setattr(interpreter, "available_runtimes", lambda: installed)
    with pytest.raises(RuntimeMissing, match=says):
        choose_runtime(wanted)


def test_the_runtimes_installed_are_listed_with_versions():
    assert available_runtimes()
    assert all(version[0].isdigit() for version in available_runtimes().values())


def test_a_file_that_is_no_model_is_named(tmp_path):
    path = tmp_path / "noise.tflite"
    path.write_bytes(b"\x1c\0\0\0TFL3" + b"\0" * 200)
    with pytest.raises(ModelError, match=r"noise\.tflite"):
        Interpreter(path, (1, 40, 128, 1))
