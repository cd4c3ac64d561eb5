"""Patches the text detector trains on: cut from the bank at any size and angle, then damaged a little."""

from collections.abc import Sequence

import cv2
import numpy as np

from camera_ocr.detection.text_map import CELL, to_input
from camera_ocr.preprocess.illumination import PAPER
from camera_ocr.types import F32, U8
from convert.detector.bank import CORE, TEXT, Bank

Rng = np.random.Generator

PATCH = 256
"""px a side."""
_SHARES = {"photo": 0.16, "clutter": 0.22}
"""Of the patches; the rest shows writing."""


class Patches:
    """Endless batches; each depends on its seed only."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        kinds = np.array(bank.kinds)
        bare = {kind: np.flatnonzero(kinds == kind) for kind in _SHARES}
        self._bare = {kind: found for kind, found in bare.items() if len(found)}
        self._written = np.flatnonzero(~np.isin(kinds, list(_SHARES)))

    def batch(self, seed: Sequence[int], size: int) -> tuple[U8, F32]:
        """(size, PATCH, PATCH, 1) net input; (size, PATCH / CELL, PATCH / CELL, 2) which share of a cell is
        writing, and which is core.
        """
        rng = np.random.default_rng(seed)
        made = [self.patch(rng) for _ in range(size)]
        return np.stack([m[0] for m in made])[..., None], np.stack([m[1] for m in made])

    def patch(self, rng: Rng) -> tuple[U8, F32]:
        pick, chosen = rng.random(), self._written
        for kind, found in self._bare.items():
            pick -= _SHARES[kind]
            if pick < 0:
                chosen = found
                break
        gray, label = self._bank.picture(int(chosen[rng.integers(len(chosen))]))
        place = _place(rng, gray, label)
        size = (PATCH, PATCH)
        # averaging, as the app shrinks, costs too much here: a blur before sampling comes close
        cut = cv2.warpAffine(
            gray,
            place,
            size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REFLECT_101,
        )
        seen = cv2.warpAffine(
            label, place, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP, borderMode=2
        )
        image = to_input(_damaged(np.asarray(cut, np.uint8), rng))
        target = np.stack([_shares(seen, bit) for bit in (TEXT, CORE)], axis=2)
        return image, target


def _place(rng: Rng, gray: U8, label: U8) -> np.ndarray:
    """(2, 3) from the patch into the picture."""
    h, w = gray.shape
    # 1.25 px of the bank are one px of what the app looks at
    scale = 1.25 * float(np.exp(rng.uniform(np.log(0.55), np.log(1.6))))
    angle = np.deg2rad(rng.uniform(-45, 45) if rng.random() < 0.3 else rng.normal(0, 4))
    if rng.random() < 0.1:
        angle += np.pi
    elif rng.random() < 0.05:
        angle += rng.choice((-0.5, 0.5)) * np.pi
    a, b = scale * np.cos(angle), scale * np.sin(angle)
    at = np.array([rng.uniform(0, w), rng.uniform(0, h)])
    if rng.random() < 0.6 and label.any():
        # empty desk is soon known
        for _ in range(20):
            x, y = int(rng.integers(w)), int(rng.integers(h))
            if label[y, x]:
                at = np.array([x, y]) + rng.normal(0, 40, 2)
                break
    half = PATCH / 2
    return np.array([[a, -b, at[0] - a * half + b * half], [b, a, at[1] - b * half - a * half]])


def _damaged(gray: U8, rng: Rng) -> U8:
    """Paler or darker ink, blur, noise."""
    strength = float(np.exp(rng.normal(0, 0.3)))
    out = PAPER - (PAPER - gray.astype(np.float32)) * strength
    if rng.random() < 0.35:
        out = cv2.GaussianBlur(out, (0, 0), float(rng.uniform(0.3, 1.1)))
    if rng.random() < 0.4:
        out = out + rng.normal(0, rng.uniform(1, 9), out.shape).astype(np.float32)
    if rng.random() < 0.1:
        out = out - rng.uniform(0, 25)
    return np.clip(out, 0, 255).astype(np.uint8)


def _shares(label: U8, bit: int) -> F32:
    small = (PATCH // CELL, PATCH // CELL)
    share = cv2.resize((label & bit).astype(np.float32), small, interpolation=cv2.INTER_AREA)
    return np.asarray(share / bit, np.float32)
