"""Reads a line of a still picture once more when in doubt: seen a little otherwise, it is misread otherwise.

Where frames of a film give a line's readings to vote on, a still picture has but one look to offer, so others
are made of it. To average over changed views of one input is old practice (Krizhevsky et al., "ImageNet
classification with deep convolutional neural networks", 2012, section 4.1); here words are voted on, not
frames of the output, whose places differ from view to view.
"""

from collections.abc import Sequence

import cv2
import numpy as np

from camera_ocr.jobs import Reader
from camera_ocr.types import U8, Transcript
from camera_ocr.word_vote import vote_on_words

DOUBT = 0.9
"""A line that is right with less probability than this is looked at again."""
WIDER = 1.13
RISE = 0.1
"""Of a line from one end to the other, as a share of its height."""


class CarefulReader:
    """Reads as `reader` does, and doubtful lines three times more; takes up to four times as long."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, crops: Sequence[U8]) -> list[Transcript]:
        """Text of each crop, (H, W) grey, one line of writing in each."""
        return self.read_again(crops, self._reader.read(crops))

    def read_again(self, crops: Sequence[U8], read: Sequence[Transcript]) -> list[Transcript]:
        """What becomes of readings of the crops when those in doubt are looked at again."""
        return [
            self._voted(crop, said) if said.text and said.confidence < DOUBT else said
            for crop, said in zip(crops, read, strict=True)
        ]

    def _voted(self, crop: U8, said: Transcript) -> Transcript:
        return vote_on_words([said, *self._reader.read(other_looks(crop))], one_picture=True)


def other_looks(crop: U8) -> list[U8]:
    """A line's (H, W) crop drawn wider, rising and falling; every place keeps its share of the width."""
    return [_widened(crop), _rising(crop, RISE), _rising(crop, -RISE)]


def _widened(crop: U8) -> U8:
    h, w = crop.shape
    return np.asarray(cv2.resize(crop, (round(w * WIDER), h), interpolation=cv2.INTER_CUBIC), np.uint8)


def _rising(crop: U8, share: float) -> U8:
    h, w = crop.shape
    rise = share * h
    shift = np.array([[1, 0, 0], [-rise / w, 1, rise / 2]], np.float32)
    moved = cv2.warpAffine(crop, shift, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(moved, np.uint8)
