import json
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from convert.datasets.shared import StrokeSample, TruePage
from convert.scenes.material import Material, Writer

ORIGINALS = Path(__file__).parents[1] / "assets" / "originals"
WORDS = Path(__file__).parents[1] / "assets" / "perception" / "words.json"


@pytest.fixture
def originals() -> Path:
    """Small pieces of the public sets, see ATTRIBUTION.md beside them."""
    return ORIGINALS


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of prepared sets; without it the test is skipped."""
    folder = Path(os.environ.get("CAMERA_OCR_DATA", Path(__file__).parents[3] / "shared" / "data"))
    if not (folder / "raw_samples.zip").is_file():
        pytest.skip(f"{folder} has no raw_samples.zip; set CAMERA_OCR_DATA to the folder of prepared sets")
    return folder


@pytest.fixture(scope="session")
def raw_samples(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """raw_samples.zip unpacked: a few whole files of each original."""
    folder = tmp_path_factory.mktemp("raw")
    with zipfile.ZipFile(shared_data / "raw_samples.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="session")
def material(scanned_lines) -> Material:
    """A real writer's words and a real scanned page, small enough for the tests."""
    entries = json.loads(WORDS.read_text(encoding="utf-8"))
    words = tuple(
        StrokeSample(
            entry["text"],
            "one",
            tuple(np.cumsum(np.array(s, np.float32).reshape(-1, 2), axis=0) for s in entry["strokes"]),
        )
        for entry in entries
    )
    baselines = tuple(
        np.array([[p[:, 0].min(), p[:, 1].max()], [p[:, 0].max(), p[:, 1].max()]], np.float32)
        for p in scanned_lines.polygons
    )
    page = TruePage(
        "page", scanned_lines.image, tuple(scanned_lines.polygons), baselines, tuple(scanned_lines.texts)
    )
    return Material((Writer("one", words, ()),), (page,))
