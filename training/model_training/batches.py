"""Batches of features: computed once per split, then gathered in each epoch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from model_training.problems import InputError
from model_training.workload import Columns

# Features by name, ragged ones padded with 0; targets; weights. All have the same rows.
Batch = tuple[dict[str, tf.Tensor], tf.Tensor, tf.Tensor]

_GROUPED_BATCHES = 16


@dataclass(frozen=True)
class Split:
    """A split, ready to be batched.

    Attributes:
        features: By the names of the network's inputs, dense or ragged.
        targets: The targets, [rows, ...].
        weights: The weight of each row, float32 [rows].
    """

    features: Columns
    targets: tf.Tensor
    weights: tf.Tensor

    def __len__(self) -> int:
        """Number of rows."""
        return int(self.weights.shape[0])

    @property
    def specification(self) -> dict[str, tf.TensorSpec]:
        """The types of a batch of the features, for any number of rows."""
        return {
            name: tf.TensorSpec(
                [None, *([None] if _is_ragged(values) else []), *_inner(values)], values.dtype
            )
            for name, values in self.features.items()
        }

    @property
    def lengths(self) -> npt.NDArray[np.int64] | None:
        """Length of each row's longest ragged feature; None without ragged features."""
        ragged = [
            values.row_lengths().numpy() for values in self.features.values() if _is_ragged(values)
        ]
        return np.maximum.reduce(ragged) if ragged else None

    def batch(self, rows: tf.Tensor) -> Batch:
        """Returns these rows, padded to the longest of them, at least to length 1."""
        features = {name: tf.gather(values, rows) for name, values in self.features.items()}
        return (
            {
                name: _padded(values) if _is_ragged(values) else values
                for name, values in features.items()
            },
            tf.gather(self.targets, rows),
            tf.gather(self.weights, rows),
        )


@dataclass(frozen=True)
class Share:
    """The share of an epoch's rows that an instance trains on.

    Attributes:
        count: Number of instances.
        index: Index of this one, from 0.
    """

    count: int = 1
    index: int = 0


def join(parts: Sequence[tuple[Columns, tf.Tensor, tf.Tensor]]) -> Split:
    """Concatenates the pieces of a split.

    Raises:
        InputError: Dense features or targets differ in shape between pieces.
    """
    try:
        features = {
            name: tf.concat([part[0][name] for part in parts], axis=0) for name in parts[0][0]
        }
        targets, weights = (tf.concat([part[at] for part in parts], axis=0) for at in (1, 2))
    except tf.errors.InvalidArgumentError as error:
        raise InputError(
            "The workload's features or targets differ in shape between the pieces of a split: "
            f"return features whose rows differ in length as ragged tensors ({error.message})."
        ) from error
    return Split(features, targets, weights)


def training_batches(
    split: Split, batch_size: int, seed: int, share: Share | None = None
) -> tf.data.Dataset:
    """Returns the batches of an epoch.

    The last, smaller batch is left out unless it is the only one.

    Args:
        split: The whole split.
        batch_size: Rows per batch of this share.
        seed: Seed of the order, the same for every share.
        share: The rows to take; None: all.
    """
    share = share or Share()
    rows = len(split)
    random = np.random.default_rng(seed)
    order = random.permutation(rows)[share.index :: share.count]
    if split.lengths is not None:
        order = group_by_length(order, split.lengths, batch_size, random)
    return (
        tf.data.Dataset.from_tensor_slices(order)
        .batch(batch_size, drop_remainder=rows // share.count >= batch_size)
        .map(split.batch, num_parallel_calls=1, deterministic=True)
        .prefetch(2)
    )


def group_by_length(
    rows: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int64],
    batch_size: int,
    random: np.random.Generator,
) -> npt.NDArray[np.int64]:
    """Reorders rows so that batches have rows of similar length: padding costs as much as values.

    Rows are sorted only within groups of sixteen batches, whose order is random, so that an epoch
    is still nearly random.

    Args:
        rows: In random order.
        lengths: The length of every row.
        batch_size: Rows per batch; rows after the last full batch keep their order.
        random: Decides the order of the batches.
    """
    full = len(rows) - len(rows) % batch_size
    batches: list[npt.NDArray[np.int64]] = []
    for start in range(0, full, batch_size * _GROUPED_BATCHES):
        group = rows[start : min(start + batch_size * _GROUPED_BATCHES, full)]
        ordered = group[np.argsort(lengths[group], kind="stable")].reshape(-1, batch_size)
        batches.extend(random.permutation(ordered))
    return np.concatenate([*batches, rows[full:]])


def batches_in_order(split: Split, batch_size: int = 512) -> Iterator[Batch]:
    """Yields the batches of a split in the order of its rows."""
    rows = len(split)
    for start in range(0, rows, batch_size):
        yield split.batch(tf.range(start, min(start + batch_size, rows)))


def _is_ragged(values: tf.Tensor | tf.RaggedTensor) -> bool:
    return isinstance(values, tf.RaggedTensor)


def _padded(values: tf.RaggedTensor) -> tf.Tensor:
    # If no row of a batch had a value, gradients of an embedding would be empty, and TensorFlow
    # 2.21 crashes on several instances when it gathers an empty gradient.
    longest = tf.maximum(values.bounding_shape(axis=1), 1)
    return values.to_tensor(shape=tf.stack([-1, longest, *[-1] * len(_inner(values))]))


def _inner(values: tf.Tensor | tf.RaggedTensor) -> list[int | None]:
    """The dimensions after the rows and the ragged dimension."""
    shape: list[int | None] = values.shape.as_list()
    return shape[2:] if _is_ragged(values) else shape[1:]
