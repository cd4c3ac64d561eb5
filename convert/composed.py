"""Codes, names and compounds out of single characters of held-out writers: what no lexicon has."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np

from convert import augment, ink
from convert.charset import CHARSET
from convert.datasets import shared
from convert.samples import code_text
from convert.validation import Validation

Rng = np.random.Generator

_HEIGHT = 64
_STARTS = "B Br C Ch D Dr F G Gr H J K Kl L M N P R S Sch St T Tr V W Y Z".split()
_MIDDLES = "b ck d f g ll k l m n nd p r rt s ss t v x z".split()
_VOWELS = "a e i o u ai ei y ou".split()
_ENDS = "n r s th ck a o e ski man ini ez ov".split()


def composed_sets(
    limit: int = 300, severity: augment.Severity = augment.CLEAN, *, validation: bool = True
) -> list[Validation]:
    """`codes` (dates, sums, plates …), `names` (invented) and `compounds` (German), `limit` of each.

    Args:
        validation: of the held-out writers; else of the writers that train, to tune on.
    """
    writers: dict[str, dict[str, list[shared.StrokeSample]]] = defaultdict(lambda: defaultdict(list))
    for sample in shared.unipen("chars"):
        if sample.validation == validation and sample.text in CHARSET:
            writers[sample.writer][sample.text].append(sample)
    makers: dict[str, Callable[[Rng], str]] = {"codes": code_text, "names": name_text}
    words = compounds(validation=validation)
    makers["compounds"] = lambda rng: words[int(rng.integers(len(words)))]
    return [_composed(name, make, writers, limit, severity) for name, make in makers.items()]


def compounds(*, validation: bool) -> list[str]:
    """German compounds that are in no lexicon, capitalised: one half to tune on, the other to measure."""
    lines = (Path(__file__).parent / "compounds.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")][validation::2]


def name_text(rng: Rng) -> str:
    """One or two invented names of two or three syllables, e.g. `Drennoka Vixarez`."""

    def pick(parts: list[str]) -> str:
        return parts[int(rng.integers(len(parts)))]

    def name() -> str:
        inner = "".join(pick(_VOWELS) + pick(_MIDDLES) for _ in range(int(rng.integers(1, 3))))
        return pick(_STARTS) + inner + pick(_VOWELS) + pick(_ENDS)

    return " ".join(name() for _ in range(int(rng.integers(1, 3))))


def _composed(
    name: str,
    make: Callable[[Rng], str],
    writers: dict[str, dict[str, list[shared.StrokeSample]]],
    limit: int,
    severity: augment.Severity,
) -> Validation:
    crops, texts = [], []
    rng = np.random.default_rng(0)
    # a text that no writer has the characters for is left out, and another made
    while len(texts) < limit:
        text = make(rng)
        able = [glyphs for glyphs in writers.values() if set(text) - {" "} <= glyphs.keys()]
        if not able:
            continue
        strokes = ink.compose(text, able[int(rng.integers(len(able)))], rng)
        drawn = ink.draw(strokes, _HEIGHT, 0.045 * _HEIGHT)
        crops.append(augment.photograph(drawn, rng, severity))
        texts.append(text)
    return Validation(name, crops, texts)
