"""Where a picture shows writing, as a small net sees it: the judge between ink and what only looks like it.

The net (U-shaped, some 120,000 weights, see convert/detector) looks at the evenly lit picture at a size of at
most 640 px and tells for every cell of 4 × 4 px whether it lies on a line of writing. Its second output, the
middle of a line's height (as in PSENet, Wang et al. 2019), is what makes it look at lines while it trains.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.config import Config
from camera_ocr.errors import ModelError
from camera_ocr.preprocess.illumination import PAPER
from camera_ocr.recognition.card import default_model, load_card
from camera_ocr.recognition.interpreter import Interpreter, choose_runtime
from camera_ocr.types import F32, F64, U8

CELL = 4
"""Side of a cell, px of the net's input."""
SIDE = 640
"""Longer side of what the net looks at, px."""
FAR = 3.1
"""Made smaller by more than this, writing as small as pens write it is lost; a 1920 px frame is not."""
STEP = 32
"""Sides of the net's input are multiples of this, px."""
_SHAPES = 4
"""Sizes of pictures that are kept in readiness."""


TEXT_LOGIT = 0.0
"""Above this a cell may be writing."""
SURE_LOGIT, SURE_CELLS = 5.0, 4
"""Writing that hangs together has at least so many cells above this."""
BESIDE_LOGIT, BESIDE_CELLS = 3.0, 30
"""The same where so many cells are surely writing: a price, a bold heading or a pale label is seldom more
certain by itself."""
AGAIN = (0.5, 4.0)
"""When nothing was found it is looked again from so much nearer or farther: there may be one small word only,
or writing that fills the picture."""
LARGE = 2.5
"""Headings in large bold letters are looked for from so much farther away, which costs a sixth of a look."""


@dataclass(frozen=True, slots=True, eq=False)
class TextMap:
    """What the net made of one picture."""

    text: F32
    """(h, w) logit of each cell to lie on a line of writing."""
    to_page: F64
    """(3, 3) px of the map -> px of the picture."""

    def writing(self, *, beside: bool = False) -> U8:
        """(h, w), 1 in cells of writing, else 0. `beside`: there surely is some in the picture anyway."""
        text = np.asarray(self.text > TEXT_LOGIT, np.uint8)
        # as edges with hysteresis (Canny 1986): what is nowhere surely writing is none
        count, labels = cv2.connectedComponents(text, connectivity=8, ltype=cv2.CV_32S)
        certain = np.bincount(labels[self.text > SURE_LOGIT], minlength=count)
        certain[0] = 0
        sure = certain >= SURE_CELLS
        if beside or certain[sure].sum() >= BESIDE_CELLS:
            fair = np.bincount(labels[self.text > BESIDE_LOGIT], minlength=count) >= SURE_CELLS
            # the edge of a sheet runs along the picture's own
            for edge in (labels[0], labels[-1], labels[:, 0], labels[:, -1]):
                fair[edge] = False
            sure |= fair
        return np.asarray(sure[labels], np.uint8)


def to_input(even: U8) -> U8:
    """What the net sees of an evenly lit picture (h, w) of its own size: ink bright, paper 0."""
    return np.asarray(cv2.subtract(np.full_like(even, PAPER), even), np.uint8)


