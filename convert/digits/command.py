"""The digit reader: `python -m convert digits train|export|evaluate`, each with its own --help."""

from collections.abc import Sequence
from importlib import import_module

from camera_ocr.errors import CameraOcrError

COMMANDS = ("train", "train-rows", "export", "evaluate")


def main(arguments: Sequence[str]) -> int:
    """Hand the rest of the arguments to the command that the first one names."""
    if not arguments or arguments[0] not in COMMANDS:
        raise CameraOcrError(f"digits needs a command; choose from {', '.join(COMMANDS)}")
    if arguments[0] == "train-rows":
        rows_status: int = import_module("convert.digits.train").main(list(arguments[1:]), rows=True)
        return rows_status
    status: int = import_module(f"convert.digits.{arguments[0]}").main(list(arguments[1:]))
    return status
