"""Make a smaller net of a trained line reader, to train on: `python -m convert slim CHECKPOINT OUTPUT`.

Of every layer the channels are kept that the layers after it can least do without, and each layer's weights
are fitted anew, by least squares, so that it says of its thinner input what it said of the whole one (after
He et al., "Channel pruning for accelerating very deep neural networks", and Luo et al., "ThiNet", both 2017).
What comes out reads badly, but has learnt where to look: `python -m convert train` with `--start-from` it and
the full net as `--teacher` comes far sooner to where training from nothing does.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from camera_ocr.recognition.lineprep import LINE_HEIGHT
from camera_ocr.types import F64
from convert.charset import CHARSET
from convert.feed import Feed
from convert.nets import HEADS, SIZES, Size, build_line_net
from convert.state import TrainingState, load_state, save_checkpoint

_BATCHES = 24
_ROWS = 6000
"""Places looked at in each batch."""
_RIDGE = 1e-6

Channels = np.ndarray


def main(argv: Sequence[str] | None = None) -> int:
    """Slim, and write a checkpoint without training time of its own; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m convert slim", description=__doc__)
    parser.add_argument("checkpoint", type=Path, help="of a full line reader")
    parser.add_argument("output", type=Path, help="checkpoint of the smaller one")
    parser.add_argument("--size", choices=SIZES, default="light")
    parser.add_argument("--fonts", type=Path, help="as for training")
    parser.add_argument("--cuts", type=Path, help="as for training")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(argv)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    feed = Feed(options.seed, "all", options.fonts, options.cuts)
    lines = [feed.get()[0].astype(np.float32) / 255 for _ in range(_BATCHES)]
    feed.close()
    full = build_line_net(len(CHARSET) + 1, LINE_HEIGHT)
    full.set_weights(load_state(options.checkpoint).average)
    slim = build_line_net(len(CHARSET) + 1, LINE_HEIGHT, SIZES[options.size])
    slim_down(full, slim, SIZES[options.size], lines)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    save_checkpoint(options.output, TrainingState(0, 0.0, 0.0, [], slim.get_weights(), []))
    return 0


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """The layers of a line net by what they do, see `build_line_net`."""

    body: list[Any]
    """Convolutions: two of the stem, two of each block, and that which leaves one row."""
    shortcuts: list[Any]
    """Beside the two of each block."""
    along: list[Any]
    """Dilated convolutions."""
    evened: Any
    """Batch normalisation before attention."""
    attention: list[Any]
    """Queries, keys, values, and what is added to the line."""
    logits: Any

    @classmethod
    def of(cls, net: Any) -> "_Parts":
        from tensorflow.keras import layers

        convolutions = [one for one in net.layers if isinstance(one, layers.Conv2D)]
        before = [one for one in convolutions if not one.use_bias]
        body = [one for one in before if one.kernel_size not in ((1, 1), (1, 3))]
        attend = next(
            one for one in net.layers if isinstance(one, layers.Lambda) and isinstance(one.input, list)
        )
        parts = [tensor.node.layer for tensor in attend.input]
        last = next(one for one in convolutions if one.use_bias and one not in parts)
        return cls(
            body,
            [one for one in before if one.kernel_size == (1, 1)],
            [one for one in before if one.kernel_size == (1, 3)],
            parts[0].input.node.layer,
            [*parts, last],
            net.get_layer("logits"),
        )


def slim_down(full: Any, slim: Any, size: Size, lines: Sequence[np.ndarray]) -> None:
    """Give `slim`, built of `size`, weights taken from `full`, so that they say the same of `lines`."""
    of_full, of_slim = _Parts.of(full), _Parts.of(slim)
    body, (short, other_short) = of_full.body, of_full.shortcuts
    stem = _dispensed(full, lines, [body[1]], size.stem[0])
    stem_end = _dispensed(full, lines, [body[2], short], size.stem[1])
    inner = _dispensed(full, lines, [body[3]], size.inner[0])
    block = _dispensed(full, lines, [body[4], other_short], size.body[0])
    other_inner = _dispensed(full, lines, [body[5]], size.inner[1])
    other_block = _dispensed(full, lines, [body[6]], size.body[1])
    line = _heaviest(of_full, size.head)
    fit = _Fit(full, slim, lines)
    kept = [stem, stem_end, inner, block, other_inner, other_block, line]
    shortcuts = iter(zip(of_full.shortcuts, of_slim.shortcuts, strict=True))
    for i, (layer, thin, channels) in enumerate(zip(body, of_slim.body, kept, strict=True)):
        fit.layer(layer, thin, channels)
        if i in (3, 5):
            fit.layer(*next(shortcuts), channels)
    for layer, thin in zip(of_full.along, of_slim.along, strict=False):
        fit.layer(layer, thin, line)
    _take_normalisation(of_full.evened, of_slim.evened, line)
    queries, keys, values, _ = of_full.attention
    asked = _largest_of_heads([queries, keys], size.head)
    told = _largest_of_heads([values], size.head)
    for layer, thin, channels in zip(
        of_full.attention, of_slim.attention, (asked, asked, told, line), strict=True
    ):
        fit.layer(layer, thin, channels)
    # what is asked is divided by the root of the number of channels
    thin = of_slim.attention[0]
    thin.set_weights([one * np.sqrt(size.head / queries.filters) for one in thin.get_weights()])
    fit.layer(of_full.logits, of_slim.logits, np.arange(of_full.logits.units))


