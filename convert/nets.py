"""The line reader's network: a convolutional body, a convolutional sequence head, CTC.

The body follows the shape of CRNN (Shi et al., "An end-to-end trainable neural network for image-based
sequence recognition", 2015). The sequence head is a stack of dilated residual convolutions along the line
instead of an LSTM: on two cores with bfloat16 it trains about twice as many lines an hour.
"""

from typing import Any

STRIDE = 4
"""px of line width per output frame."""

_DILATIONS = (1, 2, 4, 8, 1, 2, 4, 8)


def build_line_net(classes: int, height: int, head: int = 224) -> Any:
    """Keras model, float (B, height, W, 1) 0..1 with ink bright -> logits float32 (B, ceil(W / 4), classes).

    The last class is CTC's blank. W may differ from call to call. Keras' global policy decides the precision.
    """
    from tensorflow import keras

    layers = keras.layers

    def conv(x: Any, channels: int, size: int | tuple[int, int], **options: Any) -> Any:
        x = layers.Conv2D(channels, size, use_bias=False, **({"padding": "same"} | options))(x)
        return layers.BatchNormalization(momentum=0.98)(x)

    def residual(x: Any, channels: int) -> Any:
        y = layers.ReLU()(conv(x, channels, 3))
        y = conv(y, channels, 3)
        return layers.ReLU()(layers.Add()([conv(x, channels, 1), y]))

    image = keras.Input((height, None, 1), name="line")
    x = layers.ReLU()(conv(image, 32, 5, strides=2))
    x = layers.ReLU()(conv(x, 48, 3))
    x = layers.MaxPool2D(2, padding="same")(x)
    x = residual(x, 96)
    x = layers.MaxPool2D((2, 1))(x)
    x = residual(x, 160)
    x = layers.ReLU()(conv(x, head, (x.shape[1], 1), padding="valid"))
    for dilation in _DILATIONS:
        y = layers.ReLU()(conv(x, head, (1, 3), dilation_rate=(1, dilation)))
        y = layers.SpatialDropout2D(0.1)(y)
        x = layers.Add()([x, y])
    # squeezed, not reshaped: a shape worked out while running keeps TFLite from planning ahead
    x = layers.Lambda(lambda t: t[:, 0])(x)
    return keras.Model(image, layers.Dense(classes, dtype="float32", name="logits")(x), name="line_reader")
