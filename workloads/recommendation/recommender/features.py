"""Histories as ids, and the positions to predict at, in graph operations."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf

from workloads.recommendation.recommender.catalogue import NOTHING

# Maximum items of a history and of next items, as in `training_set.py`.
LONGEST = 1000


class Features(NamedTuple):
    """The network's inputs.

    Attributes:
        items: Ids in order, int32, ragged [users, (items)] or padded with 0.
        asked: The numbers of items after which the next one is predicted, int32, [users,
            (positions)].
    """

    items: tf.Tensor | tf.RaggedTensor
    asked: tf.Tensor | tf.RaggedTensor


def known_ids(items: tf.Tensor, ids: tf.lookup.StaticHashTable) -> tf.RaggedTensor:
    """Returns the ids of items without padding and without unknown ones, int32 [users, (items)]."""
    found = ids.lookup(items)
    return tf.cast(tf.ragged.boolean_mask(found, found != NOTHING), tf.int32)


def training_features(
    history: tf.Tensor, next_items: tf.Tensor, ids: tf.lookup.StaticHashTable
) -> Features:
    """Returns features to predict each of the items that followed from all items before it.

    Args:
        history: Items, [users, items], padded with "".
        next_items: The items that followed, in the same form.
        ids: Ids of the items.
    """
    before, followed = known_ids(history, ids), known_ids(next_items, ids)
    positions = tf.ragged.range(followed.row_lengths())
    asked = tf.cast(positions + before.row_lengths()[:, tf.newaxis], tf.int32)
    # The last item is predicted, and no item follows it.
    return Features(tf.concat([before, followed], axis=1)[:, :-1], asked)


def serving_features(history: tf.Tensor, ids: tf.lookup.StaticHashTable) -> Features:
    """Returns padded features to predict the item after the whole history."""
    items = known_ids(history, ids)
    asked = tf.cast(items.row_lengths()[:, tf.newaxis], tf.int32)
    return Features(items.to_tensor(), asked)