def _dispensed(full: Any, lines: Sequence[np.ndarray], after: Sequence[Any], keep: int) -> Channels:
    """Which `keep` channels to keep of those that the layers `after` see, all of the same.

    Dropped, one after the other, is the one that the rest make up for best where least squares fit the layers
    anew.
    """
    from tensorflow import keras

    views = keras.Model(full.input, [after[0].input, *(one.output for one in after)])
    gains = np.concatenate([_gain(one) for one in after])
    square, product = _sums(
        (_patches(seen, after[0]), np.concatenate([_flat(one) for one in said], axis=1) * gains)
        for seen, *said in (views(batch, training=False) for batch in lines)
    )
    channels = after[0].input.shape[-1]
    rows = np.arange(len(square)).reshape(-1, channels)
    left, inverse = list(range(channels)), np.linalg.inv(square)
    while len(left) > keep:
        weights = inverse @ product[rows[:, left].ravel()]
        own = np.arange(len(inverse)).reshape(-1, len(left))
        # what the error grows by without the channel, the rest being fitted anew
        costs = [np.sum(weights[o] * np.linalg.solve(inverse[np.ix_(o, o)], weights[o])) for o in own.T]
        least = int(np.argmin(costs))
        gone, rest = own[:, least], np.delete(own, least, axis=1).ravel()
        beside = inverse[np.ix_(rest, gone)]
        inverse = inverse[np.ix_(rest, rest)] - beside @ np.linalg.solve(
            inverse[np.ix_(gone, gone)], beside.T
        )
        left.pop(least)
    return np.array(left)


def _heaviest(parts: _Parts, keep: int) -> Channels:
    """Of the channels along the line those that weigh most in all layers that see them."""
    kernels = [
        *(one.kernel.numpy() * _gain(one) for one in parts.along),
        *(one.kernel.numpy() for one in parts.attention[:3]),
        parts.logits.kernel.numpy()[None, None],
    ]
    weight = sum(np.sum(kernel**2, axis=(0, 1, 3)) / np.sum(kernel**2) for kernel in kernels)
    return np.sort(np.argsort(weight)[-keep:])


def _largest_of_heads(layers: Sequence[Any], keep: int) -> Channels:
    """As many channels of every head, those with the largest product of the layers' weights."""
    norms = np.prod([np.sum(one.kernel.numpy() ** 2, axis=(0, 1, 2)) for one in layers], axis=0)
    heads = norms.reshape(HEADS, -1)
    best = np.sort(np.argsort(heads, axis=1)[:, -keep // HEADS :], axis=1)
    return (best + np.arange(HEADS)[:, None] * heads.shape[1]).ravel()


class _Fit:
    """Fits layer after layer of the slim net to what the full one says."""

    def __init__(self, full: Any, slim: Any, lines: Sequence[np.ndarray]) -> None:
        self._full, self._slim, self._lines = full, slim, lines

    def layer(self, whole: Any, thin: Any, channels: Channels) -> None:
        """Weights of `thin`, whose input is already fitted, so that it says what `channels` of `whole` do."""
        from tensorflow import keras

        seen = keras.Model(self._slim.input, thin.input)
        said = keras.Model(self._full.input, whole.output)
        square, product = _sums(
            (_patches(seen(batch, training=False), thin), _flat(said(batch, training=False))[:, channels])
            for batch in self._lines
        )
        fitted = np.linalg.solve(square, product).astype(np.float32)
        if thin.use_bias:
            thin.set_weights([fitted[:-1].reshape(thin.kernel.shape), fitted[-1]])
            return
        thin.set_weights([fitted.reshape(thin.kernel.shape)])
        _take_normalisation(_normalisation(whole), _normalisation(thin), channels)


def _sums(pairs: Iterator[tuple[np.ndarray, np.ndarray]]) -> tuple[F64, F64]:
    """The normal equations of least squares, from what is seen, (n, k), and what is to be said, (n, m)."""
    rng = np.random.default_rng(0)
    square: Any = 0.0
    product: Any = 0.0
    for seen, said in pairs:
        some = rng.choice(len(seen), min(_ROWS, len(seen)), replace=False)
        x, y = seen[some].astype(np.float64), said[some].astype(np.float64)
        square, product = square + x.T @ x, product + x.T @ y
    return square + _RIDGE * np.trace(square) / len(square) * np.eye(len(square)), product


def _patches(seen: Any, layer: Any) -> np.ndarray:
    """(n, k) all that a layer sees at each place, and 1 where it has a bias, in its kernel's order."""
    import tensorflow as tf

    if isinstance(layer, tf.keras.layers.Conv2D):
        (height, width), steps, rates = layer.kernel_size, layer.strides, layer.dilation_rate
        seen = tf.image.extract_patches(
            seen, [1, height, width, 1], [1, *steps, 1], [1, *rates, 1], layer.padding.upper()
        )
    rows = _flat(seen)
    return np.hstack([rows, np.ones((len(rows), 1), rows.dtype)]) if layer.use_bias else rows


def _flat(features: Any) -> np.ndarray:
    return np.asarray(features).reshape(-1, features.shape[-1])


def _normalisation(layer: Any) -> Any:
    return layer.outbound_nodes[0].outbound_layer


def _gain(layer: Any) -> np.ndarray:
    """What the normalisation after a layer multiplies each channel by."""
    after = _normalisation(layer)
    return after.gamma.numpy() / np.sqrt(after.moving_variance.numpy() + after.epsilon)


def _take_normalisation(whole: Any, thin: Any, channels: Channels) -> None:
    thin.set_weights([one[channels] for one in whole.get_weights()])
