from itertools import pairwise

import cv2
import numpy as np
import pytest

from camera_ocr.fusion import AGREE
from camera_ocr.geometry import crop_quad, to_gray
from camera_ocr.tracking.looks import sharpness_of
from camera_ocr.tracking.memory import HOPELESS_TRIES, SPREAD, LineMemory
from camera_ocr.types import U8, Reading, Transcript

NEXT = 100
"""A frame long after those that were read."""


def reading(text: str, confidence: float, frame: int = 0, sharpness: float = 1.0) -> Reading:
    n = len(text)
    spans = np.linspace(0, 1, 2 * n, dtype=np.float32).reshape(n, 2)
    return Reading(1, frame, Transcript(text, np.full(n, confidence, np.float32), spans), sharpness)


@pytest.fixture(scope="module")
def crops(draw_sheet) -> list[U8]:
    sheet = draw_sheet([4, 4, 4])
    return [crop_quad(to_gray(sheet.image), quad) for quad in sheet.lines]


def noisy(crop: U8, seed: int) -> U8:
    noise = np.random.default_rng(seed).normal(0, 3, crop.shape)
    return np.clip(crop + noise, 0, 255).astype(np.uint8)


def read(memory: LineMemory, crop: U8, text: str = "but", confidence: float = 0.8) -> None:
    memory.add(reading(text, confidence, sharpness=memory.sharpness), crop)


def test_focused_look_is_sharper_than_a_blurred_one_whatever_the_light(crops: list[U8]) -> None:
    sharp = sharpness_of(crops[0])
    assert sharpness_of(np.asarray(cv2.GaussianBlur(crops[0], (0, 0), 2), np.uint8)) < 0.6 * sharp
    assert sharpness_of((crops[0] * 0.5).astype(np.uint8)) == pytest.approx(sharp, rel=0.1)
    assert sharpness_of(np.full((20, 90), 200, np.uint8)) == 0.0


