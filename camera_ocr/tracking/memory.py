"""What is known about one followed line beyond where it is: its looks and its readings."""

from dataclasses import replace

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import partial_ratio

from camera_ocr.fusion import KEEP, NOTHING, Fused, FusionRules, fuse
from camera_ocr.tracking.looks import (
    is_covered,
    likeness,
    likeness_of_most,
    paper_of,
    sharpness_of,
    signature_of,
)
from camera_ocr.types import F32, U8, Reading

SAME_LOOKS = 0.42
"""Most of the line looking less alike than this means other ink."""
IDENTICAL = 1 - 1e-6
"""Correlation above this means the very same picture: reading it again would say the same."""
SHARPER = 1.3
"""A look this many times sharper than any before is worth another reading."""
SURE = 0.97
"""Lines read with this confidence are not read again, however sharp they get."""
BLURRED = 0.8
"""A look this much less sharp than the best is not worth one."""
OTHER_INK = 0.85
"""As sharp as this share of the best of one line, another may be at its best."""
FADES = 0.995
"""What the best sharpness counts for at the next look: with less light there may never be as sharp a one."""
TRIES = KEEP
FAILED_TRIES = TRIES // 3
"""What a look that could not be read counts: the next ones will hardly fare better."""
SPREAD = 4
"""Frames between two readings, from the third on: frames close to each other are read alike."""
HOPELESS_TRIES = 3
"""After so many readings that are no text, the line is let be: it is none."""
SEEN_MORE = 0.03
"""A look that shows this much more of the line, as a share of it, counts for more than those before."""
SAME_LENGTH = 2
"""Characters by which readings of the same line may differ in length; of long lines a tenth."""
LEAST_PART = 0.4
"""A smaller part of a line tells too little about whether it is the same."""
FOUND = 75
"""Per cent of a text's characters that have to be found again in another."""
LEAST_HALF = 4
PARTIAL_VIEWS = 12
"""Readings of a part of a line after which there is no more to it."""
COVERED_LOOKS = 8
"""What looks covered for so many looks in a row looks like that."""


