"""Writes the page that the demo shows: `python -m convert.demo_page`.

A note by several hands, each line made of pen strokes that a person once wrote (UNIPEN, validation writers),
drawn in ink on faintly ruled paper. Words are set beside each other only within one writer.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.types import F32, U8
from convert.datasets.shared import StrokeSample, unipen

WIDTH, HEIGHT = 1500, 1180
PITCH = 70  # px between ruled lines
FIRST_RULE = 122
MARGIN = 150
PAPER = (225, 238, 243)  # BGR
RULE = (222, 220, 200)
MARGIN_RULE = (186, 184, 230)
OVERSAMPLE = 4

BLUE = (128, 52, 28)
BLACK = (44, 38, 36)
VIOLET = (110, 36, 58)

ATTRIBUTION = """demo_page.png, written by `python -m convert.demo_page`

The handwriting is drawn from pen strokes of UNIPEN (train_r01_v07), writers {writers},
collected by the International Unipen Foundation: I. Guyon, L. Schomaker, R. Plamondon, M. Liberman, S. Janet,
"UNIPEN project of on-line data exchange and recognizer benchmarks", ICPR 1994.
Distributed on Zenodo, doi 10.5281/zenodo.1195803, under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).
Changes: the strokes were smoothed, scaled, set into lines, and drawn as ink on ruled paper.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the note."""

    writer: str
    text: str
    rule: int
    """Which ruled line it stands on, from 0."""
    ink: tuple[int, int, int]
    scale: float
    """Page px per unit of the strokes."""
    indent: int = 0
    """px right of the margin."""
    words: bool = True
    """Made of the writer's single words; False: written as one line."""
    seen: str = ""
    """What the ink says, where the label has more than was written."""


NOTE = (
    Line("ape-0372", "Vacation spots:", 0, BLUE, 0.42, indent=30),
    Line("ape-0372", "a) Acapulco", 1, BLUE, 0.34, indent=70),
    Line("ape-0372", "b) Hawaii", 2, BLUE, 0.34, indent=70),
    Line("ape-0372", "c) Paris", 3, BLUE, 0.34, indent=70),
    Line("ape-0372", "Don't forget matches and kindling", 4, BLUE, 0.33, indent=30),
    Line(
        "aga-0003",
        "Allen, 6216 Bluedale Street, Topeka,",
        6,
        BLACK,
        0.37,
        30,
        False,
        "Allen, 6216 Bluedale Street, Topeka",
    ),
    Line(
        "aga-0003",
        "South Terrace, Boise, KY 29445.",
        7,
        BLACK,
        0.37,
        30,
        False,
        "South Terrace, Boise, KY 29445",
    ),
    Line("art-0094", "How can 4 elephants enter", 9, VIOLET, 0.33, indent=30, words=False),
    Line("art-0094", "a beatle car?", 10, VIOLET, 0.33, indent=30, words=False),
    Line("art-0094", "120 + 345 + 678 + 908 = ?", 11, VIOLET, 0.33, indent=30, words=False),
    Line("not-0587", "hello people", 13, BLUE, 0.38, indent=30),
    Line("not-0587", "we recognize cursive script", 14, BLUE, 0.38, indent=30),
)


def make_page(lines: Sequence[Line], words: Iterable[StrokeSample], phrases: Iterable[StrokeSample]) -> U8:
    """The note as (HEIGHT, WIDTH, 3) BGR. Raises KeyError when a writer has no such word or phrase."""
    of_word = {(s.writer, s.text): s for s in words}
    of_phrase = {(s.writer, s.text): s for s in phrases}
    page = _paper()
    for line in lines:
        x = MARGIN + line.indent
        y = FIRST_RULE + line.rule * PITCH - 2
        if line.words:
            strokes = _set_words([of_word[line.writer, word] for word in line.text.split()])
        else:
            sample = of_phrase[line.writer, line.text]
            strokes = [s - (0, baseline(sample.strokes)) for s in sample.strokes]
        _draw(page, [s * line.scale + (x, y) for s in strokes], line.ink)
    return page


def baseline(strokes: Sequence[F32]) -> float:
    """y on which the letters stand, by the turning points at the bottom of the strokes."""
    bottoms = []
    for stroke in strokes:
        y = stroke[:, 1]
        lower = np.r_[True, y[1:] >= y[:-1]] & np.r_[y[:-1] > y[1:], True]
        bottoms.extend(y[lower].tolist())
    top = min(float(s[:, 1].min()) for s in strokes)
    bottom = max(float(s[:, 1].max()) for s in strokes)
    low = [b for b in bottoms if b > top + 0.35 * (bottom - top)]
    return float(np.median(low)) if low else bottom


