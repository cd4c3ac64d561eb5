"""Our line reader beside its peers on the same held-out lines, in one run: `python -m convert compare`.

Each system runs in a process of its own with one thread. Peers: PP-OCR as the package `rapidocr` brings it
(recognition only), and Tesseract 5 from the system (`tesseract-ocr`, `-fra`, `-deu`). They are the extra
`peers`, and the app never needs them.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from camera_ocr.errors import CameraOcrError
from camera_ocr.recognition.lineprep import prepare_line
from camera_ocr.types import U8
from convert.augment import CLEAN, WEBCAM
from convert.datasets import shared
from convert.evaluate import Pair, score
from convert.validation import validation_sets

Read = Callable[[U8], str]

_LANGUAGES = {"copiste_lines": "fra", "dhsd_words": "deu"}
"""For Tesseract, which wants to be told; all else is English."""

_LONG_LINE_PX = 1024
_LONG_LINES = 25


def main(argv: Sequence[str] | None = None) -> int:
    """Run every system, print a table, write report.json and a plot; returns 0."""
    parser = argparse.ArgumentParser(
        prog="python -m convert compare",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--systems", nargs="+", choices=SYSTEMS, default=list(SYSTEMS))
    parser.add_argument("--limit", type=int, default=200, help="items a set, spread over it (default: 200)")
    parser.add_argument("--view", choices=("plain", "webcam"), default="plain")
    parser.add_argument("--output", type=Path, default=Path("runs/compare"))
    parser.add_argument("--alone", choices=SYSTEMS, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.alone:
        json.dump(_measure(args.alone, args.limit, args.view), sys.stdout)
        return 0
    args.output.mkdir(parents=True, exist_ok=True)
    report = {name: _run_alone(name, args.limit, args.view) for name in args.systems}
    (args.output / "report.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")
    print(_table(report))
    _plot(report, args.output / "compare.png")
    return 0


def _run_alone(name: str, limit: int, view: str) -> dict[str, Any]:
    """A process for each system: their memory is told apart, and one thread is one thread."""
    command = [
        sys.executable,
        "-m",
        "convert",
        "compare",
        "--alone",
        name,
        "--limit",
        str(limit),
        "--view",
        view,
    ]
    one_thread = dict.fromkeys(("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS"), "1")
    done = subprocess.run(command, env=os.environ | one_thread, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise CameraOcrError(f"{name}: could not be measured; what it said stands above")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _measure(name: str, limit: int, view: str) -> dict[str, Any]:
    cv2.setNumThreads(1)
    make, size = SYSTEMS[name]
    sets = validation_sets(limit, CLEAN if view == "plain" else WEBCAM)
    figures = {}
    for held_out in sets:
        read = make(_LANGUAGES.get(held_out.name, "eng"))
        read(held_out.crops[0])  # loading is not reading
        pairs, spent = [], []
        for i, (crop, text) in enumerate(zip(held_out.crops, held_out.texts, strict=True)):
            begin = time.perf_counter()
            reading = read(crop)
            spent.append(1000 * (time.perf_counter() - begin))
            pairs.append(Pair(text, " ".join(reading.split()), i))
        figures[held_out.name] = asdict(score(pairs)) | {"ms_per_line": round(float(np.median(spent)), 2)}
    return {
        "sets": figures,
        "long_line_ms": _long_lines(make("fra")),
        "megabytes": round(size() / 1e6, 1),
        "peak_memory_mb": round(_peak_kb() / 1024),
    }


def _long_lines(read: Read) -> dict[str, Any]:
    """Time for lines that are 1,024 px wide at our reader's height: median and quartiles, ms."""
    crops = [line.image for line in shared.copiste_lines("val")]
    chosen = sorted(crops, key=lambda c: abs(prepare_line(c).pixels.shape[1] - _LONG_LINE_PX))[:_LONG_LINES]
    spent = []
    for crop in chosen * 3:
        begin = time.perf_counter()
        read(crop)
        spent.append(1000 * (time.perf_counter() - begin))
    low, middle, high = np.percentile(spent, (25, 50, 75))
    return {"median": round(middle, 2), "quartiles": [round(low, 2), round(high, 2)], "lines": len(chosen)}


