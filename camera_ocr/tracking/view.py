"""How the view moves from frame to frame, and whether it rests."""

import cv2
import numpy as np

from camera_ocr.tracking.motion import estimate_small_motion, has_corners, scale_motion, shrink
from camera_ocr.types import F64, U8

_LEVELS = 4
"""Grey levels by which a spot of 5 x 5 px has to differ: more than a sensor's noise leaves of it."""
_SPOTS = 30
"""So many px of the shrunk picture may differ in a view that rests; a pen at work changes more."""
_PATIENCE = 15
"""Frames for which a view that cannot be followed, blurred or covered, is hoped to come back."""
_ELSEWHERE = 3
"""So many frames that fit each other, but not what was seen before them, are of another view."""


class ViewFollower:
    """Motion since the last frame that could be placed. Every frame goes through `follow`, in order."""

    def __init__(self) -> None:
        self._placed: U8 | None = None
        """The last picture whose motion could be told, shrunk."""
        self._newest: U8 | None = None
        self._tries = 0
        self._elsewhere = 0
        """Frames in a row that fit the one before them but cannot be placed."""
        self.resting = 0
        """Frames in a row, the newest among them, that show what the one before them showed."""
        self.lost = True
        """Where the newest frame lies cannot be told."""
        self.jumped = True
        """It could not be told for so long that nothing is known of before."""

    def follow(self, gray: U8) -> F64 | None:
        """(3, 3) homography in px of the (H, W) frame, from the last frame that could be placed to this one;
        None when this one cannot be. The very identity while the view rests.
        """
        small = shrink(gray)
        last, self._newest = self._newest, small
        before = self._placed
        if before is None or before.shape != small.shape:
            self._start_from(small)
            return None
        if is_same_view(before, small):
            self.resting, self._tries, self._elsewhere, self.lost = self.resting + 1, 0, 0, False
            return np.eye(3)
        self.resting = 0
        motion = estimate_small_motion(before, small)
        if motion is None:
            self._tries += 1
            self.lost = True
            fits = last is not None and last is not before and _fits(last, small)
            self._elsewhere = self._elsewhere + 1 if fits else 0
            if self._tries > _PATIENCE or self._elsewhere >= _ELSEWHERE:
                self._start_from(small)
            return None
        self._placed, self._tries, self._elsewhere, self.lost = small, 0, 0, False
        return scale_motion(motion, max(gray.shape) / max(small.shape))

    def take_as_new(self) -> bool:
        """Whether the view has jumped since this was asked last."""
        jumped, self.jumped = self.jumped, False
        return jumped

    def _start_from(self, small: U8) -> None:
        self._placed, self._tries, self._elsewhere, self.resting = small, 0, 0, 0
        self.lost, self.jumped = False, True


def _fits(before: U8, now: U8) -> bool:
    """Whether two pictures in a row show one view, and one that could be followed."""
    if is_same_view(before, now):
        return has_corners(now)
    return estimate_small_motion(before, now) is not None


def is_same_view(before: U8, now: U8) -> bool:
    """Whether two shrunk pictures differ by no more than noise and a little light."""
    # smoothed first: noise of neighbouring px cancels out
    differs = cv2.absdiff(cv2.blur(before, (5, 5)), cv2.blur(now, (5, 5)))
    brighter = abs(cv2.mean(before)[0] - cv2.mean(now)[0])
    return cv2.countNonZero(cv2.threshold(differs, _LEVELS + brighter, 255, cv2.THRESH_BINARY)[1]) <= _SPOTS
