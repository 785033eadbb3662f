"""Integer features of normalised posts, as TensorFlow operations of the saved graph.

n-grams are hashed by integer arithmetic on their parts. No strings are built for them, which keeps
a single prediction well below a millisecond.
"""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf

WORD_BUCKETS = 1 << 15
NGRAM_BUCKETS = 1 << 18
PADDING = 0

_WORD_SIZES = (1, 2, 3)
_CHARACTER_SIZES = (2, 3, 4, 5)
_TOPICS = 4
_TOPIC = "[@#].+"
_LONGEST_TOPIC = 2000
# Odd numbers below 2^63 with well mixed bits; any such pair works.
_MULTIPLIER = 0x1E3779B97F4A7C15
_STEP = 0x2545F4914F6CDD1D


class Features(NamedTuple):
    """Feature ids per post, with `PADDING` after those of shorter posts.

    Attributes:
        words: [posts, tokens], below `WORD_BUCKETS`, in the order of the text.
        word_ngrams: Runs of one to three tokens, and mentions and hashtags without their sign.
        topic_pairs: Each token combined with each of the post's first mentions and hashtags,
            because the meaning of a word depends on the topic.
        character_ngrams: Runs of two to five characters. All but `words` are below
            `NGRAM_BUCKETS`.
    """

    words: tf.Tensor | tf.RaggedTensor
    word_ngrams: tf.Tensor | tf.RaggedTensor
    topic_pairs: tf.Tensor | tf.RaggedTensor
    character_ngrams: tf.Tensor | tf.RaggedTensor


def extract(normalised: tf.Tensor) -> Features:
    """Returns the feature ids (int32) of normalised posts.

    Args:
        normalised: String tensor of shape [posts], from `normalise`.
    """
    tokens = tf.strings.split(normalised, sep=" ")
    filled = tf.strings.length(tokens.flat_values) > 0
    hashes = tf.where(filled, _hash(tokens.flat_values), tf.constant(0, tf.int64))
    padded = tokens.with_flat_values(hashes).to_tensor(0)
    points = tf.strings.unicode_decode(tf.strings.join([" ", normalised, " "]), "UTF-8")
    characters = tf.cast(points.to_tensor(0), tf.int64)
    is_topic = tf.strings.regex_full_match(tokens.flat_values, _TOPIC)
    topics = tf.ragged.boolean_mask(tokens, tokens.with_flat_values(is_topic))
    bare = topics.with_flat_values(_hash(tf.strings.substr(topics.flat_values, 1, _LONGEST_TOPIC)))
    return Features(
        words=_bucket(padded, WORD_BUCKETS, padded != 0),
        word_ngrams=tf.concat(
            [_runs(padded, size) for size in _WORD_SIZES] + [_runs(bare.to_tensor(0), 1)], axis=1
        ),
        topic_pairs=_pairs(
            topics.with_flat_values(_hash(topics.flat_values)).to_tensor(0)[:, :_TOPICS], padded
        ),
        character_ngrams=tf.concat([_runs(characters, size) for size in _CHARACTER_SIZES], axis=1),
    )


def without_padding(features: Features) -> Features:
    """Converts padded ids to ragged ones, [posts, (features)]."""
    return Features(*(tf.ragged.boolean_mask(ids, ids != PADDING) for ids in features))


def _hash(strings: tf.Tensor) -> tf.Tensor:
    """Returns a positive number per string: zero is padding."""
    return tf.strings.to_hash_bucket_fast(strings, (1 << 61) - 1) + 1


def _runs(parts: tf.Tensor, size: int) -> tf.Tensor:
    """Returns the ids of all runs of `size` parts; a run that includes padding is padding."""
    parts = tf.pad(parts, [[0, 0], [0, size - 1]])
    count = tf.shape(parts)[1] - size + 1
    mixed = tf.fill(tf.shape(parts[:, :count]), tf.constant(size, tf.int64))
    for offset in range(size):
        mixed = _mix(mixed, parts[:, offset : offset + count])
    return _bucket(mixed, NGRAM_BUCKETS, parts[:, size - 1 :] != 0)


def _pairs(topics: tf.Tensor, tokens: tf.Tensor) -> tf.Tensor:
    """Returns the ids of every topic with every other token of its post, at any distance."""
    first, second = topics[:, :, tf.newaxis], tokens[:, tf.newaxis, :]
    mixed = _mix(_mix(tf.zeros_like(first) - 1, first), second)
    real = (first != 0) & (second != 0) & (first != second)
    ids = _bucket(mixed, NGRAM_BUCKETS, real)
    return tf.reshape(ids, [tf.shape(tokens)[0], -1])


def _mix(state: tf.Tensor, part: tf.Tensor) -> tf.Tensor:
    """One step of a multiplicative hash; integers wrap around."""
    state = (state + part + _STEP) * _MULTIPLIER
    return tf.bitwise.bitwise_xor(state, tf.bitwise.right_shift(state, tf.constant(31, tf.int64)))


def _bucket(hashes: tf.Tensor, buckets: int, real: tf.Tensor) -> tf.Tensor:
    ids = tf.math.floormod(hashes, buckets - 1) + 1
    return tf.cast(tf.where(real, ids, tf.zeros_like(ids)), tf.int32)
