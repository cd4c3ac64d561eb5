"""The data that flows from frame to text.

Every type is frozen; arrays are C-contiguous and are not written to after the object is made.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from camera_ocr.framing import PLAIN, Framing

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture from a source."""

    image: U8
    """(H, W, 3) BGR."""
    index: int
    """Counts up from 0 within one source; gaps are frames the source dropped."""
    t_ns: int
    """Monotonic clock when the frame was grabbed, nanoseconds."""
    source: str
    framing: Framing = PLAIN
    """How the picture was turned from what the source gave, and which parts of it are to be read."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """A frame made ready for finding lines: upright, evenly lit, thresholded."""

    gray: U8
    """(H, W), light evened out: paper near 255, ink dark."""
    ink: U8
    """(H, W), 255 where there is ink, else 0."""
    skew_deg: float
    """Angle of the writing in the frame, counter-clockwise positive."""
    to_frame: F64
    """(3, 3) homography, page px -> frame px."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The course of a line that is not straight, in the coordinates of its quad: see camera_ocr.curve."""

    middle: F32
    """(k,) where its middle lies at k even places from the quad's left end to its right one: 0 at the quad's
    top, 1 at its bottom; it may run out of the quad."""
    height: float
    """Of the line, as a share of the quad's."""


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A line of writing as found in one frame."""

    quad: F32
    """(4, 2) in frame px: TL, TR, BR, BL along the writing direction."""
    score: float
    """0..1, how line-like it is."""
    curve: Curve | None = None
    """Its course within the quad; None for a straight line."""


class TrackState(Enum):
    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    LOST = "lost"


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A line followed over frames."""

    id: int
    quad: F32
    """(4, 2) in px of the newest frame, as Region.quad."""
    state: TrackState
    hits: int
    misses: int
    """Detections in a row that did not find it."""
    last_seen_ns: int
    part: tuple[float, float] = (0.0, 1.0)
    """What of its length the last detection found, as fractions: something may lie over the rest."""
    extent: int = 0
    """Counts up when it is taken to be longer or shorter than before."""
    curve: Curve | None = None
    """As Region.curve."""

    @property
    def whole(self) -> bool:
        """The last detection found nearly all of it."""
        return self.part[1] - self.part[0] > 0.9


@dataclass(frozen=True, slots=True, eq=False)
class Transcript:
    """What the reader makes of one line image, before it is tied to a track."""

    text: str
    char_conf: F32
    """(n,) probability of each character of `text`, 0..1."""
    char_span: F32
    """(n, 2) where each character begins and ends along the line, as fractions 0..1 of its width."""
    alternatives: tuple[str, ...] = ()
    """Other texts the line may have, the likeliest first; empty when they were not looked for."""
    word_alternatives: tuple[tuple[str, ...], ...] = ()
    """The same for each word of `text`, as white space splits it; empty when they were not looked for."""

    word_posterior: F32 | None = None
    """(words,) share of each word among what else the search found there, 0..1; 1 where nothing was in doubt,
    None when nothing was searched."""
    word_confidence: F32 | None = None
    """(words,) probability that each word is right, 0..1; None when the reader's model has no calibration."""
    text_confidence: float | None = None
    """Probability that the whole text is right, 0..1; None as above."""

    @property
    def confidence(self) -> float:
        """Probability that the text is right, where the model has a calibration; else as `certainty`."""
        return self.certainty if self.text_confidence is None else self.text_confidence

    @property
    def certainty(self) -> float:
        """Geometric mean of the characters' probabilities, 0..1; 0 for an empty text.

        Not calibrated, but alike for short and long texts: what readings of one line are compared by.
        """
        if not len(self.char_conf):
            return 0.0
        return float(np.exp(np.log(np.maximum(self.char_conf, 1e-6)).mean()))


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One transcript of one track in one frame."""

    track_id: int
    frame_index: int
    transcript: Transcript
    sharpness: float
    """Larger is sharper; comparable within one track only."""
    seen: float = 1.0
    """Share of the line that was in view, 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    text: str
    quad: F32
    """(4, 2) in frame px, as Region.quad."""
    confidence: float
    """0..1."""
    alternatives: tuple[str, ...] = ()
    """Other texts the word may have, the likeliest first."""


@dataclass(frozen=True, slots=True, eq=False)
class FusedLine:
    """All readings of one track made into one."""

    track_id: int
    quad: F32
    """(4, 2) in frame px, as Region.quad."""
    text: str
    """Empty while the line has not been read yet."""
    confidence: float
    """0..1."""
    votes: int
    """Readings that support this text."""
    stable: bool
    """False while the text is tentative and may still change."""
    words: tuple[Word, ...]
    ink: int = 0
    """Counts up whenever the track shows other ink than before."""
    alternatives: tuple[str, ...] = ()
    """Other texts the line may have, the likeliest first; empty when they were not looked for."""
    curve: Curve | None = None
    """As Region.curve."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """All that is known about one frame; the overlay, the window and the exports read this object."""

    frame: Frame
    page: Page | None
    lines: tuple[FusedLine, ...]
    """In reading order; quads belong to `frame`."""
    timings_ms: dict[str, float] = field(default_factory=dict)
    """Wall time by stage: page, lines, track, read, …"""
    dropped: int = 0
    """Frames captured but not shown so far."""
    resting: bool = False
    """The picture shows what the one before it showed, noise apart."""

    @property
    def text(self) -> str:
        """The lines' texts, one per line, empty ones left out."""
        return "\n".join(line.text for line in self.lines if line.text)


JsonDict = dict[str, Any]
