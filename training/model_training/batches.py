"""Batches of feature ids: extracted once per split, then only gathered per epoch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from model_training.examples import Examples
from workloads.sentiment.classifier.features import PADDING, Features, extract
from workloads.sentiment.classifier.normalisation import normalise

_POSTS_AT_ONCE = 1024
_GROUPED_BATCHES = 16


@dataclass(frozen=True)
class FeatureSplit:
    """A split, ready to be batched.

    Attributes:
        features: Ragged int32 ids [posts, features].
        labels: int32 [posts].
    """

    features: Features
    labels: npt.NDArray[np.int32]

    def batch(self, rows: Any) -> Features:
        """Ids of the posts at these rows, padded to the longest of them."""
        return Features(*(tf.gather(ids, rows).to_tensor(PADDING) for ids in self.features))


def extract_split(examples: Examples) -> FeatureSplit:
    """Runs normalisation and feature extraction over a whole split."""

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string)])  # type: ignore[untyped-decorator]
    def ragged_ids(texts: Any) -> tuple[Any, ...]:
        features = extract(normalise(texts))
        return tuple(tf.ragged.boolean_mask(ids, ids != PADDING) for ids in features)

    parts = [
        ragged_ids(tf.constant(examples.texts[start : start + _POSTS_AT_ONCE]))
        for start in range(0, len(examples), _POSTS_AT_ONCE)
    ]
    features = Features(*(tf.concat(part, axis=0) for part in zip(*parts, strict=True)))
    return FeatureSplit(features, np.asarray(examples.labels, dtype=np.int32))


def class_weights(labels: npt.NDArray[np.int32], classes: int) -> npt.NDArray[np.float32]:
    """Weight per class, so that every class counts the same: macro-F1 asks for that.

    A class without examples has weight 0.
    """
    counts = np.bincount(labels, minlength=classes)
    present = np.count_nonzero(counts)
    return np.where(counts > 0, len(labels) / (present * np.maximum(counts, 1)), 0).astype(
        np.float32
    )


def training_batches(
    split: FeatureSplit,
    weights: npt.NDArray[np.float32],
    batch_size: int,
    seed: int,
    shards: int = 1,
    shard: int = 0,
) -> Any:
    """One epoch's batches of (ids by name, label, weight).

    The last, smaller batch is left out unless it is the only one.

    Args:
        split: The whole split.
        weights: Per class.
        batch_size: Posts per batch of this shard.
        seed: Of the order, the same for every shard.
        shards: How many instances share the epoch.
        shard: Which share to return, from 0.
    """
    posts = len(split.labels)
    labels, by_class = tf.constant(split.labels), tf.constant(weights)

    def gather(rows: Any) -> Any:
        chosen = tf.gather(labels, rows)
        return split.batch(rows)._asdict(), chosen, tf.gather(by_class, chosen)

    chance = np.random.default_rng(seed)
    share = chance.permutation(posts)[shard::shards]
    lengths = split.features.character_ngrams.row_lengths().numpy()
    rows = tf.data.Dataset.from_tensor_slices(group_by_length(share, lengths, batch_size, chance))
    return (
        rows.batch(batch_size, drop_remainder=posts // shards >= batch_size)
        .map(gather, num_parallel_calls=1, deterministic=True)
        .prefetch(2)
    )


def group_by_length(
    rows: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    batch_size: int,
    chance: np.random.Generator,
) -> npt.NDArray[np.int64]:
    """Reorders rows so that batches hold posts of similar length: padding costs as much as text.

    Only rows of the same sixteen batches trade places, and the batches keep a random order, so
    that an epoch stays nearly as random as it was.

    Args:
        rows: In random order.
        lengths: Of every post.
        batch_size: Rows per batch; those after the last full batch stay where they are.
        chance: Decides the order of the batches.
    """
    full = len(rows) - len(rows) % batch_size
    batches: list[npt.NDArray[np.int64]] = []
    for start in range(0, full, batch_size * _GROUPED_BATCHES):
        group = rows[start : min(start + batch_size * _GROUPED_BATCHES, full)]
        ordered = group[np.argsort(lengths[group], kind="stable")].reshape(-1, batch_size)
        batches.extend(chance.permutation(ordered))
    return np.concatenate([*batches, rows[full:]])


def batches_in_order(split: FeatureSplit, batch_size: int = 512) -> Any:
    """Yields the ids of a split's batches in the order of its examples."""
    posts = len(split.labels)
    for start in range(0, posts, batch_size):
        yield split.batch(tf.range(start, min(start + batch_size, posts)))
