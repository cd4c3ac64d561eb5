import json

import numpy as np
import pytest

pytest.importorskip("tensorflow")

from camera_ocr.recognition.card import card_path
from camera_ocr.recognition.line_reader import LineReader
from convert import export
from convert.charset import CHARSET
from convert.nets import build_line_net
from convert.state import TrainingState, load_state, save_state
from convert.validation import Validation, collapse, greedy

# Keras 2.15 draws its seeds with a float, which Python 3.11 frowns at
pytestmark = pytest.mark.filterwarnings("ignore:non-integer arguments to randrange:DeprecationWarning")


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """An untrained net's state: it reads nonsense, but the same nonsense before and after export."""
    weights = build_line_net(len(CHARSET) + 1, 40).get_weights()
    path = tmp_path_factory.mktemp("run") / "state.npz"
    save_state(path, TrainingState(1, 60.0, 60.0, weights, weights, []))
    return path


@pytest.fixture
def one_set(monkeypatch):
    rng = np.random.default_rng(0)
    crops = [np.clip(rng.normal(200, 40, (60, 60 + 70 * i)), 0, 255).astype(np.uint8) for i in range(4)]
    sets = [Validation("noise", crops, ["some text", "more", "and more", "still more"])]
    monkeypatch.setattr(export, "validation_sets", lambda limit: sets)
    return sets


def test_export_installs_a_model_the_app_loads_with_its_card(state, one_set, tmp_path):
    kept = tmp_path / "kept.npz"
    arguments = [str(state), "--output", str(tmp_path), "--gate", "100", "--checkpoint", str(kept)]
    assert export.main(arguments) == 0
    np.testing.assert_array_equal(load_state(kept).average[0], load_state(state).average[0])
    model = tmp_path / "line_reader.tflite"
    card = json.loads(card_path(model).read_text())
    assert card["figures"][0]["set"] == "noise"
    assert {d["licence"] for d in card["training"]["data"]}
    assert len(LineReader(model).read(one_set[0].crops)) == 4


def test_a_model_that_lost_too_much_is_not_installed(state, one_set, tmp_path, monkeypatch):
    worse = [{"set": "noise", "cer": 0.2, "cer_float": 0.1}]
    monkeypatch.setattr(export, "compare", lambda *_: worse)
    assert export.main([str(state), "--output", str(tmp_path)]) == 1
    assert not list(tmp_path.iterdir())


def test_half_way_has_the_mean_of_both_weights_and_the_progress_of_the_end():
    start = TrainingState(5, 60.0, 60.0, [], [np.array([0.0, 4.0])], [])
    end = TrainingState(9, 30.0, 30.0, [], [np.array([2.0, 0.0])], [], 60.0)
    between = export.half_way(start, end)
    np.testing.assert_array_equal(between.average[0], [1.0, 2.0])
    assert (between.step, between.minutes) == (end.step, end.minutes)


def test_repeats_and_blanks_collapse():
    blank, a, b = len(CHARSET), CHARSET.index("a"), CHARSET.index("b")
    assert collapse(np.array([blank, a, a, blank, a, b, blank])) == "aab"


def test_lines_of_all_widths_are_read_in_their_order():
    class Widths:
        """Reads a line's width class off its brightest column, to see which line is which."""

        def predict_on_batch(self, batch):
            logits = np.zeros((len(batch), batch.shape[2] // 4, len(CHARSET) + 1), np.float32)
            for row, image in enumerate(batch):
                logits[row, :, CHARSET.index("abcdefgh"[int(image.max() * 255) - 1])] = 1
            return logits

    lines = [np.full((40, w), i + 1, np.uint8) for i, w in enumerate((90, 700, 100, 1500))]
    assert greedy(Widths(), lines) == ["a", "b", "c", "d"]
