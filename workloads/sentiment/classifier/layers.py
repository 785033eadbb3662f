"""Layers of the network that Keras does not have."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from workloads.sentiment.classifier.corpus_statistics import FeatureWeights
from workloads.sentiment.classifier.labels import LABELS

_RATE = 5.0


class WeightedBag(keras.layers.Layer):  # type: ignore[misc]
    """A linear layer over a bag of ids, each weighed by its inverse document frequency.

    The weighed counts have Euclidean norm 1, so that long posts do not outvote short ones.

    Args:
        weights: Importance and reliability of each id.
    """

    def __init__(self, weights: FeatureWeights, **options: Any) -> None:
        """Keeps the weights until the layer is built."""
        super().__init__(**options)
        self._weights = weights

    def build(self, input_shape: Any) -> None:
        """Creates the constant weights, and the trained table at zero."""
        self._importance = _constant(self, "importance", self._weights.importance)
        self._reliability = _constant(self, "reliability", self._weights.reliability)
        self._table = self.add_weight(
            name="table", shape=(len(self._weights.importance), len(LABELS)), initializer="zeros"
        )
        super().build(input_shape)

    def call(self, ids: Any) -> Any:
        """Returns the logits [posts, classes] of ids [posts, features]."""
        importance = tf.gather(tf.convert_to_tensor(self._importance), ids)
        norm = tf.sqrt(tf.reduce_sum(importance * importance, axis=1, keepdims=True) + 1e-9)
        # Adam's steps do not depend on a gradient's scale, so factors on a table's rows are rates
        # at which they learn. Rare features learn slowly: at the same rate they would remember the
        # posts they occur in. This does what a penalty does for logistic regression.
        rates = _RATE * tf.gather(tf.convert_to_tensor(self._reliability), ids)
        rows = tf.gather(tf.convert_to_tensor(self._table), ids)
        return tf.einsum("nf,nfc->nc", importance / norm * rates, rows)


class VocabularyLookup(keras.layers.Layer):  # type: ignore[misc]
    """Turns hashed words into rows of an embedding that holds only words of the training split.

    Args:
        indices: Per word bucket its row.
    """

    def __init__(self, indices: npt.NDArray[np.int32], **options: Any) -> None:
        """Keeps the indices until the layer is built."""
        super().__init__(**options)
        self._values = indices

    def build(self, input_shape: Any) -> None:
        """Creates the constant indices."""
        self._indices = _constant(self, "indices", self._values)
        super().build(input_shape)

    def call(self, words: Any) -> Any:
        """Returns the rows of hashed words, in the same shape."""
        return tf.gather(tf.convert_to_tensor(self._indices), words)


def _constant(layer: keras.layers.Layer, name: str, values: npt.NDArray[Any]) -> Any:
    """A weight rather than a constant of the graph: it is saved once, beside the others."""
    return layer.add_weight(
        name=name,
        shape=values.shape,
        dtype=str(values.dtype),
        initializer=lambda shape, dtype=None: tf.constant(values, dtype),
        trainable=False,
    )
