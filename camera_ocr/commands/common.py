"""What the subcommands share: options, settings, and how they speak to the user."""

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from camera_ocr.config import Config, load_config
from camera_ocr.errors import ExportError
from camera_ocr.logs import LEVELS, start_logging
from camera_ocr.own_words import read_word_list
from camera_ocr.recognition.languages import LANGUAGE_CHOICES

if TYPE_CHECKING:
    from camera_ocr.detection.text_map import TextDetector
    from camera_ocr.recognition.digit_reader import DigitReader
    from camera_ocr.recognition.line_reader import LineReader

_LANGUAGE = "camera_ocr.language"
_NAMED = 5
"""Of what is no word in a word list so many are named."""

F = TypeVar("F", bound=Callable[..., Any])


class FileName(click.Path):
    """A path that has a name: to pathlib the empty one is the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the name is empty.", param, ctx)
        return super().convert(value, param, ctx)


def report(message: str) -> None:
    """One sentence for the user, on stderr: stdout carries results only."""
    with contextlib.suppress(OSError):
        click.echo(f"camera-ocr: {message}", err=True)


def write_result(result: str | bytes) -> None:
    """Results go to stdout, text as UTF-8 whatever the locale says, and at once, for programs that read them.

    Raises ExportError when they cannot be written; BrokenPipeError when nobody reads any more.
    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(result.encode("utf-8", "replace") if isinstance(result, str) else result)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # what is still in the buffer would be tried again, and fail, when Python ends
        with contextlib.suppress(OSError):
            os.dup2(_devnull(), sys.stdout.fileno())
        reason = error.strerror or str(error)
        raise ExportError(f"The standard output could not be written: {reason}.") from error


def open_missing_streams() -> None:
    """Put /dev/null where a standard stream was closed, as by `<&-`: Python has None there, and the next file
    opened would get its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(_devnull(), mode, encoding="utf-8"))


def _devnull() -> int:
    return os.open(os.devnull, os.O_RDWR)


def settings_options(command: F) -> F:
    """--config and --log-level."""
    for option in (
        click.option(
            "--log-level",
            type=click.Choice(LEVELS),
            default="warning",
            show_default=True,
            help="Of the log file.",
        ),
        click.option(
            "--config",
            "config_path",
            type=FileName(),
            metavar="FILE",
            help="Settings, in TOML.",
        ),
    ):
        command = option(command)
    return command


def _known_runtime(_context: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    if name is None:
        return None
    from camera_ocr.recognition.interpreter import RUNTIMES

    if name not in RUNTIMES:
        raise click.UsageError(f"--runtime {name} is not known; choose from {', '.join(RUNTIMES)}.")
    return name


def _keep_language(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    """For `make_config`: the commands themselves have no use for it."""
    context.meta[_LANGUAGE] = name


def reader_options(command: F) -> F:
    """--model, --runtime and --language."""
    for option in (
        click.option(
            "--language",
            type=click.Choice(LANGUAGE_CHOICES),
            expose_value=False,
            callback=_keep_language,
            help="Whose words to expect: a guess for each line, none at all, or one language's.",
        ),
        click.option(
            "--runtime",
            metavar="NAME",
            callback=_known_runtime,
            help="TFLite runtime to use; `camera-ocr models` lists them.",
        ),
        click.option(
            "--model",
            type=FileName(),
            metavar="MODEL",
            help="Model to read with: a .tflite file, or the name of one that comes with the program, such as"
            " line_reader_light for slow machines; line_reader if not given.",
        ),
    ):
        command = option(command)
    return command


def words_option(command: F) -> F:
    """--words."""
    return click.option(
        "--words",
        "word_lists",
        type=FileName(),
        multiple=True,
        metavar="FILE",
        help="Names and terms to expect besides the language's own words: a text file, one word a line; may"
        " be given several times. Those added in the window are not taken unless their file is named.",
    )(command)


def refuse_words(word_lists: tuple[Path, ...], layout: str) -> None:
    """Digits are read without words."""
    if word_lists and layout == "digits":
        raise click.UsageError("--words has no effect with --layout digits.")


def source_option(otherwise: str) -> Callable[[F], F]:
    """--source; `otherwise` tells what is taken when it is not given."""
    return click.option(
        "--source",
        metavar="SOURCE",
        help="Camera number or device, video or image file, folder, rtsp:// or http:// stream, picamera, or"
        f" demo. {otherwise}",
    )


def make_config(
    config_path: Path | None,
    log_level: str,
    *,
    model: Path | None = None,
    runtime: str | None = None,
    source: str | None = None,
    word_lists: tuple[Path, ...] = (),
) -> Config:
    """The settings file with the options laid over it; also sets the log's level. Raises ConfigError."""
    start_logging(log_level)
    config = load_config(config_path)
    reader = config.reader
    context = click.get_current_context(silent=True)
    language = (context.meta.get(_LANGUAGE) if context else None) or reader.language
    if word_lists and language == "none":
        raise click.UsageError("--words has no effect with the language none: the ink alone decides.")
    return replace(
        config,
        reader=replace(
            reader,
            model=model or reader.model,
            runtime=runtime or reader.runtime,
            language=language,
            words=word_lists or reader.words,
        ),
        source=replace(config.source, spec=source or config.source.spec),
    )


def make_reader(config: Config) -> "LineReader":
    """A line reader as configured; what is no word in a word list is told.

    Raises ModelError, RuntimeMissing; ConfigError when a word list cannot be used.
    """
    from camera_ocr.recognition.line_reader import LineReader

    chosen = config.reader
    words = _own_words(chosen.words)
    return LineReader(chosen.model, chosen.runtime, chosen.threads, chosen.language or "auto", words)


def _own_words(paths: tuple[Path, ...]) -> tuple[str, ...]:
    """The words of all lists; what else is in them is told."""
    found: dict[str, None] = {}
    for path in paths:
        words, others = read_word_list(path)
        found |= dict.fromkeys(words)
        if others:
            some = ", ".join(others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
            report(f"The word list {path} has what is no word and is not expected: {some}")
    return tuple(found)


def make_judge(config: Config) -> "TextDetector | None":
    """What tells writing from the rest, as configured. Raises ModelError, RuntimeMissing."""
    from camera_ocr.detection.text_map import choose_judge

    return choose_judge(config)


def make_digit_reader(config: Config, model: Path | None = None) -> "DigitReader":
    """A digit reader; the model of the settings is one for lines. Raises ModelError, RuntimeMissing."""
    from camera_ocr.recognition.digit_reader import DigitReader

    return DigitReader(model, config.reader.runtime, config.reader.threads)
