"""What stands beside each model: what it reads, its training data, how good it is, the file's fingerprint."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from camera_ocr.errors import ModelError

_AGAIN = "reinstall Camera OCR, or export the model again with `python -m convert export`"


@dataclass(frozen=True, slots=True)
class Card:
    """A model's card, NAME.json beside NAME.tflite."""

    name: str
    task: str
    """`line`: text of a line image by CTC; `digits`: what single digit an image shows."""
    charset: str
    """Class i of the model is charset[i]."""
    blank: int
    """Class of CTC's blank, or of what is no character: the last."""
    input_height: int
    """px of the line's, or digit's, image."""
    stride: int
    """px of line width per output frame."""
    buckets: tuple[int, ...]
    """Widths the line image is padded to, px, rising; wider lines are padded to a multiple of the last."""
    quantisation: str
    sha256: str
    """Of the .tflite file."""
    details: dict[str, Any]
    """The whole card as written, with training data, licences, figures and the command that made it."""


def models_dir() -> Path:
    """Where the models lie: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "models"
    return inside if inside.is_dir() else package.parent / "models"


def default_model(name: str = "line_reader") -> Path:
    """The model of that name that comes with the program. Raises ModelError when there is none."""
    path = models_dir() / f"{name}.tflite"
    if not path.is_file():
        raise ModelError(f"{path}: the {name.replace('_', ' ')} is missing; {_AGAIN}")
    return path


def find_model(model: Path) -> Path:
    """The file itself; of a bare name, such as `line_reader_light`, the model that comes with the program."""
    named = models_dir() / f"{model.name}.tflite"
    return named if len(model.parts) == 1 and not model.suffix and named.is_file() else model


def card_path(model: Path) -> Path:
    return model.with_suffix(".json")


def load_card(model: Path) -> Card:
    """A model file's card, checked against it. Raises ModelError that says what is wrong and what to do."""
    path = card_path(model)
    try:
        content = model.read_bytes()
        details = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"{error.filename}: no such file; {_AGAIN}") from error
    except OSError as error:
        raise ModelError(f"{error.filename}: cannot be read ({error.strerror}); {_AGAIN}") from error
    except ValueError as error:
        raise ModelError(f"{path}: the model's card is damaged ({error}); {_AGAIN}") from error
    try:
        card = Card(
            name=str(details["name"]),
            task=str(details["task"]),
            charset=str(details["charset"]),
            blank=int(details["blank"]),
            input_height=int(details["input_height"]),
            stride=int(details["stride"]),
            buckets=tuple(int(b) for b in details["buckets"]),
            quantisation=str(details["quantisation"]),
            sha256=str(details["sha256"]),
            details=details,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: the model's card lacks or garbles {error}; {_AGAIN}") from error
    if hashlib.sha256(content).hexdigest() != card.sha256:
        raise ModelError(f"{model}: the file is not the one its card describes (sha256 differs); {_AGAIN}")
    rising = card.buckets and card.buckets[0] > 0 and list(card.buckets) == sorted(set(card.buckets))
    if card.blank != len(card.charset) or not rising or min(card.input_height, card.stride) < 1:
        raise ModelError(f"{path}: charset, blank, height, stride and buckets do not fit together; {_AGAIN}")
    return card
