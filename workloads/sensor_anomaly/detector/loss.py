"""The losses of the network."""

from __future__ import annotations

import tensorflow as tf

# Columns of the targets: whether the label says anomaly, and whether there is a label.
ANOMALOUS, LABELLED = 0, 1


def reconstruction_loss(residuals: tf.Tensor, is_anomaly: tf.Tensor, trimmed: float) -> tf.Tensor:
    """Returns the reconstruction loss of readings that are not anomalies.

    Every batch has some anomalies without a label. The autoencoder would learn them as usual, so
    the readings with the largest losses get the loss 0.

    Args:
        residuals: [rows, 9].
        is_anomaly: Whether the label says so, bool [rows]: these get the loss 0.
        trimmed: Share of the batch with the largest losses, which get the loss 0.

    Returns:
        A loss per row.
    """
    losses = tf.reduce_mean(tf.square(residuals), axis=1)
    kept = tf.cast(tf.round(tf.cast(tf.size(losses), tf.float32) * (1 - trimmed)), tf.int32)
    # Ranks of the losses, the smallest first.
    ranks = tf.argsort(tf.argsort(tf.stop_gradient(losses), stable=True), stable=True)
    counts = tf.logical_and(ranks < tf.maximum(kept, 1), tf.logical_not(is_anomaly))
    return tf.where(counts, losses, 0.0)


def label_loss(logits: tf.Tensor, is_anomaly: tf.Tensor, labelled: tf.Tensor) -> tf.Tensor:
    """Returns the cross-entropy of the labels; 0 without a label.

    Args:
        logits: [rows].
        is_anomaly: Whether the label says so, bool [rows].
        labelled: Whether there is a label, bool [rows].

    Returns:
        A loss per row.
    """
    entropy = tf.nn.sigmoid_cross_entropy_with_logits(tf.cast(is_anomaly, tf.float32), logits)
    return tf.where(labelled, entropy, 0.0)
