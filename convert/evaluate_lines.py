"""Line finding measured against the polygons of copiste_pages.zip: `python -m convert evaluate lines`."""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from camera_ocr.detection.lines import find_lines
from camera_ocr.preprocess.page import make_page
from camera_ocr.types import F32, U8
from convert.datasets.shared import TruePage, copiste_pages


@dataclass(frozen=True, slots=True)
class LineScore:
    """Counts of one-to-one matches at one threshold on IoU."""

    found: int
    true: int
    matched: int

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.true if self.true else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.true
        return 2 * self.matched / total if total else 0.0

    def __add__(self, other: "LineScore") -> "LineScore":
        return LineScore(self.found + other.found, self.true + other.true, self.matched + other.matched)


def iou_table(found: Sequence[F32], true: Sequence[F32]) -> NDArray[np.float64]:
    """(len(found), len(true)) intersection over union, by filling the polygons on a raster of one px."""
    table = np.zeros((len(found), len(true)))
    for j, polygon in enumerate(true):
        for i, quad in enumerate(found):
            low = np.floor(np.minimum(polygon.min(axis=0), quad.min(axis=0))).astype(int)
            high = np.ceil(np.maximum(polygon.max(axis=0), quad.max(axis=0))).astype(int)
            if (polygon.max(axis=0) < quad.min(axis=0)).any() or (
                quad.max(axis=0) < polygon.min(axis=0)
            ).any():
                continue
            a, b = _fill(polygon, low, high), _fill(quad, low, high)
            union = np.count_nonzero(a | b)
            table[i, j] = np.count_nonzero(a & b) / union if union else 0.0
    return table


def _fill(polygon: F32, low: NDArray[np.int_], high: NDArray[np.int_]) -> U8:
    canvas = np.zeros((int(high[1] - low[1]) + 1, int(high[0] - low[0]) + 1), np.uint8)
    cv2.fillPoly(canvas, [np.round(polygon - low).astype(np.int32)], 1)
    return canvas


def match(table: NDArray[np.float64], least: float) -> list[tuple[int, int]]:
    """One-to-one pairs (found, true) with IoU of at least `least`, the best first."""
    pairs: list[tuple[int, int]] = []
    left = table.copy()
    while left.size and left.max() >= least:
        i, j = np.unravel_index(int(np.argmax(left)), left.shape)
        pairs.append((int(i), int(j)))
        left[i, :] = -1
        left[:, j] = -1
    return pairs


def main(argv: Sequence[str] | None = None) -> int:
    """Print precision, recall and F1 at IoU 0.5 and 0.7, page by page and in all."""
    parser = argparse.ArgumentParser(prog="python -m convert evaluate lines", description=__doc__)
    parser.add_argument("--split", choices=("val", "train"), default="val")
    parser.add_argument(
        "--pictures", type=Path, default=None, help="folder to draw found and true lines into"
    )
    args = parser.parse_args(argv)
    totals = {0.5: LineScore(0, 0, 0), 0.7: LineScore(0, 0, 0)}
    times: list[float] = []
    in_order = 0
    print(f"{'page':28} {'true':>5} {'found':>5} {'hit@.5':>6} {'hit@.7':>6} {'ms':>6}  order")
    for page in copiste_pages(args.split):
        start = time.process_time()
        found = [region.quad for region in find_lines(make_page(page.image))]
        times.append((time.process_time() - start) * 1e3)
        table = iou_table(found, page.polygons)
        scores = {}
        for least in totals:
            pairs = match(table, least)
            scores[least] = LineScore(len(found), len(page.polygons), len(pairs))
            totals[least] += scores[least]
        by_found = [true for _, true in sorted(match(table, 0.5))]
        ordered = by_found == sorted(by_found)
        in_order += ordered
        print(
            f"{page.name:28} {len(page.polygons):5} {len(found):5} {scores[0.5].matched:6}"
            f" {scores[0.7].matched:6} {times[-1]:6.0f}  {'as labelled' if ordered else 'differs'}"
        )
        if args.pictures:
            _draw(page, found, table, args.pictures)
    for least, score in totals.items():
        print(f"IoU {least}: precision {score.precision:.4f}  recall {score.recall:.4f}  F1 {score.f1:.4f}")
    print(f"reading order as labelled on {in_order} of {len(times)} pages")
    print(f"median time {np.median(times):.0f} ms a page")
    return 0


def _draw(page: TruePage, found: Sequence[F32], table: NDArray[np.float64], folder: Path) -> None:
    """True polygons green; quads that match at IoU 0.5 blue, others red, numbered in reading order."""
    folder.mkdir(parents=True, exist_ok=True)
    canvas = page.image.copy()
    hit = {i for i, _ in match(table, 0.5)}
    for polygon in page.polygons:
        cv2.polylines(canvas, [polygon.astype(np.int32)], True, (0, 160, 0), 1)
    for i, quad in enumerate(found):
        colour = (255, 0, 0) if i in hit else (0, 0, 255)
        cv2.polylines(canvas, [np.round(quad).astype(np.int32)], True, colour, 2)
        x, y = quad[0]
        cv2.putText(
            canvas, str(i + 1), (max(0, int(x) - 30), int(y) + 20), cv2.FONT_HERSHEY_SIMPLEX, 0.6, colour, 2
        )
    cv2.imwrite(str(folder / f"{page.name}.png"), canvas)


if __name__ == "__main__":
    raise SystemExit(main())
