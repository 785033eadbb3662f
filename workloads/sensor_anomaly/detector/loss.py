"""What the network minimises."""

from __future__ import annotations

import tensorflow as tf

ANOMALOUS, LABELLED = 0, 1
"""Columns of the targets: whether people said that a reading was an anomaly, and whether anybody
said anything."""


def reconstruction_loss(residuals: tf.Tensor, is_anomaly: tf.Tensor, trimmed: float) -> tf.Tensor:
    """How far readings are from what was expected of them, of those that are to be expected.

    Some anomalies are in every batch and nobody has said so. Left in, they are learned like
    everything else and look usual; so the readings that are hardest to expect count nothing.

    Args:
        residuals: [rows, 9].
        is_anomaly: Whether people said so, bool [rows]: these are not learned.
        trimmed: Share of the batch that counts nothing, the largest losses first.

    Returns:
        A loss per row.
    """
    losses = tf.reduce_mean(tf.square(residuals), axis=1)
    kept = tf.cast(tf.round(tf.cast(tf.size(losses), tf.float32) * (1 - trimmed)), tf.int32)
    # The ranks of the losses, from the smallest.
    ranks = tf.argsort(tf.argsort(tf.stop_gradient(losses), stable=True), stable=True)
    counts = tf.logical_and(ranks < tf.maximum(kept, 1), tf.logical_not(is_anomaly))
    return tf.where(counts, losses, 0.0)


def label_loss(logits: tf.Tensor, is_anomaly: tf.Tensor, labelled: tf.Tensor) -> tf.Tensor:
    """The cross-entropy of what people said; 0 where nobody said anything.

    Args:
        logits: [rows].
        is_anomaly: Whether people said so, bool [rows].
        labelled: Whether anybody said anything, bool [rows].

    Returns:
        A loss per row.
    """
    entropy = tf.nn.sigmoid_cross_entropy_with_logits(tf.cast(is_anomaly, tf.float32), logits)
    return tf.where(labelled, entropy, 0.0)
