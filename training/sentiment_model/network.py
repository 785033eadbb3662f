"""The network: several heads that err differently, each trained by itself, their scores averaged.

A linear head weighs n-grams and pairs of topic and word by inverse document frequency; convolution
heads read the words in order. The linear head is right about what it has seen often, the others
about what only resembles it; their average beats each of them.
"""

from __future__ import annotations

from typing import Any

import keras
import tensorflow as tf

from sentiment_model.corpus_statistics import CorpusStatistics
from sentiment_model.features import Features
from sentiment_model.labels import LABELS
from sentiment_model.layers import VocabularyLookup, WeightedBag

CONVOLUTION_HEADS = 2

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
        WeightedBag(statistics.word_ngram_weights, name="word_ngrams_bag")(features.word_ngrams)
        + WeightedBag(statistics.topic_pair_weights, name="topic_pairs_bag")(features.topic_pairs)
        + WeightedBag(statistics.character_ngram_weights, name="character_ngrams_bag")(
            features.character_ngrams
        )
    )
    words = VocabularyLookup(statistics.word_indices, name="vocabulary")(features.words)
    heads = [linear] + [
        _convolution_head(words, statistics.vocabulary_size, f"convolution_{number}")
        for number in range(CONVOLUTION_HEADS)
    ]
    return keras.Model(
        inputs=inputs,
        outputs=keras.ops.stack(heads, axis=1),
    )


def average_scores(logits: Any) -> Any:
    """Scores [posts, classes] that add up to 1: the normalised geometric mean over the heads."""
    return tf.nn.softmax(tf.reduce_mean(tf.nn.log_softmax(logits, axis=-1), axis=1), axis=-1)


def _convolution_head(words: Any, vocabulary_size: int, name: str) -> Any:
    layers = keras.layers
    real = keras.ops.expand_dims(keras.ops.cast(keras.ops.not_equal(words, 0), "float32"), -1)
    count = keras.ops.sum(real, axis=1) + 1e-6
    embedded = layers.Embedding(vocabulary_size, _EMBEDDING_SIZE, name=f"{name}_embedding")(words)
    # Both whole words and whole dimensions are hidden: neither may be relied on alone.
    hidden = layers.SpatialDropout1D(_WORD_DROPOUT)(embedded * real)
    hidden = layers.Dropout(_WORD_DROPOUT, noise_shape=(None, None, 1))(hidden)
    pooled = []
    for window in _WINDOWS:
        found = real * layers.Conv1D(_FILTERS, window, padding="same", activation="relu")(hidden)
        pooled.append(keras.ops.max(found, axis=1))
        pooled.append(keras.ops.sum(found, axis=1) / count)
    features = layers.Dropout(_DROPOUT)(keras.ops.concatenate(pooled, axis=-1))
    return layers.Dense(len(LABELS), name=f"{name}_logits")(features)
