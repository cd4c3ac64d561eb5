"""What the pipeline may be told."""

from dataclasses import dataclass, field

from camera_ocr.tracking.tracker import TrackerConfig


@dataclass(frozen=True, slots=True)
class PipelineConfig:
    """When lines are looked for anew, and how they are read."""

    detect_every: int = 8
    """Frames between two searches while the view is still."""
    detect_gap: int = 3
    """Least number of frames between two searches while it moves."""
    rest_searches: int = 4
    """Searches of a view that rests before it is let be."""
    rest_every: int = 150
    """Frames between two searches from then on."""
    margins: tuple[float, ...] = (0.0, 0.06, 0.0, 0.09, 0.03)
    """Left around a line, reading by reading, as shares of its height: what is cut otherwise is misread
    otherwise."""
    sharpening: float = 1.0
    """How much steeper the edges of strokes are made for reading; see jobs.sharpened."""
    bent: float = 0.4
    """A line that swings over less than this share of its height is followed as a straight one: from one
    search to the next it is found now bent, now straight."""
    moved_share: float = 0.03
    """A view that moved by this share of its diagonal is searched anew."""
    blurs_share: float = 0.003
    """A view that moves by this share of its diagonal from one frame to the next is blurred by it: strokes of
    the pen are no wider."""
    desk: bool = True
    """What lies around the sheet of paper is no place to look for writing."""
    look_again: bool = True
    """Doubtful lines of a still picture are read again; see careful.CarefulReader."""
    tracker: TrackerConfig = field(default_factory=TrackerConfig)
