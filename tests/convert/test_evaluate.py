import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

pytest.importorskip("matplotlib")
pytest.importorskip("PIL")

from camera_ocr.types import U8, Transcript
from convert import evaluate, plot
from convert.augment import CLEAN, Severity
from convert.evaluate import Pair, picture_sheet, read_all, score, worst
from convert.validation import Validation


class Parrot:
    """Reads what it was told to, in turn."""

    runtime_name = "none"

    def __init__(self, *texts: str) -> None:
        self._texts = list(texts)

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        return [self._one(self._texts.pop(0)) for _ in crops]

    def _one(self, text: str) -> Transcript:
        return Transcript(text, np.ones(len(text), np.float32), np.zeros((len(text), 2), np.float32))


def pairs(*texts: tuple[str, str]) -> list[Pair]:
    return [Pair(truth, reading, i) for i, (truth, reading) in enumerate(texts)]


def test_rates_are_summed_over_the_set_before_dividing() -> None:
    # one edit in ten characters, three in three: 4/13, not the mean of 10 % and 100 %
    result = score(pairs(("abcde fghi", "abcde fghj"), ("xyz", "")))
    assert result.cer == pytest.approx(4 / 13)
    assert result.wer == pytest.approx(2 / 3)
    assert (result.items, result.characters, result.words, result.exact) == (2, 13, 3, 0)


def test_insertions_can_make_the_rate_exceed_one() -> None:
    assert score(pairs(("a", "abc"))).cer == 2


def test_case_and_accents_count() -> None:
    assert score(pairs(("Éa", "ea"))).exact == 0
    assert score(pairs(("Éa", "Éa"))).exact == 1


def test_rate_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing to score"):
        score([])


def test_every_item_is_read_once_in_order() -> None:
    truths = [f"line {i}" for i in range(35)]
    crops = [np.full((8, 8), 255, np.uint8)] * 35
    read, seconds = read_all(Parrot(*truths), Validation("x", crops, truths), "x")
    assert [(p.truth, p.reading, p.index) for p in read] == [(t, t, i) for i, t in enumerate(truths)]
    assert seconds >= 0


def test_worst_come_first_and_no_truth_twice() -> None:
    found = worst(pairs(("good", "good"), ("same", "s"), ("same", ""), ("bad", "bat")), 5)
    assert [(p.truth, p.reading) for p in found] == [("same", ""), ("bad", "bat")]


def test_sheet_shows_image_truth_and_reading_of_each(tmp_path: Path) -> None:
    images = [np.zeros((40, 300), np.uint8), np.full((10, 2000), 128, np.uint8)]
    picture_sheet([Pair("vérité", "", 1), Pair("x", "y", 0)], images, tmp_path / "new" / "sheet.png")
    sheet = cv2.imread(str(tmp_path / "new" / "sheet.png"))
    assert sheet.shape[0] == 128
    assert sheet[6, 10].tolist() == [128, 128, 128], "the wide image fills the first row's width"
    assert sheet[80, 10].tolist() == [0, 0, 0]
    red = (sheet[:, :, 2] > 150) & (sheet[:, :, 1] < 80)
    assert red[:64].any()
    assert red[64:].any()


def test_report_has_each_set_plain_and_through_the_webcam(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def sets(limit: int | None, severity: Severity) -> list[Validation]:
        crops = [np.full((8, 40), 255, np.uint8)]
        return [Validation(n, crops, ["ab" if severity == CLEAN else "abcd"]) for n in evaluate.SETS]

    monkeypatch.setattr(evaluate, "validation_sets", sets)
    monkeypatch.setattr("camera_ocr.recognition.line_reader.LineReader", lambda *_, **__: Parrot(*["ab"] * 8))
    (tmp_path / "m.tflite").write_bytes(b"model")
    command = [str(tmp_path / "m.tflite"), "--sets", "dhsd_words", "copiste_lines", "--output", str(tmp_path)]
    assert evaluate.main(command) == 0
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["sha256"].startswith("9372c470")
    assert {name: f["cer"] for name, f in report["sets"].items()} == {
        "copiste_lines": 0,
        "dhsd_words": 0,
        "copiste_lines-webcam": 0.5,
        "dhsd_words-webcam": 0.5,
    }
    assert report["confidence"]["all"] | {"ece": 0} == {
        "lines": 4, "confidence": 1, "right": 0.5, "ece": 0, "sure": 1, "wrong_when_sure": 0.5,
        "cer_when_sure": pytest.approx(1 / 3),
    }  # fmt: skip
    assert (tmp_path / "calibration.png").is_file()
    assert (tmp_path / "worst-dhsd_words-webcam.png").is_file()
    assert "dhsd_words-webcam" in capsys.readouterr().out


def test_log_becomes_a_picture_with_a_panel_for_losses_and_one_for_rates(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("step,minutes,loss,unipen_words\n100,4,9.5,\n200,8,4.0,0.6\n300,12,2.0,0.4\n")
    assert plot.read_log(log)["step"] == [100, 200, 300]
    assert plot.main([str(log)]) == 0
    picture = cv2.imread(str(tmp_path / "log.png"))
    assert picture.shape[0] > 600
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 20


def test_log_without_rows_or_curves_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("step,loss\n")
    with pytest.raises(plot.PlotError, match="no rows"):
        plot.main([str(tmp_path / "log.csv")])
    (tmp_path / "log.csv").write_text("step,colour\n1,red\n")
    with pytest.raises(plot.PlotError, match="no column"):
        plot.main([str(tmp_path / "log.csv")])
    with pytest.raises(plot.PlotError, match="no such log"):
        plot.main([str(tmp_path / "none.csv")])


def test_decoded_stands_beside_greedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def sets(limit: int | None, severity: Severity) -> list[Validation]:
        return [Validation("codes", [np.full((8, 40), 255, np.uint8)], ["ab"])]

    texts = {"none": "aa", "fr": "ab"}
    monkeypatch.setattr(evaluate, "composed_sets", sets)
    monkeypatch.setattr(
        "camera_ocr.recognition.line_reader.LineReader", lambda *_, language, **__: Parrot(texts[language])
    )
    (tmp_path / "m.tflite").write_bytes(b"model")
    command = [str(tmp_path / "m.tflite"), "--sets", "codes", "--view", "plain", "--language", "fr"]
    assert evaluate.main([*command, "--output", str(tmp_path)]) == 0
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert {name: f["cer"] for name, f in report["sets"].items()} == {"codes": 0.5, "codes+fr": 0}
    assert "codes+fr" in capsys.readouterr().out
