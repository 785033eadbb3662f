"""Histories as ids, and at which of their places something is asked, in graph operations."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf

from workloads.recommendation.recommender.catalogue import NOTHING

LONGEST = 1000
"""Most items of a history, and of what followed one: what `training_set.py` keeps."""


class Features(NamedTuple):
    """What the network takes.

    Attributes:
        items: Ids in order, int32, ragged [users, (items)] or padded with 0.
        asked: After how many of them the next one is asked for, int32, [users, (places)].
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
    """Asks for each of the items that followed, after all that came before it.

    Args:
        history: Items, [users, items], padded with "".
        next_items: What followed, in the same way.
        ids: Of the items.
    """
    before, followed = known_ids(history, ids), known_ids(next_items, ids)
    places = tf.ragged.range(followed.row_lengths())
    asked = tf.cast(places + before.row_lengths()[:, tf.newaxis], tf.int32)
    # What is asked for last is never in front of anything.
    return Features(tf.concat([before, followed], axis=1)[:, :-1], asked)


def serving_features(history: tf.Tensor, ids: tf.lookup.StaticHashTable) -> Features:
    """Asks for what follows the whole history, padded."""
    items = known_ids(history, ids)
    asked = tf.cast(items.row_lengths()[:, tf.newaxis], tf.int32)
    return Features(items.to_tensor(), asked)
