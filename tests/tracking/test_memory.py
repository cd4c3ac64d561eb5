import cv2
import numpy as np
import pytest

from camera_ocr.geometry import crop_quad, to_gray
from camera_ocr.tracking.memory import LineMemory, sharpness_of
from camera_ocr.types import U8, Reading, Transcript


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
    assert memory.need() == 0
    read(memory, crops[0])
    memory.look(noisy(crops[0], 1))
    assert memory.need() == 2
    read(memory, noisy(crops[0], 1))
    assert memory.settled
    assert memory.need() is None


def test_the_same_picture_is_not_read_twice(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    read(memory, crops[0])
    memory.look(crops[0])
    assert memory.need() is None
    assert memory.settled


def test_much_sharper_look_is_read_again_and_a_blurred_one_is_not(crops: list[U8]) -> None:
    blurred = np.asarray(cv2.GaussianBlur(crops[0], (0, 0), 2.5), np.uint8)
    memory = LineMemory()
    memory.look(blurred)
    read(memory, blurred, "bnt", 0.5)
    read(memory, noisy(blurred, 1), "bnt", 0.5)
    memory.look(crops[0])
    assert memory.need() == 1
    other = LineMemory()
    other.look(crops[0])
    read(other, crops[0], "but", 0.5)
    other.look(blurred)
    assert other.need() is None


def test_other_ink_voids_what_was_read(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    read(memory, crops[0])
    memory.look(noisy(crops[0], 2))
    assert memory.fused.text == "but"
    memory.look(crops[1])
    assert memory.fused.text == ""
    assert memory.need() == 0


def test_other_ink_is_counted_whether_it_was_read_or_not(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    memory.look(noisy(crops[0], 2))
    assert memory.ink == 0
    memory.look(crops[1])
    assert memory.ink == 1
    read(memory, crops[1])
    memory.look(noisy(crops[1], 3))
    assert memory.ink == 1
    memory.look(crops[0])
    assert memory.ink == 2


def test_line_that_cannot_be_read_is_let_be_until_it_is_sharper(crops: list[U8]) -> None:
    blurred = np.asarray(cv2.GaussianBlur(crops[0], (0, 0), 2.5), np.uint8)
    memory = LineMemory()
    memory.look(blurred)
    for i in range(3):
        assert memory.need() is not None
        memory.skip(i, memory.sharpness)
        assert memory.last_frame == i
    assert memory.need() is None
    memory.look(crops[0])
    assert memory.need() is not None


def test_line_that_never_settles_is_let_be_after_some_tries(crops: list[U8]) -> None:
    memory = LineMemory()
    memory.look(crops[0])
    for i, text in enumerate(["abcdef", "ghijkl", "mnopqr", "stuvwx"] * 4):
        if memory.need() is None:
            break
        memory.add(reading(text, 0.3, i, memory.sharpness), noisy(crops[0], i))
    assert i < 14
    assert memory.need() is None
