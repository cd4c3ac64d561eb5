"""Readers of the prepared sets: strokes of UNIPEN, scans of Copiste and DHSD, digits of MNIST.

They lie in the folder that the environment variable CAMERA_OCR_DATA names, else in ../shared/data.
"""

import json
import lzma
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.types import F32, U8

COPISTE_PAGES = "copiste_pages.zip"

VALIDATION_DONORS = ("kar-", "pap-", "lou-", "not-", "ape-", "art-", "aga-")
"""UNIPEN donor folders kept for validation, whole: one person may have several ids in sibling folders."""

COARSE_DONORS = ("apa", "app", "tos", "ibm")
"""Donors whose tablets gave few distinct coordinates; their strokes are smoothed before drawing."""


@dataclass(frozen=True, slots=True, eq=False)
class StrokeSample:
    text: str
    writer: str
    strokes: tuple[F32, ...]
    """Each (n, 2), x right and y down; a writer's median word is 160 units high."""

    @property
    def validation(self) -> bool:
        return self.writer.startswith(VALIDATION_DONORS)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the ink, units."""
        points = np.concatenate(self.strokes)
        width, height = points.max(axis=0) - points.min(axis=0)
        return float(width), float(height)

    @property
    def multi_line(self) -> bool:
        """True when the ink is far too narrow for its text, so the phrase must span several lines."""
        width, height = self.size
        return width / max(height, 1.0) < 0.35 * len(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class ImageSample:
    text: str
    writer: str
    image: U8
    """(H, W) grey scan, ink dark."""


@dataclass(frozen=True, slots=True, eq=False)
class TruePage:
    """A scanned page with its lines as people drew them."""

    name: str
    image: U8
    """(H, W, 3) BGR."""
    polygons: tuple[F32, ...]
    """(n, 2) px each."""
    baselines: tuple[F32, ...]
    """(n, 2) px each, left to right."""
    texts: tuple[str, ...]


def data_folder() -> Path:
    """Folder of the prepared sets. Raises FileNotFoundError naming the folder when it is not there."""
    checkout = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("CAMERA_OCR_DATA", checkout.parent / "shared" / "data"))
    if not folder.is_dir():
        raise FileNotFoundError(
            f"{folder}: no such folder; set CAMERA_OCR_DATA to where `convert prepare` wrote the sets"
        )
    return folder


def unipen(kind: str) -> Iterator[StrokeSample]:
    """Every sample of one kind: `words`, `text` (phrases and lines) or `chars`."""
    yield from strokes_in(data_folder() / f"unipen_{kind}.jsonl.xz")


def strokes_in(path: Path) -> Iterator[StrokeSample]:
    """Every sample of one .jsonl.xz file of pen strokes."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield StrokeSample(record["text"], record["writer"], tuple(_points(s) for s in record["strokes"]))


def copiste_lines(split: str) -> Iterator[ImageSample]:
    """Scanned French lines, 64 px high; `split` is `train` or `val`."""
    for row, image in _scans("copiste_lines.zip", split):
        yield ImageSample(row["text"], row["image"].removeprefix("img/").rsplit("_", 1)[0], image)


def copiste_pages(split: str) -> Iterator[TruePage]:
    """Whole scanned pages with their lines; `split` is `train` or `val`. Raises FileNotFoundError."""
    with zipfile.ZipFile(data_folder() / COPISTE_PAGES) as pack:
        for entry in json.loads(pack.read("pages.json")):
            if entry["split"] != split:
                continue
            data = np.frombuffer(pack.read(entry["image"]), np.uint8)
            lines = [line for line in entry["lines"] if len(line["polygon"]) >= 3]
            yield TruePage(
                Path(entry["image"]).stem,
                np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8),
                tuple(np.array(line["polygon"], np.float32) for line in lines),
                tuple(np.array(line["baseline"], np.float32) for line in lines),
                tuple(line["text"] for line in lines),
            )


def dhsd_words(split: str) -> Iterator[ImageSample]:
    """Scanned German words and short phrases, 64 px high; `split` is `train` or `val`."""
    for row, image in _scans("dhsd_words.zip", split):
        yield ImageSample(row["text"], row["writer"], image)


def mnist() -> tuple[U8, NDArray[np.int64]]:
    """10,000 digits: (n, 28, 28) u8 with ink bright, and (n,) labels 0..9."""
    with np.load(data_folder() / "mnist_10k.npz") as file:
        return file["x"], file["y"].astype(np.int64)


def _points(flat: list[int]) -> F32:
    return np.cumsum(np.asarray(flat, np.float32).reshape(-1, 2), axis=0, dtype=np.float32)


def _scans(name: str, split: str) -> Iterator[tuple[dict[str, str], U8]]:
    with zipfile.ZipFile(data_folder() / name) as archive:
        header, *lines = archive.read("labels.tsv").decode("utf-8").splitlines()
        for line in lines:
            row = dict(zip(header.split("\t"), line.split("\t"), strict=True))
            if row["split"] != split:
                continue
            image = cv2.imdecode(np.frombuffer(archive.read(row["image"]), np.uint8), cv2.IMREAD_GRAYSCALE)
            yield row, image