def _peak_kb() -> int:
    own, children = (
        resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return max(own, children)


def _camera_ocr(language: str) -> Read:
    from camera_ocr.recognition.line_reader import LineReader

    reader = LineReader()
    return lambda crop: reader.read([crop])[0].text


def _camera_ocr_size() -> int:
    from camera_ocr.recognition.card import default_model

    return default_model().stat().st_size


def _pp_ocr(language: str) -> Read:
    from rapidocr import RapidOCR

    engine = RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "error",
        }
    )

    def read(crop: U8) -> str:
        result = engine(cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, use_rec=True)
        return " ".join(result.txts or ())

    return read


def _pp_ocr_size() -> int:
    import rapidocr

    models = (Path(rapidocr.__file__).parent / "models").glob("*rec*.onnx")
    return sum(model.stat().st_size for model in models)


def _tesseract(language: str) -> Read:
    if not shutil.which("tesseract"):
        raise CameraOcrError(
            "tesseract is not installed; run `apt-get install tesseract-ocr tesseract-ocr-fra`"
        )

    def read(crop: U8) -> str:
        with tempfile.NamedTemporaryFile(suffix=".png") as file:
            file.write(cv2.imencode(".png", crop)[1].tobytes())
            file.flush()
            command = ["tesseract", file.name, "-", "--psm", "7", "-l", language, "--dpi", "200"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout

    return read


def _tesseract_size() -> int:
    folders = Path("/usr/share/tesseract-ocr").glob("*/tessdata/*.traineddata")
    return max((f.stat().st_size for f in folders if f.stem in ("eng", "fra", "deu")), default=0)


SYSTEMS: dict[str, tuple[Callable[[str], Read], Callable[[], int]]] = {
    "camera-ocr": (_camera_ocr, _camera_ocr_size),
    "pp-ocr": (_pp_ocr, _pp_ocr_size),
    "tesseract": (_tesseract, _tesseract_size),
}
"""Name -> what makes its reader for a language, and bytes of its model files."""


def _table(report: dict[str, Any]) -> str:
    """Markdown, a row for each system and set."""
    rows = ["| set | system | CER % | WER % | exact % | ms a line |", "|---|---|---|---|---|---|"]
    sets = next(iter(report.values()))["sets"]
    for name in sets:
        for system, result in report.items():
            f = result["sets"][name]
            rates = " | ".join(f"{100 * f[key]:.1f}" for key in ("cer", "wer", "exact"))
            rows.append(f"| {name} ({f['items']}) | {system} | {rates} | {f['ms_per_line']:.1f} |")
    rows += [
        "",
        "| system | 1,024 px line, ms (quartiles) | model MB | peak memory MB |",
        "|---|---|---|---|",
    ]
    for system, result in report.items():
        line = result["long_line_ms"]
        spread = f"{line['median']:.1f} ({line['quartiles'][0]:.1f}-{line['quartiles'][1]:.1f})"
        rows.append(f"| {system} | {spread} | {result['megabytes']} | {result['peak_memory_mb']} |")
    return "\n".join(rows)


def _plot(report: dict[str, Any], path: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    sets = list(next(iter(report.values()))["sets"])
    figure, axes = plt.subplots(figsize=(8, 3.5), layout="constrained")
    width = 0.8 / len(report)
    for i, (system, result) in enumerate(report.items()):
        errors = [100 * result["sets"][name]["cer"] for name in sets]
        bars = axes.bar(np.arange(len(sets)) + i * width, errors, width, label=system)
        axes.bar_label(bars, fmt="%.1f", fontsize=8)
    axes.set_xticks(np.arange(len(sets)) + 0.4 - width / 2, sets)
    axes.set_ylabel("characters wrong, %")
    axes.legend()
    figure.savefig(path, dpi=120)
    plt.close(figure)
