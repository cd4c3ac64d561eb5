"""Train the digit reader: `python -m convert digits train runs/digits`, or its row reader with `train-rows`.

The run's folder holds the samples (`bank.npz`) and all that decides the next step (`state.npz`), written
every minute; the same command goes on from there. The learning rate follows one cosine over the steps.
"""

import argparse
import math
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from convert.digits.bank import load_bank
from convert.digits.row_bank import load_row_bank
from convert.digits.samples import CHARACTERS, CLASSES, NO_CHARACTER, NOT_A_DIGIT, TWINS
from convert.state import TrainingState, load_state, put_back, save_state, taken

_SAVE_EVERY_S = 60.0
_WARM_UP = 100
_EMA = 0.998
_DOUBT = 0.01
"""About as many labels are wrong, or their ink is not whole."""
_NAMING = 0.3
"""Weight of telling which character it is, beside which digit or none."""
_SMOOTHED = 0.05
"""Share of the target that all characters have alike."""
_EASY = 0.15
"""How often what the net is sure of is shown, beside 1 for what it is wrong about."""
_HOPELESS = 0.003
"""Probability of the right answer below which the label is wrong sooner than the net."""
_SELDOM = 0.3
"""How often such samples are shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What one of the two nets learns."""

    net: Any
    images: np.ndarray
    """(n, H, W) u8."""
    labels: np.ndarray
    vary: Callable[[Any, Any, Any], Any]
    """TensorFlow, (B, H, W, 1) u8 and a seed (2,) i32 -> what the net is shown."""
    loss: Callable[[Any, Any, Any], tuple[Any, Any]]
    """TensorFlow, labels and what the net says -> mean loss, and the probability (B,) of what is right."""
    batch: int
    chances: np.ndarray | None = None
    """(n,) of each sample to be shown as long as the net is unsure of it; None shows all alike, always."""


def main(argv: Sequence[str] | None = None, *, rows: bool = False) -> int:
    name = "train-rows" if rows else "train"
    parser = argparse.ArgumentParser(prog=f"python -m convert digits {name}", description=__doc__)
    parser.add_argument("run", type=Path, help="folder of this run: samples, state")
    parser.add_argument("--steps", type=int, default=6000, help="over all sessions")
    parser.add_argument("--rate", type=float, default=4e-3, help="peak learning rate")
    if rows:
        parser.add_argument("--count", type=int, default=50000, help="rows to draw")
    else:
        parser.add_argument("--copies", type=int, default=3, help="varied drawings of each character")
        parser.add_argument("--others", type=int, default=110000, help="drawings of what is no character")
        parser.add_argument(
            "--fonts",
            type=Path,
            help="folder with folders of fonts to draw characters in too, see `python -m convert fonts`",
        )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--start-from",
        type=Path,
        help="checkpoint, or state of a run, to take the weights from; "
        "of a run with as many samples also how sure it was of each",
    )
    parser.add_argument("--threads", type=int, default=0, help="processor threads (default: all)")
    parser.add_argument("--bfloat16", action="store_true", help="train in bfloat16 where it can be")
    options = parser.parse_args(argv)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    options.run.mkdir(parents=True, exist_ok=True)
    # drawn before TensorFlow is loaded: it needs none of it
    bank = (
        load_row_bank(options.run, options.count, options.seed)
        if rows
        else load_bank(options.run, options.copies, options.others, options.seed, options.fonts)
    )
    import tensorflow as tf
    from tensorflow import keras

    if options.threads:
        tf.config.threading.set_intra_op_parallelism_threads(options.threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    if options.bfloat16:
        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    lesson = row_lesson(*bank) if rows else digit_lesson(*bank)
    train(lesson, options.run, options.steps, options.rate, options.seed, options.start_from)
    return 0


def digit_lesson(images: np.ndarray, labels: np.ndarray, chances: np.ndarray) -> Lesson:
    """Which digit is it, or none; and which character, so that the net learns what tells them apart."""
    from convert.digits.net import build_digit_net, vary

    digit_of = np.full(NO_CHARACTER + 1, NOT_A_DIGIT, np.int32)
    digit_of[:NOT_A_DIGIT] = range(NOT_A_DIGIT)
    digit_of[[CHARACTERS.index(twin) for twin in TWINS]] = -1

    def loss(tf: Any, labels: Any, said: Any) -> tuple[Any, Any]:
        digits, characters = said
        named = tf.gather(tf.constant(digit_of), labels)
        counts = tf.cast(named >= 0, tf.float32)
        right = tf.reduce_sum(tf.nn.softmax(digits) * tf.one_hot(named, CLASSES), axis=1)
        # bounded: a stroke of a 4 that is labelled 4 must not make every such stroke a 4
        digit = -tf.reduce_sum(counts * tf.math.log((right + _DOUBT) / (1 + _DOUBT)))
        target = tf.one_hot(labels, NO_CHARACTER + 1) * (1 - _SMOOTHED) + _SMOOTHED / (NO_CHARACTER + 1)
        name = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(target, characters))
        known = tf.where(named >= 0, right, 0.5)
        return digit / tf.maximum(tf.reduce_sum(counts), 1.0) + _NAMING * name, known

    return Lesson(build_digit_net(), images, labels, vary, loss, 256, chances)


