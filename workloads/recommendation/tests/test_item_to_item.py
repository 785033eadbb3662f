from __future__ import annotations

import numpy as np
import pytest

from workloads.recommendation.recommender import item_to_item
from workloads.recommendation.recommender.item_to_item import DECAYS, pairs, solve


def sequences(ids: int) -> list[np.ndarray]:
    random = np.random.default_rng(3)
    return [random.integers(0, ids, size=count) for count in (2, 5, 9, 1, 0, 4)]


def test_pairs_by_hand() -> None:
    found = pairs([np.array([0, 1, 2])], 0.5, 3)
    assert found.tolist() == [[0, 1, 0.5], [0, 0, 1], [0, 0, 0]]


def step_by_step(users: list[np.ndarray], ids: int) -> tuple[np.ndarray, np.ndarray]:
    """Computes the sums by their definition."""
    size = len(DECAYS) * ids
    gram, cross = np.zeros((size, size)), np.zeros((size, ids))
    for user in users:
        bags = np.zeros((len(DECAYS), ids))
        for position, item in enumerate(user):
            if position:
                gram += np.outer(bags.ravel(), bags.ravel())
                cross[:, item] += bags.ravel()
            bags = bags * np.array(DECAYS)[:, np.newaxis]
            bags[:, item] += 1
    return gram, cross


def test_weights_are_those_of_the_regression_over_every_position() -> None:
    users = sequences(4)
    gram, cross = step_by_step(users, 4)
    back_gram, back_cross = step_by_step([user[::-1] for user in users], 4)
    gram, cross = gram + 0.5 * back_gram, cross + 0.5 * back_cross
    scales = np.repeat([1.0, 0.3], 4)
    inside = gram * np.outer(scales, scales) + 300 * np.eye(8)
    expected = scales[:, np.newaxis] * np.linalg.solve(inside, cross * scales[:, np.newaxis])
    found = solve(users, 4)
    assert found.shape == (2, 4, 4)
    assert found.reshape(8, 4) == pytest.approx(expected, rel=1e-3, abs=1e-9)


def test_old_pairs_below_the_minimum_weight_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_to_item, "_LEAST_WEIGHT", 0.5)
    found = pairs([np.array([0, 1, 2, 3])], 0.5, 4)
    assert found[0].tolist() == [0, 1, 0.5, 0]