class LineMemory:
    """Readings and looks of one track; decides whether another reading is worth it.

    `fused` is what the readings come to. Once its text is stable it is kept until others have come out on top
    some times in a row: a text that stands still is worth more than the last tenth of a vote.

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
        self._odd_looks: F32 | None = None
        """The last ones, if they showed other ink."""
        self._paper: F32 | None = None
        self._covered_looks = 0
        self._best_sharpness = 0.0
        self._seen = 0.0
        """The largest share of the line that was read."""
        self._extent = 0
        self._outgrown = False
        """The readings are of a shorter line, or of a longer one."""
        self._other = False
        """The readings are of other ink, by its looks."""
        self._first_opinion: str | None = None
        """What the last reading since then said, if that differs."""
        self._partial_views = 0
        self._rivals = 0
        """Readings in a row after which another text was ahead of the stable one."""
        self._tries = 0
        self._is_text = True

    def look(
        self, crop: U8, *, extent: int = 0, part: tuple[float, float] = (0.0, 1.0), seen: float = 1.0
    ) -> None:
        """Take note of the line's present looks. Other ink than what was read, twice in a row, has the line
        read anew, and voids the readings if that says something else.

        Args:
            extent: how often the line was taken to be longer or shorter than before.
            part: what of its length was found, as fractions.
            seen: share of it that is in view.
        """
        if extent != self._extent:
            self._extent, self._outgrown = extent, bool(self._readings)
            self._looks = self._read_looks = self._paper = self._odd_looks = None
        length = part[1] - part[0]
        whole = length > 0.9
        if seen < self._seen - SEEN_MORE or length < LEAST_PART:
            return
        if whole and self._shows_something_over_it(crop):
            return
        sharpness, looks = sharpness_of(crop), signature_of(crop)
        if whole:
            self.sharpness, self._new_looks = sharpness, True
        before = self._looks if self._read_looks is None else self._read_looks
        if before is not None and self._is_blurred(sharpness):
            return
        self._best_sharpness *= FADES
        if before is None or likeness_of_most(looks, before, part) >= SAME_LOOKS:
            self._looks = looks if whole else self._looks
            self._odd_looks = None
            return
        odd, self._odd_looks = self._odd_looks, looks
        # a knock or a shadow is over by the next look, or looks different then
        if odd is not None and likeness_of_most(looks, odd, part) >= SAME_LOOKS:
            self._take_for_other(looks, sharpness)

    def _take_for_other(self, looks: F32, sharpness: float) -> None:
        self._looks, self._read_looks, self._paper, self._odd_looks = looks, None, None, None
        self.sharpness = sharpness
        self._best_sharpness *= OTHER_INK
        if self._readings:
            self._other = True
        else:
            self.ink += 1

    def forget(self) -> None:
        """What was read is of something else."""
        self.ink += self._other
        self._other = self._outgrown = False
        self._settled_text = ""
        self.fused = NOTHING
        self._readings = []
        self._best_sharpness = self._seen = 0.0
        self._tries = self._rivals = 0

    def need(self, frame_index: int, seen: float = 1.0) -> int | None:
        """How urgent a reading of that frame is, 0 first; None when none is worth it.

        `seen` is the share of the line that is in view.
        """
        if self._tries == 0:
            return 0
        if self._odd_looks is not None or self._is_blurred(self.sharpness):
            return None
        if self._other or self._outgrown:
            # a hand lies there for a second or two: no need to look thirty times
            wait = 2 * SPREAD if self._partial_views else 0
            return 1 if frame_index - self.last_frame >= wait else None
        if seen < self._seen - SEEN_MORE:
            return None
        if self._readings and seen > self._seen + SEEN_MORE:
            return 1
        sharper = self.sharpness > SHARPER * self._best_sharpness
        if sharper and self.fused.confidence < SURE:
            return 1
        if self._may_change:
            return 2 if self._new_looks and self._likeness() <= IDENTICAL else None
        if self.settled:
            return None
        if len(self._readings) >= 2 and 0 <= frame_index - self.last_frame < SPREAD:
            return None
        return 2

    def is_hidden(self, crop: U8) -> bool:
        """Whether something lies over a part of the line that did not when it was read."""
        return self._paper is not None and is_covered(self._paper, paper_of(crop))

    def add(self, reading: Reading, crop: U8) -> bool:
        """Take in a reading made from `crop`; True when it shows that the line is another than before."""
        self.last_frame = reading.frame_index
        self._read_looks, self._paper = signature_of(crop), paper_of(crop)
        self._new_looks = False
        self._tries += 1
        other = False
        if (self._other or self._outgrown) and self._readings:
            other = not _says_the_same(reading.transcript.text, self.fused.text, self._rules.same)
            if other and self.fused.stable and not self._is_believed(reading.transcript.text):
                return False
        if other or reading.seen > self._seen + SEEN_MORE:
            other = other and self._other
            self.forget()
            self._tries = 1
        elif reading.seen < self._seen - SEEN_MORE:
            return False
        self._other = self._outgrown = False
        self._first_opinion, self._partial_views = None, 0
        self._best_sharpness = max(self._best_sharpness, reading.sharpness)
        self._seen = max(self._seen, reading.seen)
        self._readings = [*self._readings, reading][-self._rules.keep :]
        sharp = [one for one in self._readings if not self._is_blurred(one.sharpness)]
        self._publish(fuse(sharp, self._rules))
        if self._may_change and self.fused.stable:
            self.ink += self._settled_text not in ("", self.fused.text)
            self._settled_text = self.fused.text
        return other

    def skip(self, frame_index: int, sharpness: float) -> None:
        """That frame's look could not be read."""
        if self._other:
            self.forget()
        self._tries += FAILED_TRIES
        self.last_frame = frame_index
        self._new_looks = False
        self._best_sharpness = max(self._best_sharpness, sharpness)

    @property
    def in_doubt(self) -> bool:
        """What was read may be of another line that stood in this place."""
        return self._other

    @property
    def sure(self) -> float:
        """Confidence of the text taken by itself, whatever the other readings say; 0 before any."""
        return self.fused.transcript.confidence if self.fused.transcript else 0.0

    @property
    def settled(self) -> bool:
        """True when the text will not change while the ink looks as it does."""
        if not self._tries:
            return False
        return (
            self.fused.stable
            or self._tries >= TRIES  # failed ones count too
            or (self._tries >= HOPELESS_TRIES and not self.is_text)
            or (self._new_looks and self._likeness() > IDENTICAL)
        )

    @property
    def is_text(self) -> bool:
        """False when it was read and turned out to be none."""
        return self._is_text

    @property
    def tries(self) -> int:
        """Readings made of the present ink, those that failed counted `FAILED_TRIES`-fold."""
        return self._tries

    @property
    def _may_change(self) -> bool:
        return self._changes_from is not None and self.sure >= self._changes_from

    def _is_believed(self, text: str) -> bool:
        """Whether the reading before said so too, and it is not the stable text with a hand over its rest:
        what is read off a hand differs every time.
        """
        first, self._first_opinion = self._first_opinion, text
        if first is None or not _says_the_same(text, first, self._rules.same):
            return False
        self._partial_views += 1
        return self._partial_views > PARTIAL_VIEWS or not _is_partial_view(text, self.fused.text)

    def _publish(self, fused: Fused) -> None:
        if self.fused.stable and self._changes_from is None:
            if fused.text != self.fused.text:
                self._rivals += 1
                if self._rivals < self._rules.agree:
                    return
            else:
                fused = replace(fused, stable=True)
        self._rivals = 0
        # after so many readings it is as stable as it will ever be
        self.fused = replace(fused, stable=fused.stable or self._tries >= TRIES)
        self._is_text = fused.is_text

    def _shows_something_over_it(self, crop: U8) -> bool:
        """False, too, when it has looked like that for so long that it must belong there."""
        if not self.is_hidden(crop):
            self._covered_looks = 0
            return False
        self._covered_looks += 1
        if self._covered_looks < COVERED_LOOKS:
            return True
        self._paper = None
        return False

    def _is_blurred(self, sharpness: float) -> bool:
        return sharpness < BLURRED * self._best_sharpness

    def _likeness(self) -> float:
        """Correlation of the present looks with those that were read last, -1..1; 0 before any reading."""
        if self._looks is None or self._read_looks is None:
            return 0.0
        return likeness(self._looks, self._read_looks)


def _says_the_same(text: str, known: str, same: float) -> bool:
    """Whether two texts have the same words, as far as readings of a line ever do."""
    lengths = sorted(len("".join(one.split())) for one in (text, known))
    if lengths[1] - lengths[0] > max(SAME_LENGTH, 0.1 * lengths[1]):
        return False
    return Levenshtein.normalized_distance(text, known) <= same


def _is_partial_view(text: str, known: str) -> bool:
    """Whether half of the known text was read, and the rest may be hidden; False for one that went on."""
    if len(known) < 2 * LEAST_HALF:
        return False
    if len(text) > len(known) + SAME_LENGTH and partial_ratio(known, text) >= FOUND:
        return False
    middle = len(known) // 2
    return any(partial_ratio(half, text) >= FOUND for half in (known[:middle], known[middle:]))
