"""`camera-ocr bench`."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from camera_ocr.commands.common import (
    make_config,
    make_reader,
    reader_options,
    settings_options,
    write_result,
)


@click.command()
@click.option("--seconds", type=click.FloatRange(1, 86_400), default=60, show_default=True, help="How long.")
@click.option("--source", default="demo", show_default=True, metavar="SOURCE", help="A live source.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
@reader_options
@settings_options
def bench(
    seconds: float,
    source: str,
    as_json: bool,
    model: Path | None,
    runtime: str | None,
    config_path: Path | None,
    log_level: str,
) -> None:
    """Measure how the live view keeps pace on this machine while the reader reads without a pause."""
    from camera_ocr.measure import measure

    config = make_config(config_path, log_level, model=model, runtime=runtime, source=source)
    figures = measure(config.source, make_reader(config), seconds)
    write_result(json.dumps(asdict(figures)) + "\n" if as_json else figures.as_text())
