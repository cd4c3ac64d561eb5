"""Every line reader loads on both TFLite runtimes and reads the same text; the text detector sees the same.

The two need venvs of their own, since tflite-runtime crashes with numpy 2: CAMERA_OCR_TEST_TFLITE_RUNTIME
names the Python of one where `camera-ocr[tflite-runtime]` is installed.
"""

import json
import os
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest

from camera_ocr.capture.demo import PAGE
from camera_ocr.capture.files import read_image
from camera_ocr.detection.lines import find_lines
from camera_ocr.geometry import crop_quad, to_gray
from camera_ocr.preprocess.illumination import even_light
from camera_ocr.preprocess.page import make_page
from camera_ocr.recognition.card import models_dir

OTHER_PYTHON = os.environ.get("CAMERA_OCR_TEST_TFLITE_RUNTIME", "")
MODELS = [
    path
    for path in sorted(models_dir().glob("*.tflite"))
    if json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["task"] == "line"
]
ROOT = Path(__file__).parents[2]

READ = """
import json, sys
import numpy as np
from pathlib import Path
from camera_ocr.recognition.line_reader import LineReader
model, runtime, crops = sys.argv[1:]
reader = LineReader(Path(model), runtime)
with np.load(crops) as file:
    lines = [(t.text, t.char_conf.tolist()) for t in reader.read([file[name] for name in file.files])]
print(json.dumps({"runtime": reader.runtime_name, "lines": lines}))
"""

LOOK = """
import sys
import numpy as np
from camera_ocr.detection.text_map import TextDetector
runtime, picture, seen = sys.argv[1:]
np.save(seen, TextDetector(runtime=runtime).look(np.load(picture)).text)
"""

TIE = 0.6
"""The runtimes round differently inside quantised layers, so a character that was nearly another one, or
none, may come out as that; one this sure may not."""

Line = tuple[str, list[float]]
"""Text, and how sure each character is, 0..1."""


@pytest.fixture(scope="module")
def crops(tmp_path_factory) -> Path:
    """The lines of the demo page, real handwriting, as a file that another Python can load."""
    image = read_image(PAGE)
    gray = to_gray(image)
    path = tmp_path_factory.mktemp("lines") / "crops.npz"
    np.savez(path, *[crop_quad(gray, region.quad) for region in find_lines(make_page(image))])
    return path


def run_with(python: str, code: str, *arguments: str) -> str:
    """What that Python says when it runs the code."""
    done = subprocess.run(
        [python, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def read_with(python: str, runtime: str, model: Path, crops: Path) -> list[Line]:
    said = json.loads(run_with(python, READ, str(model), runtime, str(crops)))
    assert said["runtime"].startswith(runtime)
    return [(text, conf) for text, conf in said["lines"]]


def sure_differences(one: Line, other: Line) -> list[str]:
    """What one has and the other has not, characters read as nearly something else left out."""
    matcher = SequenceMatcher(None, one[0], other[0], autojunk=False)
    return [
        text[i]
        for _, i0, i1, j0, j1 in (op for op in matcher.get_opcodes() if op[0] != "equal")
        for (text, conf), span in ((one, range(i0, i1)), (other, range(j0, j1)))
        for i in span
        if conf[i] >= TIE
    ]


def test_there_are_models_to_try():
    assert MODELS


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_a_model_reads_the_demo_page_on_the_usual_runtime(model, crops):
    lines = read_with(sys.executable, "ai-edge-litert", model, crops)
    truth = PAGE.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(truth)
    assert all(text for text, _ in lines)


@pytest.mark.skipif(
    not OTHER_PYTHON, reason="CAMERA_OCR_TEST_TFLITE_RUNTIME names no Python with tflite-runtime"
)
@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_a_model_reads_the_same_on_both_runtimes(model, crops):
    usual = read_with(sys.executable, "ai-edge-litert", model, crops)
    older = read_with(OTHER_PYTHON, "tflite-runtime", model, crops)
    assert len(usual) == len(older)
    differences = {
        one[0]: found
        for one, other in zip(usual, older, strict=True)
        if (found := sure_differences(one, other))
    }
    assert differences == {}
    assert sum(one[0] == other[0] for one, other in zip(usual, older, strict=True)) > len(usual) / 2


@pytest.mark.skipif(
    not OTHER_PYTHON, reason="CAMERA_OCR_TEST_TFLITE_RUNTIME names no Python with tflite-runtime"
)
def test_the_text_detector_sees_the_same_on_both_runtimes(tmp_path):
    picture = tmp_path / "page.npy"
    np.save(picture, even_light(to_gray(read_image(PAGE))))
    seen = []
    for python, runtime in ((sys.executable, "ai-edge-litert"), (OTHER_PYTHON, "tflite-runtime")):
        path = tmp_path / f"{runtime}.npy"
        run_with(python, LOOK, runtime, str(picture), str(path))
        seen.append(np.load(path) > 0)
    assert seen[0].any()
    assert np.mean(seen[0] != seen[1]) < 0.01
