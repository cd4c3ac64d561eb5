import numpy as np
import pytest

from camera_ocr.own_lines import add_line
from camera_ocr.own_samples import add_sample
from camera_ocr.recognition.lineprep import LINE_HEIGHT
from convert.charset import CHARSET, encode, normalise
from convert.datasets import shared
from convert.feed import bucket_of, make_batch
from convert.samples import TrainingMix


@pytest.fixture(scope="module")
def mix(shared_data):
    return TrainingMix()


def test_no_validation_writer_is_in_the_mix(mix):
    strokes = [
        *mix._all_words,
        *mix._lines,
        *(s for g in mix._glyphs.values() for c in g.values() for s in c),
    ]
    assert not any(s.writer.startswith(shared.VALIDATION_DONORS) for s in strokes)
    held_out = {
        s.image.tobytes() for split in (shared.copiste_lines, shared.dhsd_words) for s in split("val")
    }
    assert not any(s.image.tobytes() in held_out for s in [*mix._scans, *mix._dhsd])


def test_every_source_gives_lines_the_reader_can_learn(mix):
    rng = np.random.default_rng(0)
    for stage in ("words", "all"):
        for _ in range(60):
            image, text = mix.sample(rng, stage)
            assert image.shape[0] == LINE_HEIGHT
            assert image.dtype == np.uint8
            assert set(text) <= set(CHARSET)
            assert text == text.strip()


def test_labels_come_to_the_readers_characters():
    assert normalise("l’été  –  fin") == "l'été - fin"
    assert normalise("π") is None
    assert normalise(" ") is None
    assert [CHARSET[i] for i in encode("aß1")] == ["a", "ß", "1"]


def test_lines_too_narrow_for_their_text_are_left_out():
    assert bucket_of(100, "short") == 128
    assert bucket_of(20, "llllllll") is None
    assert bucket_of(5000, "x") is None


def test_a_batch_pads_images_with_paper_and_labels_with_minus_one():
    lines = [(np.full((LINE_HEIGHT, 90), 9, np.uint8), "ab"), (np.full((LINE_HEIGHT, 50), 9, np.uint8), "c")]
    images, labels, frames = make_batch(lines, 96)
    assert images.shape == (2, LINE_HEIGHT, 96, 1)
    assert not images[1, :, 50:].any()
    assert labels.tolist() == [encode("ab"), [*encode("c"), -1]]
    assert frames.tolist() == [24, 14]


def test_ones_own_hand_is_its_share_of_the_mix(shared_data, tmp_path):
    for number in range(4):
        add_sample("text", "myhand", [[(0, 0), (40, 30 + number), (90, 10)]], tmp_path)
    mix, rng = TrainingMix(own=tmp_path), np.random.default_rng(0)
    texts = [mix.sample(rng)[1] for _ in range(200)]
    assert 30 <= texts.count("myhand") <= 70


def test_lines_put_right_are_in_the_mix_as_they_lay_before_the_camera(shared_data, tmp_path, line_crop):
    for number in range(4):
        add_line(np.ascontiguousarray(line_crop[:, number:]), "put right", tmp_path)
    mix, rng = TrainingMix(own=tmp_path), np.random.default_rng(0)
    lines = [mix.sample(rng) for _ in range(200)]
    mine = [image for image, text in lines if text == "put right"]
    assert 30 <= len(mine) <= 70
    # each time damaged otherwise, but with ink
    assert len({image.tobytes() for image in mine}) == len(mine)
    assert all(image.max() > 60 for image in mine)
