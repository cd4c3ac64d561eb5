"""Rows of digits on a picture or before a camera: found, followed, read, and given as lines of a result."""

import time
from dataclasses import replace

import cv2
import numpy as np

from camera_ocr.detection.digits import find_digit_rows
from camera_ocr.detection.words import split_words
from camera_ocr.fusion import FusionRules
from camera_ocr.geometry import transform_quad
from camera_ocr.pipeline import Pipeline
from camera_ocr.pipeline_config import PipelineConfig
from camera_ocr.preprocess.illumination import PAPER
from camera_ocr.preprocess.page import make_page
from camera_ocr.preprocess.parts import make_part
from camera_ocr.recognition.digit_reader import Digit, DigitReader, to_transcript
from camera_ocr.stills import as_frame
from camera_ocr.tracking.memory import LineMemory
from camera_ocr.types import F64, U8, Frame, FrameResult, FusedLine, Page, Region

RULES = FusionRules(same=0.0, keep=5, agree=2)
"""Numbers that differ in one digit are two numbers, and a counter's last digit is not outvoted for long."""
SHOWN = 0.5
"""Rows read with less confidence are mostly letters; live, no number is better than a wrong one."""


class DigitPipeline(Pipeline):
    """Finds, follows and reads the rows of digits of one view; what turns out to be none is not shown."""

    either_way = False  # figures read well upside down

    def __init__(self, reader: DigitReader, config: PipelineConfig | None = None) -> None:
        super().__init__(reader, config or PipelineConfig(margins=(0.0,), sharpening=0.0))
        self._digits = reader

    def read_still(self, picture: Frame | U8) -> FrameResult:
        """Every row of digits on one picture, independent of the view that is followed."""
        result = read_digits(as_frame(picture), self._digits)
        return replace(result, lines=tuple(line for line in result.lines if line.confidence >= SHOWN))

    def _make_page(self, frame: Frame) -> Page:
        return make_part(frame, make_digit_page)

    def _find(self, page: Page) -> list[Region]:
        return find_digit_rows(page)

    def _new_memory(self) -> LineMemory:
        return LineMemory(RULES, changes_from=SHOWN)

    def _is_shown(self, memory: LineMemory | None) -> bool:
        return memory is not None and bool(memory.fused.text) and memory.sure >= SHOWN


def read_digits(frame: Frame, reader: DigitReader) -> FrameResult:
    """Every row of digits on one picture, from top to bottom; what is no digit is left out."""
    started = time.perf_counter()
    page = make_part(frame, make_digit_page)
    found = time.perf_counter()
    rows = reader.read_ink(page_ink(page))
    read = time.perf_counter()
    lines = tuple(_line(i + 1, digits, page.to_frame) for i, digits in enumerate(rows))
    timings = {"page": found - started, "read": read - found, "total": read - started}
    return FrameResult(frame, page, lines, {stage: 1e3 * s for stage, s in timings.items()})


def make_digit_page(image: U8) -> Page:
    """A page as it is held: a few digits are no measure of its skew, and turned they are others."""
    return make_page(image, skew_deg=0.0)


def page_ink(page: Page) -> U8:
    """(H, W) ink strength of a page: 255 where most of its ink is as dark, 0 where it has none."""
    darkness = cv2.subtract(np.full_like(page.gray, PAPER), page.gray)
    inked = darkness[page.ink > 0]
    if not len(inked):
        return np.zeros_like(page.gray)
    # half of a stroke's pixels are its edge, so the median is about what a faint stroke reaches
    strength = cv2.convertScaleAbs(darkness, alpha=255 / max(1.0, float(np.percentile(inked, 70))))
    near = cv2.dilate(page.ink, np.ones((3, 3), np.uint8))
    # what the page calls ink is ink, however faint
    return np.asarray(cv2.bitwise_and(cv2.max(strength, cv2.min(page.ink, 128)), near), np.uint8)


def _line(number: int, digits: list[Digit], to_frame: F64) -> FusedLine:
    boxes = np.array([digit.box for digit in digits])
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = (boxes[:, :2] + boxes[:, 2:]).max(axis=0)
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    quad = transform_quad(corners, to_frame)
    moved = [Digit(d.text, d.probabilities, (d.box[0] - left, *d.box[1:]), d.image) for d in digits]
    said = to_transcript(moved, max(1.0, right - left))
    return FusedLine(number, quad, said.text, said.confidence, 1, True, split_words(said, quad))
