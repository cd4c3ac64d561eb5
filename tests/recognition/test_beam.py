import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from camera_ocr.recognition.beam import align, beam_search, word_alternatives
from camera_ocr.recognition.ctc import greedy, softmax
from camera_ocr.recognition.language import make_scorer

REAL = Path(__file__).parents[1] / "assets" / "logits" / "lines.npz"
CHARSET = "ab "
BLANK = 3


def real_lines() -> tuple[str, dict[str, np.ndarray]]:
    """The charset, and logits of real handwriting by its true text."""
    with np.load(REAL) as file:
        lines = {name[3:]: file[name].astype(np.float32) for name in file.files if name != "charset"}
        return str(file["charset"]), lines


def frames(*rows: tuple[float, float, float, float]) -> np.ndarray:
    """Logits of the probabilities of a, b, space and blank in each frame."""
    return np.log(np.maximum(np.array(rows, np.float32), 1e-9))


def test_paths_that_spell_the_same_are_added_up() -> None:
    # the best path is two blanks (0.36), but three paths spell "a", 0.64 together
    logits = frames((0.4, 0, 0, 0.6), (0.4, 0, 0, 0.6))
    assert greedy(logits, CHARSET, BLANK).text == ""
    transcript = beam_search(logits, CHARSET, BLANK)
    assert transcript.text == "a"
    assert transcript.alternatives == ()  # that there is nothing is none to offer


def test_sum_over_paths_equals_that_of_all_paths_there_are() -> None:
    rng = np.random.default_rng(3)
    logits = np.log(rng.dirichlet(np.ones(4), 5)).astype(np.float32)
    probabilities = softmax(logits)
    sums: dict[str, float] = {}
    for path in np.ndindex(4, 4, 4, 4, 4):
        p = float(np.prod(probabilities[np.arange(5), path]))
        chars = "".join(CHARSET[c] for i, c in enumerate(path) if c != BLANK and (i == 0 or c != path[i - 1]))
        text = " ".join(chars.split())
        sums[text] = sums.get(text, 0.0) + p
    best = sorted(sums, key=lambda t: -sums[t])
    transcript = beam_search(logits, CHARSET, BLANK, width=500)
    assert [transcript.text, *transcript.alternatives] == best[:5]


@pytest.mark.parametrize("true", list(real_lines()[1]))
def test_without_a_language_sure_ink_reads_as_greedily(true: str) -> None:
    charset, lines = real_lines()
    logits = lines[true]
    sure = np.where(logits == logits.max(axis=1, keepdims=True), np.float32(20), np.float32(0))
    first = greedy(sure, charset, len(charset))
    assert beam_search(sure, charset, len(charset)).text == first.text


def test_characters_of_a_corrected_word_lie_where_the_ink_is() -> None:
    charset, lines = real_lines()
    logits = lines["interest"]
    scorer = make_scorer("en")
    assert scorer is not None
    first = greedy(logits, charset, len(charset))
    transcript = beam_search(logits, charset, len(charset), scorer.line)
    assert (first.text, transcript.text) == ("intrest", "interest")
    assert first.text in transcript.alternatives
    assert transcript.char_conf.shape == (8,)
    assert (np.diff(transcript.char_span.ravel()) >= 0).all()
    # what both read lies at the same place in both
    np.testing.assert_allclose(transcript.char_span[:3, 0], first.char_span[:3, 0], atol=0.02)
    assert transcript.char_conf[3] < transcript.char_conf[0], "the ink hardly showed the e"


class Biased:
    """Makes `b` so many times likelier, and knows some words."""

    def __init__(self, factor: float, *known: str) -> None:
        self.factor, self.known = factor, known

    def start(self, before: str = "") -> int:
        return 0

    def extend(self, state: int, char: str) -> tuple[int, float]:
        return 0, self.factor if char == "b" else 1.0

    def finish(self, state: int) -> float:
        return 1.0

    def knows(self, token: str) -> bool:
        return token in self.known

    def keeps(self, tokens: Sequence[str]) -> list[bool]:
        return [False] * len(tokens)


@pytest.mark.parametrize(
    ("factor", "known", "text"), [(3.0, "b", "b"), (3.0, "", "a"), (9.0, "", "b"), (1.0, "b", "a")]
)
def test_an_unknown_word_must_be_much_likelier_than_what_the_ink_says(
    factor: float, known: str, text: str
) -> None:
    # the ink says a twice as often as b
    logits = frames((0.0, 0, 0, 1), (0.66, 0.33, 0, 0.01), (0, 0, 0, 1))
    transcript = beam_search(logits, CHARSET, BLANK, lambda _: Biased(factor, known))
    assert transcript.text == text
    assert {transcript.text, *transcript.alternatives} == {"a", "b"}


def test_repeated_letter_needs_a_blank_between() -> None:
    probabilities = softmax(frames((0.9, 0, 0, 0.1), (0.2, 0, 0, 0.8), (0.9, 0, 0, 0.1)))
    runs, confidence = align(probabilities, (0, 0), BLANK)
    assert runs == [(0, 1), (2, 3)]
    np.testing.assert_allclose(confidence, 0.9, rtol=1e-5)


def test_more_letters_than_frames_share_them() -> None:
    runs, confidence = align(softmax(frames((0.5, 0, 0, 0.5))), (0, 1, 0), BLANK)
    assert len(runs) == 3
    assert confidence.tolist() == [0, 0, 0]


def test_words_of_other_readings_are_the_words_alternatives() -> None:
    others = ("an old hose", "an odd house", "anold house", "an old horse")
    assert word_alternatives("an old house", others) == ((), ("odd",), ("hose", "horse"))
    assert word_alternatives("", ("a",)) == ()
    assert word_alternatives("a", tuple("bcdefghi")) == (tuple("bcdef"),)


def test_no_frames_give_no_text() -> None:
    assert beam_search(np.zeros((0, 4), np.float32), CHARSET, BLANK).text == ""


def test_language_reads_nothing_into_empty_paper() -> None:
    charset, _ = real_lines()
    scorer = make_scorer("en")
    assert scorer is not None
    logits = np.zeros((30, len(charset) + 1), np.float32)
    logits[:, -1] = 5.0
    logits[10, charset.index("a")] = 4.5
    assert beam_search(logits, charset, len(charset), scorer.line).text == ""


def test_a_long_line_takes_milliseconds() -> None:
    charset, lines = real_lines()
    logits = np.concatenate(
        [lines["Davies, 8152 Bluedale Drive,"], lines["the desire and the ability to do so."]]
    )
    scorer = make_scorer("en")
    assert scorer is not None
    spent = []
    for _ in range(3):
        begin = time.process_time()
        beam_search(logits, charset, len(charset), scorer.line)
        spent.append(time.process_time() - begin)
    assert len(logits) > 200
    assert min(spent) < 0.1, "a hundred milliseconds would hold up the live view"
