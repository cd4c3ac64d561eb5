from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("tensorflow")

import tensorflow as tf

from convert.nets import Size, build_line_net
from convert.slim import slim_down

# Keras 2.15 draws its seeds with a float, which Python 3.11 frowns at
pytestmark = pytest.mark.filterwarnings("ignore:non-integer arguments to randrange:DeprecationWarning")
WIDE = Size((8, 8), (8, 12), (8, 12), 16, (1, 2))
CLASSES = 6


@pytest.fixture(scope="module")
def lines() -> list[np.ndarray]:
    rng = np.random.default_rng(1)
    return [(rng.random((8, 40, 128, 1)) > 0.8).astype(np.float32) for _ in range(3)]


@pytest.fixture(scope="module")
def full(lines):
    """A net whose normalisation and attention are those of one that has been trained."""
    tf.keras.utils.set_random_seed(3)
    net = build_line_net(CLASSES, 40, WIDE)
    for layer in net.layers:
        if isinstance(layer, tf.keras.layers.BatchNormalization):
            layer.momentum = 0.5
    for batch in lines * 2:
        net(batch, training=True)
    rng = np.random.default_rng(2)
    last = [one for one in net.layers if isinstance(one, tf.keras.layers.Conv2D) and one.use_bias][-1]
    last.set_weights([rng.normal(0, 0.3, w.shape) for w in last.get_weights()])
    return net


def apart(full, slim, lines) -> float:
    """Of the logits, over their spread."""
    said = np.concatenate([full(batch).numpy() for batch in lines])
    thin = np.concatenate([slim(batch).numpy() for batch in lines])
    return float(np.sqrt(np.mean((said - thin) ** 2)) / said.std())


def test_a_net_of_the_same_size_says_the_same(full, lines):
    slim = build_line_net(CLASSES, 40, WIDE)
    slim_down(full, slim, WIDE, lines)
    assert apart(full, slim, lines) < 0.01


def test_channels_that_say_what_others_say_are_done_without(full, lines):
    # GIVEN a block in which the second half of the channels is a copy of the first
    twofold = tf.keras.models.clone_model(full)
    twofold.set_weights(full.get_weights())
    convolutions = [one for one in twofold.layers if isinstance(one, tf.keras.layers.Conv2D)]
    inner = next(one for one in convolutions[2:] if one.kernel_size == (3, 3))
    for layer in (inner, inner.outbound_nodes[0].outbound_layer):
        layer.set_weights([np.concatenate([w[..., :4]] * 2, axis=-1) for w in layer.get_weights()])
    # WHEN half of that block's are left
    size = replace(WIDE, inner=(4, 12))
    slim = build_line_net(CLASSES, 40, size)
    slim_down(twofold, slim, size, lines)
    # THEN nothing is lost
    assert apart(twofold, slim, lines) < 0.01
