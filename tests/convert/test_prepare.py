import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from convert.datasets import prepare, shared
from convert.datasets.mnist import MnistError, read_digits
from convert.datasets.prepare import PrepareError, find_root


@pytest.fixture
def cache(originals: Path, tmp_path: Path) -> Path:
    """Originals as a download leaves them: a folder a set, with what the archive had around it."""
    for name in ("unipen", "copiste", "dhsd"):
        shutil.copytree(originals / name, tmp_path / "cache" / name / "Set-main")
    digits = tmp_path / "cache" / "mnist" / "package" / "src" / "digits"
    digits.mkdir(parents=True)
    for digit in range(10):
        (digits / f"{digit}.json").write_text(json.dumps({"data": [digit / 10] * 784}))
    return tmp_path / "cache"


def test_prepared_sets_are_what_training_reads(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prepare.main(["--cache", str(cache), "--output", str(tmp_path / "data")]) == 0
    monkeypatch.setenv("CAMERA_OCR_DATA", str(tmp_path / "data"))
    words = list(shared.unipen("words"))
    assert [w.text for w in words][:2] == ["siiaret", "onrohpe"]
    assert words[0].strokes[0].shape[1] == 2
    assert list(shared.unipen("text")) == []
    lines = list(shared.copiste_lines("train"))
    assert lines[1].text == "regroupant les clubs de football du Laos et organisant"
    assert lines[1].writer == "imp_wikitexte_0022"
    assert lines[1].image.shape[0] == 64
    assert [(w.text, w.writer) for w in shared.dhsd_words("train")] == [("Wülknitz", "1"), ("Pöhl", "1")]
    images, labels = shared.mnist()
    assert labels.tolist() == list(range(10))
    assert images[:, 14, 14].tolist() == np.rint(np.arange(10) / 10 * 255).tolist()
    assert not list((tmp_path / "data").glob("*.part"))


def test_pages_keep_polygons_baselines_and_texts(cache: Path, tmp_path: Path) -> None:
    import zipfile

    prepare.main(["copiste", "--cache", str(cache), "--output", str(tmp_path)])
    with zipfile.ZipFile(tmp_path / "copiste_pages.zip") as archive:
        (page,) = json.loads(archive.read("pages.json"))
        assert archive.read(page["image"]).startswith(b"\xff\xd8")
    assert [line["text"][:5] for line in page["lines"]] == ["imp_w", "La Fé", "regro"]
    assert all(len(line["polygon"]) > 2 and len(line["baseline"]) > 1 for line in page["lines"])


def test_failed_preparation_leaves_no_half_file(cache: Path, tmp_path: Path) -> None:
    image = next((cache / "dhsd").rglob("1_41.png"))
    image.write_bytes(b"broken")
    with pytest.raises(Exception, match="not an image"):
        prepare.main(["dhsd", "--cache", str(cache), "--output", str(tmp_path / "data")])
    assert list((tmp_path / "data").iterdir()) == []


def test_nothing_downloaded_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PrepareError, match="convert download"):
        prepare.main(["--cache", str(tmp_path)])
    with pytest.raises(PrepareError, match="convert download"):
        find_root(tmp_path, "data", "include")


def test_digits_outside_0_to_1_are_refused(cache: Path) -> None:
    root = cache / "mnist" / "package"
    (root / "src" / "digits" / "3.json").write_text(json.dumps({"data": [2.0] * 784}))
    with pytest.raises(MnistError, match=r"3\.json"):
        read_digits(root)
