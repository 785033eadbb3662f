"""The network over recent items, and the output of the linear model.

The linear model is better for pairs of items that occur often, the network with its item vectors
for similar pairs. Their sum is better than both.
"""

from __future__ import annotations

import keras
import tensorflow as tf

from workloads.recommendation.recommender.layers import ItemToItem, RecentItems
from workloads.recommendation.recommender.preparation import Preparation

# The network's output for every position to predict at, [users, positions, ids].
LOGITS = "logits"

# The linear model's output for the first of these positions, [users, ids].
LINEAR = "linear"

# Chosen on the validation split of the demo. The regression predicts shares of one item, so its
# outputs are small.
_LINEAR_SHARE = 200.0
_VECTOR = 64
_DECAYS = (0.0, 0.6, 0.85, 0.95, 0.99)
_DROPOUT = 0.3


def build_network(prepared: Preparation) -> keras.Model:
    """Builds the network for the training split's items.

    Returns:
        A model from a dictionary of ids (the fields of `Features`) to `LOGITS` and `LINEAR`.
    """
    layers = keras.layers
    ids = prepared.catalogue.ids
    inputs = {name: keras.Input((None,), dtype="int32", name=name) for name in ("items", "asked")}
    vectors = layers.Embedding(ids, _VECTOR, name="vectors")(inputs["items"])
    # Dropout hides whole items, so that the network depends on none alone.
    vectors = layers.Dropout(_DROPOUT, noise_shape=(None, None, 1))(vectors)
    bags = RecentItems(_DECAYS, name="recent_items")(vectors, inputs["asked"])
    bags = layers.Dropout(_DROPOUT)(layers.LayerNormalization()(bags))
    hidden = layers.Dropout(_DROPOUT)(layers.Dense(2 * _VECTOR, activation="gelu")(bags))
    wanted = layers.add([layers.Dense(_VECTOR)(bags), layers.Dense(_VECTOR)(hidden)])
    logits = layers.Dense(ids, name="logits")
    outputs = {LOGITS: logits(wanted)}
    # Nothing but popularity is known at first.
    logits.bias.assign(prepared.catalogue.log_popularity)
    linear = ItemToItem(ids, name="item_to_item")
    outputs[LINEAR] = linear(inputs["items"], inputs["asked"][:, 0])
    linear.know(prepared.item_to_item)
    return keras.Model(inputs=inputs, outputs=outputs)


def combine(logits: tf.Tensor, linear: tf.Tensor) -> tf.Tensor:
    """Logits of both together for the first position asked about, [users, ids]."""
    return tf.nn.log_softmax(logits[:, 0]) + _LINEAR_SHARE * linear