class TextDetector:
    """One net on one runtime; may be called by several threads.

    Args:
        model: .tflite file with its card beside it; None takes the one that comes with the program.
        runtime: `ai-edge-litert` or `tflite-runtime`; None takes what there is.
        threads: processor threads.

    Raises:
        ModelError: the file or its card is missing, altered, damaged, or not a text detector.
        RuntimeMissing: no TFLite runtime, or not the one asked for.
    """

    def __init__(self, model: Path | None = None, runtime: str | None = None, threads: int = 1) -> None:
        self._path = model or default_model("text_detector")
        self.card = load_card(self._path)
        if self.card.task != "text":
            raise ModelError(
                f"{self._path}: a model for {self.card.task!r}, not for finding text; choose a text detector"
            )
        self._runtime, self._threads = choose_runtime(runtime), threads
        self._interpreters: OrderedDict[tuple[int, int], Interpreter] = OrderedDict()
        self._lock = threading.Lock()
        out = self.logits(np.zeros((STEP, STEP), np.uint8))
        if out.shape != (STEP // CELL, STEP // CELL, 2):
            raise ModelError(f"{self._path}: puts out {out.shape}, which is not what a text detector does")

    def look(self, even: U8) -> TextMap:
        """Find the writing of an evenly lit picture, (H, W), paper near PAPER and ink dark.

        Pictures larger than a camera's frame are looked at several times, from nearer and nearer.
        """
        factor = max(1.0, max(even.shape) / SIDE)
        seen = self._look_once(even, factor)
        for times in AGAIN:
            if not seen.writing().any():
                seen = self._look_once(even, max(1.0, times * factor))
        seen = _with_large(seen, self._look_once(even, LARGE * factor))
        while factor > FAR:
            factor /= 2
            near = self._look_once(even, factor)
            far = cv2.resize(seen.text, near.text.shape[::-1])
            seen = TextMap(np.asarray(cv2.max(near.text, far), np.float32), near.to_page)
        return seen

    def _look_once(self, even: U8, factor: float) -> TextMap:
        """Find the writing on the picture made smaller by `factor`."""
        h, w = even.shape
        size = (max(1, round(w / factor)), max(1, round(h / factor)))
        small = even if factor == 1.0 else cv2.resize(even, size, interpolation=cv2.INTER_AREA)
        padded = np.zeros((-(-size[1] // STEP) * STEP, -(-size[0] // STEP) * STEP), np.uint8)
        padded[: size[1], : size[0]] = to_input(np.asarray(small, np.uint8))
        out = self.logits(padded)[: -(-size[1] // CELL), : -(-size[0] // CELL)]
        sx, sy = CELL * w / size[0], CELL * h / size[1]
        # the middle of cell 0 lies half a cell into the picture
        to_page = np.array([[sx, 0, (sx - 1) / 2], [0, sy, (sy - 1) / 2], [0, 0, 1]])
        return TextMap(np.ascontiguousarray(out[:, :, 0]), to_page)

    def logits(self, image: U8) -> F32:
        """What the net puts out, (H / CELL, W / CELL, 2), for an input (H, W) whose sides are multiples of
        STEP: ink bright."""
        h, w = image.shape
        with self._lock:
            interpreter = self._interpreters.pop((h, w), None)
            if interpreter is None:
                interpreter = Interpreter(self._path, (1, h, w, 1), self._runtime, self._threads)
            self._interpreters[h, w] = interpreter
            while len(self._interpreters) > _SHAPES:
                self._interpreters.popitem(last=False)
            values = image[None, :, :, None] * np.float32(1 / 255)
            return np.asarray(interpreter.run(values)[0], np.float32)


def _with_large(seen: TextMap, far: TextMap) -> TextMap:
    """`seen` with the writing that only shows from afar."""
    near = seen.writing()
    large = far.writing(beside=near.sum() >= BESIDE_CELLS)
    if not large.any():
        return seen
    shape = seen.text.shape[::-1]
    count, labels = cv2.connectedComponents(large, connectivity=8, ltype=cv2.CV_32S)
    labels = cv2.resize(labels.astype(np.float32), shape, interpolation=cv2.INTER_NEAREST).astype(np.intp)
    new = np.ones(count, bool)
    new[0] = False
    new[labels[near > 0]] = False
    if not new.any():
        return seen
    text = cv2.resize(far.text, shape, interpolation=cv2.INTER_LINEAR)
    return TextMap(np.where(new[labels], np.maximum(text, seen.text), seen.text), seen.to_page)


def choose_judge(config: Config) -> TextDetector | None:
    """What tells writing from the rest, as configured. Raises ModelError, RuntimeMissing."""
    if config.finder.method == "classical":
        return None
    return TextDetector(None, config.reader.runtime, config.reader.threads)
