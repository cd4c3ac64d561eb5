"""Options that turn the picture and choose what of it is read."""

import functools
from collections.abc import Callable
from typing import Any

import click

from camera_ocr.framing import Box, Framing


def framing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--rotate, --mirror and --region, given to `command` as one `framing`."""

    @click.option(
        "--rotate",
        type=click.Choice(("0", "90", "180", "270")),
        default="0",
        help="Turn the picture clockwise by so many degrees before it is read.",
    )
    @click.option("--mirror", is_flag=True, help="Swap left and right, after turning.")
    @click.option(
        "--region",
        "regions",
        multiple=True,
        metavar="L,T,W,H",
        callback=_boxes,
        help="Read only this part of the turned picture: left, top, width, height in percent of it; may be"
        " given several times.",
    )
    @functools.wraps(command)
    def framed(*args: Any, rotate: str, mirror: bool, regions: tuple[Box, ...], **kwargs: Any) -> Any:
        return command(*args, framing=Framing(int(rotate) // 90, mirror, regions), **kwargs)

    return framed


def _boxes(_context: click.Context, _parameter: click.Parameter, texts: tuple[str, ...]) -> tuple[Box, ...]:
    return tuple(_box(text) for text in texts)


def _box(text: str) -> Box:
    try:
        left, top, width, height = (float(part) / 100 for part in text.split(","))
    except ValueError:
        raise click.UsageError(
            f"--region {text} is not left,top,width,height in percent, such as 10,20,50,30."
        ) from None
    box = left, top, left + width, top + height
    # rounding may take 40+60 past 100
    if not (left >= 0 and top >= 0 and box[2] <= 1.0001 and box[3] <= 1.0001):
        raise click.UsageError(f"--region {text} reaches beyond the picture, which ends at 100 percent.")
    (inside,) = Framing().with_region(box).regions or (None,)
    if inside is None:
        raise click.UsageError(f"--region {text} is too small; 1 percent of width and height is the least.")
    return inside
