"""What is to be learned of a user: every item that followed, each after all that came before."""

from __future__ import annotations

import tensorflow as tf

from workloads.recommendation.recommender.catalogue import NOTHING


def sequence_loss(targets: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
    """Returns the mean cross-entropy of each user's items, [users].

    Args:
        targets: Ids, [users, places], `NOTHING` where a user has fewer; as many places as in the
            longest history there may be.
        logits: [users, places, ids], as many places as the batch needs.
    """
    followed = targets[:, : tf.shape(logits)[1]]
    there = followed != NOTHING
    entropies = tf.nn.sparse_softmax_cross_entropy_with_logits(
        tf.boolean_mask(followed, there), tf.boolean_mask(logits, there)
    )
    users = tf.cast(tf.where(there)[:, 0], tf.int32)
    total = tf.math.unsorted_segment_mean(entropies, users, tf.shape(followed)[0])
    return total
