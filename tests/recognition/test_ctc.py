import numpy as np
import pytest

from camera_ocr.recognition.ctc import greedy

CHARSET = "ab "
BLANK = 3


def logits(path: str, sure: float = 9.0) -> np.ndarray:
    """Frames whose best class spells `path`; `-` is the blank."""
    classes = [BLANK if c == "-" else CHARSET.index(c) for c in path]
    frames = np.zeros((len(path), len(CHARSET) + 1), np.float32)
    frames[np.arange(len(path)), classes] = sure
    return frames


@pytest.mark.parametrize(
    ("path", "text"),
    [("aa-ab", "aab"), ("----", ""), ("abba", "aba"), ("a-a", "aa"), ("-a  - b-", "a b"), (" a ", "a")],
)
def test_repeats_and_blanks_are_taken_out(path, text):
    assert greedy(logits(path), CHARSET, BLANK).text == text


def test_every_character_has_a_confidence_and_a_span_in_order():
    transcript = greedy(logits("-a---b--a-"), CHARSET, BLANK)
    assert transcript.text == "aba"
    assert transcript.char_conf.shape == (3,)
    assert transcript.char_span.shape == (3, 2)
    assert (np.diff(transcript.char_span.ravel()) >= 0).all()
    begin, end = transcript.char_span[1]
    assert begin < 5.5 / 10 < end


def test_confidence_falls_when_classes_come_close():
    sure = greedy(logits("a-b", 9.0), CHARSET, BLANK).confidence
    unsure = greedy(logits("a-b", 1.0), CHARSET, BLANK).confidence
    assert sure > 0.99
    assert unsure < 0.7


def test_no_frames_give_no_text():
    assert greedy(np.zeros((0, 4), np.float32), CHARSET, BLANK).text == ""
