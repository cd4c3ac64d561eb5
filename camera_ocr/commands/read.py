"""`camera-ocr read`: files in, text out."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from camera_ocr.commands.common import (
    FileName,
    make_config,
    make_digit_reader,
    make_judge,
    make_reader,
    reader_options,
    refuse_words,
    report,
    settings_options,
    words_option,
    write_result,
)
from camera_ocr.commands.framing import framing_options
from camera_ocr.errors import CameraOcrError, ImageError, SourceError
from camera_ocr.logs import unexpected

if TYPE_CHECKING:
    from camera_ocr.config import Config
    from camera_ocr.export import Format
    from camera_ocr.framing import Framing
    from camera_ocr.types import Frame, FrameResult

    Look = Callable[[Frame], FrameResult]

LAYOUTS = ("page", "line", "word", "digits")
STDIN = Path("-")


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…", type=FileName())
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS),
    default="page",
    show_default=True,
    help="What each image shows; line and word take the whole image as one, digits looks for rows of digits.",
)
@click.option(
    "--format",
    "format_name",
    default="txt",
    show_default=True,
    metavar="FORMAT",
    help="txt, json, csv, or png: the picture with boxes and text.",
)
@click.option(
    "--output",
    type=FileName(),
    metavar="DIR",
    help="Write one file for each input there; without it all goes to stdout.",
)
@click.option(
    "--fast",
    is_flag=True,
    help="Read each line only once, not again where in doubt: up to four times as fast, more errors.",
)
@framing_options
@words_option
@reader_options
@settings_options
def read(
    paths: tuple[Path, ...],
    layout: str,
    format_name: str,
    output: Path | None,
    fast: bool,
    framing: "Framing",
    word_lists: tuple[Path, ...],
    model: Path | None,
    runtime: str | None,
    config_path: Path | None,
    log_level: str,
) -> int:
    """Read image files, or the images in folders; - is an image on standard input.

    Exit status: 0 all were read; 1 some were not, each named on stderr; 2 wrong usage.
    """
    from camera_ocr.export import FORMATS
    from camera_ocr.preprocess.parts import reframe

    if format_name not in FORMATS:
        raise click.UsageError(f"--format {format_name} is not supported; choose from {', '.join(FORMATS)}.")
    refuse_words(word_lists, layout)
    config = make_config(config_path, log_level, model=model, runtime=runtime, word_lists=word_lists)
    if output is not None:
        _make_folder(output)
    inputs, failures = expand(paths)
    if not inputs:
        return 1
    if output is None:
        _check_stream(FORMATS[format_name], len(inputs))
    if layout == "digits":
        look, name = _digits(config, model)
    else:
        look, name = _writing(config, layout, look_again=config.reader.look_again and not fast)
    failures += _read_all(
        inputs, lambda frame: look(reframe(frame, framing)), name, FORMATS[format_name], output
    )
    return 1 if failures else 0


def expand(paths: Sequence[Path]) -> tuple[list[Path], int]:
    """The image files named, folders replaced by the images directly in them; and how many folders could not
    be, each of which has been reported."""
    from camera_ocr.capture.files import list_images

    inputs: list[Path] = []
    failures = 0
    for path in paths:
        if not path.is_dir():
            inputs.append(path)
            continue
        try:
            found = list_images(path)
            if not found:
                raise SourceError(f"{path} has no image in it; give a folder that has, or a file.")
            inputs += found
        except CameraOcrError as error:
            report(str(error))
            failures += 1
    return inputs, failures


def output_names(inputs: Sequence[Path], suffix: str) -> Iterator[str]:
    """A file name for each input, its own with another suffix; a number is added where two would be equal."""
    taken: set[str] = set()
    for path in inputs:
        stem = "stdin" if path == STDIN else path.stem
        name, number = f"{stem}{suffix}", 1
        # compared without case, for file systems that do the same
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}{suffix}"
        taken.add(name.casefold())
        yield name


def _writing(config: "Config", layout: str, *, look_again: bool) -> tuple["Look", str]:
    """What reads a frame of that layout, and the model's name."""
    from camera_ocr.pipeline import Pipeline
    from camera_ocr.pipeline_config import PipelineConfig

    reader = make_reader(config)
    settings = PipelineConfig(look_again=look_again)
    if layout == "page":
        return Pipeline(reader, settings, make_judge(config)).read_still, reader.model_name
    # one line that fills the picture is larger than any the judge knows
    pipeline = Pipeline(reader, settings)
    return partial(pipeline.read_line, one_word=layout == "word"), reader.model_name


def _digits(config: "Config", model: Path | None) -> tuple["Look", str]:
    """What reads the digits of a frame, and the model's name."""
    from camera_ocr.digit_page import read_digits

    reader = make_digit_reader(config, model)
    return partial(read_digits, reader=reader), reader.model_name


def _read_all(
    inputs: list[Path], look: "Look", model_name: str, chosen: "Format", output: Path | None
) -> int:
    """Read each input and write what was read; returns how many failed, each reported."""
    from tqdm import tqdm

    from camera_ocr.export import write_whole

    failures = 0
    written_before = False
    names = output_names(inputs, chosen.suffix)
    # a bar is for eyes: not for a log file, nor for the other end of a pipe
    bar = tqdm(inputs, file=sys.stderr, disable=not sys.stderr.isatty(), unit="image", leave=False)
    for path, name in zip(bar, names, strict=True):
        try:
            content = chosen.render(look(_frame(path)), [model_name])
            if output is not None:
                write_whole(output / name, content)
                continue
        except Exception as error:
            failures += 1
            _say(str(error) if isinstance(error, CameraOcrError) else f"{path}: {unexpected(error)}")
            continue
        with tqdm.external_write_mode(file=sys.stdout):
            write_result(chosen.follow(content) if written_before and chosen.follow else content)
        written_before = True
    return failures


def _check_stream(chosen: "Format", inputs: int) -> None:
    """What goes to stdout must make sense there."""
    if chosen.follow is None and inputs > 1:
        raise click.UsageError(
            f"--format {chosen.name} gives a file for each image; name a folder with --output."
        )
    if not chosen.is_text and sys.stdout.isatty():
        raise click.UsageError(
            f"--format {chosen.name} is not for a terminal; name a folder with --output, or add > page.png."
        )


def _frame(path: Path) -> "Frame":
    from camera_ocr.capture.files import decode_image, read_image, read_to_end
    from camera_ocr.types import Frame

    if path == STDIN:
        data = read_to_end(sys.stdin.buffer, "standard input")
        if not data:
            raise ImageError("There is nothing on standard input; try `camera-ocr read - < image.png`.")
        image = decode_image(data, "standard input", _say)
    else:
        image = read_image(path, _say)
    return Frame(image, index=0, t_ns=time.monotonic_ns(), source=str(path))


def _say(sentence: str) -> None:
    """Report it without leaving half a progress bar."""
    from tqdm import tqdm

    with tqdm.external_write_mode(file=sys.stderr):
        report(sentence)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "it is not a folder" if isinstance(error, FileExistsError) else error.strerror
        raise click.UsageError(f"--output {folder} cannot be used: {reason}.") from None
