"""What trains a line reader fastest: `python -m convert trials runs/trials --fonts runs/fonts`.

Every trial trains a net from nothing for the same processor time, one thread, on the same rendered words in
the same order, and differs in one thing from the net it began with, whose head is dilated convolutions.
Processor time is counted, not the clock, so that other programs beside it do not count. Trials that
`trials.csv` in the folder has already are not run again.
"""

import argparse
import csv
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from camera_ocr.recognition.lineprep import LINE_HEIGHT, prepare_line
from camera_ocr.types import U8
from convert.charset import CHARSET
from convert.feed import BATCH_PX, Batch, bucket_of, make_batch
from convert.nets import (
    SIZES,
    STRIDE,
    Block,
    Head,
    Size,
    build_line_net,
    convolutions_and_attention,
    convolve,
    dilated,
    residual,
)
from convert.samples import Sample, TrainingMix
from convert.train import append_row, cosine_rate, step_function
from convert.validation import validation_sets

_SIZE = replace(SIZES["full"], inner=SIZES["full"].body)
"""As wide inside its blocks as outside; the reader's channels there were thinned out when it was trained."""
_DRAWN_HEIGHT = 48
"""The bank's lines are so high, px; lower nets get them made smaller."""
_WIDEST = 192
_RATE = 2e-3
_MEASURED = 250


def _plain(x: Any, inner: int, channels: int) -> Any:
    """Two convolutions, as VGG stacks them."""
    from tensorflow.keras import layers

    for _ in range(2):
        x = layers.ReLU()(convolve(x, channels, 3))
    return x


def _separable(x: Any, inner: int, channels: int) -> Any:
    """Three convolutions, by channel and then across channels, with a residual, as in MobileNet."""
    from tensorflow.keras import layers

    y = x
    for _ in range(3):
        y = layers.DepthwiseConv2D(3, padding="same", use_bias=False)(y)
        y = layers.ReLU()(convolve(y, channels, 1))
    return layers.Add()([convolve(x, channels, 1), y])


def _no_head(x: Any, size: Size) -> Any:
    return x


def _lstm(x: Any, size: Size) -> Any:
    from tensorflow.keras import layers

    along = layers.Lambda(lambda t: t[:, 0])(x)
    along = layers.Bidirectional(layers.LSTM(192, return_sequences=True))(along)
    return layers.Lambda(lambda t: t[:, None])(along)


