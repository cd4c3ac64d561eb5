"""Printed lines in fonts that never trained: receipts, menus, forms and plates come before the camera too."""

from pathlib import Path

import cv2
import numpy as np

from convert import augment
from convert.charset import normalise
from convert.datasets import shared
from convert.fonts import FontLines
from convert.samples import code_text
from convert.validation import Validation

_LONGEST = 6
_CODES = 0.3


def printed_set(
    fonts: Path, limit: int = 300, severity: augment.Severity = augment.CLEAN, *, validation: bool = True
) -> Validation:
    """`printed`: words of the held-out writers' texts, and codes, in the print fonts kept for validation.

    Args:
        fonts: the folder that `python -m convert fonts` made.
        validation: else texts and fonts that train.

    Raises:
        FontError: there are no such fonts.
    """
    split = "val" if validation else "train"
    families = FontLines(fonts / "print", split)
    texts = [s.text for s in (*shared.copiste_lines(split), *shared.dhsd_words(split)) if normalise(s.text)]
    texts += [s.text for s in shared.unipen("text") if s.validation == validation and normalise(s.text)]
    rng = np.random.default_rng(0)
    crops, labels = [], []
    while len(crops) < limit:
        words = texts[int(rng.integers(len(texts)))].split()
        count = min(len(words), int(rng.integers(1, _LONGEST + 1)))
        start = int(rng.integers(len(words) - count + 1))
        text = code_text(rng) if rng.random() < _CODES else " ".join(words[start : start + count])
        label = normalise(text)
        image = families.sample(rng, label) if label else None
        if image is None or label is None:
            continue
        crops.append(augment.photograph(cv2.bitwise_not(image), rng, severity))
        labels.append(label)
    return Validation("printed", crops, labels)
