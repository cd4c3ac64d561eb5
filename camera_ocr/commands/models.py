"""`camera-ocr models`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camera_ocr.commands.common import report, write_result
from camera_ocr.errors import CameraOcrError, RuntimeMissing

if TYPE_CHECKING:
    from camera_ocr.recognition.card import Card


@click.command()
def models() -> int:
    """List the models that come with the program, what their cards say, and the TFLite runtimes."""
    from camera_ocr.recognition.card import load_card, models_dir
    from camera_ocr.recognition.interpreter import RUNTIMES, available_runtimes, choose_runtime

    failures = 0
    paths = sorted(models_dir().glob("*.tflite"))
    for path in paths:
        try:
            write_result("".join(f"{line}\n" for line in describe(path, load_card(path))))
        except CameraOcrError as error:
            report(str(error))
            failures += 1
    if not paths:
        report(f"There is no model in {models_dir()}; install the program again.")
        failures += 1
    installed = available_runtimes()
    try:
        used = choose_runtime()
    except RuntimeMissing as error:
        report(str(error))
        failures, used = failures + 1, ""
    for name in RUNTIMES:
        state = (
            f"{installed[name]}{' (in use)' if name == used else ''}"
            if name in installed
            else "not installed"
        )
        write_result(f"{name}: {state}\n")
    return 1 if failures else 0


def describe(path: Path, card: "Card") -> Iterator[str]:
    """What people want to know of a model, as lines of text."""
    yield f"{card.name}: {path}"
    yield f"  task        {card.task}, {len(card.charset)} characters, input {card.input_height} px high"
    yield f"  file        {path.stat().st_size / 1e6:.2f} MB, {card.quantisation}"
    for figure in card.details.get("figures", ()):
        # a card may have measured other things than these
        rates = ", ".join(
            f"{label} {100 * figure[key]:.1f} %"
            for label, key in (("CER", "cer"), ("WER", "wer"), ("exact", "exact"))
            if key in figure
        )
        yield f"  held out    {figure.get('set', '?')} ({figure.get('items', '?')}): {rates}"
