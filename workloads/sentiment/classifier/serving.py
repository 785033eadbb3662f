"""The serving function: from texts to label and scores, in one graph."""

from __future__ import annotations

import keras
import tensorflow as tf

from workloads.sentiment.classifier.features import extract
from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.network import LOGITS, average_scores
from workloads.sentiment.classifier.normalisation import normalise


@tf.autograph.experimental.do_not_convert  # type: ignore[untyped-decorator]
def classify(network: keras.Model, texts: tf.Tensor) -> dict[str, tf.Tensor]:
    """Classifies posts.

    The network gets the padded ids of `extract`: only training needs ragged ones.

    Args:
        network: A trained network.
        texts: Posts, UTF-8, shape [posts].

    Returns:
        `label`, a string per post, and `score_<label>`, a number per post and label; the scores of
        a post sum to 1.
    """
    outputs = network(extract(normalise(texts))._asdict(), training=False)
    scores = average_scores(outputs[LOGITS])
    return {
        "label": tf.gather(tf.constant(LABELS), tf.argmax(scores, axis=-1)),
        **{f"score_{label}": scores[:, index] for index, label in enumerate(LABELS)},
    }
