"""The training mix: an endless stream of (line image, text) as varied as what comes before a camera."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.own_samples import KINDS
from camera_ocr.recognition.lexicon import load_lexicon
from camera_ocr.recognition.lineprep import LINE_HEIGHT, prepare_line
from camera_ocr.types import U8
from convert import augment, ink
from convert.charset import CHARSET, normalise
from convert.cuts import Cut, Piece, pieces, read_cuts
from convert.datasets import shared
from convert.own import own_line_images, own_samples

Rng = np.random.Generator
Sample = tuple[U8, str]

_SCAN_PAPER = 255
_OWN_SHARE = 0.25
_HARSH_SCANS = 0.75
"""More of them than of drawn ink: what a webcam loses of a scan is what the net has most to learn for."""
_SCAN_SLANT = 0.2
_ERASED_SCANS, _ERASED_INK = 0.3, 0.1
"""Scans are few and soon learnt by heart: they vary more in slant than drawn ink does, and lose more bits."""


class TrainingMix:
    """Samples of all sets' training writers.

    Args:
        fonts: folder with folders of fonts (`python -m convert fonts`), or None to do without.
        cuts: table of where Copiste's lines can be cut (`python -m convert cuts`); None keeps them whole.
        own: folder of samples of one's own hand, which then are `_OWN_SHARE` of all.
    """

    def __init__(self, fonts: Path | None = None, cuts: Path | None = None, own: Path | None = None) -> None:
        self._own: list[shared.StrokeSample | shared.ImageSample] = []
        if own is not None:
            self._own += [s for kind in KINDS for s in own_samples(kind, own, held_out=False)]
            self._own += [_closely(s) for s in own_line_images(own, held_out=False)]
        self._words: dict[str, list[shared.StrokeSample]] = defaultdict(list)
        for sample in shared.unipen("words"):
            if not sample.validation and normalise(sample.text):
                self._words[sample.writer].append(sample)
        self._all_words = [sample for samples in self._words.values() for sample in samples]
        self._lines = [
            s
            for s in shared.unipen("text")
            if not s.validation and not s.multi_line and normalise(s.text) == s.text
        ]
        self._glyphs: dict[str, dict[str, list[shared.StrokeSample]]] = defaultdict(lambda: defaultdict(list))
        for sample in shared.unipen("chars"):
            if not sample.validation and sample.text in CHARSET:
                self._glyphs[sample.writer][sample.text].append(sample)
        self._composers = [
            w for w, glyphs in self._glyphs.items() if sum(c in glyphs for c in "0123456789") == 10
        ]
        self._scans = list(shared.copiste_lines("train"))
        self._pages = self._cut_scans(read_cuts(cuts) if cuts else [[]] * len(self._scans))
        self._dhsd = [_closely(s) for s in shared.dhsd_words("train") if normalise(s.text)]
        self._writers = list(self._words)
        self._previous: U8 | None = None
        self._fonts = None
        if fonts is not None:
            from convert.fonts import FontLines

            self._fonts = [
                FontLines(folder, "train") for folder in sorted(fonts.iterdir()) if folder.is_dir()
            ]
        self._texts = [s.text for s in (*self._scans, *self._dhsd, *self._lines) if normalise(s.text)]
        self._vocabularies = [Vocabulary(language) for language in ("en", "fr", "de")]

    def _cut_scans(self, cuts: list[list[Cut]]) -> list[list[list[Piece]]]:
        """Copiste's lines in pieces, by page, so that pieces set side by side are of one hand."""
        pages: dict[str, list[list[Piece]]] = defaultdict(list)
        for scan, places in zip(self._scans, cuts, strict=True):
            label = normalise(scan.text)
            if label:
                pages[scan.writer].append(pieces(scan.image, label, places))
        return list(pages.values())

    def sources(self, stage: str) -> dict[Callable[[Rng], tuple[U8, str, bool]], float]:
        """Each source with its share. `words` leaves long lines out, so that CTC soon learns to align."""
        if stage == "words":
            return {self._word: 0.75, self._dhsd_word: 0.15, self._code: 0.1}
        mix = {
            self._word: 0.23,
            self._chain: 0.14,
            self._line: 0.09,
            self._copiste_line: 0.22,
            self._dhsd_word: 0.12,
            self._code: 0.09,
        }
        if self._fonts:
            mix[self._font_line] = 0.15
        return mix

    def sample(self, rng: Rng, stage: str = "all", height: int = LINE_HEIGHT) -> Sample:
        """One line image as `prepare_line` makes it, (height, W) u8, and its text."""
        mix = self.sources(stage)
        if self._own:
            mix[self._own_line] = _OWN_SHARE / (1 - _OWN_SHARE) * sum(mix.values())
        shares = np.array(list(mix.values()))
        source = list(mix)[int(rng.choice(len(shares), p=shares / shares.sum()))]
        image, text, is_ink = source(rng)
        label = normalise(text)
        assert label is not None
        if is_ink and self._previous is not None and rng.random() < 0.2:
            image = augment.add_neighbours(image, self._previous, rng)
        if is_ink:
            self._previous = image
        line = prepare_line(self._degrade(image, is_ink, rng), height).pixels
        if rng.random() < (_ERASED_INK if is_ink else _ERASED_SCANS):
            line = augment.lose_bits(line, rng)
        return line, label

    def _degrade(self, image: U8, is_ink: bool, rng: Rng) -> U8:
        severity = augment.Severity(rng.uniform(0.3, 1), rng.uniform(0.2, 1) ** 0.6)
        kind = rng.random()
        if clean := kind < 0.12:
            severity = augment.CLEAN
        elif kind < (0.4 if is_ink else _HARSH_SCANS):
            severity = augment.WEBCAM
        if not is_ink:
            image = augment.warp(image, rng, _SCAN_PAPER, slant=_SCAN_SLANT)
            if rng.random() < 0.75:
                image = augment.bend(image, rng, _SCAN_PAPER)
            if rng.random() < 0.45:
                image = augment.change_pen(image, rng)
            # fresh light, ruling and contrast over the real ink and paper
            if not clean and rng.random() < 0.8:
                image = augment.lay_on_paper(cv2.bitwise_not(image), rng, severity.paper)
        else:
            image = augment.lay_on_paper(image, rng, severity.paper)
        return augment.loosen(augment.see(image, rng, severity.optics), rng)

    def _draw(self, strokes: list[np.ndarray], rng: Rng) -> U8:
        height = int(rng.uniform(44, 76))
        pen = height * float(np.clip(np.exp(rng.normal(np.log(0.045), 0.4)), 0.018, 0.13))
        margins = (float(rng.uniform(0.02, 0.2)), float(rng.uniform(0.02, 0.2)))
        return ink.draw(ink.distort(strokes, rng), height, max(1.0, pen), rng, margins)

    def _word(self, rng: Rng) -> tuple[U8, str, bool]:
        word = self._all_words[int(rng.integers(len(self._all_words)))]
        return self._draw(ink.strokes_of(word), rng), word.text, True

    def _own_line(self, rng: Rng) -> tuple[U8, str, bool]:
        line = self._own[int(rng.integers(len(self._own)))]
        if isinstance(line, shared.ImageSample):
            return line.image, line.text, False
        return self._draw(ink.strokes_of(line), rng), line.text, True

    def _chain(self, rng: Rng) -> tuple[U8, str, bool]:
        words = self._words[self._writers[int(rng.integers(len(self._writers)))]]
        count = int(rng.integers(2, 8))
        text, strokes = ink.chain([words[int(i)] for i in rng.integers(len(words), size=count)], rng)
        return self._draw(strokes, rng), text, True

    def _line(self, rng: Rng) -> tuple[U8, str, bool]:
        line = self._lines[int(rng.integers(len(self._lines)))]
        return self._draw(ink.strokes_of(line), rng), line.text, True

    def _code(self, rng: Rng) -> tuple[U8, str, bool]:
        glyphs = self._glyphs[self._composers[int(rng.integers(len(self._composers)))]]
        wanted = code_text(rng) if rng.random() < 0.6 else self._vocabulary_text(rng, 3)
        text = "".join(c for c in wanted if c in glyphs or c == " ").strip() or "0"
        return self._draw(ink.compose(" ".join(text.split()), glyphs, rng), rng), text, True

    def _copiste_line(self, rng: Rng) -> tuple[U8, str, bool]:
        lines = self._pages[int(rng.integers(len(self._pages)))]
        line = lines[int(rng.integers(len(lines)))]
        if rng.random() < 0.4:
            run = line
        else:
            run = _run_of(line, rng)
            if rng.random() < 0.4:
                run = run + _run_of(lines[int(rng.integers(len(lines)))], rng)
        return _set_side_by_side([p.image for p in run]), " ".join(p.text for p in run), False

    def _vocabulary_text(self, rng: Rng, longest: int) -> str:
        vocabulary = self._vocabularies[int(rng.integers(len(self._vocabularies)))]
        return vocabulary.text(rng, int(rng.integers(1, longest + 1)))

    def _dhsd_word(self, rng: Rng) -> tuple[U8, str, bool]:
        word = self._dhsd[int(rng.integers(len(self._dhsd)))]
        return word.image, word.text, False

    def _font_line(self, rng: Rng) -> tuple[U8, str, bool]:
        assert self._fonts is not None
        fonts = self._fonts[int(rng.integers(len(self._fonts)))]
        kind = rng.random()
        if kind < 0.3:
            text = code_text(rng)
        elif kind < 0.6:
            text = self._vocabulary_text(rng, 6)
        else:
            words = self._texts[int(rng.integers(len(self._texts)))].split()
            count = int(rng.integers(1, 7))
            start = int(rng.integers(max(1, len(words) - count + 1)))
            text = " ".join(words[start : start + count])
        if rng.random() < 0.15:
            text = text.upper()
        image = fonts.sample(rng, text) if normalise(text) else None
        if image is None:
            return self._word(rng)
        image = cv2.bitwise_not(image)
        if rng.random() < 0.5:
            image = augment.warp(image, rng, 0, slant=0.05)
        return image, text, True


