"""JSON: one object a result, on one line, so that many results make a JSON-lines stream.

The fields are fixed because other programs read them: source, width, height, text, lines (text, confidence,
quad, words (text, confidence, quad)), models, timings_ms. A quad is four [x, y] in px of the input, TL TR BR
BL along the writing. Lines that were found but not read are left out, so `text` is the lines' texts joined
by newlines.
"""

import json
import os
from collections.abc import Sequence

from camera_ocr.types import F32, FrameResult, FusedLine, JsonDict, Word


def render(result: FrameResult, models: Sequence[str] = ()) -> str:
    """The object of one result and a newline; `models` are the names of those that read it."""
    return json.dumps(as_dict(result, models), ensure_ascii=False, allow_nan=False) + "\n"


def as_dict(result: FrameResult, models: Sequence[str] = ()) -> JsonDict:
    """The object of one result as plain Python values."""
    height, width = result.frame.image.shape[:2]
    return {
        # a file name need not be valid UTF-8, JSON has to be
        "source": os.fsencode(result.frame.source).decode("utf-8", "replace"),
        "width": width,
        "height": height,
        "text": result.text,
        "lines": [line_as_dict(line) for line in result.lines if line.text],
        "models": list(models),
        "timings_ms": {stage: round(float(ms), 2) for stage, ms in result.timings_ms.items()},
    }


def line_as_dict(line: FusedLine) -> JsonDict:
    """One line as plain Python values: text, confidence, quad, words."""
    return {**_piece(line), "words": [_piece(word) for word in line.words]}


def _piece(piece: FusedLine | Word) -> JsonDict:
    return {
        "text": piece.text,
        "confidence": round(float(piece.confidence), 4),
        "quad": _quad(piece.quad),
    }


def _quad(quad: F32) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in quad]