def row_lesson(images: np.ndarray, labels: np.ndarray) -> Lesson:
    """Which digits are they, one after the other."""
    from convert.digits.row_net import build_row_net, vary_rows

    def loss(tf: Any, labels: Any, logits: Any) -> tuple[Any, Any]:
        targets = tf.RaggedTensor.from_tensor(labels, padding=-1).to_sparse()
        frames = tf.fill([tf.shape(logits)[0]], tf.shape(logits)[1])
        each = tf.compat.v1.nn.ctc_loss(
            targets, tf.transpose(logits, (1, 0, 2)), frames, ignore_longer_outputs_than_inputs=True
        )
        return tf.reduce_mean(each), tf.exp(-each)

    return Lesson(build_row_net(), images, labels, vary_rows, loss, 64)


def train(
    lesson: Lesson, run: Path, steps: int, rate: float, seed: int = 1, start_from: Path | None = None
) -> None:
    """Train to the end of the schedule, or go on where the run stopped."""
    import tensorflow as tf
    from tensorflow import keras
    from tqdm import tqdm

    path = run / "state.npz"
    state = load_state(path) if path.exists() else None
    net = lesson.net
    optimiser = keras.optimizers.AdamW(rate, weight_decay=2e-3, global_clipnorm=4.0, jit_compile=False)
    optimiser.build(net.trainable_variables)
    average, earlier_s = put_back(tf, net, optimiser, state, start_from)
    step_function = _step_function(tf, lesson, optimiser, average)
    first = state.step if state else 0
    seconds = state.seconds if state else 0.0
    started = saved = time.monotonic()
    losses: list[float] = []
    choice = _Choice(lesson, _kept_focus(lesson, state, start_from))

    def save(step: int) -> None:
        spent = seconds + time.monotonic() - started
        arrays = taken(net, average, optimiser)
        kept = [] if choice.focus is None else [choice.focus]
        save_state(path, TrainingState(step, spent, float(steps), *arrays, earlier_s, kept))

    bar = tqdm(range(first, steps), initial=first, total=steps, unit="step", mininterval=5)
    for step in bar:
        # what a step sees depends on its number and the state alone, so that a resumed run goes an unbroken
        # one's way
        chosen = choice.batch(np.random.default_rng((seed, step)))
        optimiser.learning_rate.assign(_rate(step, steps, rate))
        loss, known = step_function(chosen, (seed, step), min(_EMA, (1 + step) / (20 + step)))
        losses.append(float(loss))
        choice.learnt(chosen, known.numpy())
        if time.monotonic() - saved > _SAVE_EVERY_S:
            save(step + 1)
            bar.write(f"step {step + 1} loss {np.mean(losses[-100:]):.4f}")
            saved = time.monotonic()
    save(steps)


def _kept_focus(lesson: Lesson, state: TrainingState | None, start_from: Path | None) -> np.ndarray | None:
    """Of this run, else of the one that it starts from, where that one had as many samples."""
    if state:
        return state.focus[0] if state.focus else None
    focus = load_state(start_from).focus if start_from else []
    return focus[0] if focus and len(focus[0]) == len(lesson.labels) else None


class _Choice:
    """Which samples a step is shown: by their chances, but seldom what the net was sure of when last shown.

    Args:
        focus: (n,) how often each is shown over its chance, as it was kept; None begins anew.
    """

    def __init__(self, lesson: Lesson, focus: np.ndarray | None) -> None:
        self._lesson = lesson
        anew = None if lesson.chances is None else np.ones(len(lesson.labels), np.float32)
        self.focus = anew if focus is None else focus

    def batch(self, rng: np.random.Generator) -> np.ndarray:
        """(B,) numbers of samples."""
        count, size = len(self._lesson.labels), self._lesson.batch
        if self.focus is None:
            return rng.integers(count, size=size)
        running = np.cumsum(self._lesson.chances * self.focus, dtype=np.float64)
        return np.minimum(np.searchsorted(running, rng.random(size) * running[-1], side="right"), count - 1)

    def learnt(self, chosen: np.ndarray, known: np.ndarray) -> None:
        """`known`: the probability of the right answer of each sample of the batch."""
        if self.focus is not None:
            unsure = np.clip(1 - known + _EASY, _EASY, 1)
            self.focus[chosen] = np.where(known < _HOPELESS, _SELDOM, unsure)


def _rate(step: int, steps: int, peak: float) -> float:
    """Linear warm-up, then one cosine down to a hundredth of the peak."""
    if step < _WARM_UP:
        return peak * (step + 1) / _WARM_UP
    progress = (step - _WARM_UP) / max(1, steps - _WARM_UP)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress)))


def _step_function(
    tf: Any, lesson: Lesson, optimiser: Any, average: list[Any]
) -> Callable[[np.ndarray, tuple[int, int], float], Any]:
    net = lesson.net

    @tf.function(reduce_retracing=True)
    def step(images: Any, labels: Any, seed: Any, decay: Any) -> Any:
        x = lesson.vary(tf, images, seed)
        with tf.GradientTape() as tape:
            loss, known = lesson.loss(tf, labels, net(x, training=True))
        gradients = tape.gradient(loss, net.trainable_variables)
        optimiser.apply_gradients(zip(gradients, net.trainable_variables, strict=True))
        for mean, weight in zip(average, net.weights, strict=True):
            mean.assign(mean * decay + weight * (1 - decay))
        return loss, known

    def call(chosen: np.ndarray, seed: tuple[int, int], decay: float) -> Any:
        images = tf.constant(lesson.images[chosen][..., None])
        labels = tf.constant(lesson.labels[chosen].astype(np.int32))
        return step(images, labels, tf.constant(seed, tf.int32), tf.constant(decay, tf.float32))

    return call
