import json
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from convert.datasets.shared import COPISTE_PAGES, copiste_pages
from convert.evaluate_lines import LineScore, iou_table, main, match


def box(x: float, y: float, w: float, h: float) -> np.ndarray:
    return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], np.float32)


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


def test_iou_of_shifted_boxes() -> None:
    table = iou_table([box(0, 0, 100, 20), box(300, 0, 9, 9)], [box(50, 0, 100, 20)])
    assert table[0, 0] == pytest.approx(1 / 3, abs=0.02)
    assert table[1, 0] == 0.0


def test_every_line_is_matched_once_and_the_best_first() -> None:
    table = np.array([[0.9, 0.6], [0.8, 0.1], [0.0, 0.55]])
    assert match(table, 0.5) == [(0, 0), (2, 1)]
    assert match(table, 0.7) == [(0, 0)]
    assert match(np.zeros((0, 3)), 0.5) == []


def test_scores_add_up_over_pages() -> None:
    total = LineScore(found=4, true=5, matched=3) + LineScore(found=6, true=5, matched=5)
    assert (total.precision, total.recall, total.f1) == pytest.approx((0.8, 0.8, 0.8))
    assert LineScore(0, 0, 0).f1 == 0.0


def test_pages_of_one_split_only(archive_folder: Path, scanned_lines) -> None:
    pages = list(copiste_pages("val"))
    assert len(pages) == 1
    assert list(pages[0].texts) == scanned_lines.texts


def test_report_names_pages_and_figures_and_draws(archive_folder: Path, capsys, tmp_path: Path) -> None:
    pictures = tmp_path / "drawn"
    assert main(["--pictures", str(pictures)]) == 0
    told = capsys.readouterr().out
    assert "IoU 0.5: precision" in told
    assert "recall 1.0000" in told
    assert "as labelled" in told
    assert cv2.imread(str(pictures / "a.png")).shape == (328, 772, 3)


def test_missing_set_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMERA_OCR_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match=COPISTE_PAGES):
        main([])