def _closely(sample: shared.ImageSample) -> shared.ImageSample:
    return replace(sample, image=augment.close_crop(sample.image))


def _run_of(line: list[Piece], rng: Rng) -> list[Piece]:
    """One to six pieces that follow each other."""
    count = min(len(line), int(rng.integers(1, 7)))
    start = int(rng.integers(len(line) - count + 1))
    return line[start : start + count]


def _set_side_by_side(images: Sequence[U8]) -> U8:
    """Grey images (H, W), each with paper of the first one's brightness."""
    paper = np.median(images[0])
    even = [
        images[0],
        *(cv2.convertScaleAbs(i, alpha=float(paper / max(np.median(i), 1.0))) for i in images[1:]),
    ]
    return np.ascontiguousarray(np.concatenate(even, axis=1))


class Vocabulary:
    """Words of a language, by the square root of how frequent they are: common ones often, rare ones too."""

    def __init__(self, language: str) -> None:
        lexicon = load_lexicon(language)
        self._words = lexicon.words
        shares = np.sqrt([lexicon.share(i, i + 1) for i in range(len(self._words))])
        self._sums = np.cumsum(shares / shares.sum())

    def text(self, rng: Rng, count: int) -> str:
        """So many words, some of them with a capital or a punctuation mark."""
        words = [self._words[int(i)] for i in np.searchsorted(self._sums, rng.random(count) * 0.999999)]
        if rng.random() < 0.5:
            words = [w.capitalize() if rng.random() < 0.4 else w for w in words]
        if rng.random() < 0.3:
            words[-1] += ".,;:!?)"[int(rng.integers(7))]
        return " ".join(words)


