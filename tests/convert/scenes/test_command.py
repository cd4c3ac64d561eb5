import json

import cv2
import pytest

from convert.scenes import command


def test_scenes_are_written_with_their_truth_and_a_contact_sheet(
    material, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "load_material", lambda split, fonts: material)
    assert command.main([str(tmp_path), "--stills", "1", "--clutter", "1"]) == 0
    truths = sorted(tmp_path.glob("*.json"))
    assert len(truths) == 2
    for path in truths:
        truth = json.loads(path.read_text(encoding="utf-8"))
        assert cv2.imread(str(path.with_suffix(".jpg"))) is not None
        assert bool(truth["lines"]) == (truth["kind"] != "clutter")
    assert (tmp_path / "contact-1.jpg").stat().st_size > 0
