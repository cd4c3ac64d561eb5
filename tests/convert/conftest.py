import os
import zipfile
from pathlib import Path

import pytest

ORIGINALS = Path(__file__).parents[1] / "assets" / "originals"


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
