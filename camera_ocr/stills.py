"""Finds and reads what is written on single pictures."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from camera_ocr.careful import CarefulReader
from camera_ocr.curve import crop_line
from camera_ocr.detection.lines import find_lines
from camera_ocr.detection.single import single_line
from camera_ocr.detection.words import split_words
from camera_ocr.geometry import full_quad, to_gray, transform_quad
from camera_ocr.jobs import Reader
from camera_ocr.laps import Clock
from camera_ocr.orientation import page_of_frame, quarter_turns, turned_back
from camera_ocr.preprocess.parts import reframe, regions_px
from camera_ocr.types import U8, Frame, FrameResult, FusedLine, Page, Region, Transcript, Word
from camera_ocr.written import is_written


class StillReader:
    """Reads pictures, each by itself."""

    def __init__(
        self, reader: Reader, make_page: Callable[[Frame], Page], *, look_again: bool = True
    ) -> None:
        """`make_page` makes a frame ready for finding lines; `look_again`: doubtful lines are read anew."""
        self._reader = reader
        self._careful = CarefulReader(reader) if look_again else None
        self._make_page = make_page

    def read_page(self, frame: Frame) -> FrameResult:
        """Every line of the picture, whichever way up; what turns out to be no writing is left out."""
        clock = Clock()
        page = self._make_page(frame)
        clock.lap("page")
        regions = find_lines(page)
        clock.lap("lines")
        crops = _crops(frame, regions)
        transcripts = self._read(crops)
        turns = quarter_turns(frame, regions, transcripts, self._find_lines, self._read_lines)
        if turns:
            turned = reframe(frame, frame.framing.turned(turns))
            page = self._make_page(turned)
            found = find_lines(page)
            crops = _crops(turned, found)
            transcripts = self._read(crops)
            page = page_of_frame(page, frame, turns)
            back = turned_back(frame, turns)
            regions = [replace(one, quad=transform_quad(one.quad, back)) for one in found]
        written = [i for i, said in enumerate(transcripts) if is_written(said.text, said.certainty)]
        said = self._read_again([crops[i] for i in written], [transcripts[i] for i in written])
        clock.lap("read")
        lines = tuple(_single_line(k + 1, regions[i], said[k]) for k, i in enumerate(written))
        return FrameResult(frame, page, lines, clock.timings_ms())

    def read_line(self, frame: Frame, *, one_word: bool = False) -> FrameResult:
        """Read the picture as one line, or as one word, wherever in it the writing is."""
        clock = Clock()
        gray = to_gray(frame.image)
        # one line is in one part of the picture
        left, top, right, bottom = regions_px(frame)[0]
        found = single_line(find_lines(self._make_page(frame)), bottom - top)
        clock.lap("lines")
        whole = full_quad(right - left, bottom - top) + np.array([left, top], np.float32)
        # a crop of a line and a photo with a line somewhere in it look alike: what reads best settles it
        ways = [Region(whole, 1.0)] + ([found] if found is not None else [])
        crops = [gray[top:bottom, left:right]]
        crops += [crop_line(gray, one.quad, one.curve) for one in ways[1:]]
        readings = zip(ways, crops, self._reader.read(crops), strict=True)
        region, crop, said = max(readings, key=lambda reading: reading[2].certainty)
        (said,) = self._read_again([crop], [said])
        clock.lap("read")
        line = _single_line(1, region, said, one_word=one_word)
        return FrameResult(frame, None, (line,) if line.text else (), clock.timings_ms())

    def _find_lines(self, frame: Frame) -> list[Region]:
        return find_lines(self._make_page(frame))

    def _read_lines(self, frame: Frame, regions: Sequence[Region]) -> list[Transcript]:
        return self._read(_crops(frame, regions))

    def _read(self, crops: Sequence[U8]) -> list[Transcript]:
        return self._reader.read(crops) if crops else []

    def _read_again(self, crops: Sequence[U8], read: Sequence[Transcript]) -> Sequence[Transcript]:
        return read if self._careful is None else self._careful.read_again(crops, read)


def _crops(frame: Frame, regions: Sequence[Region]) -> list[U8]:
    gray = to_gray(frame.image)
    return [crop_line(gray, region.quad, region.curve) for region in regions]


def as_frame(picture: Frame | U8) -> Frame:
    """A picture as the only frame of a source without a name."""
    if isinstance(picture, Frame):
        return picture
    image = picture if picture.ndim == 3 else np.repeat(picture[:, :, None], 3, axis=2)
    return Frame(np.ascontiguousarray(image), 0, 0, "")


def _single_line(track_id: int, region: Region, said: Transcript, *, one_word: bool = False) -> FusedLine:
    """A line that was read once."""
    quad, curve = region.quad, region.curve
    text, others = said.text, said.alternatives
    if one_word:
        text, *rest = dict.fromkeys("".join(each.split()) for each in (text, *others))
        others = tuple(rest)
    sure, votes = said.confidence, 1 if text else 0
    words = (Word(text, quad, sure, others),) if one_word and text else split_words(said, quad, curve)
    return FusedLine(track_id, quad, text, sure, votes, True, words, alternatives=others, curve=curve)
