import json
from pathlib import Path

import numpy as np
import pytest

from convert.datasets.shared import StrokeSample, TruePage
from convert.scenes.material import Material, Writer

WORDS = Path(__file__).parents[2] / "assets" / "perception" / "words.json"


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
