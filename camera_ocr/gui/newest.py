"""Which of the engine's results is the next to be shown."""

from camera_ocr import engine as core
from camera_ocr.types import FrameResult

REST_FRAMES = 10
"""Of a view that rests one frame in so many is painted: painting takes more than all else then."""


class Newest:
    """Remembers what is shown, and what is not to be shown any more."""

    def __init__(self) -> None:
        self.shown: FrameResult | None = None
        """As it was read, without corrections."""
        self._stale: FrameResult | None = None

    def show(self, result: FrameResult) -> None:
        self.shown, self._stale = result, None

    def let_go(self, stale: FrameResult | None) -> None:
        """`stale`: the engine's newest result when source or reader were left, or the freeze ended."""
        self._stale = stale

    def clear(self, stale: FrameResult | None = None) -> None:
        """Nothing is shown; what is `stale` will not be."""
        self.shown, self._stale = None, stale

    def is_news(self, result: FrameResult, state: core.EngineState) -> bool:
        """It is of the present source, and was not shown yet."""
        # a picture of the source that was just left may still be under way
        of_this_source = result.frame.source == state.source
        return of_this_source and result is not self.shown and result is not self._stale

    def looks_alike(self, result: FrameResult, state: core.EngineState) -> bool:
        """It looks like the one that is shown, which was painted a moment ago."""
        shown = self.shown
        if shown is None or not result.resting or result.lines is not shown.lines:
            return False
        if state.phase is not core.Phase.RUNNING:
            # the last one there is
            return False
        return 0 <= result.frame.index - shown.frame.index < REST_FRAMES
