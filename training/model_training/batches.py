"""Batches of features: extracted once per split, then only gathered per epoch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from model_training.problems import InputError
from model_training.workload import Columns

Batch = tuple[dict[str, tf.Tensor], tf.Tensor, tf.Tensor]
"""Features by name, ragged ones padded with 0; targets; weights. Each has as many rows."""

_GROUPED_BATCHES = 16


@dataclass(frozen=True)
class Split:
    """A split, ready to be batched.

    Attributes:
        features: By the names of the network's inputs, dense or ragged.
        targets: What is to be learned, [rows, ...].
        weights: How much each row counts, float32 [rows].
    """

    features: Columns
    targets: tf.Tensor
    weights: tf.Tensor

    def __len__(self) -> int:
        """Number of rows."""
        return int(self.weights.shape[0])

    @property
    def specification(self) -> dict[str, tf.TensorSpec]:
        """What a batch of the features is, whatever its rows."""
        return {
            name: tf.TensorSpec(
                [None, *([None] if _is_ragged(values) else []), *_inner(values)], values.dtype
            )
            for name, values in self.features.items()
        }

    @property
    def lengths(self) -> npt.NDArray[np.int64] | None:
        """Values of each row's longest ragged feature; None without ragged features."""
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
    """Which rows of an epoch an instance takes.

    Attributes:
        count: Instances that share the epoch.
        index: This one, from 0.
    """

    count: int = 1
    index: int = 0


def join(parts: Sequence[tuple[Columns, tf.Tensor, tf.Tensor]]) -> Split:
    """Joins what was extracted in pieces.

    Raises:
        InputError: Dense features or targets differ in shape from piece to piece.
    """
    try:
        features = {
            name: tf.concat([part[0][name] for part in parts], axis=0) for name in parts[0][0]
        }
        targets, weights = (tf.concat([part[at] for part in parts], axis=0) for at in (1, 2))
    except tf.errors.InvalidArgumentError as error:
        raise InputError(
            "The workload's features or targets differ in shape from piece to piece of a split: "
            f"return features whose rows differ in length as ragged tensors ({error.message})."
        ) from error
    return Split(features, targets, weights)


def training_batches(
    split: Split, batch_size: int, seed: int, share: Share | None = None
) -> tf.data.Dataset:
    """One epoch's batches.

    The last, smaller batch is left out unless it is the only one.

    Args:
        split: The whole split.
        batch_size: Rows per batch of this share.
        seed: Of the order, the same for every share.
        share: Which rows to take. None: all.
    """
    share = share or Share()
    rows = len(split)
    chance = np.random.default_rng(seed)
    order = chance.permutation(rows)[share.index :: share.count]
    if split.lengths is not None:
        order = group_by_length(order, split.lengths, batch_size, chance)
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
    chance: np.random.Generator,
) -> npt.NDArray[np.int64]:
    """Reorders rows so that batches hold rows of similar length: padding costs as much as values.

    Only rows of the same sixteen batches trade places, and the batches keep a random order, so
    that an epoch stays nearly as random as it was.

    Args:
        rows: In random order.
        lengths: Of every row.
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


def batches_in_order(split: Split, batch_size: int = 512) -> Iterator[Batch]:
    """Yields a split's batches in the order of its rows."""
    rows = len(split)
    for start in range(0, rows, batch_size):
        yield split.batch(tf.range(start, min(start + batch_size, rows)))


def _is_ragged(values: tf.Tensor | tf.RaggedTensor) -> bool:
    return isinstance(values, tf.RaggedTensor)


def _padded(values: tf.RaggedTensor) -> tf.Tensor:
    # Where no row of a batch has a value, gradients of an embedding would be empty, and several
    # instances of TensorFlow 2.21 crash when they gather an empty gradient.
    longest = tf.maximum(values.bounding_shape(axis=1), 1)
    return values.to_tensor(shape=tf.stack([-1, longest, *[-1] * len(_inner(values))]))


def _inner(values: tf.Tensor | tf.RaggedTensor) -> list[int | None]:
    """The dimensions behind the rows and what is ragged of them."""
    shape: list[int | None] = values.shape.as_list()
    return shape[2:] if _is_ragged(values) else shape[1:]
