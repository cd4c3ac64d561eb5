"""Build the lexicons: `python -m convert lexicon` writes models/lexicons/LANGUAGE.npz, a card beside each.

Words and their frequencies are those of the PyPI package wordfreq (install it first); the letter n-grams are
counted on its words.
"""

import argparse
import hashlib
import io
import json
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

import numpy as np

from camera_ocr.errors import CameraOcrError
from camera_ocr.recognition.languages import LANGUAGES
from camera_ocr.recognition.lexicon import (
    LETTER_BITS,
    NGRAM_ORDER,
    NGRAM_STEPS,
    STEPS,
    lexicons_dir,
    without_first,
)

RAREST = 1e-7
"""Words less frequent than once in ten million are left out: rarer ones are mostly slips and fragments."""

LEAST = 4.0
"""What an n-gram has to add to be kept, see `ngrams`."""

_LICENCE = {
    "licence": "CC BY-SA 4.0",
    "attribution": "Robyn Speer: wordfreq. Data from Wikipedia, ParaCrawl, OPUS OpenSubtitles 2018 "
    "(opensubtitles.org), SUBTLEX (Marc Brysbaert et al., freely available), Google Books Ngrams "
    "(books.google.com/ngrams), the Leeds Internet Corpus, and others that wordfreq names",
    "changes": "words in letters of the reader's characters only, rare ones left out, "
    "frequencies in classes, letter n-grams counted",
}
_LETTER = "a-zß-öø-ÿœ"
_WORD = re.compile(f"[{_LETTER}]+(['-][{_LETTER}]+)*")


def choose(frequencies: Mapping[str, float], rarest: float = RAREST) -> dict[str, float]:
    """Words that the reader's characters can spell, at least so frequent, sorted; with their frequencies."""
    found: dict[str, float] = {}
    for word, frequency in frequencies.items():
        plain = word.replace("’", "'")
        if frequency >= rarest and _WORD.fullmatch(plain):
            found[plain] = found.get(plain, 0.0) + frequency
    return dict(sorted(found.items()))


def classes(frequencies: Sequence[float]) -> np.ndarray:
    """u8 class of each frequency, see `lexicon.STEPS`."""
    return np.clip(np.rint(-STEPS * np.log10(np.asarray(frequencies))), 0, 255).astype(np.uint8)


def ngrams(
    words: Mapping[str, float], alphabet: str, least: float = LEAST
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Keys, probabilities and back-off weights for `lexicon.Lexicon`: letters after up to five others.

    Each word counts by the square root of its frequency: what the lexicon lacks resembles its rare words more
    than its frequent ones. Each order is smoothed with the one below (Witten and Bell 1991); an n-gram that
    adds less than `least` to the log-probability of the words is left to the shorter one (Stolcke 1998).
    """
    index = {letter: i for i, letter in enumerate(alphabet, 1)}
    counts: list[dict[int, float]] = [defaultdict(float) for _ in range(NGRAM_ORDER)]
    for word, frequency in words.items():
        weight = math.sqrt(frequency / RAREST)
        path = [0, *(index[letter] for letter in word), 0]
        for end in range(1, len(path)):
            key, shift = path[end], LETTER_BITS
            counts[0][1 << shift | key] += weight
            for order in range(1, min(NGRAM_ORDER, end + 1)):
                key |= path[end - order] << shift
                shift += LETTER_BITS
                counts[order][1 << shift | key] += weight
    smooth = _smoothed(counts, len(alphabet) + 1)
    kept: set[int] = set()
    for order in range(NGRAM_ORDER - 1, -1, -1):
        for key, count in counts[order].items():
            gain = (
                count * math.log(smooth[order][key] / smooth[order - 1][without_first(key)]) if order else 0.0
            )
            if order < 2 or gain > least or key in kept:
                kept.add(key)
                if order:
                    kept.add(key >> LETTER_BITS)
    probability = {key: smooth[_order(key)].get(key, 1.0) for key in kept}
    taken: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for key in kept:
        if _order(key):
            sums = taken[key >> LETTER_BITS]
            sums[0] += probability[key]
            sums[1] += smooth[_order(key) - 1][without_first(key)]
    keys = np.array(sorted(kept), np.uint64)
    backoffs = [
        max(1e-4, 1 - sums[0]) / max(1e-4, 1 - sums[1]) if (sums := taken.get(key)) else 1.0
        for key in keys.tolist()
    ]
    return keys, _logs([probability[key] for key in keys.tolist()]), _logs(backoffs)


def _smoothed(counts: list[dict[int, float]], letters: int) -> list[dict[int, float]]:
    """Probability of the last letter of each n-gram after those before it, by order."""
    smooth: list[dict[int, float]] = []
    for order, level in enumerate(counts):
        totals: dict[int, float] = defaultdict(float)
        kinds: dict[int, int] = defaultdict(int)
        for key, count in level.items():
            totals[key >> LETTER_BITS] += count
            kinds[key >> LETTER_BITS] += 1
        found: dict[int, float] = {}
        for key, count in level.items():
            before = key >> LETTER_BITS
            lower = smooth[order - 1][without_first(key)] if order else 1 / letters
            found[key] = (count + kinds[before] * lower) / (totals[before] + kinds[before])
        smooth.append(found)
    return smooth


def _order(key: int) -> int:
    """Letters before the last one."""
    return (key.bit_length() - 1) // LETTER_BITS - 1


def _logs(values: Sequence[float]) -> np.ndarray:
    return np.clip(np.rint(-NGRAM_STEPS * np.log2(values)), 0, 255).astype(np.uint8)


def write(language: str, words: Mapping[str, float], version: str, folder: Path) -> Path:
    """The lexicon's file and card; returns the file. The same words give the same bytes."""
    alphabet = "".join(sorted(set("".join(words))))
    keys, probabilities, backoffs = ngrams(words, alphabet)
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        words=np.frombuffer("\n".join(words).encode("utf-8"), np.uint8),
        classes=classes(list(words.values())),
        alphabet=np.array(alphabet),
        key_steps=np.diff(keys, prepend=np.uint64(0)),
        probabilities=probabilities,
        backoffs=backoffs,
    )
    content = buffer.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{language}.npz"
    path.write_bytes(content)
    card = {
        "name": f"lexicon {language}",
        "task": "lexicon",
        "language": language,
        "words": len(words),
        "ngrams": len(keys),
        "rarest": RAREST,
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "source": f"wordfreq {version} from PyPI, list `large`",
        **_LICENCE,
        "command": "pip install wordfreq; python -m convert lexicon",
    }
    path.with_suffix(".json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path


def main(argv: Sequence[str] | None = None) -> int:
    """Build the lexicons of the languages named; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m convert lexicon", description=__doc__)
    parser.add_argument("languages", nargs="*", default=LANGUAGES, metavar="LANGUAGE")
    parser.add_argument("--output", type=Path, default=None, help="folder (default: models/lexicons)")
    args = parser.parse_args(argv)
    try:
        import wordfreq
    except ImportError:
        raise CameraOcrError("wordfreq is not installed; run `pip install wordfreq`.") from None
    for language in args.languages:
        words = choose(wordfreq.get_frequency_dict(language, wordlist="large"))
        path = write(language, words, metadata.version("wordfreq"), args.output or lexicons_dir())
        print(f"{path}: {len(words)} words, {path.stat().st_size / 1000:.0f} kB")
    return 0
