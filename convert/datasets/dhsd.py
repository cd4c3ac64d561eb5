"""Parser of DHSD, German street and place names (CC BY 4.0): `data.csv` and 256x64 RGBA images by writer."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.errors import CameraOcrError
from camera_ocr.types import U8

VALIDATION_WRITERS = frozenset({9, 15, 22, 26, 28, 31})


class DhsdError(CameraOcrError):
    """A file of the set is missing or cannot be understood."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    name: str
    """Name of the image in the prepared set, as w01_1_0."""
    split: str
    """"train" or "val"."""
    writer: int
    text: str
    path: Path


def read_words(root: Path) -> Iterator[Word]:
    """Every row of `data.csv` below `root` whose image is there; raises DhsdError."""
    table = root / "data.csv"
    if not table.is_file():
        raise DhsdError(f"{root} is not a copy of the set: it needs data.csv.")
    with table.open(newline="", encoding="utf-8-sig") as stream:
        rows = csv.DictReader(stream)
        if not {"file_name", "text", "writer_id"} <= set(rows.fieldnames or ()):
            raise DhsdError(f"{table} must have the columns file_name, text and writer_id.")
        for row in rows:
            path = (root / row["file_name"]).resolve()
            text = " ".join(row["text"].split())
            # the table names files: none outside the set is opened
            if not path.is_relative_to(root.resolve()) or not path.is_file() or not text:
                continue
            writer = int(row["writer_id"])
            split = "val" if writer in VALIDATION_WRITERS else "train"
            yield Word(f"w{writer:02d}_{path.stem}", split, writer, text, path)


def read_image(path: Path) -> U8:
    """(H, W) grey; where the image is transparent it is white paper. Raises DhsdError."""
    image = cv2.imdecode(np.frombuffer(path.read_bytes(), np.uint8), cv2.IMREAD_UNCHANGED)
    if image is None:
        raise DhsdError(f"{path} is not an image; fetch the set again.")
    if image.ndim == 2:
        return np.asarray(image, np.uint8)
    gray = cv2.cvtColor(image[:, :, :3], cv2.COLOR_BGR2GRAY)
    if image.shape[2] == 4:
        cover = image[:, :, 3].astype(np.float32) / 255
        gray = np.rint(gray * cover + 255 * (1 - cover))
    return np.asarray(gray, np.uint8)
