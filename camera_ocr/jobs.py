"""What the live view has others do: look for lines in a frame, read one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import cv2
import numpy as np

from camera_ocr.types import U8, Frame, Page, Region, Transcript

STROKE = 0.03
"""Half a pen stroke is so broad, as a share of a line's height."""


class Reader(Protocol):
    """What turns line pictures into text."""

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        """One transcript for each (h, w) grey crop, in order."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class ReadJob:
    """A line worth reading now."""

    track_id: int
    frame_index: int
    crop: U8
    """(h, w) grey, upright, sharpened, with a margin that differs from one reading to the next."""
    margin: float
    """At either end of `crop`, as a share of its length."""
    plain: U8
    """(h, w) without a margin: what the line looks like."""
    sharpness: float
    seen: float
    """Share of the line that is in view, 0..1."""
    generation: int
    """Readings of another generation are of a view that was left behind."""
    over: bool = False
    """The line upside down: a trial whether it reads better that way."""


@dataclass(frozen=True, slots=True, eq=False)
class SearchJob:
    """A frame in which lines are to be looked for."""

    frame: Frame
    generation: int
    """As that of a ReadJob."""
    turns: int = 0
    """By so many quarters clockwise it is to be turned for that."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a search found."""

    page: Page
    regions: tuple[Region, ...]
    """In px of the frame that was searched."""
    timings_ms: dict[str, float]


def sharpened(crop: U8, amount: float) -> U8:
    """A line's (h, w) crop with its strokes' edges made steeper by unsharp masking; 0 leaves it as it is."""
    if not amount:
        return crop
    soft = cv2.GaussianBlur(crop, (0, 0), max(0.5, STROKE * crop.shape[0]))
    return np.asarray(cv2.addWeighted(crop, 1 + amount, soft, -amount, 0), np.uint8)


def without_margin(transcript: Transcript, job: ReadJob) -> Transcript:
    """Its spans as fractions of the track's own length."""
    if not job.margin:
        return transcript
    spans = (transcript.char_span - job.margin) / max(1e-6, 1 - 2 * job.margin)
    return replace(transcript, char_span=np.clip(spans, 0, 1).astype(np.float32))
