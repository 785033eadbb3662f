"""The loss of a user: the cross-entropy of every item that followed."""

from __future__ import annotations

import tensorflow as tf

from workloads.recommendation.recommender.catalogue import NOTHING


def sequence_loss(targets: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """Returns the mean cross-entropy of each user's items, [users].

    Args:
        targets: Ids, [users, positions], padded with `NOTHING` to the maximum length of a history.
        logits: [users, positions, ids], padded to the longest history of the batch.
    """
    followed = targets[:, : tf.shape(logits)[1]]
    there = followed != NOTHING
    entropies = tf.nn.sparse_softmax_cross_entropy_with_logits(
        tf.boolean_mask(followed, there), tf.boolean_mask(logits, there)
    )
    users = tf.cast(tf.where(there)[:, 0], tf.int32)
    total = tf.math.unsorted_segment_mean(entropies, users, tf.shape(followed)[0])
    return total
