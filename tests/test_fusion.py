import numpy as np
import pytest

from camera_ocr.fusion import KEEP, fuse
from camera_ocr.types import Reading, Transcript


def reading(text: str, confidence: float = 0.8, frame: int = 0, sharpness: float = 1.0) -> Reading:
    n = len(text)
    return Reading(
        1,
        frame,
        Transcript(text, np.full(n, confidence, np.float32), np.zeros((n, 2), np.float32)),
        sharpness,
    )


def test_no_reading_is_no_text() -> None:
    fused = fuse([])
    assert (fused.text, fused.confidence, fused.votes, fused.stable) == ("", 0.0, 0, False)


def test_best_supported_text_wins_over_one_confident_slip() -> None:
    fused = fuse([reading("school", 0.6), reading("schooi", 0.65), reading("Xylem", 0.95)])
    assert fused.text == "schooi"
    assert fused.votes == 2
    assert fused.stable


def test_most_confident_reading_speaks_for_its_group() -> None:
    fused = fuse([reading("before going", 0.5), reading("before going!", 0.9), reading("befare going", 0.7)])
    assert fused.text == "before going!"
    assert fused.votes == 3
    assert fused.confidence == pytest.approx(0.9, abs=1e-3)


def test_dissent_lowers_the_confidence() -> None:
    agreed = fuse([reading("answer", 0.8)] * 4)
    disputed = fuse([reading("answer", 0.8)] * 4 + [reading("cucumber", 0.8)] * 3)
    assert disputed.text == "answer"
    assert disputed.confidence < agreed.confidence


def test_single_reading_is_stable_only_when_it_is_sure() -> None:
    assert not fuse([reading("stay", 0.7)]).stable
    assert fuse([reading("stay", 0.95)]).stable


def test_short_texts_that_differ_are_not_one_group() -> None:
    fused = fuse([reading("7"), reading("1"), reading("7")])
    assert (fused.text, fused.votes) == ("7", 2)


def test_empty_readings_agree_with_each_other_only() -> None:
    assert fuse([reading(""), reading(""), reading("fool", 0.6)]).text == "fool"


def test_text_follows_what_is_written_anew() -> None:
    old, new = [reading("racing", 0.9)] * KEEP, [reading("cucumber", 0.9)] * (KEEP // 2 + 1)
    assert fuse(old + new).text == "cucumber"


def test_sharpness_does_not_weigh_in() -> None:
    readings = [reading("tired", 0.6, sharpness=1.0)] * 2 + [reading("fined", 0.9, sharpness=99.0)]
    swapped = [reading("tired", 0.6, sharpness=99.0)] * 2 + [reading("fined", 0.9, sharpness=1.0)]
    assert fuse(readings).text == fuse(swapped).text
