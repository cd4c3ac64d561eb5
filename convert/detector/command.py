"""The text detector: `python -m convert detector photos|bank|train|export`, each with its own --help."""

from collections.abc import Sequence
from importlib import import_module

from camera_ocr.errors import CameraOcrError

COMMANDS = ("photos", "bank", "train", "export")


def main(arguments: Sequence[str]) -> int:
    """Hand the rest of the arguments to the command that the first one names."""
    if not arguments or arguments[0] not in COMMANDS:
        raise CameraOcrError(f"detector needs a command; choose from {', '.join(COMMANDS)}")
    status: int = import_module(f"convert.detector.{arguments[0]}").main(list(arguments[1:]))
    return status
