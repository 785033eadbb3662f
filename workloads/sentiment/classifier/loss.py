"""What the network minimises."""

from __future__ import annotations

import tensorflow as tf

from workloads.sentiment.classifier.labels import LABELS


def heads_loss(classes: tf.Tensor, logits: tf.Tensor, label_smoothing: float) -> tf.Tensor:
    """The sum over the heads of their cross-entropy: each learns as if it were alone.

    Args:
        classes: Of the posts, int32 [posts].
        logits: [posts, heads, classes].
        label_smoothing: Share of each label spread over all classes.

    Returns:
        A loss per post.
    """
    truth = tf.one_hot(classes, len(LABELS)) * (1 - label_smoothing) + label_smoothing / len(LABELS)
    entropy = -tf.reduce_sum(truth[:, tf.newaxis] * tf.nn.log_softmax(logits), axis=-1)
    return tf.reduce_sum(entropy, axis=-1)