def test_new_line_is_wanted_most_and_a_settled_one_not_at_all(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    assert memory.need(NEXT) == 0
    read(memory, crops[0])
    memory.look(noisy(crops[0], 1))
    assert memory.need(NEXT) == 2
    for _ in range(AGREE - 1):
        read(memory, noisy(crops[0], 1))
    assert memory.settled
    assert memory.need(NEXT) is None


def test_the_same_picture_is_not_read_twice(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    read(memory, crops[0])
    memory.look(crops[0])
    assert memory.need(NEXT) is None
    assert memory.settled


def test_much_sharper_look_is_read_again_and_a_blurred_one_is_not(crops: list[U8]) -> None:
    blurred = np.asarray(cv2.GaussianBlur(crops[0], (0, 0), 2.5), np.uint8)
    memory = LineMemory()
    memory.look(blurred)
    read(memory, blurred, "bnt", 0.5)
    read(memory, noisy(blurred, 1), "bnt", 0.5)
    memory.look(crops[0])
    assert memory.need(NEXT) == 1
    other = LineMemory()
    other.look(crops[0])
    read(other, crops[0], "but", 0.5)
    other.look(blurred)
    assert other.need(NEXT) is None


def test_other_ink_voids_what_was_read(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    read(memory, crops[0])
    memory.look(noisy(crops[0], 2))
    assert memory.fused.text == "but"
    memory.look(crops[1])
    assert memory.need(NEXT) is None
    memory.look(crops[1])
    assert memory.need(NEXT) == 1
    read(memory, crops[1], "xylophone")
    assert memory.fused.text == "xylophone"
    assert memory.ink == 1


def test_line_that_only_looks_other_for_a_while_keeps_its_text(crops: list[U8]) -> None:
    memory = settled(crops[0])
    for _ in range(2):
        memory.look(noisy(crops[1], 3))
    memory.add(reading("hello peaple", 0.9, 9, memory.sharpness), crops[1])
    assert memory.fused.text == "hello people"
    assert memory.ink == 0


def test_other_ink_is_counted_whether_it_was_read_or_not(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    memory.look(noisy(crops[0], 2))
    assert memory.ink == 0
    memory.look(crops[1])
    memory.look(crops[1])
    assert memory.ink == 1
    read(memory, crops[1])
    memory.look(noisy(crops[1], 3))
    assert memory.ink == 1
    memory.look(crops[0])
    memory.look(crops[0])
    read(memory, crops[0], "xylophone")
    assert memory.ink == 2


def test_line_that_cannot_be_read_is_let_be_until_it_is_sharper(crops: list[U8]) -> None:
    blurred = np.asarray(cv2.GaussianBlur(crops[0], (0, 0), 2.5), np.uint8)
    memory = LineMemory()
    memory.look(blurred)
    for i in range(3):
        assert memory.need(NEXT) is not None
        memory.skip(i, memory.sharpness)
        assert memory.last_frame == i
    assert memory.need(NEXT) is None
    memory.look(crops[0])
    assert memory.need(NEXT) is not None


def test_line_that_never_settles_is_let_be_after_some_tries(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    for i, text in enumerate(["abcdef", "ghijkl", "mnopqr", "stuvwx"] * 4):
        if memory.need(NEXT) is None:
            break
        memory.add(reading(text, 0.3, i, memory.sharpness), noisy(crops[0], i))
    assert i < 14
    assert memory.need(NEXT) is None


def settled(crop: U8, text: str = "hello people") -> LineMemory:
    memory = LineMemory()
    for i in range(AGREE):
        memory.look(noisy(crop, i))
        memory.add(reading(text, 0.8, i, memory.sharpness), crop)
    assert memory.fused.stable
    return memory


def test_hand_over_an_end_of_a_line_keeps_it_from_being_read_and_its_text_as_it_is(crops: list[U8]) -> None:
    memory = settled(crops[0])
    hidden = noisy(crops[0], 6)
    hidden[:, -hidden.shape[1] // 4 :] = 120
    assert memory.is_hidden(hidden)
    assert not memory.is_hidden(noisy(crops[0], 7))
    assert not memory.is_hidden((crops[0] * 0.7).astype(np.uint8))
    for _ in range(4):
        memory.look(hidden)
        assert not memory.in_doubt
    assert memory.fused.text == "hello people"


def test_what_is_found_of_a_line_tells_whether_it_is_the_same(crops: list[U8]) -> None:
    memory = settled(crops[0])
    half = noisy(crops[0], 6)
    half[:, half.shape[1] // 2 :] = 235
    for _ in range(3):
        memory.look(half, part=(0.0, 0.5))
    other = noisy(np.ascontiguousarray(crops[0][:, ::-1]), 8)
    memory.look(other, part=(0.0, 0.5))
    memory.look(other, part=(0.0, 0.2))
    assert not memory.in_doubt
    memory.look(other, part=(0.0, 0.5))
    assert memory.in_doubt
    assert memory.need(NEXT) == 1


def test_part_of_a_line_at_the_edge_of_the_view_does_not_replace_the_whole(crops: list[U8]) -> None:
    memory = settled(crops[0])
    memory.look(noisy(crops[0], 5), seen=0.6)
    assert memory.need(NEXT, 0.6) is None
    memory.add(Reading(1, 9, reading("hello", 0.99).transcript, 9.0, seen=0.6), crops[0])
    assert memory.fused.text == "hello people"


def test_whole_line_replaces_the_part_that_was_seen_first(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0], seen=0.5)
    for i in range(AGREE):
        memory.add(Reading(1, i, reading("hello", 0.9).transcript, memory.sharpness, seen=0.5), crops[0])
    assert memory.need(NEXT, 0.5) is None
    assert memory.need(NEXT, 1.0) == 1
    memory.add(Reading(1, 9, reading("hello people", 0.8).transcript, memory.sharpness), crops[0])
    assert memory.fused.text == "hello people"


def test_line_that_is_written_on_is_read_anew(crops: list[U8]) -> None:
    memory = settled(crops[0], "hello")
    memory.look(crops[1], extent=1)
    assert memory.need(NEXT) == 1
    for i in range(2):
        assert memory.fused.text == "hello"
        memory.add(reading("hello people", 0.8, 9 + i, memory.sharpness), crops[1])
    assert memory.fused.text == "hello people"


def test_what_is_read_off_a_passing_hand_replaces_nothing(crops: list[U8]) -> None:
    memory = settled(crops[0])
    for _ in range(2):
        memory.look(noisy(crops[1], 3))
    for i, text in enumerate(["B fe fch e", "a smele aaiiet", "teH fl floo"]):
        memory.add(reading(text, 0.5, 9 + i, memory.sharpness), crops[1])
    assert memory.fused.text == "hello people"


def test_half_of_a_line_read_beside_a_hand_is_no_new_text(crops: list[U8]) -> None:
    memory = settled(crops[0], "serious eighteen hook jump important")
    for _ in range(2):
        memory.look(noisy(crops[1], 3))
    for i in range(4):
        assert not memory.add(reading("il B hook jump important", 0.6, 9 + i, memory.sharpness), crops[1])
    assert memory.fused.text == "serious eighteen hook jump important"
    for i in range(2):
        other = memory.add(reading("the grass has a sweet smell", 0.6, 20 + i, memory.sharpness), crops[1])
    assert other
    assert memory.fused.text == "the grass has a sweet smell"


def test_stable_text_gives_way_only_to_one_that_keeps_winning(crops: list[U8]) -> None:
    memory = settled(crops[0], "racing")
    texts = []
    for i in range(12):
        memory.add(reading("cucumber", 0.9, 10 + i, memory.sharpness), noisy(crops[0], i))
        texts.append(memory.fused.text)
    assert texts[:AGREE] == ["racing"] * AGREE
    assert texts[-1] == "cucumber"
    assert sum(a != b for a, b in pairwise(texts)) == 1


def test_blurred_readings_have_no_vote_once_there_is_a_sharp_one(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    for i in range(2):
        memory.add(reading("tired eyes", 0.9, i, 0.3), crops[0])
    memory.add(reading("fired eggs", 0.7, 2, 1.0), crops[0])
    assert memory.fused.text == "fired eggs"


def test_frames_close_to_each_other_are_not_all_read(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    for i, text in enumerate(["abcdef", "ghijkl"]):
        memory.add(reading(text, 0.6, i, memory.sharpness), noisy(crops[0], i))
    memory.look(noisy(crops[0], 9))
    assert memory.need(2) is None
    assert memory.need(1 + SPREAD) == 2


def test_clutter_is_let_be_after_a_few_readings(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    for i in range(HOPELESS_TRIES):
        assert memory.need(10 * i) is not None
        memory.add(reading("-ej", 0.3, 10 * i, memory.sharpness), noisy(crops[0], i))
    assert not memory.is_text
    assert memory.need(NEXT) is None
