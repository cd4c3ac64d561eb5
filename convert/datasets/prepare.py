"""Turn the originals into the sets that training reads: `python -m convert prepare [SET…]`.

The formats are those that convert/datasets/shared.py reads; set CAMERA_OCR_DATA to the folder written.
"""

import argparse
import json
import lzma
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from tqdm import tqdm

from camera_ocr.errors import CameraOcrError
from camera_ocr.types import U8
from convert.datasets import copiste, dhsd, mnist, unipen
from convert.datasets.download import CACHE

OUTPUT = Path("runs/data")
PAGES = {"train": 24, "val": 16}
"""Whole pages of Copiste that are kept, spread over the set."""
_JPEG = (cv2.IMWRITE_JPEG_QUALITY, 90)


class PrepareError(CameraOcrError):
    """An original is not where it is looked for."""


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path to write to that becomes `path` only when the writing has succeeded."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def find_root(folder: Path, *needed: str) -> Path:
    """The shallowest folder at or below `folder` that has every name in `needed`; raises PrepareError."""
    last = needed[0].split("/")
    for path in sorted(folder.rglob(last[-1]), key=lambda p: (len(p.parts), p)):
        root = path.parents[len(last) - 1]
        if all((root / name).exists() for name in needed):
            return root
    raise PrepareError(
        f"{folder} has no folder with {' and '.join(needed)}; run python -m convert download first."
    )


def write_strokes(items: Iterable[dict[str, Any]], path: Path) -> None:
    """JSON objects, one a line, xz-compressed."""
    with whole(path) as part, lzma.open(part, "wt", encoding="utf-8") as file:
        for item in items:
            file.write(json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n")


def write_scans(rows: Iterable[tuple[dict[str, str], U8]], path: Path) -> None:
    """A zip with the images as JPEG and labels.tsv; the rows' keys are columns, `image` names the file."""
    table: list[str] = []
    with whole(path) as part, zipfile.ZipFile(part, "w") as archive:
        for row, image in rows:
            if not table:
                table.append("\t".join(row))
            table.append("\t".join(value.replace("\t", " ") for value in row.values()))
            archive.writestr(row["image"], _jpeg(image))
        archive.writestr("labels.tsv", "\n".join(table) + "\n", zipfile.ZIP_DEFLATED)


def _jpeg(image: U8) -> bytes:
    return cv2.imencode(".jpg", image, _JPEG)[1].tobytes()


def prepare_unipen(originals: Path, output: Path) -> None:
    items = unipen.read_items(find_root(originals, "data", "include"))
    for name in unipen.SETS:
        write_strokes(tqdm(items[name], desc=f"unipen {name}"), output / f"unipen_{name}.jsonl.xz")


def prepare_copiste(originals: Path, output: Path) -> None:
    root = find_root(originals, "alto", "jpg")

    def lines() -> Iterator[tuple[dict[str, str], U8]]:
        for truth, scan in tqdm(copiste.read_pages(root), desc="copiste lines", unit="page"):
            for number, line in enumerate(filter(copiste.usable, truth.lines), 1):
                name = f"img/{truth.name}_{number:02d}.jpg"
                yield {"image": name, "split": truth.split, "text": line.text}, copiste.crop_line(scan, line)

    write_scans(lines(), output / "copiste_lines.zip")
    names: dict[str, list[str]] = {split: [] for split in PAGES}
    for path in sorted((root / "alto").glob("*.xml")):
        names[copiste.split_of(path.stem)].append(path.stem)
    chosen = {
        n
        for split, count in PAGES.items()
        for n in names[split][:: max(1, len(names[split]) // count)][:count]
    }
    with whole(output / "copiste_pages.zip") as part, zipfile.ZipFile(part, "w") as archive:
        entries = []
        for truth, scan in tqdm(copiste.read_pages(root, chosen), desc="copiste pages", unit="page"):
            small, image = copiste.shrink_page(truth, scan)
            archive.writestr(f"pages/{truth.name}.jpg", _jpeg(image))
            entries.append(_page_entry(small))
        archive.writestr("pages.json", json.dumps(entries, ensure_ascii=False), zipfile.ZIP_DEFLATED)


def _page_entry(truth: copiste.PageTruth) -> dict[str, Any]:
    lines = [
        {
            "text": line.text,
            "polygon": np.rint(line.polygon).astype(int).tolist(),
            "baseline": np.rint(line.baseline).astype(int).tolist(),
        }
        for line in truth.lines
    ]
    size = {"width": truth.width, "height": truth.height}
    return {"image": f"pages/{truth.name}.jpg", "split": truth.split, **size, "lines": lines}


def prepare_dhsd(originals: Path, output: Path) -> None:
    words = tqdm(dhsd.read_words(find_root(originals, "data.csv")), desc="dhsd words")
    rows = (
        ({"image": f"img/{w.name}.jpg", "split": w.split, "writer": str(w.writer), "text": w.text}, w.path)
        for w in words
    )
    write_scans(((row, dhsd.read_image(path)) for row, path in rows), output / "dhsd_words.zip")


def prepare_mnist(originals: Path, output: Path) -> None:
    images, labels = mnist.read_digits(find_root(originals, "src/digits"))
    with whole(output / "mnist_10k.npz") as part, part.open("wb") as file:
        np.savez_compressed(file, x=images, y=labels)


PREPARERS: dict[str, Callable[[Path, Path], None]] = {
    "unipen": prepare_unipen,
    "copiste": prepare_copiste,
    "dhsd": prepare_dhsd,
    "mnist": prepare_mnist,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Prepare the sets named, or all that were downloaded; returns 0."""
    parser = argparse.ArgumentParser(
        prog="python -m convert prepare",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sets", nargs="*", metavar="SET", help=", ".join(PREPARERS))
    parser.add_argument(
        "--cache", type=Path, default=CACHE, help=f"where the originals are (default: {CACHE})"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT, help=f"where the sets go (default: {OUTPUT})")
    args = parser.parse_args(argv)
    if unknown := set(args.sets) - set(PREPARERS):
        parser.error(f"no set {sorted(unknown)[0]!r}; there are {', '.join(PREPARERS)}")
    names = args.sets or [name for name in PREPARERS if (args.cache / name).is_dir()]
    if not names:
        raise PrepareError(f"{args.cache} has no originals; run python -m convert download first.")
    for name in names:
        PREPARERS[name](args.cache / name, args.output)
    print(f"Prepared {', '.join(names)}. To use them: export CAMERA_OCR_DATA={args.output.resolve()}")
    return 0
