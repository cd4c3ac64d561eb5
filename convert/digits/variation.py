"""What varies training samples on their way into a net: random draws, warping, and the pen."""

import itertools
from typing import Any


class Draws:
    """Random numbers for each image of a batch, the same again for the same seed.

    Args:
        tf: TensorFlow.
        seed: (2,) i32; its second number grows by one a step, so draws are a million apart.
    """

    def __init__(self, tf: Any, batch: Any, seed: Any) -> None:
        self._tf, self._batch, self._seed = tf, batch, seed
        self._numbers = itertools.count()

    def normal(self, spread: float) -> Any:
        """(B,) around 0 with standard deviation `spread`, clipped at twice that."""
        tf = self._tf
        values = tf.random.stateless_normal([self._batch], self._next(), 0.0, spread)
        return tf.clip_by_value(values, -2 * spread, 2 * spread)

    def uniform(self, least: float, most: float) -> Any:
        """(B,)."""
        return self._tf.random.stateless_uniform([self._batch], self._next(), least, most)

    def _next(self) -> Any:
        return self._tf.stack([self._seed[0], self._seed[1] + 1_000_003 * next(self._numbers)])


def warped(tf: Any, images: Any, across: tuple[Any, Any, Any], down: tuple[Any, Any, Any]) -> Any:
    """(B, H, W, 1) float, warped: a pixel x, y shows what stood at `across` and `down` of it.

    Each is three numbers (B,), those by which x and y are multiplied and what is added, px.
    """
    zero = tf.zeros_like(across[2])
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.stack([*across, *down, zero, zero], axis=1),
        output_shape=tf.shape(images)[1:3],
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )


def with_another_pen(tf: Any, images: Any, draws: Draws) -> Any:
    """(B, H, W, 1) float, ink bright; each bolder or finer, by half a pixel at most."""
    strength = draws.uniform(-0.5, 0.5)[:, None, None, None]
    bolder = tf.nn.max_pool2d(images, 2, 1, "SAME")
    finer = -tf.nn.max_pool2d(-images, 2, 1, "SAME")
    return (
        images + tf.maximum(strength, 0.0) * (bolder - images) + tf.maximum(-strength, 0.0) * (finer - images)
    )
