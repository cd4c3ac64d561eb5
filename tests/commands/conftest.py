from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from camera_ocr.cli import main
from camera_ocr.types import Transcript


class FakeReader:
    """Stands in for the model: reads a crop as its width, so that a test can tell which image it was."""

    model_name = "fake-lines"
    runtime_name = "fake-runtime"

    def read(self, crops: Sequence[np.ndarray]) -> list[Transcript]:
        return [self._transcript(f"{crop.shape[1]} px") for crop in crops]

    @staticmethod
    def _transcript(text: str) -> Transcript:
        n = len(text)
        edges = np.linspace(0, 1, n + 1, dtype=np.float32)
        return Transcript(text, np.full(n, 0.5, np.float32), np.stack([edges[:-1], edges[1:]], axis=1))


@pytest.fixture(autouse=True)
def own_folders(monkeypatch, tmp_path_factory):
    """Settings and logs of whoever runs the tests are left alone."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def fake_reader(monkeypatch) -> FakeReader:
    reader = FakeReader()
    monkeypatch.setattr("camera_ocr.commands.read.make_reader", lambda config: reader)
    return reader


@pytest.fixture
def picture(tmp_path) -> Callable[..., Path]:
    """Writes a grey picture of a given width, 32 px high."""

    def make(name: str, width: int = 100) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        ok, data = cv2.imencode(path.suffix, np.full((32, width), 200, np.uint8))
        assert ok
        path.write_bytes(data.tobytes())
        return path

    return make


class Run:
    """What one command line did."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    def sentences(self) -> list[str]:
        """The lines on stderr; each must be for people."""
        assert "Traceback" not in self.err
        return self.err.splitlines()


@pytest.fixture
def run(capsys) -> Callable[..., Run]:
    def command(*args: object) -> Run:
        capsys.readouterr()
        status = main([str(a) for a in args])
        captured = capsys.readouterr()
        return Run(status, captured.out, captured.err)

    return command
