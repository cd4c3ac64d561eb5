"""Held-out line images, as measured while training runs, by the export's parity gate and by `evaluate`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from camera_ocr.recognition.lineprep import prepare_line
from camera_ocr.types import U8
from convert import augment, ink
from convert.charset import CHARSET, normalise
from convert.datasets import shared
from convert.feed import BUCKETS
from convert.nets import STRIDE

_DRAWN_HEIGHT = 64


@dataclass(frozen=True, eq=False)
class Validation:
    name: str
    crops: Sequence[U8]
    """(H, W) grey each, as a camera or scanner would give them."""
    texts: Sequence[str]

    @cached_property
    def lines(self) -> Sequence[U8]:
        """The crops as the reader's input; kept, since a training run reads them many times."""
        return [prepare_line(crop).pixels for crop in self.crops]

    def cer(self, net: Any, lines: Sequence[U8] | None = None) -> float:
        """Character error rate of a Keras line net, greedy: edits over characters, all lines together.

        Args:
            lines: the crops as prepared for a net of another height than the reader's.
        """
        edits = sum(
            Levenshtein.distance(text, read)
            for text, read in zip(
                self.texts, greedy(net, self.lines if lines is None else lines), strict=True
            )
        )
        return edits / max(1, sum(map(len, self.texts)))


def greedy(net: Any, lines: Sequence[U8]) -> list[str]:
    """Texts of prepared lines by the best class of every frame."""
    texts = [""] * len(lines)
    by_width: dict[int, list[int]] = {}
    for i, line in enumerate(lines):
        fitting = next((b for b in BUCKETS if line.shape[1] <= b), -(-line.shape[1] // 256) * 256)
        by_width.setdefault(fitting, []).append(i)
    for width, members in by_width.items():
        batch = np.zeros((len(members), lines[0].shape[0], width, 1), np.float32)
        for row, i in enumerate(members):
            batch[row, :, : lines[i].shape[1], 0] = lines[i] / np.float32(255)
        best = np.argmax(net.predict_on_batch(batch), axis=2)
        for row, i in enumerate(members):
            texts[i] = collapse(best[row, : -(-lines[i].shape[1] // STRIDE) + 1])
    return texts


def collapse(classes: np.ndarray) -> str:
    """Repeats and blanks taken out of the best class of each frame."""
    kept = classes[np.flatnonzero(np.diff(classes, prepend=-1))]
    return "".join(CHARSET[c] for c in kept if c < len(CHARSET))


def validation_sets(limit: int | None = None, severity: augment.Severity = augment.CLEAN) -> list[Validation]:
    """UNIPEN words and lines, Copiste lines, DHSD words of held-out writers, evenly thinned to `limit` each.

    With another severity than CLEAN every line is seen through the simulated webcam, the same way each time.
    """
    return list(line_sets(limit, severity))


def line_sets(
    limit: int | None, severity: augment.Severity, *, validation: bool = True
) -> Iterator[Validation]:
    """As `validation_sets`, one after the other; without `validation`, of the writers that train."""
    words = [s for s in shared.unipen("words") if s.validation == validation]
    lines = [s for s in shared.unipen("text") if s.validation == validation and not s.multi_line]
    split = "val" if validation else "train"
    yield drawn_set("unipen_words", _thin(words, limit), severity)
    yield drawn_set("unipen_lines", _thin(lines, limit), severity)
    yield _scanned("copiste_lines", _thin(list(shared.copiste_lines(split)), limit), severity)
    yield _scanned("dhsd_words", _thin(list(shared.dhsd_words(split)), limit), severity)


def _thin(samples: list[Any], limit: int | None) -> list[Any]:
    every = max(1, len(samples) // limit) if limit else 1
    return list(islice(samples[::every], limit))


def drawn_set(
    name: str, samples: Iterable[shared.StrokeSample], severity: augment.Severity = augment.CLEAN
) -> Validation:
    """Pen strokes drawn as lines; those whose text the reader cannot say are left out."""
    crops, texts = [], []
    for i, sample in enumerate(samples):
        text = normalise(sample.text)
        if text is None:
            continue
        rng = np.random.default_rng(i)
        drawn = ink.draw(ink.strokes_of(sample), _DRAWN_HEIGHT, 0.045 * _DRAWN_HEIGHT)
        crops.append(augment.photograph(drawn, rng, severity))
        texts.append(text)
    return Validation(name, crops, texts)


def _scanned(name: str, samples: Iterable[shared.ImageSample], severity: augment.Severity) -> Validation:
    crops, texts = [], []
    for i, sample in enumerate(samples):
        text = normalise(sample.text)
        if text is None:
            continue
        image = sample.image
        if severity != augment.CLEAN:
            ink_strength = 255 - augment.close_crop(image)
            image = augment.photograph(ink_strength, np.random.default_rng(i), severity)
        crops.append(image)
        texts.append(text)
    return Validation(name, crops, texts)
