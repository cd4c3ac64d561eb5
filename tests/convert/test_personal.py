"""What is installed of a model trained on one's own hand; the training itself stands in."""

import json
import shutil

import pytest

pytest.importorskip("fontTools")  # of the training extra

from camera_ocr.errors import CameraOcrError
from camera_ocr.own_samples import add_sample
from camera_ocr.recognition.card import card_path, default_model
from camera_ocr.recognition.digit_reader import DigitReader
from convert import personal
from convert.export import install
from convert.personal import Figure


@pytest.fixture
def samples(tmp_path):
    folder = tmp_path / "samples"
    for number in range(10):
        add_sample("digits", str(number), [[(0, 0), (10, 40 + number)]], folder)
    return folder


@pytest.fixture
def output(tmp_path):
    """A folder with the installed digit reader in it."""
    folder = tmp_path / "models"
    folder.mkdir()
    model = default_model("digit_reader")
    for path in (model, card_path(model)):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def trained(monkeypatch, output):
    """Lets a test say how the new model did; it is the installed one under another date."""

    def make(_options, _checkpoint, trial):
        model = output / "digit_reader.tflite"
        install(trial, model.read_bytes(), json.loads(card_path(model).read_text()) | {"made": "today"})

    def say(*figures):
        monkeypatch.setattr(personal, "_make_digits", make)
        monkeypatch.setattr(personal, "_measure_digits", lambda *_: list(figures))

    return say


def run(tmp_path, samples, output):
    return personal.main(
        ["digits", str(tmp_path / "run"), "--samples", str(samples), "--output", str(output)]
    )


def made(output):
    return DigitReader(output / "digit_reader.tflite").card.details["made"]


def test_a_model_that_reads_as_well_is_installed_with_its_figures(tmp_path, samples, output, trained, capsys):
    trained(Figure("MNIST digits", 0.7, 0.8), Figure("your own rows", 30.0, 5.0, own=True))
    assert run(tmp_path, samples, output) == 0
    assert made(output) == "today"
    assert "30.00 % wrong before, 5.00 % now" in capsys.readouterr().out
    card = json.loads(card_path(output / "digit_reader.tflite").read_text())
    assert card["personal"]["figures"][1]["after"] == 5.0


@pytest.mark.parametrize(
    "worse", [Figure("MNIST digits", 0.7, 1.3), Figure("your own rows", 5.0, 6.0, own=True)]
)
def test_a_model_that_reads_worse_is_refused_by_name(tmp_path, samples, output, trained, capsys, worse):
    trained(Figure("rows", 10.0, 10.0), worse)
    assert run(tmp_path, samples, output) == 1
    assert made(output) != "today"
    said = capsys.readouterr().out.splitlines()[-1]
    assert said.startswith("not installed")
    assert worse.name in said


def test_too_few_samples_and_nothing_to_go_on_from_are_told(tmp_path, samples, output):
    with pytest.raises(CameraOcrError, match="keep at least 10"):
        run(tmp_path, tmp_path / "none", output)
    (output / "digit_reader.tflite").unlink()
    with pytest.raises(CameraOcrError, match=r"digit_reader\.tflite is missing"):
        run(tmp_path, samples, output)
