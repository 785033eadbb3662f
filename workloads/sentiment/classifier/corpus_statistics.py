"""Statistics of the training split that the network needs before its first batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from workloads.sentiment.classifier.features import NGRAM_BUCKETS, PADDING, WORD_BUCKETS, Features

_LEAST_POSTS = 2
_HALF_RELIABLE_POSTS = 10
UNKNOWN_WORD = 1


@dataclass(frozen=True)
class FeatureWeights:
    """Weights of features by their frequency, per id.

    Attributes:
        importance: Inverse document frequency; 0 for ids in fewer than two posts, which would not
            generalise.
        reliability: 0 for an id that never occurs, close to 1 for one that occurs often.
    """

    importance: npt.NDArray[np.float32]
    reliability: npt.NDArray[np.float32]


@dataclass(frozen=True)
class CorpusStatistics:
    """Weights and vocabulary of the training split.

    Attributes:
        weights: Weights of every field of `Features` except `words`, in their order.
        word_indices: Row of each word bucket in the embedding: 0 is padding, 1 unknown.
        vocabulary_size: Number of rows of the embedding.
    """

    weights: Mapping[str, FeatureWeights]
    word_indices: npt.NDArray[np.int32]
    vocabulary_size: int


def collect_statistics(pieces: Iterable[Features]) -> CorpusStatistics:
    """Counts the posts in which each feature occurs.

    Args:
        pieces: Ragged ids [posts, features] of the training split, piece by piece.
    """
    posts = 0
    frequencies = {
        name: np.zeros(WORD_BUCKETS if name == "words" else NGRAM_BUCKETS, dtype=np.int64)
        for name in Features._fields
    }
    for features in pieces:
        posts += int(features.words.nrows())
        for name, counts in frequencies.items():
            counts += document_frequencies(getattr(features, name), len(counts))
    known = np.flatnonzero(frequencies.pop("words") >= _LEAST_POSTS)
    indices = np.full(WORD_BUCKETS, UNKNOWN_WORD, dtype=np.int32)
    indices[known] = np.arange(UNKNOWN_WORD + 1, UNKNOWN_WORD + 1 + len(known))
    indices[PADDING] = PADDING
    return CorpusStatistics(
        weights={name: feature_weights(counts, posts) for name, counts in frequencies.items()},
        word_indices=indices,
        vocabulary_size=UNKNOWN_WORD + 1 + len(known),
    )


def document_frequencies(ids: tf.RaggedTensor, buckets: int) -> npt.NDArray[np.int64]:
    """Returns the number of posts in which each id occurs; 0 for padding."""
    keys = np.sort(ids.value_rowids().numpy() * buckets + ids.flat_values.numpy())
    first = np.ones(len(keys), dtype=bool)
    first[1:] = keys[1:] != keys[:-1]
    counts = np.bincount(keys[first] % buckets, minlength=buckets)
    counts[PADDING] = 0
    return counts


def feature_weights(frequencies: npt.NDArray[np.int64], posts: int) -> FeatureWeights:
    """Returns the weights of features from their document frequencies.

    The importance is the smoothed ln((1 + posts) / (1 + frequency)) + 1, the reliability
    frequency / (frequency + 10).
    """
    importance: npt.NDArray[np.float64] = np.log((1 + posts) / (1 + frequencies)) + 1
    importance[frequencies < _LEAST_POSTS] = 0
    reliability = frequencies / (frequencies + _HALF_RELIABLE_POSTS)
    return FeatureWeights(importance.astype(np.float32), reliability.astype(np.float32))
