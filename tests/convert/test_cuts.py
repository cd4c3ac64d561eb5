import numpy as np

from camera_ocr.types import Transcript
from convert.cuts import cuts_of, pieces


def line_and_reading(read: str) -> tuple[np.ndarray, Transcript]:
    """Three black words of four letters, 20 px a letter and a letter's room between, and what was read."""
    image = np.full((64, 14 * 20), 255, np.uint8)
    for start in (0, 5, 10):
        image[20:44, start * 20 + 2 : (start + 4) * 20 - 2] = 0
    spans = np.array([(i / 14, (i + 1) / 14) for i in range(len(read))], np.float32)
    return image, Transcript(read, np.ones(len(read), np.float32), spans)


def test_a_line_is_cut_in_the_gaps_between_its_words():
    image, reading = line_and_reading("abcd efgh ijkl")
    (first, second) = cuts_of(image, "abcd efgh ijkl", reading)
    assert (first[0], second[0]) == (4, 9)
    assert 80 <= first[1] <= 100
    assert 180 <= second[1] <= 200
    cut = pieces(image, "abcd efgh ijkl", [first, second])
    assert [p.text for p in cut] == ["abcd", "efgh", "ijkl"]
    assert sum(p.image.shape[1] for p in cut) == image.shape[1]


def test_a_space_beside_a_letter_that_was_read_wrong_is_not_trusted():
    image, reading = line_and_reading("abcx efgh ijkl")
    assert [space for space, _ in cuts_of(image, "abcd efgh ijkl", reading)] == [9]


def test_a_line_without_cuts_is_one_piece():
    image, _ = line_and_reading("")
    assert [p.text for p in pieces(image, "abcd efgh ijkl", [])] == ["abcd efgh ijkl"]
