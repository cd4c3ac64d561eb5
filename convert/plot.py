"""The curve of a training run: `python -m convert plot runs/NAME/log.csv`."""

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt

from camera_ocr.errors import CameraOcrError

_AXES = ("minutes", "step", "epoch")
_RATES = ("words", "lines", "cer", "wer", "exact")
"""Parts of the names of columns with error rates; a set's name alone means its CER."""


class PlotError(CameraOcrError):
    """The log cannot be drawn."""


def read_log(path: Path) -> dict[str, list[float]]:
    """Columns of a CSV log by name; a cell that is empty or no number is NaN. Raises PlotError."""
    if not path.is_file():
        raise PlotError(f"{path}: no such log.")
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    if not rows:
        raise PlotError(f"{path} has no rows yet; wait until the training has logged its first.")
    columns: dict[str, list[float]] = {}
    for name in rows[0]:
        columns[name] = [_number(row[name]) for row in rows]
    return columns


def _number(cell: str | None) -> float:
    try:
        return float(cell or "nan")
    except ValueError:
        return float("nan")


def draw_curves(columns: dict[str, list[float]], path: Path, title: str) -> None:
    """Losses above (log scale), rates in % below, over the steps, as PNG."""
    x_name = next((name for name in _AXES if name in columns), None)
    x = columns[x_name] if x_name else list(range(len(next(iter(columns.values())))))
    losses = [name for name in columns if "loss" in name]
    rates = [name for name in columns if any(rate in name for rate in _RATES)]
    if not losses and not rates:
        raise PlotError(f"{title}: no column of losses or error rates among {', '.join(columns)}.")
    panels = [group for group in (losses, rates) if group]
    figure, axes = plt.subplots(len(panels), 1, figsize=(8, 3.2 * len(panels)), sharex=True, squeeze=False)
    for axis, group in zip(axes[:, 0], panels, strict=True):
        for name in group:
            factor = 1.0 if group is losses else 100.0
            points = [(a, factor * b) for a, b in zip(x, columns[name], strict=True) if b == b]
            axis.plot(
                [a for a, _ in points],
                [b for _, b in points],
                label=name,
                marker="." if len(points) < 40 else "",
            )
        axis.set_ylabel("loss" if group is losses else "%")
        axis.set_yscale("log" if group is losses else "linear")
        axis.grid(alpha=0.3)
        axis.legend()
    axes[-1, 0].set_xlabel(x_name or "row")
    figure.suptitle(title)
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main(argv: Sequence[str] | None = None) -> int:
    """Draw a log; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m convert plot", description=__doc__)
    parser.add_argument("log", type=Path, help="the CSV log of a training run")
    parser.add_argument("--output", type=Path, default=None, help="PNG to write (default: beside the log)")
    args = parser.parse_args(argv)
    output = args.output or args.log.with_suffix(".png")
    draw_curves(read_log(args.log), output, args.log.parent.name or args.log.stem)
    print(output)
    return 0
