"""Every model loads on both TFLite runtimes and reads the same text.

The two need venvs of their own, since tflite-runtime crashes with numpy 2: CAMERA_OCR_TEST_TFLITE_RUNTIME names
the Python of one where `camera-ocr[tflite-runtime]` is installed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from camera_ocr.capture.demo import PAGE
from camera_ocr.capture.files import read_image
from camera_ocr.detection.lines import find_lines
from camera_ocr.geometry import crop_quad, to_gray
from camera_ocr.preprocess.page import make_page
from camera_ocr.recognition.card import models_dir

OTHER_PYTHON = os.environ.get("CAMERA_OCR_TEST_TFLITE_RUNTIME", "")
MODELS = sorted(models_dir().glob("*.tflite"))
ROOT = Path(__file__).parents[2]

READ = """
import json, sys
import numpy as np
from pathlib import Path
from camera_ocr.recognition.line_reader import LineReader
model, runtime, crops = sys.argv[1:]
reader = LineReader(Path(model), runtime)
with np.load(crops) as file:
    texts = [t.text for t in reader.read([file[name] for name in file.files])]
print(json.dumps({"runtime": reader.runtime_name, "texts": texts}))
"""


@pytest.fixture(scope="module")
def crops(tmp_path_factory) -> Path:
    """The lines of the demo page, real handwriting, as a file that another Python can load."""
    image = read_image(PAGE)
    gray = to_gray(image)
    path = tmp_path_factory.mktemp("lines") / "crops.npz"
    np.savez(path, *[crop_quad(gray, region.quad) for region in find_lines(make_page(image))])
    return path


def read_with(python: str, runtime: str, model: Path, crops: Path) -> list[str]:
    done = subprocess.run(
        [python, "-c", READ, str(model), runtime, str(crops)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["runtime"].startswith(runtime)
    return said["texts"]


def test_there_are_models_to_try():
    assert MODELS


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_a_model_reads_the_demo_page_on_the_usual_runtime(model, crops):
    texts = read_with(sys.executable, "ai-edge-litert", model, crops)
    with np.load(crops) as file:
        assert len(texts) == len(file.files)
    assert sum(bool(text) for text in texts) >= len(texts) / 2


@pytest.mark.skipif(not OTHER_PYTHON, reason="CAMERA_OCR_TEST_TFLITE_RUNTIME names no Python with tflite-runtime")
@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_a_model_reads_the_same_on_both_runtimes(model, crops):
    usual = read_with(sys.executable, "ai-edge-litert", model, crops)
    assert read_with(OTHER_PYTHON, "tflite-runtime", model, crops) == usual
