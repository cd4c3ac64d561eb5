"""Characters drawn in fonts, as an extra source of training samples: `convert digits train --fonts`."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from tqdm import tqdm

from camera_ocr.types import U8
from convert.digits.samples import CHARACTERS, Rng, bend_scan
from convert.fonts import FontLines, draw_text

PENS = "pen"
"""The folder of these fonts, in the one that `python -m convert fonts` fills."""
_FACES = 2
"""Drawings of each letter or sign for each family of fonts."""
_DIGIT_TIMES = 5
"""So many times as many of each digit; there are fewer of them."""
_THICKER = 0.2


def printed(folder: Path, rng: Rng) -> Iterator[tuple[U8, int]]:
    """Ink strength of characters in the folder's training fonts that look written with a pen, with the number
    of each in CHARACTERS."""
    fonts = FontLines(folder / PENS, "train")
    for label, text in enumerate(tqdm(CHARACTERS, desc="fonts")):
        for _ in range((_DIGIT_TIMES if text.isdigit() else 1) * _FACES * len(fonts.families)):
            face = fonts.face(rng, text)
            drawn = _drawn(face, text, rng) if face else None
            if drawn is not None:
                yield drawn, label


def _drawn(face: Path, text: str, rng: Rng) -> U8 | None:
    """Bent, at times with a thicker pen; None where the font draws nothing."""
    strength = np.asarray(255 - draw_text(face, int(rng.integers(40, 73)), text)[0], np.uint8)
    if not strength.any():
        return None
    bent = bend_scan(strength, rng)
    return (
        np.asarray(cv2.dilate(bent, np.ones((3, 3), np.uint8)), np.uint8) if rng.random() < _THICKER else bent
    )