def code_text(rng: Rng) -> str:
    """Dates, times, prices, sums, plates, phone numbers, codes, e-mail addresses."""

    def digits(low: int, high: int) -> str:
        return "".join(str(d) for d in rng.integers(0, 10, int(rng.integers(low, high + 1))))

    def letters(low: int, high: int, alphabet: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ") -> str:
        return "".join(
            alphabet[int(i)] for i in rng.integers(0, len(alphabet), int(rng.integers(low, high + 1)))
        )

    def pick(options: Sequence[str]) -> str:
        return options[int(rng.integers(len(options)))]

    small = "abcdefghijklmnopqrstuvwxyz"
    forms: list[Callable[[], str]] = [
        lambda: digits(1, 8),
        lambda: f"{digits(1, 2)}{(s := pick('./-'))}{digits(1, 2)}{s}{pick(('', '20'))}{digits(2, 2)}",
        lambda: f"{digits(1, 2)}:{digits(2, 2)}",
        lambda: f"{pick('$$E')}{digits(1, 3)}.{digits(2, 2)}".replace("E", ""),
        lambda: f"{digits(1, 3)},{digits(2, 2)}",
        lambda: f"{digits(1, 3)} {pick('+-*=')} {digits(1, 3)} = {digits(1, 4)}",
        lambda: f"{letters(1, 3)}-{letters(1, 2)} {digits(1, 4)}",
        lambda: f"{letters(2, 3)} {digits(2, 4)} {letters(0, 2)}",
        lambda: f"+{digits(2, 2)} {digits(3, 4)} {digits(4, 7)}",
        lambda: f"({digits(3, 3)}) {digits(3, 3)}-{digits(4, 4)}",
        lambda: f"{letters(3, 8, small)}@{letters(3, 6, small)}.{letters(2, 3, small)}",
        lambda: f"{digits(1, 2)} {letters(2, 3, 'kgmlcx')}",
        lambda: f"{digits(1, 3)}%",
        lambda: f"#{digits(2, 5)}",
        lambda: letters(2, 9),
        lambda: f"{letters(1, 1)}{letters(2, 7, small)}{pick('.,;:!?')}",
        lambda: f"{pick('([')}{letters(1, 6, small)}{pick(')]')}",
        lambda: f'"{letters(2, 8, small)}"',
        lambda: f"{digits(1, 2)}. {letters(3, 8, small)}",
        lambda: "".join(pick(CHARSET[1:95]) for _ in range(int(rng.integers(1, 9)))),
    ]
    return " ".join(forms[int(rng.integers(len(forms)))]().split()) or "0"
