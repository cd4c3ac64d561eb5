"""The digit reader's network, and what varies its training samples on the way in."""

from typing import Any

import numpy as np

from camera_ocr.recognition.digitprep import DIGIT_SIDE
from convert.digits.samples import CLASSES, NO_CHARACTER
from convert.digits.variation import Draws, warped, with_another_pen

_SOFT_MIDDLE = 2.5
"""Weight of a pixel against its neighbours' 1 in the blur."""


def build_digit_net() -> Any:
    """Keras model, float (B, 28, 28, 1) 0..1 with ink bright -> logits float32 (B, 11) and (B, 95).

    The first tell which digit it is, the last of them that it is none. The others tell which of CHARACTERS it
    is, the last that it is no character; they only teach, see `digits_alone`.
    Keras' global policy decides the precision.
    """
    from tensorflow import keras

    layers = keras.layers

    def conv(x: Any, channels: int, size: int, **options: Any) -> Any:
        x = layers.Conv2D(channels, size, use_bias=False, **({"padding": "same"} | options))(x)
        return layers.ReLU()(layers.BatchNormalization(momentum=0.98)(x))

    image = keras.Input((DIGIT_SIDE, DIGIT_SIDE, 1), name="digit")
    x = conv(image, 24, 5, strides=2)
    x = conv(x, 40, 3)
    x = layers.MaxPool2D(2)(x)
    x = conv(x, 64, 3)
    for _ in range(2):
        x = layers.Add()([x, conv(x, 64, 3)])
    x = conv(x, 104, 3, padding="valid")
    # where in the picture a part is tells a 6 from a 9, and a letter from both
    x = layers.DepthwiseConv2D(5, depth_multiplier=2, use_bias=False)(x)
    x = layers.Flatten()(layers.ReLU()(layers.BatchNormalization(momentum=0.98)(x)))
    x = layers.Dropout(0.2)(x)
    heads = [
        layers.Dense(count, dtype="float32", name=name)(x)
        for count, name in ((CLASSES, "logits"), (NO_CHARACTER + 1, "characters"))
    ]
    return keras.Model(image, heads, name="digit_reader")


def digits_alone(net: Any) -> Any:
    """The same net without the logits of characters, as it is used."""
    from tensorflow import keras

    return keras.Model(net.input, net.outputs[0], name=net.name)


def softened(net: Any, height: int, width: int | None) -> Any:
    """The same net behind a fixed blur, as it is measured and exported.

    Every training sample is blurred a little where `vary` turns and shifts it between the pixels. What the
    app shows is not; that crispness, which the net never saw, cost up to five points of rows exactly right.
    """
    from tensorflow import keras

    image = keras.Input((height, width, 1), name="ink")
    line = np.array([1, _SOFT_MIDDLE, 1], np.float32) / (2 + _SOFT_MIDDLE)
    blur = keras.layers.DepthwiseConv2D(3, padding="same", use_bias=False, trainable=False, name="soften")
    model = keras.Model(image, net(blur(image)), name=net.name)
    blur.set_weights([np.outer(line, line)[..., None, None]])
    return model


def vary(tf: Any, images: Any, seed: Any) -> Any:
    """(B, 28, 28, 1) u8 -> float 0..1, each turned, slanted, stretched, shifted, made bolder or finer."""
    x = tf.cast(images, tf.float32) / 255.0
    draws = Draws(tf, tf.shape(images)[0], seed)
    angle, slant = draws.normal(0.11), draws.normal(0.15)
    wide, tall = tf.exp(draws.normal(0.1)), tf.exp(draws.normal(0.1))
    cos, sin = tf.cos(angle), tf.sin(angle)
    a, b, c, d = cos * wide, (slant * cos - sin) * tall, sin * wide, (slant * sin + cos) * tall
    middle = (DIGIT_SIDE - 1) / 2
    dx = middle - a * middle - b * middle + draws.normal(0.6)
    dy = middle - c * middle - d * middle + draws.normal(0.6)
    return with_another_pen(tf, warped(tf, x, (a, b, dx), (c, d, dy)), draws)
