"""Train the line reader: `python -m convert train runs/line --minutes 90`.

Everything that decides the next step is in `state.npz` of the run's folder: weights, their moving average,
the optimiser's moments, step, seconds trained, the schedule. It is written whole every few minutes, and the
same command goes on from there. The learning rate follows one cosine over the minutes of training, so a
pause changes nothing.
"""

import argparse
import csv
import math
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from camera_ocr.recognition.lineprep import LINE_HEIGHT
from convert.charset import CHARSET
from convert.feed import Feed
from convert.nets import SIZES, build_line_net
from convert.state import TrainingState, load_state, put_back, save_state, taken
from convert.validation import Validation, validation_sets

_WARM_UP_S = 120.0
_SAVE_EVERY_S = 240.0
_EMA = 0.9985


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m convert train", description=__doc__)
    parser.add_argument("run", type=Path, help="folder of this run: state, log")
    parser.add_argument(
        "--minutes", type=float, default=90, help="length of the whole schedule, over all sessions"
    )
    parser.add_argument("--words-minutes", type=float, default=12, help="words only until then")
    parser.add_argument("--rate", type=float, default=2e-3, help="peak learning rate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--start-from", type=Path, help="checkpoint to take the weights from, for a new schedule"
    )
    parser.add_argument(
        "--fonts", type=Path, help="folder with folders of fonts, see `python -m convert fonts`"
    )
    parser.add_argument(
        "--cuts", type=Path, help="table of where scanned lines can be cut, see `python -m convert cuts`"
    )
    parser.add_argument(
        "--own", type=Path, help="folder of samples of one's own hand, see `python -m convert personal`"
    )
    parser.add_argument("--size", choices=SIZES, default="full", help="`light` is for slow machines")
    parser.add_argument("--teacher", type=Path, help="checkpoint of a full reader to learn from as well")
    parser.add_argument("--float32", action="store_true", help="train in float32 instead of bfloat16")
    train(parser.parse_args(argv))


def train(options: argparse.Namespace) -> None:
    options.run.mkdir(parents=True, exist_ok=True)
    path = options.run / "state.npz"
    state = load_state(path) if path.exists() else None
    seconds = state.seconds if state else 0.0
    words_s, total_s = options.words_minutes * 60, (state.total_s if state else options.minutes * 60)
    # started before TensorFlow is loaded: the workers need none of it
    stage = "words" if seconds < words_s else "all"
    feed = Feed(options.seed + (state.step if state else 0), stage, options.fonts, options.cuts, options.own)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tensorflow as tf
    from tensorflow import keras
    from tqdm import tqdm

    if not options.float32:
        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    net = build_line_net(len(CHARSET) + 1, LINE_HEIGHT, SIZES[options.size])
    optimiser = keras.optimizers.AdamW(
        options.rate, weight_decay=1e-4, global_clipnorm=4.0, jit_compile=False
    )
    optimiser.build(net.trainable_variables)
    average, earlier_s = put_back(tf, net, optimiser, state, options.start_from)
    teacher = None
    if options.teacher:
        teacher = build_line_net(len(CHARSET) + 1, LINE_HEIGHT)
        teacher.set_weights(load_state(options.teacher).average)
    take_step = step_function(tf, net, optimiser, average, teacher)
    sets = validation_sets(limit=250)
    step = state.step if state else 0
    log = options.run / "log.csv"

    def save() -> None:
        arrays = taken(net, average, optimiser)
        save_state(path, TrainingState(step, seconds, total_s, *arrays, earlier_s))

    losses: list[float] = []
    samples, saved, started, starved = 0, seconds, time.monotonic(), 0
    with tqdm(total=round(total_s), initial=round(seconds), unit="s", mininterval=5) as bar:
        while seconds < total_s:
            if stage == "words" and seconds >= words_s:
                stage = "all"
                feed.use_all()
            starved += feed.waiting() == 0
            images, labels, frames = feed.get()
            optimiser.learning_rate.assign(cosine_rate(seconds, total_s, options.rate))
            decay = min(_EMA, (1 + step) / (20 + step))
            losses.append(float(take_step(images, labels, frames, decay)))
            step += 1
            samples += len(images)
            now = time.monotonic()
            bar.set_postfix(
                loss=f"{np.mean(losses[-50:]):.2f}", samples=samples, ready=feed.waiting(), refresh=False
            )
            bar.update(round(seconds + now - started) - bar.n)
            seconds, started = seconds + now - started, now
            if seconds - saved >= _SAVE_EVERY_S or seconds >= total_s:
                save()
                row = {
                    "step": step,
                    "minutes": round(seconds / 60, 2),
                    "samples": samples,
                    "rate": f"{cosine_rate(seconds, total_s, options.rate):.2e}",
                    "loss": round(float(np.mean(losses)), 4),
                    "samples_per_s": round(samples / max(seconds - saved, 1e-9), 1),
                    "starved": round(starved / len(losses), 3),
                } | _errors(net, average, sets)
                append_row(log, row)
                tqdm.write(" ".join(f"{k} {v}" for k, v in row.items()))
                losses, samples, starved, saved = [], 0, 0, seconds
                started = time.monotonic()  # time spent on measuring is not training
    feed.close()


