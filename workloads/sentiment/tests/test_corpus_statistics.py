from __future__ import annotations

import math

import pytest
import tensorflow as tf

from workloads.sentiment.classifier.corpus_statistics import (
    collect_statistics,
    document_frequencies,
    feature_weights,
)
from workloads.sentiment.classifier.features import Features


def ragged(*rows: list[int]) -> tf.RaggedTensor:
    return tf.ragged.constant(list(rows), dtype=tf.int32)


def test_counts_posts_not_occurrences() -> None:
    counts = document_frequencies(ragged([3, 3, 1], [3], []), buckets=5)
    assert counts.tolist() == [0, 1, 0, 2, 0]


def test_padding_is_never_counted() -> None:
    assert document_frequencies(ragged([0, 2], [0]), buckets=3).tolist() == [0, 0, 1]


def test_weights_of_frequencies() -> None:
    weights = feature_weights(document_frequencies(ragged([1, 2], [2], [2]), 4), posts=3)
    # Seen once: too rare to count. Never seen: the same.
    assert weights.importance.tolist() == pytest.approx([0, 0, math.log(4 / 4) + 1, 0])
    assert weights.reliability.tolist() == pytest.approx([0, 1 / 11, 3 / 13, 0])


def test_vocabulary_holds_words_of_two_posts_or_more() -> None:
    ids = ragged([5, 7], [7, 9], [9, 9])
    statistics = collect_statistics([Features(ids, ids, ids, ids)])
    assert statistics.vocabulary_size == 4
    assert [int(statistics.word_indices[word]) for word in (0, 5, 7, 9)] == [0, 1, 2, 3]


def test_counts_over_all_pieces() -> None:
    pieces = [Features(*[ragged(row)] * 4) for row in ([5, 7], [7, 9], [9, 9])]
    statistics = collect_statistics(pieces)
    assert [int(statistics.word_indices[word]) for word in (0, 5, 7, 9)] == [0, 1, 2, 3]
    assert list(statistics.weights) == ["word_ngrams", "topic_pairs", "character_ngrams"]
    importance = statistics.weights["topic_pairs"].importance
    assert importance[[5, 7, 9]].tolist() == pytest.approx([0, *[math.log(4 / 3) + 1] * 2])
