"""Found lines and their text held against true ones, picture by picture and summed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from camera_ocr.curve import crop_line, outline
from camera_ocr.detection.lines import find_lines
from camera_ocr.geometry import to_gray
from camera_ocr.preprocess.page import Judge, make_page
from camera_ocr.preprocess.threshold import ink_mask
from camera_ocr.types import F32, U8, Region, Transcript
from convert.datasets.shared import copiste_lines, copiste_pages
from convert.line_scores import (
    LineScore,
    Overlaps,
    TextScore,
    Truth,
    edit_distance,
    match,
    order_score,
    overlaps,
    owners,
    plain,
    score_lines,
    score_text,
)
from convert.scenes.stills import Still
from convert.thresholds import Threshold

IOUS = (0.5, 0.7)

Read = Callable[[Sequence[U8]], list[Transcript]]


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What lines are to be found in."""

    name: str
    image: U8
    truths: tuple[Truth, ...]
    skew_deg: float | None = None
    ordered: bool = True
    """False where no order of reading is right: several sheets."""


@dataclass(slots=True)
class Tally:
    """Sums over pictures."""

    pictures: int = 0
    lines: dict[float, LineScore] = field(default_factory=lambda: {iou: LineScore() for iou in IOUS})
    text: TextScore = field(default_factory=TextScore)
    in_order: int = 0
    pairs: int = 0
    skew_errors: list[float] = field(default_factory=list)
    straight: "Tally | None" = None
    """The same with every line taken for straight; None where that is not asked for."""
    text_of_bent: TextScore = field(default_factory=TextScore)
    """Of the lines found to bend; in `straight` of the same lines."""

    def figures(self) -> dict[str, Any]:
        out: dict[str, Any] = {"pictures": self.pictures}
        for iou, score in self.lines.items():
            out[f"precision@{iou}"], out[f"recall@{iou}"] = score.precision, score.recall
            out[f"f1@{iou}"] = score.f1
        out["order"] = self.in_order / self.pairs if self.pairs else None
        if self.skew_errors:
            out["skew_error_deg"] = float(np.median(self.skew_errors))
            out["skew_error_deg_p90"] = float(np.percentile(self.skew_errors, 90))
        if self.text.characters:
            out["cer"], out["cer_with_extra"] = self.text.cer, self.text.cer_with_extra
        if self.text_of_bent.characters:
            out["cer_of_lines_that_bend"] = self.text_of_bent.cer
        if self.straight is not None:
            out["straight"] = self.straight.figures()
        return out


def of_page(split: str) -> Iterator[Picture]:
    """The pages of a split."""
    for page in copiste_pages(split):
        truths = tuple(Truth(p, t) for p, t in zip(page.polygons, page.texts, strict=True))
        yield Picture(page.name, page.image, truths)


def of_still(one: Still) -> Picture:
    truths = tuple(Truth(line.polygon, line.text, line.findable, line.legible) for line in one.lines)
    return Picture(one.name, one.image, truths, one.skew_deg, one.kind != "mixed")


def evaluate(
    pictures: Iterable[Picture],
    read: Read | None,
    draw_into: Path | None = None,
    judge: Judge | None = None,
    *,
    both: bool = False,
    threshold: Threshold = ink_mask,
) -> tuple[Tally, dict[str, dict[str, float]]]:
    """All measures over the pictures, and the main ones picture by picture; without text when `read` is
    None. `both`: also with every line taken for straight. `threshold`: see make_page."""
    total, each = Tally(straight=Tally() if both else None), {}
    for picture in pictures:
        page = make_page(picture.image, judge, threshold=threshold)
        regions = find_lines(page)
        table = _overlaps(regions, picture)
        bent = {owner for owner, one in zip(owners(table), regions, strict=True) if one.curve is not None}
        scores, text = _add(total, picture, regions, table, bent, read)
        if picture.skew_deg is not None:
            total.skew_errors.append(abs(page.skew_deg - picture.skew_deg))
        if total.straight is not None:
            as_straight = [replace(region, curve=None) for region in regions]
            _add(total.straight, picture, as_straight, _overlaps(as_straight, picture), bent, read)
        each[picture.name] = {
            "true": scores[0.5].true,
            "found": scores[0.5].found,
            "f1@0.5": scores[0.5].f1,
            "f1@0.7": scores[0.7].f1,
            "cer": text.cer,
        }
        if draw_into is not None:
            draw(picture, [outline(one.quad, one.curve) for one in regions], table, draw_into)
    return total, each


def _overlaps(regions: Sequence[Region], picture: Picture) -> Overlaps:
    return overlaps([outline(one.quad, one.curve) for one in regions], [t.polygon for t in picture.truths])


def _add(
    tally: Tally,
    picture: Picture,
    regions: Sequence[Region],
    table: Overlaps,
    bent: Collection[int | None],
    read: Read | None,
) -> tuple[dict[float, LineScore], TextScore]:
    """What was found in one picture, of whose true lines some are `bent`, added to the sums."""
    scores = {iou: score_lines(table, picture.truths, iou) for iou in IOUS}
    text = TextScore()
    if read is not None:
        gray = to_gray(picture.image)
        quads = [one.quad for one in regions]
        texts = [said.text for said in read([crop_line(gray, one.quad, one.curve) for one in regions])]
        text = score_text(table, quads, texts, picture.truths)
        some = [replace(t, legible=t.legible and j in bent) for j, t in enumerate(picture.truths)]
        tally.text_of_bent += score_text(table, quads, texts, some)
    tally.pictures += 1
    for iou, score in scores.items():
        tally.lines[iou] += score
    tally.text += text
    if picture.ordered:
        in_order, pairs = order_score(table)
        tally.in_order, tally.pairs = tally.in_order + in_order, tally.pairs + pairs
    return scores, text


def cer_of_crops(split: str, read: Read) -> float | None:
    """CER of the lines of `copiste_lines` that are of these pages, cut out by people; None without any."""
    names = {page.name for page in copiste_pages(split)}
    edits = characters = 0
    for sample in copiste_lines(split):
        if sample.writer in names:
            edits += edit_distance(read([sample.image])[0].text, sample.text)
            characters += len(plain(sample.text))
    return edits / characters if characters else None


def draw(picture: Picture, found: Sequence[F32], table: Overlaps, folder: Path) -> None:
    """True polygons green, grey where they need not be found; found ones that match at IoU 0.5 blue, others
    red, numbered in reading order."""
    folder.mkdir(parents=True, exist_ok=True)
    canvas = picture.image.copy()
    hit = {i for i, _ in match(table.iou, 0.5)}
    for truth in picture.truths:
        colour = (0, 160, 0) if truth.findable else (140, 140, 140)
        cv2.polylines(canvas, [np.rint(truth.polygon).astype(np.int32)], True, colour, 1)
    for i, quad in enumerate(found):
        colour = (255, 0, 0) if i in hit else (0, 0, 255)
        cv2.polylines(canvas, [np.round(quad).astype(np.int32)], True, colour, 2)
        x, y = quad[0]
        at = (max(0, int(x) - 30), int(y) + 20)
        cv2.putText(canvas, str(i + 1), at, cv2.FONT_HERSHEY_SIMPLEX, 0.6, colour, 2)
    cv2.imwrite(str(folder / f"{picture.name}.jpg"), canvas)
