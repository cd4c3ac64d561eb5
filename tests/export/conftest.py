import numpy as np
import pytest

from camera_ocr.types import Frame, FrameResult, FusedLine, Word


def box(x: float, y: float, w: float, h: float) -> np.ndarray:
    return np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], dtype=np.float32)


def line(text: str, y: float, words: tuple[Word, ...] = ()) -> FusedLine:
    return FusedLine(
        track_id=int(y),
        quad=box(10, y, 200, 30),
        text=text,
        confidence=0.87654321,
        votes=1,
        stable=True,
        words=words,
    )


@pytest.fixture
def result() -> FrameResult:
    """Three lines in a picture of 640 × 480, the middle one not read yet."""
    words = (
        Word("Grüße", box(10, 20, 90, 30), 0.9),
        Word("œuvre", box(110.04, 20, 90, 30), np.float32(0.5)),
    )
    return FrameResult(
        frame=Frame(image=np.zeros((480, 640, 3), np.uint8), index=0, t_ns=0, source="notes/page 1.jpg"),
        page=None,
        lines=(line("Grüße œuvre", 20, words), line("", 60), line('say "hi"', 100)),
        timings_ms={"lines": 1.23456, "read": np.float64(7.0)},
    )
