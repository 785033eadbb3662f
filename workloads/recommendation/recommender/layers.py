"""Layers of the network that Keras does not have."""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from workloads.recommendation.recommender.item_to_item import DECAYS, Weights

_PACKAGE = "recommendation"


@keras.saving.register_keras_serializable(_PACKAGE)
class RecentItems(keras.layers.Layer):  # type: ignore[misc]
    """Weighted sums of item vectors, in which older items have smaller weights, one per decay.

    Args:
        decays: Factors of an item's weight for each further item; 0 keeps only the last item.
    """

    def __init__(self, decays: tuple[float, ...], **options: Any) -> None:
        """Declares the layer; it has no weights."""
        super().__init__(**options)
        self.decays = tuple(decays)

    def call(self, vectors: tf.Tensor, asked: tf.Tensor) -> tf.Tensor:
        """Returns the sums after `asked` items.

        Args:
            vectors: Vectors of the items, [users, items, size].
            asked: [users, positions].

        Returns:
            [users, positions, decays * size]; zeros before the first item.
        """
        ages = asked[:, :, tf.newaxis] - 1 - tf.range(tf.shape(vectors)[1])
        seen = ages >= 0
        exponents = tf.cast(tf.maximum(ages, 0), vectors.dtype)
        bags = []
        for decay in self.decays:
            weights = tf.where(seen, tf.pow(tf.cast(decay, vectors.dtype), exponents), 0.0)
            # The weights have Euclidean norm 1, so that a sum does not grow with the history.
            norm = tf.sqrt(tf.reduce_sum(weights * weights, axis=-1, keepdims=True) + 1e-9)
            bags.append(tf.matmul(weights / norm, vectors))
        return tf.concat(bags, axis=-1)

    def compute_output_spec(
        self, vectors: keras.KerasTensor, asked: keras.KerasTensor
    ) -> keras.KerasTensor:
        """Returns [users, positions, decays * size]."""
        size = len(self.decays) * vectors.shape[-1]
        return keras.KerasTensor((*asked.shape, size), dtype=vectors.dtype)

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments of the constructor."""
        return {**super().get_config(), "decays": self.decays}


@keras.saving.register_keras_serializable(_PACKAGE)
class ItemToItem(keras.layers.Layer):  # type: ignore[misc]
    """The linear model. Its weights are set, not trained; until then they are zero.

    Args:
        ids: Number of ids, including 0.
    """

    def __init__(self, ids: int, **options: Any) -> None:
        """Declares the layer; `build` creates its weights."""
        super().__init__(**{**options, "trainable": False})
        self.ids = ids

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights at zero."""
        self._weights = self.add_weight(
            name="weights",
            shape=(len(DECAYS), self.ids, self.ids),
            initializer="zeros",
            trainable=False,
        )
        super().build(input_shape)

    def know(self, weights: Weights) -> None:
        """Sets the weights, as `item_to_item.solve` returns them."""
        self._weights.assign(weights)

    def call(self, items: tf.Tensor, count: tf.Tensor) -> tf.Tensor:
        """Returns the score of each id after the first items of each history.

        Args:
            items: Ids, [users, items].
            count: Number of items of each history to use, [users].

        Returns:
            [users, ids].
        """
        ages = count[:, tf.newaxis] - 1 - tf.range(tf.shape(items)[1])
        seen = ages >= 0
        exponents = tf.cast(tf.maximum(ages, 0), tf.float32)
        users = tf.shape(items)[0]
        rows = tf.broadcast_to(tf.range(users)[:, tf.newaxis], tf.shape(items))
        positions = tf.stack([rows, items], axis=-1)
        weights = tf.convert_to_tensor(self._weights)
        total = tf.zeros([users, self.ids])
        for bag, decay in enumerate(DECAYS):
            values = tf.where(seen, tf.pow(decay, exponents), 0.0)
            total += tf.scatter_nd(positions, values, [users, self.ids]) @ weights[bag]
        return total

    def compute_output_spec(
        self, items: keras.KerasTensor, count: keras.KerasTensor
    ) -> keras.KerasTensor:
        """Returns [users, ids]."""
        return keras.KerasTensor((items.shape[0], self.ids), dtype="float32")

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments of the constructor."""
        return {**super().get_config(), "ids": self.ids}
