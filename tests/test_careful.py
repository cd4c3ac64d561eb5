from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from camera_ocr.careful import DOUBT, CarefulReader, other_looks
from camera_ocr.types import U8, Transcript


def transcript(text: str, sure: float) -> Transcript:
    words = np.full(len(text.split()), sure, np.float32)
    conf = np.full(len(text), sure, np.float32)
    places = np.linspace(0, 1, len(text) + 1, dtype=np.float32)
    spans = np.stack([places[:-1], places[1:]], axis=1)
    return Transcript(text, conf, spans, word_confidence=words, text_confidence=sure)


class ScriptedReader:
    """Says one text after another, whatever it is shown."""

    def __init__(self, *said: Transcript) -> None:
        self._said = list(said)
        self.shown: list[U8] = []

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        self.shown += crops
        return [self._said.pop(0) for _ in crops]


@pytest.fixture
def crop() -> U8:
    image = np.full((40, 200), 230, np.uint8)
    cv2.putText(image, "seven", (20, 30), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 20, 2)
    return image


def test_a_slip_of_the_first_look_is_outvoted(crop: U8) -> None:
    reader = ScriptedReader(
        transcript("tea at sewen", 0.5),
        transcript("tea at seven", 0.6),
        transcript("tea ot seven", 0.4),
        transcript("tea at seven", 0.5),
    )
    assert CarefulReader(reader).read([crop])[0].text == "tea at seven"
    assert len(reader.shown) == 4


def test_a_sure_line_is_read_once(crop: U8) -> None:
    reader = ScriptedReader(transcript("seven", DOUBT))
    assert CarefulReader(reader).read([crop])[0].text == "seven"
    assert len(reader.shown) == 1


def test_a_blank_line_is_read_once(crop: U8) -> None:
    reader = ScriptedReader(transcript("", 0.0))
    assert CarefulReader(reader).read([crop])[0].text == ""
    assert len(reader.shown) == 1


def test_agreement_counts_in_the_confidence(crop: U8) -> None:
    def confidence(*texts: str) -> float:
        said = CarefulReader(ScriptedReader(*(transcript(text, 0.6) for text in texts))).read([crop])[0]
        assert said.word_confidence is not None
        assert said.text == "seven"
        assert said.word_confidence[0] == pytest.approx(said.confidence)
        return said.confidence

    assert confidence("seven", "seven", "seven", "seven") == pytest.approx(0.6)
    assert confidence("seven", "seven", "sewen", "sewem") == pytest.approx(0.45)


def test_every_look_shows_each_place_at_the_same_share_of_the_width() -> None:
    image = np.full((50, 400), 230, np.uint8)
    image[:, 100:104] = 20
    for look in other_looks(image):
        assert look.shape[0] == 50
        dark = np.flatnonzero(look[25] < 125)
        assert dark.mean() / look.shape[1] == pytest.approx(101.5 / 400, abs=0.004)


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (200, 2)])
def test_looks_at_degenerate_crops(shape: tuple[int, int]) -> None:
    for look in other_looks(np.full(shape, 128, np.uint8)):
        assert look.shape[0] == shape[0]
        assert look.shape[1] >= 1
