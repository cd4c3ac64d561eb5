"""What is known about one followed line beyond where it is: its looks and its readings."""

import cv2
import numpy as np

from camera_ocr.fusion import KEEP, NOTHING, Fused, FusionRules, fuse
from camera_ocr.types import F32, U8, Reading

SIGNATURE = (64, 8)
"""Width and height of the thumbnail that tells whether a line still shows the same ink."""
SAME_LOOKS = 0.55
"""Correlation of thumbnails below this means other ink."""
IDENTICAL = 0.9999
"""Correlation above this means the very same picture: reading it again would say the same."""
SHARPER = 1.3
"""A look this many times sharper than any before is worth another reading."""
SURE = 0.97
"""Lines read with this confidence are not read again, however sharp they get."""
BLURRED = 0.5
"""A look this much less sharp than the best is not worth one."""
TRIES = KEEP
FAILED_TRIES = TRIES // 3
"""What a look that could not be read counts: the next ones will hardly fare better."""


def sharpness_of(crop: U8) -> float:
    """Energy of fine detail relative to contrast, for (H, W) u8; comparable within one line only."""
    if min(crop.shape) < 3:
        return 0.0
    contrast = float(crop.std())
    if contrast < 1.0:
        return 0.0
    return float(cv2.Laplacian(crop, cv2.CV_32F).std()) / contrast


def signature_of(crop: U8) -> F32:
    """Thumbnail of a line's ink, zero mean and unit length, for `correlation`."""
    small = cv2.resize(crop, SIGNATURE, interpolation=cv2.INTER_AREA)
    flat: F32 = cv2.GaussianBlur(small, (0, 0), 0.8).astype(np.float32).ravel()
    flat = flat - flat.mean()
    return np.asarray(flat / max(1e-6, float(np.linalg.norm(flat))), np.float32)


class LineMemory:
    """Readings and looks of one track; decides whether another reading is worth it.

    Args:
        rules: of the fusion of its readings.
        changes_from: the text may change while the line looks nearly as before, as a counter does: once it
            was read with this confidence, 0..1, it is read again at every look. None: it does not change so.
    """

    def __init__(self, rules: FusionRules | None = None, *, changes_from: float | None = None) -> None:
        self._rules = rules or FusionRules()
        self._changes_from = changes_from
        self._new_looks = False
        self._settled_text = ""
        """Of a line that may change."""
        self.fused: Fused = NOTHING
        self.sharpness = 0.0
        self.last_frame = -1
        """Index of the frame that was read last; -1 before."""
        self.ink = 0
        """How often the line was seen to show other ink than before."""
        self._readings: list[Reading] = []
        self._looks: F32 | None = None
        self._read_looks: F32 | None = None
        self._best_sharpness = 0.0
        self._tries = 0

    def look(self, crop: U8) -> None:
        """Take note of the line's present looks; other ink than what was read voids the readings."""
        self.sharpness = sharpness_of(crop)
        before = self._looks if self._read_looks is None else self._read_looks
        self._looks = signature_of(crop)
        self._new_looks = True
        if before is not None and float(self._looks @ before) < SAME_LOOKS:
            self.ink += 1
            self.forget()

    def forget(self) -> None:
        """The line says something else now."""
        self._settled_text = ""
        self.fused = NOTHING
        self._readings = []
        self._read_looks = None
        self._best_sharpness = 0.0
        self._tries = 0

    def need(self) -> int | None:
        """How urgent a reading is, 0 first; None when none is worth it."""
        if self._tries == 0:
            return 0
        if self.sharpness > SHARPER * self._best_sharpness and self.fused.confidence < SURE:
            return 1
        if self._may_change:
            return 2 if self._new_looks and self._likeness() <= IDENTICAL else None
        if self.settled or self._tries >= TRIES or self.sharpness < BLURRED * self._best_sharpness:
            return None
        return 2

    def add(self, reading: Reading, crop: U8) -> None:
        """Take in a reading made from `crop`."""
        self._tries += 1
        self.last_frame = reading.frame_index
        self._best_sharpness = max(self._best_sharpness, reading.sharpness)
        self._read_looks = signature_of(crop)
        self._new_looks = False
        self._readings = [*self._readings, reading][-self._rules.keep :]
        self.fused = fuse(self._readings, self._rules)
        if self._may_change and self.fused.stable:
            self.ink += self._settled_text not in ("", self.fused.text)
            self._settled_text = self.fused.text

    def skip(self, frame_index: int, sharpness: float) -> None:
        """That frame's look could not be read."""
        self._tries += FAILED_TRIES
        self.last_frame = frame_index
        self._new_looks = False
        self._best_sharpness = max(self._best_sharpness, sharpness)

    @property
    def sure(self) -> float:
        """Confidence of the best reading by itself, whatever the others say; 0 before any."""
        return self.fused.best.transcript.confidence if self.fused.best else 0.0

    @property
    def _may_change(self) -> bool:
        return self._changes_from is not None and self.sure >= self._changes_from

    @property
    def settled(self) -> bool:
        """True when the text will not change while the ink looks as it does."""
        return self.fused.stable or self._likeness() > IDENTICAL

    def _likeness(self) -> float:
        """Correlation of the present looks with those that were read last, -1..1; 0 before any reading."""
        if self._looks is None or self._read_looks is None:
            return 0.0
        return float(self._looks @ self._read_looks)

    @property
    def tries(self) -> int:
        """Readings made of the present ink, those that failed counted `FAILED_TRIES`-fold."""
        return self._tries
