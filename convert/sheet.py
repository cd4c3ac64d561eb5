"""A picture of what the net sees while it trains: `python -m convert sheet`."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from convert.samples import TrainingMix

_GAP = 2
_GAP_GREY = 120


def main(argv: Sequence[str] | None = None) -> int:
    """Write a PNG with rows of training lines; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m convert sheet", description=__doc__)
    parser.add_argument("--fonts", type=Path, help="folder with folders of fonts, as for `train`")
    parser.add_argument("--cuts", type=Path, help="table of cuts, as for `train`")
    parser.add_argument("--output", type=Path, default=Path("runs/samples.png"))
    parser.add_argument("--rows", type=int, default=14)
    parser.add_argument("--width", type=int, default=1280, help="px")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    mix, rng = TrainingMix(args.fonts, args.cuts), np.random.default_rng(args.seed)
    rows, row = [], np.zeros((0, 0), np.uint8)
    while len(rows) < args.rows:
        image, _ = mix.sample(rng)
        tile = cv2.copyMakeBorder(image, *[_GAP] * 4, borderType=cv2.BORDER_CONSTANT, value=_GAP_GREY)
        if row.size and row.shape[1] + tile.shape[1] > args.width:
            rows.append(np.pad(row, ((0, 0), (0, args.width - row.shape[1])), constant_values=_GAP_GREY))
            row = np.zeros((0, 0), np.uint8)
        tile = tile[:, : args.width]
        row = np.hstack([row, tile]) if row.size else tile
    args.output.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(args.output), np.vstack(rows))
    print(args.output)
    return 0
