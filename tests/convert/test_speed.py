import re
import shutil

import pytest

from camera_ocr.errors import ModelError
from camera_ocr.recognition.card import default_model
from convert.speed import main


def test_models_of_a_folder_are_timed_side_by_side(tmp_path, capsys):
    for name in ("one", "two"):
        shutil.copy(default_model(), tmp_path / f"{name}.tflite")
    assert main([str(tmp_path), "--rounds", "2"]) == 0
    _, _, *rows = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows] == ["one", "two"]
    for row in rows:
        _, size, net, _, whole, _ = row.split()
        assert float(size) == pytest.approx(default_model().stat().st_size / 1e6, abs=0.01)
        assert 0 < float(net) < float(whole)
        assert len(re.findall(r"\(\d+\.\d+-\d+\.\d+\)", row)) == 2


def test_an_empty_folder_has_nothing_to_time(tmp_path):
    with pytest.raises(ModelError, match="no model is there"):
        main([str(tmp_path)])
