"""A till receipt, as it is read: a bold heading, prices at the far side, a dark bar with light letters."""

from pathlib import Path

import pytest

from camera_ocr.capture.files import read_image
from camera_ocr.detection.text_map import TextDetector
from camera_ocr.pipeline import Pipeline
from camera_ocr.recognition.line_reader import LineReader

ASSETS = Path(__file__).with_name("assets") / "documents"
PRICES = ("16.63", "2.29", "39.97", "26.27", "17.68", "38.98", "33.85", "16.00", "27.23", "2.90", "11.22")


@pytest.fixture(scope="module")
def text() -> str:
    reader = LineReader()
    return " ".join(
        Pipeline(reader, judge=TextDetector()).read_still(read_image(ASSETS / "receipt.jpg")).text.split()
    )


def test_every_price_is_read_after_its_item(text) -> None:
    items = text[text.index("Orange") :]
    at = [items.find(price) for price in PRICES]
    assert -1 not in at
    assert at == sorted(at)
    assert items.index("Tomatoes") < items.index("38.98") < items.index("Butter") < items.index("33.85")


def test_a_bold_heading_and_light_letters_on_a_dark_bar_are_read(text) -> None:
    assert "GREEN CORNER" in text
    assert "CUSTOMER COPY" in text
    assert "Card 22.89" in text
