"""The training rows of the digit reader, made once and kept in the run's folder."""

from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from camera_ocr.recognition.digit_strip import STRIDE, STRIP_HEIGHT, prepare_strip
from camera_ocr.types import U8
from convert.digits import samples
from convert.digits.rows import RowMix, close_cut

WIDTH = 176
"""px of a training row, paper included; wider ones are left out."""
LONGEST = 8
_PHOTOGRAPHED = 0.12


class RowBank(NamedTuple):
    images: U8
    """(n, 32, WIDTH), ink bright."""
    labels: NDArray[np.int8]
    """(n, LONGEST) 0..9 or OTHER, filled up with -1."""


def load_row_bank(folder: Path, count: int, seed: int) -> RowBank:
    """The bank in `folder`, made there if it is missing."""
    path = folder / "rows.npz"
    if not path.exists():
        bank = make_row_bank(count, seed)
        partial = path.with_name("rows.part.npz")
        np.savez(partial, images=bank.images, labels=bank.labels)
        partial.replace(path)
    with np.load(path) as file:
        return RowBank(file["images"], file["labels"])


def make_row_bank(count: int, seed: int) -> RowBank:
    """`count` rows of training writers, some photographed."""
    cv2.setNumThreads(0)
    rng = np.random.default_rng(seed)
    mix = RowMix()
    images = np.zeros((count, STRIP_HEIGHT, WIDTH), np.uint8)
    labels = np.full((count, LONGEST), -1, np.int8)
    done = 0
    with tqdm(total=count, desc="rows", mininterval=5) as bar:
        while done < count:
            drawn, said = mix.sample(rng)
            if rng.random() < _PHOTOGRAPHED:
                drawn = samples.photographed(drawn, rng, row=True)
            strip = prepare_strip(close_cut(drawn))
            wide = strip.shape[1]
            if wide > WIDTH or not 0 < len(said) <= min(LONGEST, wide // (2 * STRIDE)):
                continue
            # rows come without paper before them in the app; varying needs some
            left = int(rng.integers(0, min(8, WIDTH - wide + 1)))
            images[done, :, left : left + wide] = strip
            labels[done, : len(said)] = said
            done += 1
            bar.update()
    return RowBank(images, labels)
