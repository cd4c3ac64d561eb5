from dataclasses import replace

import numpy as np
import pytest

from camera_ocr.detection.words import split_words
from camera_ocr.types import F32, Transcript

QUAD = np.array([[0, 0], [100, 0], [100, 20], [0, 20]], np.float32)


def said(text: str, spans: list[tuple[float, float]], conf: list[float] | None = None) -> Transcript:
    confidence = np.array(conf or [0.9] * len(text), np.float32)
    return Transcript(text, confidence, np.array(spans, np.float32).reshape(-1, 2))


def sides(quad: F32) -> tuple[float, float]:
    return float(quad[:, 0].min()), float(quad[:, 0].max())


def test_words_get_their_part_of_the_line() -> None:
    words = split_words(said("ab c", [(0.1, 0.2), (0.2, 0.3), (0.3, 0.6), (0.6, 0.8)]), QUAD)
    assert [word.text for word in words] == ["ab", "c"]
    assert sides(words[0].quad) == pytest.approx((10, 30))
    assert sides(words[1].quad) == pytest.approx((60, 80))


def test_confidence_of_a_word_is_that_of_its_own_characters() -> None:
    words = split_words(said("a b", [(0, 0.2), (0.2, 0.4), (0.4, 0.6)], [0.9, 0.1, 0.4]), QUAD)
    assert [word.confidence for word in words] == pytest.approx([0.9, 0.4], rel=1e-3)


def test_each_word_has_its_own_alternatives() -> None:
    spans = [(0.0, 0.2), (0.2, 0.4), (0.4, 0.6)]
    transcript = replace(said("a b", spans), word_alternatives=(("o", "e"), ()))
    assert [word.alternatives for word in split_words(transcript, QUAD)] == [("o", "e"), ()]


def test_spans_without_width_or_out_of_order_still_give_boxes_side_by_side() -> None:
    words = split_words(said("a b c", [(1, 1), (1, 1), (0.5, 0.5), (1, 1), (1.2, 1.3)]), QUAD)
    edges = [sides(word.quad) for word in words]
    assert all(right > left for left, right in edges)
    assert all(left >= 0 and right <= 100.001 for left, right in edges)


def test_no_text_has_no_words_and_spans_must_fit() -> None:
    assert split_words(said("", []), QUAD) == ()
    assert split_words(said("  ", [(0, 0.1), (0.1, 0.2)]), QUAD) == ()
    with pytest.raises(ValueError, match="1 spans for 2"):
        split_words(said("ab", [(0, 1)]), QUAD)
