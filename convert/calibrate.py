"""Fit what a line reader's confidence means: `python -m convert calibrate models/line_reader.tflite`.

It is fitted on writers that train, on their lines as they are and through the simulated webcam, and written
into the model's card. A net reads its training writers better than others, so what is fitted on their lines
alone would promise too much; names set together from their letters, which it has never seen as words, and the
webcam's full damage, which training seldom shows, bring the share of errors up to that of others. Held-out
writers only measure it: `python -m convert evaluate` prints the calibration error.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein
from tqdm import tqdm

from camera_ocr.export import write_whole
from camera_ocr.recognition.calibration import probability, text_features, word_features
from camera_ocr.recognition.card import card_path, default_model
from camera_ocr.types import F64, Transcript
from convert.augment import CLEAN, WEBCAM, Severity
from convert.composed import composed_sets
from convert.printed import printed_set
from convert.validation import Validation, line_sets

_RIDGE = 1e-4
_STEPS = 60
Read = tuple[str, Transcript]
"""What a line says, and what is read."""


def fit(read: Sequence[Read]) -> dict[str, Any]:
    """Weights of words and texts, from transcripts that are all searched or all not, none of them empty."""
    words = [word_features(transcript) for _, transcript in read]
    right = [right_words(truth, transcript.text) for truth, transcript in read]
    of_words = regress(np.array([*chain(*words)]), np.array([*chain(*right)], np.float64))
    texts = [text_features([probability(of_words.tolist(), row) for row in rows]) for rows in words]
    exact = [truth == " ".join(transcript.text.split()) for truth, transcript in read]
    of_texts = regress(np.array(texts), np.array(exact, np.float64))
    return {
        "word": [round(w, 4) for w in of_words.tolist()],
        "text": [round(w, 4) for w in of_texts.tolist()],
    }


def regress(features: F64, right: F64) -> F64:
    """Logistic regression by Newton's method, slightly ridged; the first of (n, k) features is constant."""
    mean, spread = features.mean(axis=0), features.std(axis=0)
    mean[0], spread[0] = 0.0, 1.0
    spread[spread < 1e-9] = 1.0
    scaled = (features - mean) / spread
    ridge = _RIDGE * len(right) * np.append(0.0, np.ones(features.shape[1] - 1))
    weights = np.zeros(features.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (right - p) - ridge * weights
        curvature = (scaled * np.maximum(p * (1 - p), 1e-6)[:, None]).T @ scaled + np.diag(ridge)
        step = np.linalg.solve(curvature, slope)
        weights += step * min(1.0, 2.0 / max(1e-9, float(np.abs(step).max())))
        if np.abs(step).max() < 1e-8:
            break
    weights /= spread
    weights[0] -= weights[1:] @ mean[1:]
    return np.asarray(weights, np.float64)


def right_words(truth: str, read: str) -> list[bool]:
    """Which words of a reading are right: those that stay when it is made the truth with fewest changes."""
    true, said = truth.split(), read.split()
    right = [False] * len(said)
    for change in Levenshtein.opcodes(true, said):
        if change.tag == "equal":
            right[change.dest_start : change.dest_end] = [True] * (change.dest_end - change.dest_start)
    return right


def training_sets(limit: int, severity: Severity, fonts: Path | None) -> Iterator[Validation]:
    """The sets that `evaluate` has of held-out writers, of those that train."""
    yield from line_sets(limit, severity, validation=False)
    yield from composed_sets(limit, severity, validation=False)
    if fonts:
        yield printed_set(fonts, limit, severity, validation=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Fit and write into the model's card; returns 0."""
    parser = argparse.ArgumentParser(
        prog="python -m convert calibrate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("model", type=Path, nargs="?", default=None, help="a .tflite with its card beside it")
    parser.add_argument("--limit", type=int, default=250, help="so many items a set")
    parser.add_argument("--fonts", type=Path, help="folder of fonts: adds printed lines in training fonts")
    args = parser.parse_args(argv)

    from camera_ocr.recognition.line_reader import LineReader

    model = args.model or default_model()
    readers = {
        "searched": LineReader(model, language="auto"),
        "greedy": LineReader(model),
    }
    read: dict[str, list[Read]] = {way: [] for way in readers}
    for severity in (CLEAN, WEBCAM):
        for lines in training_sets(args.limit, severity, args.fonts):
            for way, reader in readers.items():
                for truth, crop in zip(lines.texts, tqdm(lines.crops, f"{lines.name}, {way}"), strict=True):
                    transcript = reader.read([crop])[0]
                    if transcript.text:
                        read[way].append((truth, transcript))
    path = card_path(model)
    card = json.loads(path.read_text(encoding="utf-8"))
    card["calibration"] = {way: fit(each) for way, each in read.items()} | {
        "lines": {way: len(each) for way, each in read.items()},
        "of": "writers that train, lines as they are and through the simulated webcam",
        "command": f"python -m convert calibrate --limit {args.limit}" + (" --fonts" if args.fonts else ""),
    }
    write_whole(path, json.dumps(card, indent=1, ensure_ascii=False).encode())
    print(f"{path}: calibrated on {len(read['searched'])} lines")
    return 0
