import json
import shutil
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("fontTools")

from camera_ocr.recognition.calibration import Calibration, Weights
from camera_ocr.recognition.card import card_path, default_model
from camera_ocr.recognition.line_reader import LineReader
from camera_ocr.types import U8, Transcript
from convert import calibrate
from convert.calibrate import fit, main, regress, right_words
from convert.reliability import Said, reliability
from convert.validation import Validation


def test_words_that_stay_when_a_reading_is_corrected_are_right() -> None:
    assert right_words("the old house", "the cold house") == [True, False, True]
    assert right_words("the old house", "old house now") == [True, True, False]
    assert right_words("a", "") == []


def test_regression_finds_the_odds_it_was_made_with() -> None:
    rng = np.random.default_rng(0)
    features = np.column_stack([np.ones(20_000), rng.normal(3, 2, 20_000), rng.normal(size=20_000)])
    right = rng.random(20_000) < 1 / (1 + np.exp(-(features @ [-1.0, 0.5, 1.5])))
    np.testing.assert_allclose(regress(features, right.astype(float)), [-1.0, 0.5, 1.5], atol=0.1)


def overconfident(count: int, seed: int) -> list[tuple[str, Transcript]]:
    """Readings whose words are right less often than the net says: by the square of it."""
    rng = np.random.default_rng(seed)
    read = []
    for _ in range(count):
        certain = rng.uniform(0.4, 1, int(rng.integers(1, 4)))
        truth = " ".join("ab" if rng.random() < p**2 else "xy" for p in certain)
        conf = np.concatenate([[p**0.5, p**0.5, 1.0] for p in certain])[:-1]
        text = " ".join("ab" for _ in certain)
        read.append((truth, Transcript(text, conf.astype(np.float32), np.zeros((len(text), 2), np.float32))))
    return read


def test_what_is_fitted_keeps_its_word_on_other_lines() -> None:
    weights = fit(overconfident(3000, 0))
    chosen = Weights(tuple(weights["word"]), tuple(weights["text"]))
    calibration = Calibration(searched=chosen, greedy=chosen)
    others = overconfident(3000, 1)

    def ece(transcripts: list[Transcript]) -> float:
        truths = [truth for truth, _ in others]
        return reliability(
            [Said(a, b.text, b.confidence) for a, b in zip(truths, transcripts, strict=True)]
        ).ece

    before = ece([transcript for _, transcript in others])
    after = ece([calibration.apply(transcript) for _, transcript in others])
    assert before > 0.2
    assert after < 0.04


def test_command_writes_the_calibration_of_that_model_into_its_card(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line_crop: U8,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path in (default_model(), card_path(default_model())):
        shutil.copy(path, tmp_path)
    model = tmp_path / default_model().name
    card = json.loads(card_path(model).read_text("utf-8"))
    card.pop("calibration", None)
    card_path(model).write_text(json.dumps(card), "utf-8")
    text = LineReader(model).read([line_crop])[0].text
    sets = [Validation("some", [line_crop] * 6, [text, "other"] * 3)]
    monkeypatch.setattr(calibrate, "training_sets", lambda limit, severity, fonts: sets)

    assert main([str(model)]) == 0
    after = json.loads(card_path(model).read_text("utf-8"))
    assert after.pop("calibration")["lines"] == {"searched": 12, "greedy": 12}
    assert after == card
    # half of those lines were right
    assert LineReader(model).read([line_crop])[0].confidence == pytest.approx(0.5, abs=0.05)
    assert "12 lines" in capsys.readouterr().out
