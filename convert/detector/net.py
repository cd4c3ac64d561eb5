"""The text detector's network: a small U-shaped net of plain and of depthwise separable convolutions."""

from typing import Any

CHANNELS = 2
"""Of the output: writing; the core of a line."""


def build_text_net(height: int | None = None, width: int | None = None) -> Any:
    """Keras model, float (B, H, W, 1) 0..1, ink bright, sides multiples of 32 -> logits float32
    (B, H / CELL, W / CELL, 2).

    Keras' global policy decides the precision.
    """
    import tensorflow as tf
    from tensorflow import keras

    layers = keras.layers

    def conv(x: Any, channels: int, size: int = 3, strides: int = 1) -> Any:
        x = layers.Conv2D(channels, size, strides, padding="same", use_bias=False)(x)
        return layers.ReLU(6.0)(layers.BatchNormalization(momentum=0.98)(x))

    def separable(x: Any, channels: int, strides: int = 1, dilation: int = 1) -> Any:
        x = layers.DepthwiseConv2D(3, strides, padding="same", dilation_rate=dilation, use_bias=False)(x)
        x = layers.ReLU(6.0)(layers.BatchNormalization(momentum=0.98)(x))
        return conv(x, channels, 1)

    def block(x: Any, channels: int) -> Any:
        return layers.Add()([x, separable(separable(x, channels), channels)])

    def up(x: Any, channels: int) -> Any:
        # unlike a resize this knows no size, so that one file serves every size of picture
        return layers.Lambda(tf.nn.depth_to_space, arguments={"block_size": 2})(conv(x, 4 * channels, 1))

    image = keras.Input((height, width, 1), name="page")
    half = conv(image, 16, 3, 2)
    quarter = conv(half, 32, 3, 2)
    quarter = layers.Add()([quarter, separable(quarter, 32)])
    eighth = conv(quarter, 48, 3, 2)
    eighth = block(eighth, 48)
    sixteenth = separable(eighth, 64, 2)
    sixteenth = block(sixteenth, 64)
    deep = separable(sixteenth, 80, 2)
    deep = block(deep, 80)
    sixteenth = separable(layers.Add()([sixteenth, up(deep, 64)]), 64)
    eighth = block(layers.Add()([eighth, up(sixteenth, 48)]), 48)
    quarter = layers.Add()([quarter, up(eighth, 32)])
    quarter = layers.Add()([quarter, separable(separable(quarter, 32), 32)])
    logits = layers.Conv2D(CHANNELS, 1, name="logits")(quarter)
    return keras.Model(image, layers.Activation("linear", dtype="float32")(logits), name="text_detector")
