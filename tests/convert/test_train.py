import numpy as np
import pytest

pytest.importorskip("tensorflow")

import tensorflow as tf

from convert.nets import SIZES, Size, build_line_net
from convert.state import TrainingState, load_state, save_state
from convert.train import cosine_rate, step_function

# Keras 2.15 draws its seeds with a float, which Python 3.11 frowns at
pytestmark = pytest.mark.filterwarnings("ignore:non-integer arguments to randrange:DeprecationWarning")

CLASSES = 6
SMALL = Size((4, 8), (8, 8), (12, 16), 16, (1, 2))


class Run:
    """A tiny net with all that a training step changes."""

    def __init__(self, state: TrainingState | None = None) -> None:
        tf.keras.utils.set_random_seed(1)
        self.net = build_line_net(CLASSES, 40, SMALL)
        for layer in self.net.layers:  # the same dropout twice would need the generator's state too
            if "dropout" in layer.name:
                layer.rate = 0.0
        self.optimiser = tf.keras.optimizers.AdamW(3e-3, jit_compile=False)
        self.optimiser.build(self.net.trainable_variables)
        if state:
            self.net.set_weights(state.weights)
            for variable, value in zip(self.optimiser.variables, state.optimiser, strict=True):
                variable.assign(value)
        self.average = [tf.Variable(w) for w in (state.average if state else self.net.get_weights())]
        self.step = step_function(tf, self.net, self.optimiser, self.average)

    def train(self, steps: int) -> list[float]:
        rng = np.random.default_rng(0)
        images = rng.integers(0, 255, (4, 40, 64, 1)).astype(np.uint8)
        labels = np.array([[0, 1], [2, 3], [4, -1], [1, 1]], np.int32)
        return [float(self.step(images, labels, np.full(4, 16, np.int32), 0.9)) for _ in range(steps)]

    def state(self) -> TrainingState:
        return TrainingState(
            7,
            60.0,
            600.0,
            self.net.get_weights(),
            [a.numpy() for a in self.average],
            [v.numpy() for v in self.optimiser.variables],
        )


def test_steps_lower_the_loss():
    losses = Run().train(25)
    assert losses[-1] < 0.5 * losses[0]


def test_a_resumed_run_takes_the_very_steps_the_unbroken_one_takes(tmp_path):
    # GIVEN a run that is saved, and goes on
    run = Run()
    run.train(3)
    save_state(tmp_path / "state.npz", run.state())
    unbroken = run.train(3)
    # WHEN another goes on from the file
    state = load_state(tmp_path / "state.npz")
    resumed = Run(state)
    # THEN it does the same
    np.testing.assert_allclose(resumed.train(3), unbroken, rtol=1e-4)
    assert (state.step, state.seconds, state.total_s) == (7, 60.0, 600.0)
    for a, b in zip(run.net.get_weights(), resumed.net.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, atol=1e-4)


def test_saving_leaves_no_half_file_behind(tmp_path):
    run = Run()
    for _ in range(2):
        save_state(tmp_path / "state.npz", run.state())
    assert [p.name for p in tmp_path.iterdir()] == ["state.npz"]


def test_the_rate_warms_up_then_falls_along_one_cosine():
    rates = [cosine_rate(s, 3600.0, 1e-3) for s in range(0, 3600, 60)]
    peak = rates.index(max(rates))
    assert rates[peak] == pytest.approx(1e-3, rel=0.01)
    assert rates[: peak + 1] == sorted(rates[: peak + 1])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert cosine_rate(3600.0, 3600.0, 1e-3) == pytest.approx(1e-5)


def test_a_pupil_comes_nearer_to_what_its_teacher_says():
    # GIVEN a teacher that was trained, a fresh pupil, and lines without labels that would help
    teacher = Run()
    teacher.train(40)
    lines = np.random.default_rng(0).integers(0, 255, (4, 40, 64, 1)).astype(np.uint8)

    def apart(net) -> float:
        theirs, ours = (tf.nn.log_softmax(n(lines / np.float32(255))) for n in (teacher.net, net))
        return float(tf.reduce_mean(tf.reduce_sum(tf.exp(theirs) * (theirs - ours), axis=2)))

    distances = []
    for taught in (False, True):
        tf.keras.utils.set_random_seed(2)
        pupil = build_line_net(CLASSES, 40, SMALL)
        optimiser = tf.keras.optimizers.AdamW(3e-3, jit_compile=False)
        optimiser.build(pupil.trainable_variables)
        average = [tf.Variable(w) for w in pupil.get_weights()]
        step = step_function(tf, pupil, optimiser, average, teacher.net if taught else None)
        # WHEN it learns from labels alone, and from the teacher too
        for _ in range(40):
            step(lines, np.array([[0, 1], [2, 3], [4, -1], [1, 1]], np.int32), np.full(4, 16, np.int32), 0.9)
        distances.append(apart(pupil))
    # THEN the teacher's classes are nearer with it
    assert distances[1] < 0.8 * distances[0]


def test_the_light_net_is_less_than_half_of_the_full_one():
    full, light = (build_line_net(CLASSES, 40, SIZES[size]).count_params() for size in ("full", "light"))
    assert light < full / 2
