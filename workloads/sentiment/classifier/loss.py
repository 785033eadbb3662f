"""The loss of the network."""

from __future__ import annotations

import tensorflow as tf

from workloads.sentiment.classifier.labels import LABELS


def heads_loss(classes: tf.Tensor, logits: tf.Tensor, label_smoothing: float) -> tf.Tensor:
    """Returns the sum of the heads' cross-entropies: each head is trained independently.

    Args:
        classes: Classes of the posts, int32 [posts].
        logits: [posts, heads, classes].
        label_smoothing: Share of each label that is spread over all classes.

    Returns:
        A loss per post.
    """
    truth = tf.one_hot(classes, len(LABELS)) * (1 - label_smoothing) + label_smoothing / len(LABELS)
    entropy = -tf.reduce_sum(truth[:, tf.newaxis] * tf.nn.log_softmax(logits), axis=-1)
    return tf.reduce_sum(entropy, axis=-1)
