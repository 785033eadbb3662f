from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
from model_training.batches import (
    Batch,
    Share,
    Split,
    batches_in_order,
    group_by_length,
    join,
    training_batches,
)
from model_training.problems import InputError

ROWS = 10


def split_of(features: dict[str, tf.Tensor | tf.RaggedTensor]) -> Split:
    """Row n has the target n and the weight n / 2."""
    numbers = tf.range(ROWS)
    return Split(features, numbers, tf.cast(numbers, tf.float32) / 2)


@pytest.fixture(scope="module")
def split() -> Split:
    """Row n holds n + 1 times the number 7 in one feature, its own number in the other."""
    ragged = tf.RaggedTensor.from_row_lengths([7] * 55, range(1, ROWS + 1))
    return split_of({"sevens": ragged, "number": tf.range(ROWS)[:, tf.newaxis]})


def rows_of(batches: tf.data.Dataset) -> list[list[int]]:
    """Which rows are in each batch."""
    return [targets.numpy().tolist() for _, targets, _ in batches]


def test_an_epoch_has_every_row_of_full_batches_once(split: Split) -> None:
    batches = rows_of(training_batches(split, 5, seed=1))
    assert [len(batch) for batch in batches] == [5, 5]
    assert sorted(sum(batches, [])) == list(range(ROWS))


def test_leaves_out_the_last_smaller_batch(split: Split) -> None:
    assert [len(batch) for batch in rows_of(training_batches(split, 4, seed=1))] == [4, 4]


def test_keeps_a_batch_that_is_the_only_one(split: Split) -> None:
    assert [len(batch) for batch in rows_of(training_batches(split, 11, seed=1))] == [10]


def test_order_depends_on_the_seed_alone(split: Split) -> None:
    orders = [rows_of(training_batches(split, 5, seed)) for seed in (1, 1, 2)]
    assert orders[0] == orders[1]
    assert orders[0] != orders[2]


def test_shards_share_an_epoch(split: Split) -> None:
    shares = [rows_of(training_batches(split, 5, 1, Share(2, index))) for index in (0, 1)]
    assert [len(sum(share, [])) for share in shares] == [5, 5]
    assert sorted(sum(shares[0] + shares[1], [])) == list(range(ROWS))


def check_rows(batch: Batch) -> None:
    """Checks that all parts of a batch belong to its targets."""
    features, targets, weights = batch
    rows = targets.numpy()
    assert features["number"].numpy().tolist() == rows[:, np.newaxis].tolist()
    assert weights.numpy().tolist() == (rows / 2).tolist()
    longest = rows.max() + 1
    assert features["sevens"].numpy().tolist() == [
        [7] * (row + 1) + [0] * (longest - row - 1) for row in rows
    ]


def test_each_row_has_its_features_and_weight_padded_to_the_longest(split: Split) -> None:
    for batch in training_batches(split, 3, seed=3):
        check_rows(batch)


def test_batches_in_order_hold_all_rows(split: Split) -> None:
    batches = list(batches_in_order(split, 4))
    assert [targets.numpy().tolist() for _, targets, _ in batches] == [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9],
    ]
    for batch in batches:
        check_rows(batch)


@pytest.mark.parametrize("inner", [[], [2]])
def test_a_batch_without_any_value_has_one_of_padding(inner: list[int]) -> None:
    nested = tf.RaggedTensor.from_row_lengths(tf.ones([3, *inner]), [0, 0, 3] + [0] * 7)
    split = split_of({"nested": nested})
    shapes = [split.batch(tf.constant(rows))[0]["nested"].shape for rows in ([0, 1], [1, 2])]
    assert shapes == [[2, 1, *inner], [2, 3, *inner]]
    assert not split.batch(tf.constant([0, 1]))[0]["nested"].numpy().any()


def test_says_what_its_batches_are() -> None:
    numbers = tf.zeros([ROWS, 3])
    nested = tf.RaggedTensor.from_row_lengths(tf.zeros([55, 2], tf.int64), range(1, ROWS + 1))
    assert split_of({"numbers": numbers, "nested": nested}).specification == {
        "numbers": tf.TensorSpec([None, 3], tf.float32),
        "nested": tf.TensorSpec([None, None, 2], tf.int64),
    }


def test_a_row_is_as_long_as_its_longest_feature() -> None:
    first = tf.RaggedTensor.from_row_lengths([0] * 10, [10] + [0] * 9)
    second = tf.RaggedTensor.from_row_lengths([0] * 20, [2] * 10)
    lengths = split_of({"first": first, "second": second, "dense": tf.zeros([10, 50])}).lengths
    assert lengths is not None
    assert lengths.tolist() == [10] + [2] * 9
    assert split_of({"dense": tf.zeros([10, 50])}).lengths is None


def test_rows_without_ragged_features_stay_in_random_order() -> None:
    split = split_of({"number": tf.range(ROWS)[:, tf.newaxis]})
    order = np.random.default_rng(4).permutation(ROWS)
    assert rows_of(training_batches(split, 5, 4)) == order.reshape(2, 5).tolist()


def test_joins_pieces() -> None:
    pieces = [
        ({"a": tf.ragged.constant([[1], [2, 3]]), "b": tf.zeros([2, 1])}, tf.ones(2), tf.ones(2)),
        ({"a": tf.ragged.constant([[4]]), "b": tf.ones([1, 1])}, tf.zeros(1), tf.zeros(1)),
    ]
    joined = join(pieces)
    assert joined.features["a"].to_list() == [[1], [2, 3], [4]]
    assert joined.features["b"].numpy().tolist() == [[0], [0], [1]]
    assert joined.targets.numpy().tolist() == [1, 1, 0]
    assert joined.weights.numpy().tolist() == [1, 1, 0]
    assert len(joined) == 3


def test_refuses_dense_features_of_several_lengths() -> None:
    pieces = [({"a": tf.zeros([1, width])}, tf.ones(1), tf.ones(1)) for width in (2, 3)]
    with pytest.raises(InputError, match="whose rows differ in length as ragged tensors"):
        join(pieces)


def test_groups_rows_of_similar_length() -> None:
    chance = np.random.default_rng(0)
    rows = chance.permutation(34)
    grouped = group_by_length(rows, np.arange(34), 4, chance)
    assert sorted(grouped.tolist()) == list(range(34))
    # Rows that do not fill a batch stay at the end.
    assert grouped[32:].tolist() == rows[32:].tolist()
    batches = grouped[:32].reshape(8, 4)
    spans = batches.max(axis=1) - batches.min(axis=1)
    assert spans.max() <= 5
    # Yet short batches do not all come first.
    assert (np.diff(batches[:, 0]) < 0).any()


def test_lengths_are_compared_among_sixteen_batches_only() -> None:
    grouped = group_by_length(np.arange(64)[::-1], np.arange(64), 2, np.random.default_rng(0))
    assert sorted(grouped[:32].tolist()) == list(range(32, 64))


def test_the_same_seed_gives_the_same_groups() -> None:
    rows = np.arange(100)
    lengths = rows[::-1].copy()
    first = group_by_length(rows, lengths, 10, np.random.default_rng(3))
    again = group_by_length(rows, lengths, 10, np.random.default_rng(3))
    assert first.tolist() == again.tolist()
    assert first.tolist() != rows.tolist()
