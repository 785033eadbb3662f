"""The network: two heads that are trained independently, and whose scores are averaged.

The linear head weights n-grams and pairs of topic and word; the convolution head reads the words in
order. The first is better for frequent features, the second for similar ones, and their average is
better than both.
"""

from __future__ import annotations

import keras
import tensorflow as tf

from workloads.sentiment.classifier.corpus_statistics import CorpusStatistics
from workloads.sentiment.classifier.features import NGRAM_BUCKETS, WORD_BUCKETS, Features
from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.layers import VocabularyLookup, WeightedBag

# Name of the network's output.
LOGITS = "logits"

# Shares of the linear and the convolution head in the scores; chosen on validation splits.
HEAD_SHARES = (0.75, 0.25)

_EMBEDDING_SIZE = 64
_FILTERS = 64
_WINDOWS = (1, 2, 3)
_WORD_DROPOUT = 0.2
_DROPOUT = 0.5


def build_network(statistics: CorpusStatistics) -> keras.Model:
    """Builds the network for a vocabulary.

    Returns:
        A model of a dictionary of ids (the fields of `Features`) to `LOGITS`, [posts, heads,
        classes].
    """
    inputs = {name: keras.Input((None,), dtype="int32", name=name) for name in Features._fields}
    features = Features(**inputs)
    linear = _linear_head(features, statistics)
    convolution = _convolution_head(features.words, statistics)
    logits = keras.ops.stack([linear, convolution], axis=1)
    return keras.Model(inputs=inputs, outputs={LOGITS: logits})


def average_scores(logits: tf.Tensor) -> tf.Tensor:
    """Returns scores [posts, classes] that sum to 1: the heads' weighted geometric mean."""
    shares = tf.constant(HEAD_SHARES)[:, tf.newaxis]
    return tf.nn.softmax(tf.reduce_sum(shares * tf.nn.log_softmax(logits, axis=-1), axis=1))


def _linear_head(features: Features, statistics: CorpusStatistics) -> keras.KerasTensor:
    logits = []
    for name, weights in statistics.weights.items():
        bag = WeightedBag(NGRAM_BUCKETS, len(LABELS), name=f"{name}_bag")
        logits.append(bag(getattr(features, name)))
        bag.weigh(weights)
    return keras.layers.add(logits)


def _convolution_head(
    word_ids: keras.KerasTensor, statistics: CorpusStatistics
) -> keras.KerasTensor:
    vocabulary = VocabularyLookup(WORD_BUCKETS, name="vocabulary")
    words = vocabulary(word_ids)
    vocabulary.know(statistics.word_indices)
    layers = keras.layers
    real = keras.ops.expand_dims(keras.ops.cast(keras.ops.not_equal(words, 0), "float32"), -1)
    count = keras.ops.sum(real, axis=1) + 1e-6
    embedded = layers.Embedding(statistics.vocabulary_size, _EMBEDDING_SIZE, name="embedding")(
        words
    )
    # Dropout hides whole words and whole dimensions, so that the head depends on neither alone.
    hidden = layers.SpatialDropout1D(_WORD_DROPOUT)(embedded * real)
    hidden = layers.Dropout(_WORD_DROPOUT, noise_shape=(None, None, 1))(hidden)
    pooled = []
    for window in _WINDOWS:
        found = real * layers.Conv1D(_FILTERS, window, padding="same", activation="relu")(hidden)
        pooled.append(keras.ops.max(found, axis=1))
        pooled.append(keras.ops.sum(found, axis=1) / count)
    features = layers.Dropout(_DROPOUT)(keras.ops.concatenate(pooled, axis=-1))
    return layers.Dense(len(LABELS), name="convolution_logits")(features)
