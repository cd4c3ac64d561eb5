"""The command `camera-ocr`: what every subcommand shares, above all how it ends.

Exit status: 0 all done; 1 something failed, named on stderr; 2 wrong usage; 130 stopped with Ctrl-C. The user
sees sentences; a traceback only ever goes to the log file.
"""

import sys
from collections.abc import Sequence

import click

from camera_ocr import __version__
from camera_ocr.commands.bench import bench
from camera_ocr.commands.cameras import cameras
from camera_ocr.commands.common import open_missing_streams, report
from camera_ocr.commands.models import models
from camera_ocr.commands.read import read
from camera_ocr.commands.watch import watch
from camera_ocr.commands.window import window
from camera_ocr.errors import CameraOcrError, ConfigError
from camera_ocr.logs import unexpected

EXIT_OK, EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130


class _DefaultToWindow(click.Group):
    """`camera-ocr` and `camera-ocr --source …` are `camera-ocr window …`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {*ctx.help_option_names, "--version"}
        if not args or (args[0].startswith("-") and args[0] not in own):
            args = ["window", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_DefaultToWindow,
    context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="camera-ocr")
def cli() -> None:
    """Read handwriting live from a camera, and from files, offline.

    Without a command the window opens; `camera-ocr window --help` tells its options.
    """


for _command in (window, read, watch, cameras, models, bench):
    cli.add_command(_command)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line (sys.argv when `argv` is None) and return the exit status."""
    open_missing_streams()
    args = list(sys.argv[1:] if argv is None else argv)
    try:
        status = cli.main(args=args, prog_name="camera-ocr", standalone_mode=False)
    except click.UsageError as error:
        report(_misplaced_options(args) or error.format_message())
        return EXIT_USAGE
    except click.ClickException as error:
        report(error.format_message())
        return EXIT_FAILED
    except ConfigError as error:
        report(str(error))
        return EXIT_USAGE
    except CameraOcrError as error:
        report(str(error))
        return EXIT_FAILED
    except (click.Abort, KeyboardInterrupt):
        report("Stopped.")
        return EXIT_INTERRUPTED
    except Exception as error:
        report(unexpected(error))
        return EXIT_FAILED
    return status if isinstance(status, int) else EXIT_OK


def _misplaced_options(args: Sequence[str]) -> str | None:
    """A sentence for wrong arguments that begin with options and name a command behind them."""
    command = next((arg for arg in args if arg in cli.commands), None)
    if command is None or not args[0].startswith("-"):
        return None
    return f"Put options after the command: camera-ocr {command} …"
