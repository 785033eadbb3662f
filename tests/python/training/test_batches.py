from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from model_training.batches import (
    FeatureSplit,
    batches_in_order,
    class_weights,
    extract_split,
    group_by_length,
    training_batches,
)
from model_training.examples import Examples

WEIGHTS = np.array([1.0, 2.0, 3.0], dtype=np.float32)


@pytest.fixture(scope="module")
def split() -> FeatureSplit:
    """Ten posts; post n has n + 1 tokens and the class n modulo 3."""
    texts = tuple(" ".join(["w"] * (number + 1)) for number in range(10))
    return extract_split(Examples(texts, tuple(number % 3 for number in range(10))))


def posts_of(batches: Any) -> list[list[int]]:
    """Which posts are in each batch, told by their lengths."""
    return [
        [int(count) - 1 for count in np.count_nonzero(features["words"].numpy(), axis=1)]
        for features, _, _ in batches
    ]


def test_an_epoch_holds_every_post_of_full_batches_once(split: FeatureSplit) -> None:
    batches = posts_of(training_batches(split, WEIGHTS, 5, seed=1))
    assert [len(batch) for batch in batches] == [5, 5]
    assert sorted(sum(batches, [])) == list(range(10))


def test_leaves_out_the_last_smaller_batch(split: FeatureSplit) -> None:
    assert [len(batch) for batch in posts_of(training_batches(split, WEIGHTS, 4, 1))] == [4, 4]


def test_keeps_a_batch_that_is_the_only_one(split: FeatureSplit) -> None:
    assert [len(batch) for batch in posts_of(training_batches(split, WEIGHTS, 11, 1))] == [10]


def test_order_depends_on_the_seed_alone(split: FeatureSplit) -> None:
    orders = [posts_of(training_batches(split, WEIGHTS, 5, seed)) for seed in (1, 1, 2)]
    assert orders[0] == orders[1]
    assert orders[0] != orders[2]


def test_shards_share_an_epoch(split: FeatureSplit) -> None:
    shares = [posts_of(training_batches(split, WEIGHTS, 5, 1, 2, shard)) for shard in (0, 1)]
    assert [len(sum(share, [])) for share in shares] == [5, 5]
    assert sorted(sum(shares[0] + shares[1], [])) == list(range(10))


def test_each_post_brings_its_label_and_the_weight_of_its_class(split: FeatureSplit) -> None:
    for batch in training_batches(split, WEIGHTS, 5, seed=3):
        posts = np.array(posts_of([batch])[0])
        assert batch[1].numpy().tolist() == (posts % 3).tolist()
        assert batch[2].numpy().tolist() == (posts % 3 + 1).tolist()


def test_batches_in_order_hold_all_posts(split: FeatureSplit) -> None:
    sizes = [
        np.count_nonzero(features.words.numpy(), axis=1) for features in batches_in_order(split, 4)
    ]
    assert np.concatenate(sizes).tolist() == list(range(1, 11))
    assert [len(size) for size in sizes] == [4, 4, 2]


def test_groups_posts_of_similar_length() -> None:
    chance = np.random.default_rng(0)
    rows = chance.permutation(34)
    grouped = group_by_length(rows, np.arange(34), 4, chance)
    assert sorted(grouped.tolist()) == list(range(34))
    # What does not fill a batch stays at the end.
    assert grouped[32:].tolist() == rows[32:].tolist()
    batches = grouped[:32].reshape(8, 4)
    spans = batches.max(axis=1) - batches.min(axis=1)
    assert spans.max() <= 5
    # Yet short batches do not all come first.
    assert (np.diff(batches[:, 0]) < 0).any()


def test_lengths_are_compared_among_sixteen_batches_only() -> None:
    grouped = group_by_length(np.arange(64)[::-1], np.arange(64), 2, np.random.default_rng(0))
    assert sorted(grouped[:32].tolist()) == list(range(32, 64))


def test_the_same_chance_groups_alike() -> None:
    rows = np.arange(100)
    lengths = rows[::-1].copy()
    first = group_by_length(rows, lengths, 10, np.random.default_rng(3))
    again = group_by_length(rows, lengths, 10, np.random.default_rng(3))
    assert first.tolist() == again.tolist()
    assert first.tolist() != rows.tolist()


def test_classes_weigh_the_same_in_sum() -> None:
    weights = class_weights(np.array([0, 0, 0, 1], dtype=np.int32), classes=2)
    assert weights.tolist() == pytest.approx([4 / 6, 2.0])


def test_a_class_without_examples_weighs_nothing() -> None:
    weights = class_weights(np.array([0, 2], dtype=np.int32), classes=3)
    assert weights.tolist() == [1.0, 0.0, 1.0]
