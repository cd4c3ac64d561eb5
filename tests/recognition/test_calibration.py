import json
import math
import shutil
from pathlib import Path

import numpy as np
import pytest

from camera_ocr.detection.words import split_words
from camera_ocr.errors import ModelError
from camera_ocr.recognition.beam import word_posterior
from camera_ocr.recognition.calibration import Calibration, Weights, calibration_of
from camera_ocr.recognition.card import card_path, default_model
from camera_ocr.recognition.line_reader import LineReader
from camera_ocr.types import U8, Transcript

PLAIN = Calibration(
    searched=Weights((0, 1, 0, 0, 0, 0, 1), (0, 1, 0, 0)), greedy=Weights((0, 1, 0, 0, 0), (0, 1, 0, 0))
)
"""Greedily the product of what the net says of each character; searched also what the search says."""


def said(text: str, conf: list[float], posterior: list[float] | None = None) -> Transcript:
    spans = np.linspace(0, 1, len(text) + 1, dtype=np.float32)
    share = None if posterior is None else np.array(posterior, np.float32)
    return Transcript(
        text,
        np.array(conf, np.float32),
        np.stack([spans[:-1], spans[1:]], axis=1),
        word_posterior=share,
    )


def test_without_calibration_the_net_is_taken_at_its_word() -> None:
    transcript = said("ab", [0.9, 0.4])
    assert transcript.confidence == transcript.certainty == pytest.approx(0.6)


def test_a_text_is_right_when_all_its_words_are() -> None:
    transcript = PLAIN.apply(said("ab cd", [0.9, 0.8, 1.0, 0.5, 1.0]))
    assert transcript.word_confidence is not None
    np.testing.assert_allclose(transcript.word_confidence, [0.72, 0.5], atol=1e-3)
    assert transcript.confidence == pytest.approx(0.36, abs=1e-3)
    assert transcript.certainty == pytest.approx(0.36**0.2, abs=1e-3)


def test_what_the_search_doubts_is_less_probable() -> None:
    sure, doubted = (PLAIN.apply(said("ab", [0.9, 0.9], [p])).confidence for p in (1.0, 0.3))
    assert doubted < sure == pytest.approx(0.81, abs=1e-3)


def test_words_get_their_own_confidence() -> None:
    transcript = PLAIN.apply(said("ab cd", [0.9, 0.8, 1.0, 0.5, 1.0]))
    words = split_words(transcript, np.array([[0, 0], [50, 0], [50, 10], [0, 10]], np.float32))
    assert [word.confidence for word in words] == pytest.approx([0.72, 0.5], abs=1e-3)


def test_nothing_read_stays_without_confidence() -> None:
    assert PLAIN.apply(said("", [])).confidence == 0.0


def test_share_of_a_word_is_that_of_the_texts_that_have_it() -> None:
    ranked = [("an old house", 4.0), ("an odd house", 3.0), ("anold house", 2.0), ("an old horse", 1.0)]
    assert word_posterior(ranked) == pytest.approx([0.8, 0.5, 0.7])
    assert word_posterior([("word", 1.0)]) == [1.0]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    for path in (default_model(), card_path(default_model())):
        shutil.copy(path, tmp_path)
    return tmp_path / default_model().name


def rewrite(model: Path, calibration: object) -> None:
    path = card_path(model)
    card = json.loads(path.read_text("utf-8"))
    card.pop("calibration", None)
    if calibration is not None:
        card["calibration"] = calibration
    path.write_text(json.dumps(card), "utf-8")


def test_model_without_calibration_still_reads(model: Path, line_crop: U8) -> None:
    rewrite(model, None)
    transcript = LineReader(model).read([line_crop])[0]
    assert transcript.text
    assert transcript.word_confidence is None
    assert transcript.confidence == transcript.certainty


def test_calibration_in_the_card_is_used_for_both_ways_of_reading(model: Path, line_crop: U8) -> None:
    flat = {"word": [math.log(3), 0, 0, 0, 0], "text": [math.log(4), 0, 0, 0]}
    rewrite(model, {"greedy": flat, "searched": {"word": [0] * 7, "text": [0] * 4}})
    greedy, searched = (LineReader(model, language=one).read([line_crop])[0] for one in ("none", "en"))
    assert greedy.word_confidence is not None
    assert searched.word_confidence is not None
    assert greedy.confidence == pytest.approx(0.8)
    np.testing.assert_allclose(greedy.word_confidence, 0.75, atol=1e-6)
    assert searched.confidence == 0.5
    assert len(searched.word_confidence) == len(searched.text.split())


@pytest.mark.parametrize(
    "written",
    ["much", {"greedy": {}}, {"greedy": {"word": [1], "text": [1]}, "searched": {"word": [1], "text": [1]}}],
)
def test_damaged_calibration_is_refused_in_one_sentence(model: Path, written: object) -> None:
    rewrite(model, written)
    with pytest.raises(ModelError, match=r"line_reader\.tflite: the calibration .*convert calibrate"):
        LineReader(model)


def test_card_without_a_word_of_it_has_none() -> None:
    assert calibration_of({}, "a model") is None
