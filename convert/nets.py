"""The line reader's network: a convolutional body, a sequence head of convolutions and attention, CTC.

The body follows the shape of CRNN (Shi et al., "An end-to-end trainable neural network for image-based
sequence recognition", 2015). The sequence head is a stack of dilated residual convolutions along the line,
and attention over the whole of it, instead of an LSTM: on two cores with bfloat16 it trains about twice as
many lines an hour.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

STRIDE = 4
"""px of line width per output frame."""


@dataclass(frozen=True, slots=True)
class Size:
    """Channels of the layers in their order, and how far each convolution of the head reaches."""

    stem: tuple[int, int]
    inner: tuple[int, int]
    """Between the two convolutions of each block of the body."""
    body: tuple[int, int]
    head: int
    dilations: tuple[int, ...]


SIZES = {
    "full": Size((32, 48), (64, 112), (96, 160), 224, (1, 2, 4, 8, 1, 2, 4)),
    "light": Size((12, 24), (24, 48), (32, 80), 160, (1, 2, 4, 8, 1, 2)),
}
HEADS = 4
"""Of attention."""
_POOLED = 4
"""Frames that are seen as one by what attends to them."""

Block = Callable[[Any, int, int], Any]
"""(features, channels inside, channels) -> features of the same height and width."""
Head = Callable[[Any, Size], Any]
"""(features along the line, (B, 1, W / 4, size.head)) -> the same with any channels."""


def convolve(x: Any, channels: int, size: int | tuple[int, int], **options: Any) -> Any:
    """A convolution and its batch normalisation."""
    from tensorflow.keras import layers

    x = layers.Conv2D(channels, size, use_bias=False, **({"padding": "same"} | options))(x)
    return layers.BatchNormalization(momentum=0.98)(x)


def residual(x: Any, inner: int, channels: int) -> Any:
    from tensorflow.keras import layers

    y = layers.ReLU()(convolve(x, inner, 3))
    y = convolve(y, channels, 3)
    return layers.ReLU()(layers.Add()([convolve(x, channels, 1), y]))


def dilated(x: Any, size: Size) -> Any:
    """Residual convolutions along the line, each looking as far as its dilation says."""
    from tensorflow.keras import layers

    for dilation in size.dilations:
        y = layers.ReLU()(convolve(x, size.head, (1, 3), dilation_rate=(1, dilation)))
        y = layers.SpatialDropout2D(0.05)(y)
        x = layers.Add()([x, y])
    return x


def attention(x: Any, size: Size) -> Any:
    """What every frame finds in the whole line, added to it: the hand's manner, and how far letters reach.

    Multi-head attention (Vaswani et al., "Attention is all you need", 2017) from each frame to means of a few
    frames, which are enough for that and cheap (after Wang et al., "Pyramid vision transformer", 2021).
    Heads are slices of channels, and nothing is reshaped, so that the width stays open in TFLite. At first,
    its last layer being zero, it changes nothing.
    """
    import tensorflow as tf
    from tensorflow.keras import layers

    def attend(parts: Any) -> Any:
        queries, keys, values = (tf.split(p, HEADS, axis=3) for p in parts)
        scale = (size.head // HEADS) ** -0.5
        seen = [
            tf.matmul(tf.nn.softmax(tf.matmul(q, k, transpose_b=True) * scale), v)
            for q, k, v in zip(queries, keys, values, strict=True)
        ]
        return tf.concat(seen, axis=3)

    evened = layers.BatchNormalization(momentum=0.98)(x)
    pooled = layers.AveragePooling2D((1, _POOLED), padding="same")(evened)
    parts = [layers.Conv2D(size.head, 1)(of) for of in (evened, pooled, pooled)]
    seen = layers.Conv2D(size.head, 1, kernel_initializer="zeros")(layers.Lambda(attend)(parts))
    return layers.Add()([x, seen])


def convolutions_and_attention(x: Any, size: Size) -> Any:
    return attention(dilated(x, size), size)


def build_line_net(
    classes: int,
    height: int,
    size: Size = SIZES["full"],
    block: Block = residual,
    head: Head = convolutions_and_attention,
) -> Any:
    """Keras model, float (B, height, W, 1) 0..1 with ink bright -> logits float32 (B, ceil(W / 4), classes).

    The last class is CTC's blank. W may differ from call to call. Keras' global policy decides the precision.

    Args:
        block: what the body is made of, two of them.
        head: what looks along the line.
    """
    from tensorflow import keras

    layers = keras.layers
    image = keras.Input((height, None, 1), name="line")
    x = layers.ReLU()(convolve(image, size.stem[0], 5, strides=2))
    x = layers.ReLU()(convolve(x, size.stem[1], 3))
    x = layers.MaxPool2D(2, padding="same")(x)
    x = block(x, size.inner[0], size.body[0])
    x = layers.MaxPool2D((2, 1))(x)
    x = block(x, size.inner[1], size.body[1])
    x = layers.ReLU()(convolve(x, size.head, (x.shape[1], 1), padding="valid"))
    x = head(x, size)
    # squeezed, not reshaped: a shape worked out while running keeps TFLite from planning ahead
    x = layers.Lambda(lambda t: t[:, 0])(x)
    return keras.Model(image, layers.Dense(classes, dtype="float32", name="logits")(x), name="line_reader")
