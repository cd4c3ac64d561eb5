"""Lines found on pictures that show no writing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from camera_ocr.curve import crop_line
from camera_ocr.detection.lines import find_lines
from camera_ocr.geometry import to_gray
from camera_ocr.preprocess.page import Judge, make_page
from camera_ocr.types import U8, Transcript
from camera_ocr.written import is_written
from convert.detector.photos import PICTURES, shrunk

Read = Callable[[Sequence[U8]], list[Transcript]]


def photos(folder: Path) -> Iterator[U8]:
    """The pictures in a folder and those below it, (H, W, 3) BGR, no larger than a camera's frame."""
    for path in sorted(folder.rglob("*")):
        image = cv2.imread(str(path)) if path.suffix.lower() in PICTURES else None
        if image is not None:
            yield shrunk(np.asarray(image, np.uint8))


def false_lines(images: Iterable[U8], read: Read | None, judge: Judge | None) -> dict[str, Any]:
    """How many lines are found on pictures without writing, and how many of them read like some."""
    pictures = with_lines = found = written = 0
    for image in images:
        regions, gray = find_lines(make_page(image, judge)), to_gray(image)
        pictures, with_lines, found = pictures + 1, with_lines + bool(regions), found + len(regions)
        if read is not None and regions:
            said = read([crop_line(gray, one.quad, one.curve) for one in regions])
            written += sum(is_written(one.text, one.certainty) for one in said)
    figures = {"pictures": pictures, "pictures_with_lines": with_lines, "false_lines": found}
    return figures if read is None else {**figures, "false_lines_shown": written}
