import json
import shutil

import pytest

from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import card_path, default_model, load_card
from camera_ocr.recognition.line_reader import LineReader


@pytest.fixture
def model(tmp_path):
    """A copy of the line reader and its card that a test may spoil."""
    copy = tmp_path / "line_reader.tflite"
    shutil.copy(default_model(), copy)
    shutil.copy(card_path(default_model()), card_path(copy))
    return copy


def change_card(model, **values):
    card = json.loads(card_path(model).read_text())
    card_path(model).write_text(json.dumps(card | values))


def test_the_card_fits_its_model(model):
    card = load_card(model)
    assert card.task == "line"
    assert set("aZ09 éßç€") <= set(card.charset)
    assert card.details["training"]["data"]


def test_an_altered_model_is_refused(model):
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)
    with pytest.raises(ModelError, match=r"line_reader\.tflite: .*sha256"):
        LineReader(model)


def test_a_missing_card_is_named(model):
    card_path(model).unlink()
    with pytest.raises(ModelError, match=r"line_reader\.json: no such file"):
        load_card(model)


def test_a_damaged_card_is_named(model):
    card_path(model).write_text('{"name": ')
    with pytest.raises(ModelError, match="card is damaged"):
        load_card(model)


@pytest.mark.parametrize("key", ["charset", "sha256", "buckets"])
def test_a_card_without_what_is_needed_is_named(model, key):
    card = json.loads(card_path(model).read_text())
    del card[key]
    card_path(model).write_text(json.dumps(card))
    with pytest.raises(ModelError, match=key):
        load_card(model)


def test_a_charset_of_another_size_than_the_models_is_refused(model):
    change_card(model, charset="abc", blank=3)
    with pytest.raises(ModelError, match="3 characters"):
        LineReader(model)


def test_a_model_for_another_task_is_refused(model):
    change_card(model, task="digits")
    with pytest.raises(ModelError, match="digits"):
        LineReader(model)


@pytest.mark.parametrize(
    "wrong", [{"input_height": 99}, {"stride": 3}, {"buckets": [-5]}, {"buckets": [256, 128]}]
)
def test_a_card_that_does_not_fit_its_model_is_refused_in_one_sentence(model, wrong):
    change_card(model, **wrong)
    with pytest.raises(ModelError, match="line_reader") as caught:
        LineReader(model)
    assert "\n" not in str(caught.value)
