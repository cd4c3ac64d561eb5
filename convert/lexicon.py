"""Build the lexicons: `python -m convert lexicon` writes models/lexicons/LANGUAGE.npz, a card beside each.

Words and their frequencies are those of the PyPI package wordfreq (install it first); the letter trigrams are
counted on its words.
"""

import argparse
import hashlib
import io
import json
import math
import re
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

import numpy as np

from camera_ocr.errors import CameraOcrError
from camera_ocr.recognition.languages import LANGUAGES
from camera_ocr.recognition.lexicon import NGRAM_STEPS, STEPS, lexicons_dir

RAREST = 1e-7
"""Words less frequent than once in ten million are left out: rarer ones are mostly slips and fragments."""

_LICENCE = {
    "licence": "CC BY-SA 4.0",
    "attribution": "Robyn Speer: wordfreq. Data from Wikipedia, ParaCrawl, OPUS OpenSubtitles 2018 "
    "(opensubtitles.org), SUBTLEX (Marc Brysbaert et al., freely available), Google Books Ngrams "
    "(books.google.com/ngrams), the Leeds Internet Corpus, and others that wordfreq names",
    "changes": "words in letters of the reader's characters only, rare ones left out, "
    "frequencies in classes, letter trigrams counted",
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


def trigrams(words: Mapping[str, float], alphabet: str) -> np.ndarray:
    """(A, A, A) u8, probability of a letter after two others, see `lexicon.NGRAM_STEPS`; 0 is a word's edge.

    Each word counts by the square root of its frequency: what the lexicon lacks resembles its rare words more
    than its frequent ones. Smoothed with bigrams and single letters (Witten and Bell 1991).
    """
    index = {letter: i for i, letter in enumerate(alphabet, 1)}
    size = len(alphabet) + 1
    counts = np.zeros((size, size, size))
    for word, frequency in words.items():
        weight = math.sqrt(frequency / RAREST)
        path = [0, 0, *(index[letter] for letter in word), 0]
        for a, b, c in zip(path, path[1:], path[2:], strict=False):
            counts[a, b, c] += weight
    lower = np.full(size, 1 / size)
    for level in (counts.sum(axis=(0, 1)), counts.sum(axis=0), counts):
        kinds = (level > 0).sum(axis=-1, keepdims=True)
        lower = (level + kinds * lower) / np.maximum(level.sum(axis=-1, keepdims=True) + kinds, 1e-9)
        lower = np.where(kinds > 0, lower, 1 / size)
    return np.clip(np.rint(-NGRAM_STEPS * np.log2(lower)), 0, 255).astype(np.uint8)


def write(language: str, words: Mapping[str, float], version: str, folder: Path) -> Path:
    """The lexicon's file and card; returns the file. The same words give the same bytes."""
    alphabet = "".join(sorted(set("".join(words))))
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        words=np.frombuffer("\n".join(words).encode("utf-8"), np.uint8),
        classes=classes(list(words.values())),
        alphabet=np.array(alphabet),
        trigrams=trigrams(words, alphabet),
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
