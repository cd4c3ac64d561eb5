"""When lines are looked for anew: that is slow, so it is done when the view changed, and now and then."""

import numpy as np

from camera_ocr.pipeline_config import PipelineConfig
from camera_ocr.tracking.motion import moved_share
from camera_ocr.types import F64


class SearchSchedule:
    """Counts the frames of one view, and what happened to it since it was last searched."""

    def __init__(self, config: PipelineConfig) -> None:
        self._config = config
        self._searched = False
        """False when the next frame is to be searched whatever its motion."""
        self._since_search = 0
        self._rest_searches = 0
        """Searches since the view came to rest."""
        self.moved: F64 | None = np.eye(3)
        """Homography from the last frame searched to the newest; None when it cannot be told."""

    @property
    def rested(self) -> bool:
        """A view that rests was searched often enough to be let be."""
        return self._rest_searches >= self._config.rest_searches

    def search_next(self) -> None:
        """Whatever the motion of the next frame, it is to be searched."""
        self._searched = False

    def start_anew(self) -> None:
        """The same, and again and again as of a view that just came to rest."""
        self._searched, self._rest_searches = False, 0

    def next_frame(self, *, resting: bool) -> None:
        """A frame came; `resting`: it looks like the one before."""
        self._since_search += 1
        if not resting:
            self._rest_searches = 0

    def carry(self, motion: F64) -> None:
        """The view moved so, (3, 3), from the frame before to the newest."""
        self.moved = None if self.moved is None else motion @ self.moved

    def lose_sight(self) -> None:
        """The view jumped: nobody knows how it moved."""
        self.moved, self._searched = None, False

    def begin(self, *, resting: bool) -> None:
        """The newest frame is searched."""
        self._searched = True
        self._since_search, self.moved = 0, np.eye(3)
        self._rest_searches += resting

    def is_due(self, size: tuple[int, int], *, resting: bool, missing: bool) -> bool:
        """Whether the newest frame is to be searched.

        Args:
            size: width and height of the view, px.
            resting: it looks like the one before.
            missing: lines that were followed were not found at the last search.
        """
        config = self._config
        if resting and self.rested:
            return not self._searched or self._since_search >= config.rest_every
        every = config.detect_gap if missing else config.detect_every
        if not self._searched or self._since_search >= every:
            return True
        if self._since_search < config.detect_gap:
            return False
        return self.moved is None or moved_share(self.moved, *size) > config.moved_share
