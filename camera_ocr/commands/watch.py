"""`camera-ocr watch`."""

import json
import signal
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from camera_ocr.commands.common import (
    make_config,
    make_digit_reader,
    make_judge,
    make_reader,
    reader_options,
    refuse_words,
    report,
    settings_options,
    source_option,
    words_option,
    write_result,
)
from camera_ocr.commands.framing import framing_options

if TYPE_CHECKING:
    from camera_ocr.config import Config
    from camera_ocr.framing import Framing
    from camera_ocr.pipeline import Pipeline


@click.command()
@source_option("The first camera if not given.")
@click.option(
    "--layout",
    type=click.Choice(("page", "digits")),
    default="page",
    show_default=True,
    help="What there is to read: lines of writing, or numbers as on meters, scores and forms.",
)
@framing_options
@words_option
@reader_options
@settings_options
def watch(
    source: str | None,
    layout: str,
    framing: "Framing",
    word_lists: tuple[Path, ...],
    model: Path | None,
    runtime: str | None,
    config_path: Path | None,
    log_level: str,
) -> int:
    """Read without a window: a line of JSON on stdout whenever a line of writing, or a number, has been read
    anew.

    Ends with the source, or with Ctrl-C or SIGTERM.

    Exit status: 0 all was read; 1 some was not, each named on stderr; 2 wrong usage.
    """
    from camera_ocr.capture import open_source
    from camera_ocr.capture.framed import FramedSource
    from camera_ocr.watcher import Watcher

    refuse_words(word_lists, layout)
    config = make_config(
        config_path, log_level, model=model, runtime=runtime, source=source, word_lists=word_lists
    )
    wanted = config.source
    spec = wanted.spec or "camera"
    size = wanted.width, wanted.height
    pipeline = _digits(config, model) if layout == "digits" else _writing(config)

    def open_framed() -> FramedSource:
        return FramedSource(open_source(spec, size=size, fps=wanted.fps), lambda: framing)

    watcher = Watcher(open_framed, pipeline, report)
    # a service manager stops a service this way: the camera is to be let go as with Ctrl-C
    signal.signal(signal.SIGTERM, _stop)
    # closed here and now whatever ends the loop: threads left running crash while Python shuts down
    with closing(watcher.readings()) as readings:
        for reading in readings:
            write_result(json.dumps(reading, ensure_ascii=False, allow_nan=False) + "\n")
    return 1 if watcher.failed else 0


def _writing(config: "Config") -> "Pipeline":
    from camera_ocr.pipeline import Pipeline

    return Pipeline(make_reader(config), judge=make_judge(config))


def _digits(config: "Config", model: Path | None) -> "Pipeline":
    from camera_ocr.digit_page import DigitPipeline

    return DigitPipeline(make_digit_reader(config, model))


def _stop(number: int, _frame: FrameType | None) -> None:
    # sent twice, the second one would cut short what lets the camera go
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(0)
