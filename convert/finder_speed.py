"""How long finding lines takes, beside RapidOCR's detector: the set `speed` of `evaluate lines`."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import cv2
import numpy as np

from camera_ocr.curve import outline
from camera_ocr.detection.lines import find_lines
from camera_ocr.preprocess.page import Judge, make_page
from camera_ocr.types import F32, U8
from convert.line_scores import LineScore, overlaps, score_lines
from convert.line_tally import Picture, of_still
from convert.scenes.material import Material
from convert.scenes.stills import still

FRAME = (1280, 720)
_SCENES = 20

Find = Callable[[U8], Sequence[F32]]


def finder_speed(material: Material, judge: Judge | None) -> dict[str, Any]:
    """What each finder takes, and finds, on scenes of FRAME's size."""
    pictures = [of_still(still(material, seed, size=FRAME)) for seed in range(_SCENES)]
    finders: dict[str, Find] = {"camera-ocr": our_finder(None)}
    if judge is not None:
        finders = {"camera-ocr": our_finder(judge), "camera-ocr, classical": our_finder(None)}
    if (rapid := rapid_finder()) is not None:
        finders["rapidocr"] = rapid
    return measure_speed(finders, pictures)


def measure_speed(finders: dict[str, Find], pictures: Sequence[Picture], rounds: int = 3) -> dict[str, Any]:
    """Processor time on one thread, ms a picture, the finders taking turns; and their F1 on them."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    spent: dict[str, list[float]] = {name: [] for name in finders}
    score = {name: LineScore() for name in finders}
    for find in finders.values():
        find(pictures[0].image)  # loading is not finding
    for turn in range(rounds):
        for picture in pictures:
            for name, find in finders.items():
                begin = time.process_time()
                quads = find(picture.image)
                spent[name].append(1e3 * (time.process_time() - begin))
                if turn == 0:
                    table = overlaps(quads, [truth.polygon for truth in picture.truths])
                    score[name] += score_lines(table, picture.truths, 0.5)
    cv2.setNumThreads(threads)
    return {
        name: {
            "cpu_ms": float(np.median(times)),
            "cpu_ms_quartiles": np.percentile(times, (25, 75)).tolist(),
            "f1@0.5": score[name].f1,
        }
        for name, times in spent.items()
    }


def our_finder(judge: Judge | None) -> Find:
    """As lines are looked for live."""
    return lambda image: [
        outline(region.quad, region.curve) for region in find_lines(make_page(image, judge, tables=False))
    ]


def rapid_finder() -> Find | None:
    """RapidOCR's detector with one thread, or None when it is not installed."""
    try:
        from rapidocr import RapidOCR
    except ImportError:
        return None
    engine = RapidOCR(
        params={
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Global.log_level": "error",
        }
    )

    def find(image: U8) -> Sequence[F32]:
        boxes = engine(image, use_det=True, use_cls=False, use_rec=False).boxes
        return [] if boxes is None else [np.asarray(box, np.float32) for box in boxes]

    return find
