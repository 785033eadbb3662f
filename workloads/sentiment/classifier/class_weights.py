"""The classes, and the weight of an example of each."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from workloads.sentiment.classifier.labels import LABELS


def class_weights(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
    """Returns a weight per class that gives every class the same total, as macro-F1 does.

    Args:
        counts: Examples per class.

    Returns:
        A weight per class; 0 for a class without examples.
    """
    present = np.count_nonzero(counts)
    return np.where(counts > 0, counts.sum() / (present * np.maximum(counts, 1)), 0).astype(
        np.float32
    )


def classes_of(labels: tf.Tensor) -> tf.Tensor:
    """Returns the index of each label in `LABELS`, int32 [posts].

    Raises:
        tf.errors.InvalidArgumentError: A label is not in `LABELS`.
    """
    matches = tf.equal(labels[:, tf.newaxis], tf.constant(LABELS))
    known = tf.reduce_any(matches, axis=1)
    unknown = tf.boolean_mask(labels, ~known)
    expected = f"label must be one of {', '.join(LABELS)}, received"
    with tf.control_dependencies([tf.debugging.Assert(tf.reduce_all(known), [expected, unknown])]):
        return tf.argmax(matches, axis=1, output_type=tf.int32)