def _attention(x: Any, size: Size) -> Any:
    """A block of a transformer's encoder; what is near is told by a convolution before it."""
    from tensorflow.keras import layers

    along = layers.Lambda(lambda t: t[:, 0])(
        layers.Add()([x, layers.DepthwiseConv2D((1, 15), padding="same")(x)])
    )
    seen = layers.MultiHeadAttention(4, size.head // 4)(*[layers.LayerNormalization()(along)] * 2)
    along = layers.Add()([along, seen])
    inner = layers.Dense(2 * size.head, activation="relu")(layers.LayerNormalization()(along))
    along = layers.Add()([along, layers.Dense(size.head)(inner)])
    return layers.Lambda(lambda t: t[:, None])(along)


@dataclass(frozen=True, slots=True)
class Trial:
    """What differs from the net that the trials began with."""

    height: int = LINE_HEIGHT
    block: Block = residual
    head: Head = dilated
    float32: bool = False
    cosine: bool = True
    stage: str = "words"
    one_width: bool = False


TRIALS = {
    "dilated convolutions": Trial(),
    "32 px high": Trial(height=32),
    "48 px high": Trial(height=48),
    "body: plain convolutions": Trial(block=_plain),
    "body: separable convolutions": Trial(block=_separable),
    "head: none": Trial(head=_no_head),
    "head: BiLSTM": Trial(head=_lstm),
    "head: two BiLSTM": Trial(head=lambda x, size: _lstm(_lstm(x, size), size)),
    "head: convolutions, then BiLSTM": Trial(head=lambda x, size: _lstm(dilated(x, size), size)),
    "head: attention": Trial(head=_attention),
    "head: convolutions, then pooled attention": Trial(head=convolutions_and_attention),
    "float32": Trial(float32=True),
    "constant learning rate": Trial(cosine=False),
    "lines from the start": Trial(stage="all"),
    "every batch as wide as the widest": Trial(one_width=True),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the trials that are missing, each in a process of its own; print the table; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m convert trials", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder for the rendered words and the table")
    parser.add_argument("--seconds", type=float, default=150, help="processor time of each trial")
    parser.add_argument("--words", type=int, default=40_000, help="size of the bank of rendered words")
    parser.add_argument("--fonts", type=Path, help="as for `train`")
    parser.add_argument("--cuts", type=Path, help="as for `train`")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    args.folder.mkdir(parents=True, exist_ok=True)
    table = args.folder / "trials.csv"
    if args.only:
        append_row(table, run(args.only, TRIALS[args.only], args.folder, args.seconds))
        return 0
    for stage in sorted({trial.stage for trial in TRIALS.values()}):
        path = _bank_path(args.folder, stage)
        if not path.exists():
            render(path, stage, args.words if stage == "words" else args.words // 3, args.fonts, args.cuts)
    for name in TRIALS:
        if name not in {row["trial"] for row in _rows(table)}:
            command = [sys.executable, "-m", "convert", "trials", str(args.folder), "--only", name]
            subprocess.run([*command, "--seconds", str(args.seconds)], check=True)
    for row in _rows(table):
        print("| " + " | ".join(row.values()) + " |")
    return 0


def _bank_path(folder: Path, stage: str) -> Path:
    return folder / f"{stage}.npz"


def render(path: Path, stage: str, count: int, fonts: Path | None, cuts: Path | None) -> None:
    """Samples of a stage of training, on disk; short ones alone for `words`."""
    rng, mix = np.random.default_rng(0), TrainingMix(fonts, cuts)
    images: list[U8] = []
    texts: list[str] = []
    begin = time.process_time()
    while len(images) < count:
        image, text = mix.sample(rng, stage, _DRAWN_HEIGHT)
        lowest = round(image.shape[1] * min(t.height for t in TRIALS.values()) / _DRAWN_HEIGHT)
        widest = _WIDEST * _DRAWN_HEIGHT / LINE_HEIGHT
        if bucket_of(lowest, text) and (stage != "words" or image.shape[1] <= widest):
            images.append(image)
            texts.append(text)
    print(f"{stage}: {count / (time.process_time() - begin):.0f} samples a second of processor time")
    widths = np.array([i.shape[1] for i in images])
    np.savez(path, pixels=np.concatenate(images, axis=1), widths=widths, texts=np.array(texts))


def read_bank(path: Path, height: int) -> list[Sample]:
    """The bank's samples, made as high as asked for."""
    with np.load(path) as bank:
        pixels, widths, texts = bank["pixels"], bank["widths"], bank["texts"].tolist()
    images = np.split(pixels, np.cumsum(widths)[:-1], axis=1)
    if height != pixels.shape[0]:
        images = [
            cv2.resize(
                i, (max(1, round(i.shape[1] * height / i.shape[0])), height), interpolation=cv2.INTER_AREA
            )
            for i in images
        ]
    return list(zip(images, texts, strict=True))


def batches(samples: Sequence[Sample], one_width: bool) -> Iterator[Batch]:
    """Batches of even cost by width, again and again in the same order."""
    widest = max(image.shape[1] for image, _ in samples)
    while True:
        waiting: dict[int, list[Sample]] = defaultdict(list)
        for image, text in samples:
            width = -(-widest // STRIDE) * STRIDE if one_width else bucket_of(image.shape[1], text)
            if width is None:
                continue
            waiting[width].append((image, text))
            if len(waiting[width]) * width >= BATCH_PX:
                yield make_batch(waiting.pop(width), width)


def run(name: str, trial: Trial, folder: Path, seconds: float) -> dict[str, str]:
    """Train one net; its row of the table: samples a processor second, CER of unseen writers on the way."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tensorflow as tf
    from tensorflow import keras

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(1)
    if not trial.float32:
        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    net = build_line_net(len(CHARSET) + 1, trial.height, _SIZE, trial.block, trial.head)
    optimiser = keras.optimizers.AdamW(_RATE, weight_decay=1e-4, global_clipnorm=4.0, jit_compile=False)
    optimiser.build(net.trainable_variables)
    average = [tf.Variable(w, trainable=False) for w in net.get_weights()]
    step = step_function(tf, net, optimiser, average)
    words, lines = (
        partial(held_out.cer, net, [prepare_line(crop, trial.height).pixels for crop in held_out.crops])
        for held_out in validation_sets(_MEASURED)[:2]
    )
    feed = batches(read_bank(_bank_path(folder, trial.stage), trial.height), trial.one_width)
    # graphs are built for each shape once; that is no cost of training for hours
    for batch in _one_of_each_shape(feed):
        step(*batch, 0.0)
    half_way, spent, seen, steps, losses = "", 0.0, 0, 0, []
    while spent < seconds:
        rate = cosine_rate(spent, seconds, _RATE, seconds / 20) if trial.cosine else _RATE
        optimiser.learning_rate.assign(rate)
        batch = next(feed)
        begin = time.process_time()
        losses.append(float(step(*batch, min(0.995, (1 + steps) / (20 + steps)))))
        spent += time.process_time() - begin
        seen, steps = seen + len(batch[0]), steps + 1
        if not half_way and spent >= seconds / 2:
            half_way = f"{100 * words():.1f}"
    own = words()
    net.set_weights([a.numpy() for a in average])
    return {
        "trial": name,
        "weights, millions": f"{net.count_params() / 1e6:.2f}",
        "samples a second": f"{seen / spent:.0f}",
        "samples": str(seen),
        "words half way, CER %": half_way,
        "words, CER %": f"{100 * own:.1f}",
        "words averaged, CER %": f"{100 * words():.1f}",
        "lines averaged, CER %": f"{100 * lines():.1f}",
    }


def _one_of_each_shape(feed: Iterator[Batch]) -> Iterator[Batch]:
    seen: set[tuple[int, ...]] = set()
    for batch in (next(feed) for _ in range(60)):
        if batch[0].shape[1:] not in seen:
            seen.add(batch[0].shape[1:])
            yield batch


def _rows(table: Path) -> list[dict[str, str]]:
    if not table.exists():
        return []
    with table.open(newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    raise SystemExit(main())
