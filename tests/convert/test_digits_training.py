"""Training goes on exactly where it stopped; a worse model is not installed."""

import json
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("tensorflow")

import tensorflow as tf

from camera_ocr.recognition.card import card_path
from camera_ocr.recognition.digit_reader import DigitReader
from camera_ocr.recognition.digit_strip import STRIP_HEIGHT
from convert.digits import export, train, validation
from convert.digits.bank import Bank, save_bank
from convert.digits.rows import DigitRow
from convert.digits.samples import CHARACTERS, NO_CHARACTER
from convert.state import TrainingState, load_state, mean_of, save_state

# Keras 2.15 draws its seeds with a float, which Python 3.11 frowns at
pytestmark = pytest.mark.filterwarnings("ignore:non-integer arguments to randrange:DeprecationWarning")


def lesson(kind):
    """A fresh net and a few random samples; without dropout, whose own generator is not part of the state."""
    tf.keras.utils.set_random_seed(1)
    rng = np.random.default_rng(0)
    if kind == "digits":
        images = rng.integers(0, 255, (40, 28, 28)).astype(np.uint8)
        labels = np.arange(40) % 11
        labels[labels == 10] = NO_CHARACTER
        made = train.digit_lesson(images, labels.astype(np.uint8), np.full(40, 1 / 40, np.float32))
    else:
        images = rng.integers(0, 255, (20, STRIP_HEIGHT, 64)).astype(np.uint8)
        labels = np.full((20, 4), -1, np.int8)
        labels[:, :2] = rng.integers(0, 11, (20, 2))
        made = train.row_lesson(images, labels)
    for layer in made.net.layers:
        if "dropout" in layer.name:
            layer.rate = 0.0
    return made


