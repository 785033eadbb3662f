"""Layers of the network that Keras does not have."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from workloads.sentiment.classifier.corpus_statistics import FeatureWeights

_PACKAGE = "sentiment"


@keras.saving.register_keras_serializable(_PACKAGE)
class WeightedBag(keras.layers.Layer):  # type: ignore[misc]
    """A linear layer over a bag of ids, each weighted by its inverse document frequency.

    The weighted counts have Euclidean norm 1, so that long posts do not count more than short ones.
    All weights are zero until they are set.

    Args:
        buckets: Number of ids.
        units: Size of the output.
        rate: Learning rate of a reliable feature, as a multiple of the optimizer's rate.
    """

    def __init__(self, buckets: int, units: int, rate: float = 5.0, **options: Any) -> None:
        """Declares the layer; `build` creates its weights."""
        super().__init__(**options)
        self.buckets = buckets
        self.units = units
        self.rate = rate

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the constant weights, and the trained table at zero."""
        self._importance = _constant(self, "importance", self.buckets, "float32")
        self._reliability = _constant(self, "reliability", self.buckets, "float32")
        self._table = self.add_weight(
            name="table", shape=(self.buckets, self.units), initializer="zeros"
        )
        super().build(input_shape)

    def weigh(self, weights: FeatureWeights) -> None:
        """Sets the importance and the reliability of each id."""
        self._importance.assign(weights.importance)
        self._reliability.assign(weights.reliability)

    def call(self, ids: tf.Tensor) -> tf.Tensor:
        """Returns the logits [posts, units] of ids [posts, features]."""
        importance = tf.gather(tf.convert_to_tensor(self._importance), ids)
        norm = tf.sqrt(tf.reduce_sum(importance * importance, axis=1, keepdims=True) + 1e-9)
        # Adam's steps do not depend on a gradient's scale, so factors of a table's rows act as
        # learning rates. Rare features learn slowly, or they would overfit the posts they occur in.
        # This has the effect of a penalty in logistic regression.
        rates = self.rate * tf.gather(tf.convert_to_tensor(self._reliability), ids)
        rows = tf.gather(tf.convert_to_tensor(self._table), ids)
        return tf.einsum("nf,nfc->nc", importance / norm * rates, rows)

    def compute_output_shape(self, input_shape: tuple[int | None, ...]) -> tuple[int | None, int]:
        """Returns [posts, units]."""
        return input_shape[0], self.units

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments of the constructor."""
        return {
            **super().get_config(),
            "buckets": self.buckets,
            "units": self.units,
            "rate": self.rate,
        }


@keras.saving.register_keras_serializable(_PACKAGE)
class VocabularyLookup(keras.layers.Layer):  # type: ignore[misc]
    """Turns hashed words into rows of an embedding that has only words of the training split.

    Until the rows are set, every word is padding.

    Args:
        buckets: Number of hashes.
    """

    def __init__(self, buckets: int, **options: Any) -> None:
        """Declares the layer; `build` creates its weights."""
        super().__init__(**options)
        self.buckets = buckets

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the constant indices."""
        self._indices = _constant(self, "indices", self.buckets, "int32")
        super().build(input_shape)

    def know(self, indices: npt.NDArray[np.int32]) -> None:
        """Sets the row of each hash."""
        self._indices.assign(indices)

    def call(self, words: tf.Tensor) -> tf.Tensor:
        """Returns the rows of hashed words, in the same shape."""
        return tf.gather(tf.convert_to_tensor(self._indices), words)

    def compute_output_spec(self, words: keras.KerasTensor) -> keras.KerasTensor:
        """Returns int32 of the same shape."""
        return keras.KerasTensor(words.shape, dtype="int32")

    def get_config(self) -> dict[str, Any]:
        """Returns the arguments of the constructor."""
        return {**super().get_config(), "buckets": self.buckets}


def _constant(layer: keras.layers.Layer, name: str, size: int, dtype: str) -> keras.Variable:
    """Returns a weight that is not trained: unlike a constant of the graph, it is saved once."""
    return layer.add_weight(
        name=name, shape=(size,), dtype=dtype, initializer="zeros", trainable=False
    )
