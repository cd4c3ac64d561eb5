"""The net that reads rows of digits, and what varies its training rows on the way in."""

from typing import Any

from camera_ocr.recognition.digit_strip import STRIP_CLASSES, STRIP_HEIGHT
from convert.digits.variation import Draws, warped, with_another_pen


def build_row_net() -> Any:
    """Keras model, float (B, 32, W, 1) 0..1 with ink bright -> logits float32 (B, W / 4, 12).

    The last class is CTC's blank, the one before it a mark that is no digit. W may differ from call to call.
    """
    from tensorflow import keras

    layers = keras.layers

    def conv(x: Any, channels: int, size: int | tuple[int, int], **options: Any) -> Any:
        x = layers.Conv2D(channels, size, use_bias=False, **({"padding": "same"} | options))(x)
        return layers.ReLU()(layers.BatchNormalization(momentum=0.98)(x))

    image = keras.Input((STRIP_HEIGHT, None, 1), name="row")
    x = conv(image, 20, 5, strides=2)
    x = conv(x, 36, 3)
    x = layers.MaxPool2D(2)(x)
    x = conv(x, 56, 3)
    x = layers.MaxPool2D((2, 1))(x)
    x = conv(x, 80, 3)
    x = layers.DepthwiseConv2D((4, 1), use_bias=False)(x)
    x = layers.ReLU()(layers.BatchNormalization(momentum=0.98)(x))
    x = conv(x, 80, 1)
    for dilation in (1, 2):
        x = layers.Add()([x, layers.Dropout(0.1)(conv(x, 80, (1, 3), dilation_rate=(1, dilation)))])
    # squeezed, not reshaped: a shape worked out while running keeps TFLite from planning ahead
    x = layers.Lambda(lambda t: t[:, 0])(x)
    return keras.Model(
        image, layers.Dense(STRIP_CLASSES, dtype="float32", name="logits")(x), name="digit_rows"
    )


def vary_rows(tf: Any, images: Any, seed: Any) -> Any:
    """(B, 32, W, 1) u8 -> float 0..1, each slanted, stretched, shifted, made bolder or finer."""
    x = tf.cast(images, tf.float32) / 255.0
    draws = Draws(tf, tf.shape(images)[0], seed)
    slant, slope, tall = draws.normal(0.12), draws.normal(0.006), tf.exp(draws.normal(0.06))
    # never wider: what is written may not leave the picture
    wide = tf.exp(tf.abs(draws.normal(0.1)))
    middle = (STRIP_HEIGHT - 1) / 2
    dx = -slant * middle
    dy = middle * (1 - tall) + draws.normal(0.8)
    return with_another_pen(tf, warped(tf, x, (wide, slant, dx), (slope, tall, dy)), draws)
