"""The network: two heads that err differently, each trained by itself, their scores averaged.

The linear head weighs n-grams and pairs of topic and word; the convolution head reads the words in
order. The first is right about what it has seen often, the second about what only resembles it, and
their average beats both.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from workloads.sentiment.classifier.corpus_statistics import CorpusStatistics
from workloads.sentiment.classifier.features import Features
from workloads.sentiment.classifier.labels import LABELS
from workloads.sentiment.classifier.layers import VocabularyLookup, WeightedBag

HEAD_SHARES = (0.75, 0.25)
"""Of the linear and the convolution head in the scores; chosen on validation splits."""

_EMBEDDING_SIZE = 64
_FILTERS = 64
_WINDOWS = (1, 2, 3)
_WORD_DROPOUT = 0.2
_DROPOUT = 0.5


def build_network(statistics: CorpusStatistics) -> keras.Model:
    """Builds the network for a vocabulary.

    Returns:
        A model of a dictionary of ids (the fields of `Features`) to logits [posts, heads, classes].
    """
    inputs = {name: keras.Input((None,), dtype="int32", name=name) for name in Features._fields}
    features = Features(**inputs)
    linear = (
        WeightedBag(statistics.word_ngrams, name="word_ngrams_bag")(features.word_ngrams)
        + WeightedBag(statistics.topic_pairs, name="topic_pairs_bag")(features.topic_pairs)
        + WeightedBag(statistics.character_ngrams, name="character_ngrams_bag")(
            features.character_ngrams
        )
    )
    words = VocabularyLookup(statistics.word_indices, name="vocabulary")(features.words)
    convolution = _convolution_head(words, statistics.vocabulary_size)
    return keras.Model(inputs=inputs, outputs=keras.ops.stack([linear, convolution], axis=1))


def average_scores(logits: Any) -> Any:
    """Scores [posts, classes] that add up to 1: the heads' geometric mean, by `HEAD_SHARES`."""
    shares = tf.constant(HEAD_SHARES)[:, tf.newaxis]
    return tf.nn.softmax(tf.reduce_sum(shares * tf.nn.log_softmax(logits, axis=-1), axis=1))


def _convolution_head(words: Any, vocabulary_size: int) -> Any:
    layers = keras.layers
    real = keras.ops.expand_dims(keras.ops.cast(keras.ops.not_equal(words, 0), "float32"), -1)
    count = keras.ops.sum(real, axis=1) + 1e-6
    embedded = layers.Embedding(vocabulary_size, _EMBEDDING_SIZE, name="embedding")(words)
    # Both whole words and whole dimensions are hidden: neither may be relied on alone.
    hidden = layers.SpatialDropout1D(_WORD_DROPOUT)(embedded * real)
    hidden = layers.Dropout(_WORD_DROPOUT, noise_shape=(None, None, 1))(hidden)
    pooled = []
    for window in _WINDOWS:
        found = real * layers.Conv1D(_FILTERS, window, padding="same", activation="relu")(hidden)
        pooled.append(keras.ops.max(found, axis=1))
        pooled.append(keras.ops.sum(found, axis=1) / count)
    features = layers.Dropout(_DROPOUT)(keras.ops.concatenate(pooled, axis=-1))
    return layers.Dense(len(LABELS), name="convolution_logits")(features)
