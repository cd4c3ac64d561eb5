import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from camera_ocr.types import F32, U8, Transcript
from convert import evaluate_lines, line_tally
from convert.datasets.shared import COPISTE_PAGES, copiste_pages
from convert.evaluate_lines import main
from convert.finder_speed import measure_speed
from convert.line_tally import of_still
from convert.scenes.stills import still


@pytest.fixture
def archive_folder(tmp_path: Path, scanned_lines, monkeypatch: pytest.MonkeyPatch) -> Path:
    lines = [
        {"text": text, "polygon": polygon.tolist(), "baseline": polygon[:2].tolist()}
        for text, polygon in zip(scanned_lines.texts, scanned_lines.polygons, strict=True)
    ]
    entry = {"image": "pages/a.jpg", "split": "val", "width": 772, "height": 328, "lines": lines}
    with zipfile.ZipFile(tmp_path / COPISTE_PAGES, "w") as pack:
        pack.writestr("pages.json", json.dumps([entry, {**entry, "split": "train"}]))
        pack.writestr("pages/a.jpg", cv2.imencode(".jpg", scanned_lines.image)[1].tobytes())
    monkeypatch.setenv("CAMERA_OCR_DATA", str(tmp_path))
    return tmp_path


def test_pages_of_one_split_only(archive_folder: Path, scanned_lines) -> None:
    pages = list(copiste_pages("val"))
    assert len(pages) == 1
    assert list(pages[0].texts) == scanned_lines.texts


def test_report_gives_figures_and_pictures(archive_folder: Path, capsys, tmp_path: Path) -> None:
    drawn, output = tmp_path / "drawn", tmp_path / "report"
    options = ["--sets", "pages", "--no-text", "--pictures", str(drawn), "--output", str(output)]
    assert main(options) == 0
    assert "recall@0.5 1 " in capsys.readouterr().out
    report = json.loads((output / "report.json").read_text(encoding="utf-8"))
    assert report["sets"]["pages"]["pictures"] == 1
    assert report["sets"]["pages"]["order"] == 1.0
    assert report["pictures"]["pages"]["a"]["true"] == 6
    assert cv2.imread(str(drawn / "a.jpg")).shape == (328, 772, 3)


def test_text_is_read_where_the_lines_are(
    material, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, archive_folder: Path
) -> None:
    class Silent:
        def __init__(self, *_: object, **__: object) -> None:
            pass

        def read(self, crops: Sequence[U8]) -> list[Transcript]:
            empty = np.zeros((0, 2), np.float32)
            return [Transcript("", empty[:, 0], empty) for _ in crops]

    monkeypatch.setattr("camera_ocr.recognition.line_reader.LineReader", Silent)
    monkeypatch.setattr(evaluate_lines, "load_material", lambda split, fonts: material)
    monkeypatch.setattr(line_tally, "copiste_lines", lambda split: iter(()))
    options = [
        "--stills",
        "1",
        "--bent",
        "1",
        "--clutter",
        "1",
        "--paper-scenes",
        "1",
        "--output",
        str(tmp_path),
    ]
    assert main(["--sets", "pages", "scenes", "bent", "clutter", "paper", *options]) == 0
    sets = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["sets"]
    # who reads nothing gets every character wrong
    assert sets["pages"]["cer"] == 1.0
    assert sets["pages"]["cer_of_given_crops"] is None
    assert sets["bent"]["cer"] == sets["bent"]["straight"]["cer"] == 1.0
    assert sets["clutter"]["false_lines_a_scene"] >= 0
    assert {"paper blank", "paper ruled", "paper squared"} < sets.keys()


def test_false_lines_are_counted_as_found_and_as_shown(
    scanned_lines, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "photos" / "below"
    folder.mkdir(parents=True)
    cv2.imwrite(str(folder / "bare.png"), np.full((300, 400, 3), 200, np.uint8))
    cv2.imwrite(str(folder / "written.jpg"), scanned_lines.image)
    (folder / "notes.txt").write_text("no picture")
    options = ["--sets", "photos", "--output", str(tmp_path)]
    assert main([*options, "--photos", str(folder.parent)]) == 0
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["sets"]["photos"]
    assert (told["pictures"], told["pictures_with_lines"]) == (2, 1)
    assert told["false_lines"] >= told["false_lines_shown"] >= 6
    with pytest.raises(SystemExit):
        main(options)
    assert "--photos" in capsys.readouterr().err


def test_finders_are_timed_on_the_same_pictures(material) -> None:
    picture = of_still(still(material, 0, kind="written", size=(640, 480)))

    def perfect(image: U8) -> list[F32]:
        return [truth.polygon for truth in picture.truths if truth.findable]

    told = measure_speed({"perfect": perfect, "blind": lambda image: []}, [picture], rounds=1)
    assert told["perfect"]["f1@0.5"] == 1.0
    assert told["blind"]["f1@0.5"] == 0.0
    assert told["blind"]["cpu_ms"] >= 0


def test_missing_set_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMERA_OCR_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=COPISTE_PAGES):
        main(["--sets", "pages", "--no-text", "--output", str(tmp_path)])
