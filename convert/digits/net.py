"""The digit reader's network, and what varies its training samples on the way in."""

from typing import Any

from camera_ocr.recognition.digitprep import DIGIT_SIDE
from convert.digits.samples import CLASSES


def build_digit_net() -> Any:
    """Keras model, float (B, 28, 28, 1) 0..1 with ink bright -> logits float32 (B, 11); the last is no digit.

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
    x = conv(x, 72, 3)
    x = conv(x, 112, 3, padding="valid")
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.2)(x)
    return keras.Model(image, layers.Dense(CLASSES, dtype="float32", name="logits")(x), name="digit_reader")


def vary(tf: Any, images: Any) -> Any:
    """(B, 28, 28, 1) u8 -> float 0..1, each turned, slanted, stretched, shifted, made bolder or finer."""
    batch = tf.shape(images)[0]
    x = tf.cast(images, tf.float32) / 255.0

    def normal(spread: float) -> Any:
        return tf.clip_by_value(tf.random.normal([batch], 0.0, spread), -2 * spread, 2 * spread)

    angle, slant = normal(0.09), normal(0.1)
    wide, tall = tf.exp(normal(0.07)), tf.exp(normal(0.07))
    cos, sin = tf.cos(angle), tf.sin(angle)
    a, b, c, d = cos * wide, (slant * cos - sin) * tall, sin * wide, (slant * sin + cos) * tall
    middle = (DIGIT_SIDE - 1) / 2
    dx = middle - a * middle - b * middle + normal(0.6)
    dy = middle - c * middle - d * middle + normal(0.6)
    zero = tf.zeros([batch])
    x = tf.raw_ops.ImageProjectiveTransformV3(
        images=x,
        transforms=tf.stack([a, b, dx, c, d, dy, zero, zero], axis=1),
        output_shape=[DIGIT_SIDE, DIGIT_SIDE],
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )
    strength = tf.random.uniform([batch, 1, 1, 1], -0.5, 0.5)
    bolder = tf.nn.max_pool2d(x, 2, 1, "SAME")
    finer = -tf.nn.max_pool2d(-x, 2, 1, "SAME")
    return x + tf.maximum(strength, 0.0) * (bolder - x) + tf.maximum(-strength, 0.0) * (finer - x)
