"""How to read, as set in the window: what is written on, in which language, and by which model."""

from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from camera_ocr.config import ReaderConfig
from camera_ocr.errors import ModelError
from camera_ocr.gui.engine_view import Reads
from camera_ocr.gui.i18n import mark
from camera_ocr.gui.settings import Settings, member, one_of, text
from camera_ocr.recognition.card import Card, load_card, models_dir
from camera_ocr.recognition.languages import LANGUAGE_CHOICES


class Surface(Enum):
    """What is written on."""

    PAPER = mark("Paper, written or printed")
    BOARD = mark("Whiteboard, wall or screen")


SURFACE = member("reader/surface", Surface.PAPER)
LANGUAGE = one_of("reader/language", "auto", LANGUAGE_CHOICES)
MODEL = text("reader/model")
"""A .tflite file with its card beside it, or the name of a model that comes with the program; empty is
line_reader."""
READER_KEYS = frozenset({SURFACE.key, LANGUAGE.key, MODEL.key})
LANGUAGE_NAMES = {
    "auto": mark("Guessed for each line"),
    "none": mark("None: the ink alone decides"),
    "en": mark("English"),
    "fr": mark("French"),
    "de": mark("German"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person has before the camera, as one choice."""

    name: str
    explained: str
    reads: Reads
    surface: Surface | None
    """None leaves it as it is."""


PROFILES = (
    Profile(
        Surface.PAPER.value,
        mark("Every line on the sheet is read; the desk around it is left out."),
        Reads.TEXT,
        Surface.PAPER,
    ),
    Profile(
        Surface.BOARD.value,
        mark("The whole picture is searched for writing, also notes of other colours stuck on it."),
        Reads.TEXT,
        Surface.BOARD,
    ),
    Profile(
        mark("Numbers only"),
        mark("Meters, scores, forms: rows of digits are read by a model of their own, letters left out."),
        Reads.DIGITS,
        None,
    ),
)


def present_profile(reads: Reads, surface: Surface) -> Profile:
    return next(one for one in PROFILES if one.reads is reads and one.surface in (surface, None))


def reader_config(given: ReaderConfig, settings: Settings) -> ReaderConfig:
    """`given`, on the command line or in config.toml, and what it leaves open as set in the window."""
    kept = settings.get(MODEL)
    return replace(
        given,
        model=given.model or (Path(kept) if kept else None),
        language=given.language or settings.get(LANGUAGE),
    )


def line_models() -> list[tuple[Path, Card]]:
    """The readers of lines that come with the program, with their cards."""
    found = []
    for path in sorted(models_dir().glob("*.tflite")):
        try:
            card = load_card(path)
        except ModelError:
            # it is told when it is to be used
            continue
        if card.task == "line":
            found.append((path, card))
    return found
