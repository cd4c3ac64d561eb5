"""Train the text detector: `python -m convert detector train runs/detector`, after `detector bank`.

The run's folder holds the bank, all that decides the next step (`state.npz`, written every minute) and
`log.csv`; the same command goes on from there. The learning rate follows one cosine over the minutes.
"""

import argparse
import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from convert.detector.bank import load_bank
from convert.detector.feed import Patches
from convert.state import TrainingState, load_state, put_back, save_state, taken
from convert.train import append_row, cosine_rate

_BATCH = 16
_SAVE_EVERY_S = 60.0
_EMA = 0.995
HELD_BACK = 0.04
"""Of the bank's pictures, to see whether what is learnt holds."""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m convert detector train", description=__doc__)
    parser.add_argument("run", type=Path, help="folder of this run: bank, state, log")
    parser.add_argument("--minutes", type=float, default=35.0, help="over all sessions")
    parser.add_argument("--rate", type=float, default=4e-3, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start-from", type=Path, help="checkpoint to take the weights from")
    parser.add_argument("--threads", type=int, default=0, help="processor threads (default: all)")
    parser.add_argument("--float32", action="store_true", help="train in float32 instead of bfloat16")
    train(parser.parse_args(argv))
    return 0


def train(options: argparse.Namespace) -> None:
    """Train to the end of the schedule, or go on where the run stopped."""
    path = options.run / "state.npz"
    state = load_state(path) if path.exists() else None
    bank = load_bank(options.run)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tensorflow as tf
    from tensorflow import keras
    from tqdm import tqdm

    from convert.detector.net import build_text_net

    if options.threads:
        tf.config.threading.set_intra_op_parallelism_threads(options.threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    if not options.float32:
        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    net = build_text_net()
    optimiser = keras.optimizers.AdamW(options.rate, weight_decay=1e-3, jit_compile=False)
    optimiser.build(net.trainable_variables)
    average, earlier_s = put_back(tf, net, optimiser, state, options.start_from)
    step_function = _step_function(tf, net, optimiser, average)
    patches, held_back = (Patches(part) for part in bank.split(HELD_BACK))
    checked = held_back.batch((0, 0), 64)
    step, seconds = (state.step, state.seconds) if state else (0, 0.0)
    total_s = 60.0 * options.minutes
    started, saved = time.monotonic(), seconds
    losses: list[float] = []
    bar = tqdm(total=round(total_s), initial=round(seconds), unit="s", mininterval=10)
    # one batch is made while another trains
    with ThreadPoolExecutor(1) as maker:
        upcoming = maker.submit(patches.batch, (options.seed, step + 1), _BATCH)
        while seconds < total_s:
            images, targets = upcoming.result()
            step += 1
            upcoming = maker.submit(patches.batch, (options.seed, step + 1), _BATCH)
            optimiser.learning_rate.assign(cosine_rate(seconds, total_s, options.rate))
            losses.append(float(step_function(images, targets, min(_EMA, (1 + step) / (20 + step)))))
            now = time.monotonic()
            seconds, started = seconds + now - started, now
            bar.update(round(seconds) - bar.n)
            if seconds - saved >= _SAVE_EVERY_S or seconds >= total_s:
                arrays = taken(net, average, optimiser)
                save_state(path, TrainingState(step, seconds, total_s, *arrays, earlier_s))
                row = {"step": step, "minutes": round(seconds / 60, 2), "loss": round(np.mean(losses), 4)}
                row |= _scores(net, average, *checked)
                append_row(options.run / "log.csv", row)
                tqdm.write(" ".join(f"{k} {v}" for k, v in row.items()))
                losses, saved, started = [], seconds, time.monotonic()


def _step_function(tf: Any, net: Any, optimiser: Any, average: list[Any]) -> Any:
    @tf.function(reduce_retracing=True)
    def step(images: Any, targets: Any, decay: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = loss_of(tf, net(tf.cast(images, tf.float32) / 255.0, training=True), targets)
        gradients = tape.gradient(loss, net.trainable_variables)
        optimiser.apply_gradients(zip(gradients, net.trainable_variables, strict=True))
        for mean, weight in zip(average, net.weights, strict=True):
            mean.assign(mean * decay + weight * (1 - decay))
        return loss

    def call(images: np.ndarray, targets: np.ndarray, decay: float) -> Any:
        return step(tf.constant(images), tf.constant(targets), tf.constant(decay, tf.float32))

    return call


def loss_of(tf: Any, logits: Any, targets: Any) -> Any:
    """Cross entropy of every cell, and one minus Dice's coefficient of all cells of a batch, by channel."""
    entropy = tf.nn.sigmoid_cross_entropy_with_logits(targets, logits)
    guess = tf.sigmoid(logits)
    common = tf.reduce_sum(guess * targets, axis=(0, 1, 2))
    both = tf.reduce_sum(guess + targets, axis=(0, 1, 2))
    return tf.reduce_mean(entropy) * 2.0 + tf.reduce_mean(1.0 - 2.0 * common / (both + 1.0))


def _scores(net: Any, average: list[Any], images: np.ndarray, targets: np.ndarray) -> dict[str, float]:
    """F1 of cells by channel with the averaged weights, on pictures that never train."""
    own = net.get_weights()
    net.set_weights([a.numpy() for a in average])
    logits = np.asarray(net.predict_on_batch(images.astype(np.float32) / 255))
    net.set_weights(own)
    return dict(zip(("text_f1", "core_f1"), cell_scores(logits, targets), strict=True))


def cell_scores(logits: np.ndarray, targets: np.ndarray) -> tuple[float, float]:
    """F1 of cells, (n, h, w, 2), as writing and as core."""
    guess, truth = logits > 0, targets > 0.5
    both = (guess & truth).sum(axis=(0, 1, 2))
    f1 = 2 * both / np.maximum(1, guess.sum(axis=(0, 1, 2)) + truth.sum(axis=(0, 1, 2)))
    return round(float(f1[0]), 4), round(float(f1[1]), 4)
