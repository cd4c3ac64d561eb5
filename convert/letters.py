"""Draws the letters that annotated pictures are lettered with: `python -m convert.letters`.

OpenCV's own fonts have no accents before version 5, and the program needs no other library to draw.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from camera_ocr.export.letters import PAD, SHEET, UNKNOWN

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
EM = 32
CHARACTERS = (
    "".join(chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))) + "–—‘’‚“”„…•€™−≤≥" + UNKNOWN
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the sheet of letters and the list of what is on it; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--font", type=Path, default=FONT, help="a TrueType file")
    parser.add_argument("--output", type=Path, default=SHEET, help="a PNG; a JSON of the same name beside it")
    options = parser.parse_args(arguments)
    font = ImageFont.truetype(str(options.font), EM)
    ascent, descent = font.getmetrics()
    widths = [max(1, round(font.getlength(character))) + 2 * PAD for character in CHARACTERS]
    sheet = Image.new("L", (sum(widths), ascent + descent))
    draw = ImageDraw.Draw(sheet)
    x = 0
    for character, width in zip(CHARACTERS, widths, strict=True):
        draw.text((x + PAD, 0), character, fill=255, font=font)
        x += width
    cv2.imwrite(str(options.output), np.asarray(sheet), [cv2.IMWRITE_PNG_COMPRESSION, 9])
    described = {"characters": CHARACTERS, "widths": widths}
    options.output.with_suffix(".json").write_text(json.dumps(described, ensure_ascii=False) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
