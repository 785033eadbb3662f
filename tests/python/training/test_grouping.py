"""Grouping of posts by length."""

from __future__ import annotations

import numpy as np
from sentiment_model.batches import group_by_length


def test_every_row_appears_once_and_full_batches_hold_similar_lengths() -> None:
    rows = np.random.default_rng(1).permutation(70)
    lengths = np.arange(70)
    grouped = group_by_length(rows, lengths, 8, np.random.default_rng(2))
    assert sorted(grouped) == list(range(70))
    spans = [int(np.ptp(lengths[grouped[start : start + 8]])) for start in range(0, 64, 8)]
    # Sixty-four of seventy lengths in eight batches: neighbours, but for the six left over.
    assert max(spans) <= 7 + 6


def test_rows_after_the_last_full_batch_stay_where_they_are() -> None:
    rows = np.array([5, 3, 8, 1, 9])
    grouped = group_by_length(rows, np.arange(10), 2, np.random.default_rng(0))
    assert grouped[4] == 9


def test_the_same_chance_gives_the_same_order() -> None:
    rows = np.arange(100)
    lengths = rows[::-1].copy()
    first = group_by_length(rows, lengths, 10, np.random.default_rng(3))
    assert list(first) == list(group_by_length(rows, lengths, 10, np.random.default_rng(3)))
    assert list(first) != list(rows)
