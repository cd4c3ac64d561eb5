"""Train the digit reader: `python -m convert digits train runs/digits`.

The run's folder holds the samples (`bank.npz`) and all that decides the next step (`state.npz`), written
every minute; the same command goes on from there. The learning rate follows one cosine over the steps.
"""

import argparse
import math
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from convert.digits.bank import Bank, load_bank
from convert.state import TrainingState, load_state, save_state

BATCH = 256
_SAVE_EVERY_S = 60.0
_WARM_UP = 100
_EMA = 0.995


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m convert digits train", description=__doc__)
    parser.add_argument("run", type=Path, help="folder of this run: samples, state")
    parser.add_argument("--steps", type=int, default=6000, help=f"of {BATCH} samples, over all sessions")
    parser.add_argument("--rate", type=float, default=4e-3, help="peak learning rate")
    parser.add_argument("--negatives", type=int, default=32000, help="samples of what is no digit")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start-from", type=Path, help="checkpoint to take the weights from")
    parser.add_argument("--threads", type=int, default=0, help="processor threads (default: all)")
    parser.add_argument("--float32", action="store_true", help="train in float32 instead of bfloat16")
    train(parser.parse_args(argv))
    return 0


def train(options: argparse.Namespace) -> None:
    """Train to the end of the schedule, or go on where the run stopped."""
    options.run.mkdir(parents=True, exist_ok=True)
    path = options.run / "state.npz"
    state = load_state(path) if path.exists() else None
    bank = load_bank(options.run, options.negatives, options.seed)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tensorflow as tf
    from tensorflow import keras
    from tqdm import tqdm

    from convert.digits.net import build_digit_net

    if options.threads:
        tf.config.threading.set_intra_op_parallelism_threads(options.threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    if not options.float32:
        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    net = build_digit_net()
    optimiser = keras.optimizers.AdamW(options.rate, weight_decay=2e-3, jit_compile=False)
    optimiser.build(net.trainable_variables)
    if state:
        net.set_weights(state.weights)
        for variable, value in zip(optimiser.variables, state.optimiser, strict=True):
            variable.assign(value)
    elif options.start_from:
        net.set_weights(load_state(options.start_from).average)
    average = [tf.Variable(a, trainable=False) for a in (state.average if state else net.get_weights())]
    step_function = _step_function(tf, net, optimiser, average)
    first = state.step if state else 0
    seconds = state.seconds if state else 0.0
    started = saved = time.monotonic()
    losses: list[float] = []

    def save(step: int) -> None:
        arrays = (net.get_weights(), [a.numpy() for a in average], [v.numpy() for v in optimiser.variables])
        spent = seconds + time.monotonic() - started
        save_state(path, TrainingState(step, spent, float(options.steps), *arrays))

    bar = tqdm(range(first, options.steps), initial=first, total=options.steps, unit="step", mininterval=5)
    for step in bar:
        chosen = np.random.default_rng((options.seed, step)).integers(len(bank.labels), size=BATCH)
        optimiser.learning_rate.assign(_rate(step, options.steps, options.rate))
        losses.append(float(step_function(bank, chosen, min(_EMA, (1 + step) / (20 + step)))))
        if time.monotonic() - saved > _SAVE_EVERY_S:
            save(step + 1)
            bar.write(f"step {step + 1} loss {np.mean(losses[-100:]):.4f}")
            saved = time.monotonic()
    save(options.steps)


def _rate(step: int, steps: int, peak: float) -> float:
    """Linear warm-up, then one cosine down to a hundredth of the peak."""
    if step < _WARM_UP:
        return peak * (step + 1) / _WARM_UP
    progress = (step - _WARM_UP) / max(1, steps - _WARM_UP)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress)))


def _step_function(tf: Any, net: Any, optimiser: Any, average: list[Any]) -> Any:
    from convert.digits.net import vary

    @tf.function(reduce_retracing=True)
    def step(images: Any, labels: Any, decay: Any) -> Any:
        x = vary(tf, images)
        with tf.GradientTape() as tape:
            logits = net(x, training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
        gradients = tape.gradient(loss, net.trainable_variables)
        optimiser.apply_gradients(zip(gradients, net.trainable_variables, strict=True))
        for mean, weight in zip(average, net.weights, strict=True):
            mean.assign(mean * decay + weight * (1 - decay))
        return loss

    def call(bank: Bank, chosen: np.ndarray, decay: float) -> Any:
        images = tf.constant(bank.images[chosen][..., None])
        labels = tf.constant(bank.labels[chosen].astype(np.int32))
        return step(images, labels, tf.constant(decay, tf.float32))

    return call