def cosine_rate(seconds: float, total_s: float, peak: float, warm_up_s: float = _WARM_UP_S) -> float:
    """Linear warm-up, then one cosine down to a hundredth of the peak."""
    if seconds < warm_up_s:
        return peak * max(seconds, 1.0) / warm_up_s
    progress = min(1.0, (seconds - warm_up_s) / max(total_s - warm_up_s, 1.0))
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * progress)))


def step_function(tf: Any, net: Any, optimiser: Any, average: list[Any], teacher: Any = None) -> Any:
    """One step of training on a batch (images, labels, frames) with the average's decay -> the CTC loss.

    With a teacher, another net of the same frames, its classes of every frame are learnt beside the labels
    (Hinton et al., "Distilling the knowledge in a neural network", 2015).
    """

    def apart(logits: Any, lines: Any, frames: Any) -> Any:
        """How far the classes are from the teacher's, a line: KL divergence, summed over its frames."""
        theirs = tf.nn.log_softmax(teacher(lines, training=False))
        each = tf.reduce_sum(tf.exp(theirs) * (theirs - tf.nn.log_softmax(logits)), axis=2)
        return tf.reduce_mean(
            tf.reduce_sum(each * tf.sequence_mask(frames, tf.shape(each)[1], each.dtype), 1)
        )

    @tf.function(reduce_retracing=True)
    def step(images: Any, labels: Any, frames: Any, decay: Any) -> Any:
        lines = tf.cast(images, tf.float32) / 255.0
        with tf.GradientTape() as tape:
            logits = net(lines, training=True)
            targets = tf.RaggedTensor.from_tensor(labels, padding=-1).to_sparse()
            loss = tf.reduce_mean(
                tf.compat.v1.nn.ctc_loss(
                    tf.cast(targets, tf.int32),
                    tf.transpose(logits, (1, 0, 2)),
                    frames,
                    ignore_longer_outputs_than_inputs=True,
                )
            )
            objective = loss if teacher is None else loss + apart(logits, lines, frames)
        gradients = tape.gradient(objective, net.trainable_variables)
        optimiser.apply_gradients(zip(gradients, net.trainable_variables, strict=True))
        for mean, weight in zip(average, net.weights, strict=True):
            mean.assign(mean * decay + weight * (1 - decay))
        return loss

    def call(images: np.ndarray, labels: np.ndarray, frames: np.ndarray, decay: float) -> Any:
        return step(
            tf.constant(images), tf.constant(labels), tf.constant(frames), tf.constant(decay, tf.float32)
        )

    return call


def _errors(net: Any, average: list[Any], sets: Sequence[Validation]) -> dict[str, float]:
    """CER of the averaged weights on each validation set."""
    own = net.get_weights()
    net.set_weights([a.numpy() for a in average])
    errors = {s.name: round(s.cer(net), 4) for s in sets}
    net.set_weights(own)
    return errors


def append_row(path: Path, row: dict[str, Any]) -> None:
    new = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, row)
        if new:
            writer.writeheader()
        writer.writerow(row)
