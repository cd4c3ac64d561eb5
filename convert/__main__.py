"""Make the sets, train, evaluate and export models; run from a checkout. Each command has its own --help."""

import sys
from collections.abc import Callable, Sequence
from importlib import import_module

import click

from camera_ocr.errors import CameraOcrError

# each command's module reads its own arguments, and is loaded only when called: TensorFlow takes seconds
_PASS_ON = {"ignore_unknown_options": True, "help_option_names": []}


@click.group(help=__doc__)
def main() -> None:
    pass


def _command(name: str, module: str, summary: str) -> Callable[..., None]:
    @main.command(name, help=summary, context_settings=_PASS_ON, add_help_option=False)
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def run(arguments: Sequence[str]) -> None:
        target = module
        if name == "evaluate" and arguments[:1] in (("lines",), ("live",)):
            target, arguments = f"convert.evaluate_{arguments[0]}", arguments[1:]
        raise SystemExit(import_module(target).main(list(arguments)))

    return run


_command("download", "convert.datasets.download", "Fetch the public originals, check them and unpack them.")
_command("prepare", "convert.datasets.prepare", "Turn the originals into the sets that training reads.")
_command("fonts", "convert.fetch_fonts", "Fetch @fontsource packages as an extra source of line images.")
_command("lexicon", "convert.lexicon", "Build the lexicons from the word frequencies of wordfreq.")
_command("cuts", "convert.cuts", "Find where the scanned training lines can be cut between words.")
_command(
    "scenes", "convert.scenes.command", "Scenes with ground truth, seen by a simulated webcam, to look at."
)
_command("train", "convert.train", "Train a line reader, or go on with a run.")
_command("slim", "convert.slim", "Make a smaller net of a trained line reader, to train on.")
_command("trials", "convert.trials", "What trains a line reader fastest: short trainings side by side.")
_command("sheet", "convert.sheet", "A picture of the lines that training sees.")
_command("plot", "convert.plot", "Draw the log of a training run.")
_command(
    "export", "convert.export", "Quantise a trained model, check it against the float one, write its card."
)
_command(
    "evaluate",
    "convert.evaluate",
    "Figures on held-out writers; `evaluate lines` for finding lines, `evaluate live` for moving scenes.",
)
_command("speed", "convert.speed", "Ways of quantising the line reader, timed side by side.")
_command("calibrate", "convert.calibrate", "Fit what a line reader's confidence means, into its card.")
_command("compare", "convert.compare", "Our reader beside PP-OCR and Tesseract on the same held-out lines.")
_command("personal", "convert.personal", "Train a model on to one's own hand.")
_command("digits", "convert.digits.command", "Train, export and evaluate the digit reader.")
_command("detector", "convert.detector.command", "Train and export the net that tells writing from the rest.")


if __name__ == "__main__":
    try:
        main(prog_name="python -m convert")
    except (CameraOcrError, FileNotFoundError) as error:
        print(f"Error: {error}", file=sys.stderr)
        raise SystemExit(1) from None
