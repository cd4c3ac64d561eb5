import numpy as np
import pytest

from camera_ocr.recognition.lexicon import load_lexicon
from convert.composed import composed_sets, compounds, name_text
from convert.datasets import shared


@pytest.fixture
def few_characters(monkeypatch, shared_data):
    """The first held-out writers' characters only: all take seconds to load."""

    def some(kind):
        found = 0
        for sample in real(kind):
            if sample.validation:
                yield sample
                found += 1
                if found == 1500:
                    return

    real = shared.unipen
    monkeypatch.setenv("CAMERA_OCR_DATA", str(shared_data))
    monkeypatch.setattr(shared, "unipen", some)


def test_names_are_capitalised_and_in_no_lexicon():
    rng = np.random.default_rng(1)
    names = [name for _ in range(100) for name in name_text(rng).split()]
    assert all(name.istitle() for name in names)
    english = load_lexicon("en")
    assert sum(name in english for name in names) < 5


def test_compounds_are_in_no_lexicon_and_tuned_on_others_than_measured():
    german = load_lexicon("de")
    words, others = compounds(validation=True), compounds(validation=False)
    assert len({*words, *others}) > 500
    assert not {*words} & {*others}
    assert all(word.istitle() and word not in german for word in words + others)


def test_codes_and_names_of_held_out_writers_are_the_same_each_time(few_characters):
    codes, names, _ = composed_sets(5)
    assert (codes.name, names.name) == ("codes", "names")
    assert len(codes.crops) == len(codes.texts) == len(names.crops) == 5
    assert all(crop.min() < 100 < crop.max() for crop in codes.crops), "ink on paper"
    again, *_ = composed_sets(5)
    assert list(again.texts) == list(codes.texts)
    np.testing.assert_array_equal(again.crops[0], codes.crops[0])
