"""Draw scenes into a folder, to look at or to train a detector on: `python -m convert scenes`.

Each still is NAME.jpg with its truth NAME.json beside it: `lines`, each with `text`, `polygon`, `baseline` in
px and `visible`, and `skew_deg`. contact-N.jpg show many at once, with the polygons.
"""

import argparse
import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.types import U8
from convert.scenes.material import load_material
from convert.scenes.stills import Still, clutter_stills, stills

_TILE = (480, 270)
_COLUMNS = 4
_SHEET = 24


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m convert scenes",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("output", type=Path)
    parser.add_argument("--split", choices=("val", "train"), default="train")
    parser.add_argument("--stills", type=int, default=200)
    parser.add_argument("--clutter", type=int, default=40, help="so many more without text")
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--fonts", type=Path, default=None, help="folder with folders of fonts")
    args = parser.parse_args(argv)
    material = load_material(args.split, args.fonts)
    args.output.mkdir(parents=True, exist_ok=True)
    shown: list[U8] = []
    for one in chain(
        stills(material, args.stills, args.first_seed),
        clutter_stills(material, args.clutter, args.first_seed),
    ):
        cv2.imwrite(str(args.output / f"{one.name}.jpg"), one.image, (cv2.IMWRITE_JPEG_QUALITY, 95))
        (args.output / f"{one.name}.json").write_text(json.dumps(truth_of(one), ensure_ascii=False), "utf-8")
        shown.append(_tile(one))
    for start in range(0, len(shown), _SHEET):
        path = args.output / f"contact-{start // _SHEET + 1}.jpg"
        cv2.imwrite(str(path), contact_sheet(shown[start : start + _SHEET]))
    print(f"{len(shown)} scenes in {args.output}")
    return 0


def truth_of(one: Still) -> dict[str, object]:
    lines = [
        {
            "number": line.number,
            "text": line.text,
            "polygon": line.polygon.round(1).tolist(),
            "baseline": line.baseline.round(1).tolist(),
            "visible": round(line.visible, 3),
        }
        for line in one.lines
    ]
    return {"kind": one.kind, "paper": one.paper, "skew_deg": one.skew_deg, "lines": lines}


def contact_sheet(tiles: Sequence[U8]) -> U8:
    """Tiles of one size in rows of four."""
    blank = np.zeros_like(tiles[0])
    rows = [list(tiles[i : i + _COLUMNS]) for i in range(0, len(tiles), _COLUMNS)]
    rows[-1] += [blank] * (_COLUMNS - len(rows[-1]))
    return np.vstack([np.hstack(row) for row in rows])


def _tile(one: Still) -> U8:
    canvas = one.image.copy()
    for line in one.lines:
        colour = (0, 200, 0) if line.legible else (0, 160, 255) if line.findable else (0, 0, 255)
        cv2.polylines(canvas, [np.rint(line.polygon).astype(np.int32)], True, colour, 1, cv2.LINE_AA)
    scale = min(_TILE[0] / canvas.shape[1], _TILE[1] / canvas.shape[0])
    small = cv2.resize(canvas, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    tile = np.zeros((_TILE[1], _TILE[0], 3), np.uint8)
    tile[: small.shape[0], : small.shape[1]] = small[: _TILE[1], : _TILE[0]]
    return tile
