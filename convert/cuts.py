"""Where the scanned training lines can be cut between words: `python -m convert cuts runs/cuts.json`.

The sets label whole lines only. The present reader reads each line; a space it reads where the label has
one, with the letters on both sides right, is a place to cut. Pieces of one writer's lines, cut there and set
beside each other in another order, teach the reader hands without the same few thousand sentences.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein
from tqdm import tqdm

from camera_ocr.recognition.line_reader import LineReader
from camera_ocr.recognition.lineprep import even_ink
from camera_ocr.types import U8, Transcript
from convert.charset import normalise
from convert.datasets import shared
from convert.datasets.prepare import whole

Cut = tuple[int, int]
"""Index of a space in the label, and the column of the image to cut at."""


def cuts_of(image: U8, label: str, reading: Transcript) -> list[Cut]:
    """Places to cut a line image, left to right.

    Args:
        image: (H, W) grey.
        label: the text that the line has, normalised.
        reading: the reader's own view of the image.
    """
    width = image.shape[1]
    columns = even_ink(image).astype(np.float32).sum(axis=0)
    found: list[Cut] = []
    for kind, label_from, label_to, read_from, _ in Levenshtein.opcodes(label, reading.text):
        if kind != "equal":
            continue
        # both neighbours of the space must be right too, so the run is searched without its ends
        for at in range(label_from + 1, label_to - 1):
            if label[at] != " ":
                continue
            read_at = read_from + at - label_from
            before, after = reading.char_span[read_at - 1], reading.char_span[read_at + 1]
            left, right = (int(width * (span[0] + span[1]) / 2) for span in (before, after))
            if right - left < 3:
                continue
            gap = columns[left:right]
            emptiest = np.flatnonzero(gap <= gap.min() + 255.0)
            found.append((at, left + int(np.median(emptiest))))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One word of a scanned line."""

    image: U8
    """(H, W) grey; pieces of one line lie beside each other, each with half the gap to its neighbours."""
    text: str


def pieces(image: U8, label: str, cuts: Sequence[Cut]) -> list[Piece]:
    """The line in pieces of a word each, or of several where no cut between them is known."""
    spaces = [-1, *(space for space, _ in cuts), len(label)]
    columns = [0, *(column for _, column in cuts), image.shape[1]]
    return [
        Piece(image[:, columns[i] : columns[i + 1]], label[spaces[i] + 1 : spaces[i + 1]])
        for i in range(len(spaces) - 1)
    ]


def read_cuts(path: Path) -> list[list[Cut]]:
    """The table that the command wrote, one row for each line of Copiste's training split."""
    return [[(space, column) for space, column in row] for row in json.loads(path.read_text())]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m convert cuts", description=__doc__)
    parser.add_argument("output", type=Path)
    arguments = parser.parse_args(argv)
    reader = LineReader()
    table: list[list[Cut]] = []
    for sample in tqdm(list(shared.copiste_lines("train")), unit="line"):
        label = normalise(sample.text)
        reading = reader.read([sample.image])[0]
        table.append(cuts_of(sample.image, label, reading) if label else [])
    with whole(arguments.output) as part:
        part.write_text(json.dumps(table))
    print(f"{sum(map(len, table))} places to cut in {len(table)} lines: {arguments.output}")
