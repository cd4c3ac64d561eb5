from dataclasses import replace

import numpy as np
import pytest

from camera_ocr.fusion import AGREE, KEEP, fuse
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
    fused = fuse([reading("school", 0.6), reading("school", 0.65), reading("Xylem", 0.95)])
    assert fused.text == "school"
    assert fused.votes == 2


def test_each_word_is_voted_on_by_itself() -> None:
    said = ["tha school was closed", "the schooi was closed", "the school vas closed"]
    fused = fuse([reading(text) for text in said])
    assert fused.text == "the school was closed"
    assert fused.votes == 3


def test_surer_of_two_readings_has_its_word() -> None:
    assert fuse([reading("before going", 0.5), reading("before goinq", 0.9)]).text == "before goinq"


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (["to day is fine", "today is fine", "today is fine"], "today is fine"),
        (["today is fine", "to day is fine", "to day is fine"], "to day is fine"),
        (["it is fine", "it is very fine", "it is very fine"], "it is very fine"),
        (["so it is", "it is", "it is"], "it is"),
        (["it is so", "it is", "it is"], "it is"),
    ],
)
def test_words_joined_split_and_left_out_are_voted_on_too(said: list[str], text: str) -> None:
    assert fuse([reading(each) for each in said]).text == text


def test_word_keeps_its_place_and_confidence_and_what_else_was_read() -> None:
    fused = fuse([reading("a cat sat", 0.7), reading("a cat sot", 0.6), reading("a cat sat", 0.8)])
    said = fused.transcript
    assert said is not None
    assert said.text == "a cat sat"
    assert said.char_conf == pytest.approx(np.full(9, 0.8), abs=1e-6)
    assert (np.diff(said.char_span[:, 0]) >= 0).all()
    assert said.word_alternatives == ((), (), ("sot",))
    assert said.alternatives == ("a cat sot",)


def calibrated(text: str, words: list[float], whole: float) -> Reading:
    said = reading(text)
    sure = np.array(words, np.float32)
    transcript = replace(said.transcript, word_confidence=sure, text_confidence=whole)
    return replace(said, transcript=transcript)


def test_calibrated_confidence_of_text_and_words_is_kept() -> None:
    twice = [calibrated("a cat sat", [0.9, 0.7, 0.8], 0.5), calibrated("a cat sat", [0.8, 0.6, 0.9], 0.4)]
    fused = fuse(twice)
    assert fused.confidence == 0.5
    assert fused.transcript is not None
    assert fused.transcript.word_confidence == pytest.approx([0.9, 0.7, 0.9])


def test_text_that_no_reading_has_whole_is_as_probable_as_its_words() -> None:
    said = [
        calibrated("tha school was closed", [0.1, 0.9, 0.9, 0.9], 0.1),
        calibrated("the schooi was closed", [0.8, 0.1, 0.9, 0.9], 0.1),
        calibrated("the school vas closed", [0.8, 0.5, 0.1, 0.5], 0.1),
    ]
    fused = fuse(said)
    assert fused.text == "the school was closed"
    assert fused.confidence == pytest.approx(0.8 * 0.9**3)


def test_words_are_weighed_by_the_probability_that_they_are_right() -> None:
    known = calibrated("before going", [0.9, 0.9], 0.8)
    spelt = replace(known, transcript=replace(known.transcript, char_conf=np.full(12, 0.4, np.float32)))
    assert fuse([spelt, calibrated("before goinq", [0.9, 0.3], 0.2)]).text == "before going"


def test_one_word_read_as_two_is_as_probable_as_both_together() -> None:
    said = [
        calibrated("it is today", [0.9, 0.9, 0.6], 0.5),
        calibrated("it is to day", [0.9, 0.9, 0.7, 0.7], 0.4),
    ]
    assert fuse(said).text == "it is today"


def test_what_the_reader_makes_of_clutter_is_no_text() -> None:
    assert not fuse([reading("se-hjet", 0.4)] * 3).is_text
    assert not fuse([reading("f", 0.6)] * 3).is_text
    assert not fuse([reading("-.-", 0.95)] * 3).is_text
    assert fuse([reading("7", 0.95)]).is_text
    assert fuse([reading("thert frore", 0.6)]).is_text
    assert fuse([reading("81( the 6eil,3 8imelar?", 0.45)] * 3).is_text
    assert not fuse([reading("tlllilI - lli", 0.2)] * 3).is_text


def test_a_row_of_signs_is_text_when_they_differ() -> None:
    assert fuse([reading("!@#$% ^&*()", 0.7)] * 3).is_text
    assert not fuse([reading("!@#$% ^&*()", 0.4)] * 3).is_text
    assert not fuse([reading("- . -- . - .. - ,", 0.9)] * 3).is_text


def test_dissent_lowers_the_confidence() -> None:
    agreed = fuse([reading("answer", 0.8)] * 4)
    disputed = fuse([reading("answer", 0.8)] * 4 + [reading("cucumber", 0.8)] * 3)
    assert disputed.text == "answer"
    assert disputed.confidence < agreed.confidence


def test_text_is_stable_once_enough_readings_agree() -> None:
    assert not fuse([reading("stay", 0.95)] * (AGREE - 1)).stable
    assert fuse([reading("stay", 0.95)] * AGREE).stable
    close = [reading(text) for text in ("stay here now", "stay hare now", "stag here now", "stay here mow")]
    assert not fuse(close).stable
    assert fuse(close * 2).stable


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
