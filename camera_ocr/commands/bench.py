"""`camera-ocr bench`."""

import json
import math
from dataclasses import asdict
from pathlib import Path

import click

from camera_ocr.commands.common import (
    make_config,
    make_judge,
    make_reader,
    reader_options,
    settings_options,
    write_result,
)


def _a_number(_context: click.Context, _parameter: click.Parameter, seconds: float | None) -> float | None:
    # nan passes every comparison with the ends of a range
    if seconds is not None and math.isnan(seconds):
        raise click.BadParameter("nan is not a number of seconds.")
    return seconds


@click.command()
@click.option(
    "--seconds",
    type=click.FloatRange(1, 86_400),
    default=60,
    show_default=True,
    callback=_a_number,
    help="How long.",
)
@click.option("--source", default="demo", show_default=True, metavar="SOURCE", help="A live source.")
@click.option(
    "--idle", is_flag=True, help="Let the reader rest when all is read, as in the window, not read on and on."
)
@click.option(
    "--curve",
    "every_s",
    type=click.FloatRange(1, 86_400),
    metavar="SECONDS",
    callback=_a_number,
    help="Note memory, threads, open handles and processor every so many seconds.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@reader_options
@settings_options
def bench(
    seconds: float,
    source: str,
    idle: bool,
    every_s: float | None,
    as_json: bool,
    model: Path | None,
    runtime: str | None,
    config_path: Path | None,
    log_level: str,
) -> None:
    """Measure how the live view keeps pace on this machine, and what it takes of it, while the reader reads
    without a pause.
    """
    from camera_ocr.measure import measure

    config = make_config(config_path, log_level, model=model, runtime=runtime, source=source)
    reader, judge = make_reader(config), make_judge(config)
    figures = measure(config.source, reader, seconds, judge=judge, restless=not idle, every_s=every_s)
    write_result(json.dumps(asdict(figures)) + "\n" if as_json else figures.as_text())
