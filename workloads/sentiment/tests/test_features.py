from __future__ import annotations

import numpy as np
import tensorflow as tf

from workloads.sentiment.classifier.features import NGRAM_BUCKETS, WORD_BUCKETS, extract


def ids(field: str, *texts: str) -> list[list[int]]:
    """Ids of each text without padding."""
    rows = getattr(extract(tf.constant(texts)), field).numpy()
    return [[int(value) for value in row if value] for row in rows]


def test_words_keep_their_order_and_identity() -> None:
    (first, second) = ids("words", "a b a", "b a")
    assert first == [second[1], second[0], second[1]]


def test_counts_of_features() -> None:
    # Three tokens: 3 + 2 + 1 runs, and one hashtag without its sign.
    assert [len(row) for row in ids("word_ngrams", "a b #c", "a")] == [7, 1]
    # Of " ab " (spaces at both ends): 3 + 2 + 1 + 0 runs of two to five characters.
    assert [len(row) for row in ids("character_ngrams", "ab")] == [6]
    # Two topics, each with the three other tokens.
    assert [len(row) for row in ids("topic_pairs", "@x likes #y much", "no topic")] == [6, 0]


def test_a_hashtag_without_its_sign_is_the_word() -> None:
    (tagged, plain) = ids("word_ngrams", "#fail", "fail")
    assert plain[0] in tagged
    assert tagged[0] != plain[0]


def test_word_order_matters_in_runs() -> None:
    (first, second) = ids("word_ngrams", "not good", "good not")
    assert set(first[:2]) == set(second[:2])
    assert first[2] != second[2]


def test_a_topic_pair_does_not_depend_on_its_position() -> None:
    (first, second) = ids("topic_pairs", "@x was so late", "late again @x")
    assert set(first) & set(second)


def test_at_most_four_topics_are_paired() -> None:
    assert len(ids("topic_pairs", "#a #b #c #d #e")[0]) == 4 * 4


def test_features_of_a_post_do_not_depend_on_its_batch() -> None:
    long = "one much longer post about @nothing in particular"
    for field in ("words", "word_ngrams", "topic_pairs", "character_ngrams"):
        assert sorted(ids(field, "@a short", long)[0]) == sorted(ids(field, "@a short")[0])


def test_an_empty_post_has_no_words() -> None:
    features = extract(tf.constant(["", "word"]))
    assert features.words.numpy()[0].tolist() == [0]
    assert features.word_ngrams.numpy()[0].sum() == 0
    assert features.topic_pairs.shape == (2, 0)


def test_ids_stay_within_their_buckets_and_spread() -> None:
    words = " ".join(f"w{number}" for number in range(2000))
    features = extract(tf.constant([words]))
    for values, buckets in (
        (features.words, WORD_BUCKETS),
        (features.word_ngrams, NGRAM_BUCKETS),
        (features.character_ngrams, NGRAM_BUCKETS),
    ):
        real = np.unique(values.numpy()[values.numpy() != 0])
        assert values.dtype == tf.int32
        assert real.min() >= 1
        assert real.max() < buckets
    # 2,000 words in 32,767 buckets: by chance about 60 of them share one.
    assert 1900 < len(np.unique(features.words.numpy())) <= 2000