def _set_words(samples: Sequence[StrokeSample]) -> list[F32]:
    space, x = 75.0, 0.0
    placed: list[F32] = []
    for sample in samples:
        low = baseline(sample.strokes)
        placed.extend(s + np.array((x, -low), np.float32) for s in sample.strokes)
        x += sample.size[0] + space
    return placed


def _paper() -> U8:
    page = np.full((HEIGHT, WIDTH, 3), PAPER, np.uint8)
    for y in range(FIRST_RULE, HEIGHT, PITCH):
        cv2.line(page, (0, y), (WIDTH, y), RULE, 2, cv2.LINE_AA)
    cv2.line(page, (MARGIN, 0), (MARGIN, HEIGHT), MARGIN_RULE, 2, cv2.LINE_AA)
    return page


def _draw(page: U8, strokes: Sequence[F32], ink: tuple[int, int, int]) -> None:
    """Lays ink over the page: round nib, a little thinner and paler where the pen was fast."""
    points = np.concatenate(strokes)
    top, bottom = int(points[:, 1].min()) - 8, int(points[:, 1].max()) + 9
    coverage = np.zeros(((bottom - top) * OVERSAMPLE, WIDTH * OVERSAMPLE), np.uint8)
    for stroke in strokes:
        path, speed = _smooth(stroke)
        fixed = np.round((path - (0, top)) * (OVERSAMPLE * 16)).astype(int)
        widths = np.round((2.7 + 1.7 / (1.0 + speed)) * OVERSAMPLE).astype(int).tolist()
        if len(fixed) == 1:
            cv2.circle(coverage, fixed[0].tolist(), round(2.2 * OVERSAMPLE * 16), 255, -1, cv2.LINE_AA, 4)
        for start, end, width in zip(fixed[:-1].tolist(), fixed[1:].tolist(), widths, strict=False):
            cv2.line(coverage, start, end, 255, width, cv2.LINE_AA, 4)
    alpha = cv2.resize(coverage, (WIDTH, bottom - top), interpolation=cv2.INTER_AREA)[:, :, None] / 255.0
    part = page[top:bottom]
    part[:] = (part * (1 - 0.93 * alpha) + np.array(ink) * 0.93 * alpha).round()


def _smooth(stroke: F32, step: float = 1.0, sigma: float = 2.0) -> tuple[F32, F32]:
    """The stroke at even distances of `step` px, and the pen's speed there, 1 being its median.

    A tablet samples at even times, so the distance between its points is the speed; its jitter is smoothed by
    a Gaussian of `sigma` px.
    """
    moves = np.linalg.norm(np.diff(stroke, axis=0), axis=1)
    length = np.r_[0.0, np.cumsum(moves)]
    if length[-1] < 3 * step:
        return stroke[:1], np.ones(1, np.float32)
    at = np.linspace(0, length[-1], int(length[-1] / step))
    even = np.stack([np.interp(at, length, stroke[:, i]) for i in (0, 1)], axis=1)
    speed = np.interp(at, (length[:-1] + length[1:]) / 2, moves / np.median(moves[moves > 0]))
    smoothed = np.column_stack([_gauss(even[:, 0], sigma), _gauss(even[:, 1], sigma), _gauss(speed, 8.0)])
    return smoothed[:, :2].astype(np.float32), smoothed[:, 2].astype(np.float32)


def _gauss(values: NDArray[np.float64], sigma: float) -> NDArray[np.float64]:
    """Smoothed along the curve; mirrored through the end points, so that a stroke keeps its full length."""
    reach = min(int(3 * sigma), len(values) - 1)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    padded = np.pad(values, reach, mode="reflect", reflect_type="odd")
    return np.convolve(padded, kernel / kernel.sum(), "valid")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m convert.demo_page", description=__doc__)
    here = Path(__file__).resolve().parents[1]
    parser.add_argument("--out", type=Path, default=here / "camera_ocr" / "capture" / "assets")
    out = parser.parse_args(arguments).out
    writers = sorted({line.writer for line in NOTE})
    page = make_page(
        NOTE,
        (s for s in unipen("words") if s.writer in writers),
        (s for s in unipen("text") if s.writer in writers),
    )
    out.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(out / "demo_page.png"), page, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    (out / "demo_page.txt").write_text(
        "".join(f"{line.seen or line.text}\n" for line in NOTE), encoding="utf-8"
    )
    (out / "ATTRIBUTION.txt").write_text(ATTRIBUTION.format(writers=", ".join(writers)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
