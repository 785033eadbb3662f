"""What the network must know of the training split before it sees its first batch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sentiment_model.features import NGRAM_BUCKETS, PADDING, WORD_BUCKETS, Features

_LEAST_POSTS = 2
UNKNOWN_WORD = 1


@dataclass(frozen=True)
class CorpusStatistics:
    """Weights and vocabulary of the training split.

    Attributes:
        word_ngram_weights: Inverse document frequency per id, 0 for ids seen in fewer than two
            posts: they would only be remembered, never generalise.
        topic_pair_weights: The same for pairs of a topic and a token.
        character_ngram_weights: The same for runs of characters.
        word_indices: Per word bucket its row in the embedding: 0 padding, 1 unknown.
        vocabulary_size: Rows of the embedding.
    """

    word_ngram_weights: npt.NDArray[np.float32]
    topic_pair_weights: npt.NDArray[np.float32]
    character_ngram_weights: npt.NDArray[np.float32]
    word_indices: npt.NDArray[np.int32]
    vocabulary_size: int


def collect_statistics(features: Features) -> CorpusStatistics:
    """Counts in how many posts each feature occurs.

    Args:
        features: Ragged ids [posts, features] of the training split.
    """
    posts = int(features.words.nrows())
    known = np.flatnonzero(document_frequencies(features.words, WORD_BUCKETS) >= _LEAST_POSTS)
    indices = np.full(WORD_BUCKETS, UNKNOWN_WORD, dtype=np.int32)
    indices[known] = np.arange(UNKNOWN_WORD + 1, UNKNOWN_WORD + 1 + len(known))
    indices[PADDING] = PADDING

    def weights(ids: Any) -> npt.NDArray[np.float32]:
        return inverse_document_frequencies(document_frequencies(ids, NGRAM_BUCKETS), posts)

    return CorpusStatistics(
        word_ngram_weights=weights(features.word_ngrams),
        topic_pair_weights=weights(features.topic_pairs),
        character_ngram_weights=weights(features.character_ngrams),
        word_indices=indices,
        vocabulary_size=UNKNOWN_WORD + 1 + len(known),
    )


def document_frequencies(ids: Any, buckets: int) -> npt.NDArray[np.int64]:
    """Per id the number of posts it occurs in; padding counts as never seen."""
    keys = np.sort(ids.value_rowids().numpy() * buckets + ids.flat_values.numpy())
    first = np.ones(len(keys), dtype=bool)
    first[1:] = keys[1:] != keys[:-1]
    counts = np.bincount(keys[first] % buckets, minlength=buckets)
    counts[PADDING] = 0
    return counts


def inverse_document_frequencies(
    frequencies: npt.NDArray[np.int64], posts: int
) -> npt.NDArray[np.float32]:
    """The smoothed formula ln((1 + posts) / (1 + frequency)) + 1; 0 for what is too rare."""
    weights = np.log((1 + posts) / (1 + frequencies)) + 1
    weights[frequencies < _LEAST_POSTS] = 0
    return weights.astype(np.float32)