@pytest.mark.parametrize("kind", ["digits", "rows"])
def test_a_resumed_run_ends_where_an_unbroken_one_ends(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(train, "_rate", lambda step, steps, peak: 1e-3)
    for name in ("whole", "broken"):
        (tmp_path / name).mkdir()
    # GIVEN a run of four steps, and one that stopped after two
    train.train(lesson(kind), tmp_path / "whole", 4, 1e-3)
    train.train(lesson(kind), tmp_path / "broken", 2, 1e-3)
    # WHEN the other is started anew
    train.train(lesson(kind), tmp_path / "broken", 4, 1e-3)
    # THEN both have the same weights, averages and moments
    whole, broken = (load_state(tmp_path / name / "state.npz") for name in ("whole", "broken"))
    assert whole.step == broken.step == 4
    for part in ("weights", "average", "optimiser", "focus"):
        for a, b in zip(getattr(whole, part), getattr(broken, part), strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-3, atol=1e-4)


def test_steps_lower_the_loss():
    made = lesson("digits")
    optimiser = tf.keras.optimizers.AdamW(3e-3, jit_compile=False)
    optimiser.build(made.net.trainable_variables)
    average = [tf.Variable(w) for w in made.net.get_weights()]
    step = train._step_function(tf, made, optimiser, average)
    losses = [float(step(np.arange(40), (1, 1), 0.9)[0]) for _ in range(20)]
    assert losses[-1] < 0.5 * losses[0]


def test_what_the_net_was_unsure_of_is_shown_more_often():
    made = replace(lesson("digits"), batch=2000)
    choice = train._Choice(made, None)
    # GIVEN samples that the net knew, one that it did not, and one that nobody can learn
    known = np.full(40, 0.999)
    known[[3, 5]] = 0.4, 0.001
    choice.learnt(np.arange(40), known)
    # WHEN the next ones are chosen
    shown = np.bincount(choice.batch(np.random.default_rng(1)), minlength=40)
    # THEN the one to learn from leads
    assert shown[3] > 4 * np.median(shown)
    assert np.median(shown) < shown[5] < 0.6 * shown[3]


def test_a_twin_of_a_digit_says_nothing_of_what_a_digit_is():
    loss = lesson("digits").loss
    labels = np.array([CHARACTERS.index("O")])
    characters = tf.zeros((1, NO_CHARACTER + 1))
    sure = [tf.one_hot([k], 11) * 9 for k in (0, 10)]
    for_zero, for_none = (float(loss(tf, labels, (digits, characters))[0]) for digits in sure)
    assert for_zero == for_none
    named = tf.one_hot(labels, NO_CHARACTER + 1) * 9
    assert float(loss(tf, labels, (sure[0], named))[0]) < for_zero


def test_a_run_knows_what_the_one_it_starts_from_was_unsure_of(tmp_path):
    made = lesson("digits")
    weights = made.net.get_weights()
    for name, count in (("same", 40), ("other", 30)):
        focus = [np.linspace(0.2, 1, count, dtype=np.float32)]
        state = TrainingState(9, 1.0, 9.0, [], weights, [], 0.0, focus)
        save_state(tmp_path / f"{name}.npz", state)
    np.testing.assert_array_equal(
        train._kept_focus(made, None, tmp_path / "same.npz"), np.linspace(0.2, 1, 40, dtype=np.float32)
    )
    # and of other samples it knows nothing
    assert train._kept_focus(made, None, tmp_path / "other.npz") is None


def test_what_is_exported_sees_each_image_a_little_blurred():
    """As the variation of the training samples blurs them."""
    from convert.digits.net import softened

    tf.keras.utils.set_random_seed(2)
    image = tf.keras.Input((28, 28, 1))
    net = tf.keras.Model(image, tf.keras.layers.Flatten()(image))
    dot = np.zeros((1, 28, 28, 1), np.float32)
    dot[0, 10, 12] = 1
    seen = softened(net, 28, 28)(dot).numpy().reshape(28, 28)
    assert seen.sum() == pytest.approx(1.0, abs=1e-5)
    assert 0.2 < seen[10, 12] < 0.5
    assert seen[9, 12] == pytest.approx(seen[10, 13])
    assert (seen[9:12, 11:14] > 0).all()


def test_a_run_that_starts_from_a_checkpoint_counts_its_minutes_too(tmp_path):
    made = lesson("digits")
    weights = made.net.get_weights()
    save_state(tmp_path / "before.npz", TrainingState(9, 120.0, 9.0, [], weights, [], 60.0))
    train.train(made, tmp_path, 1, 1e-3, start_from=tmp_path / "before.npz")
    assert load_state(tmp_path / "state.npz").earlier_s == 180.0


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Untrained nets: they read nonsense, but the same nonsense before and after export."""
    root = tmp_path_factory.mktemp("runs")
    rng = np.random.default_rng(0)
    for name in ("digits", "rows"):
        (root / name).mkdir()
        weights = lesson(name).net.get_weights()
        save_state(root / name / "state.npz", TrainingState(1, 60.0, 1.0, weights, weights, []))
    images = rng.integers(0, 255, (20, 28, 28)).astype(np.uint8)
    save_bank(
        root / "digits" / "bank.npz", Bank(images, np.zeros(20, np.uint8), np.full(20, 0.05, np.float32))
    )
    return root


@pytest.fixture
def small_sets(monkeypatch, draw_number):
    rng = np.random.default_rng(1)
    images = rng.integers(0, 255, (11, 28, 28)).astype(np.uint8)
    rows = [DigitRow(draw_number(text), text, [], False) for text in ("28", "7036")]
    sets = validation.HeldOut(
        (images[:10], np.arange(10)),
        (images[:10], np.arange(10)),
        (images, ["a", "O", *"bcdefghij"]),
        images,
        [*rows, DigitRow(draw_number("11"), "11", [], True)],
        [*rows, DigitRow(draw_number("11"), "11", [], True)],
        [(row.ink, row.text) for row in rows],
        [(draw_number("7"), "7"), (draw_number("5"), "K")],
    )
    monkeypatch.setattr(validation, "held_out", lambda: sets)
    monkeypatch.setattr(validation, "tuning_digits", lambda: images)
    return sets


def test_export_installs_models_the_app_loads_with_their_cards(runs, small_sets, tmp_path):
    arguments = [str(runs / "digits"), "--rows", str(runs / "rows"), "--output", str(tmp_path)]
    assert export.main([*arguments, "--gate", "100"]) == 0
    reader = DigitReader(tmp_path / "digit_reader.tflite")
    assert reader.classify([small_sets.mnist[0][0]]).shape == (1, 11)
    reader.read_ink(small_sets.rows[0].ink)
    for name in ("digit_reader", "digit_rows"):
        model = tmp_path / f"{name}.tflite"
        card = json.loads(card_path(model).read_text())
        assert card["figures"]
        assert {d["licence"] for d in card["training"]["data"]}
        assert model.stat().st_size <= export.LARGEST
        assert load_state(tmp_path / "checkpoints" / f"{name}.npz").average


def test_a_model_worse_than_the_installed_one_is_not_installed(runs, small_sets, tmp_path, capsys):
    # GIVEN an installed model that reads all held-out digits
    arguments = [str(runs / "digits"), "--rows", str(runs / "rows"), "--output", str(tmp_path)]
    export.main([*arguments, "--gate", "100"])
    path = card_path(tmp_path / "digit_reader.tflite")
    card = json.loads(path.read_text())
    card["figures"][0]["exact"] = 1.0
    path.write_text(json.dumps(card))
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    # WHEN a net is exported that does not
    status = export.main(arguments)
    # THEN nothing changes, and what is worse is named
    assert status == 1
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == before
    assert "MNIST digits: exact" in capsys.readouterr().out


def test_what_quantisation_costs_beyond_the_gate_is_named(tmp_path):
    figures = [
        {"set": "MNIST digits", "exact": 0.990, "exact_float": 0.995},
        {"set": "characters", "rejected": 0.970, "rejected_float": 0.969},
    ]
    (found,) = export.falls(figures, tmp_path / "digit_reader.tflite", 0.3)
    assert found.startswith("MNIST digits: exact 0.99, 0.995 in float")
    assert export.falls(figures, tmp_path / "digit_reader.tflite", 0.6) == []


def test_the_mean_of_runs_has_the_mean_of_their_weights_and_all_their_time():
    # GIVEN two runs from one start
    runs = [
        TrainingState(10 * n, 60.0 * n, 120.0, [], [np.full((2, 2), n, np.float32)], [], 30.0) for n in (1, 3)
    ]
    # WHEN they are taken together
    mean = mean_of(runs)
    # THEN
    assert mean.average[0].tolist() == [[2, 2], [2, 2]]
    assert (mean.step, mean.minutes) == (40, 4.5)
    # and one run is itself
    assert mean_of(runs[:1]) is runs[0]
