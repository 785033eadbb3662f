from __future__ import annotations

import numpy as np
import pytest
from model_training.curves import average_precision, calibration, precision_by_recall


def test_precision_by_recall_at_every_threshold() -> None:
    positive = np.array([True, False, True, True, False])
    scores = np.array([0.9, 0.8, 0.6, 0.6, 0.1])
    # From 0.9: one of one. From 0.8: one of two. From 0.6: three of four. From 0.1: three of five.
    assert precision_by_recall(positive, scores) == [
        (0.3333, 1.0),
        (0.3333, 0.5),
        (1.0, 0.75),
        (1.0, 0.6),
    ]


def test_average_precision_weighs_each_precision_by_the_recall_it_adds() -> None:
    positive = np.array([True, False, True, True, False])
    scores = np.array([0.9, 0.8, 0.6, 0.6, 0.1])
    # A third of the positive rows at precision 1, the others, which share a score, at 3 of 4.
    assert average_precision(positive, scores) == pytest.approx(1 / 3 + 2 / 3 * 0.75)
    # The other way round: the two that share a score at 2 of 3, the last one at 3 of 5.
    assert average_precision(positive, -scores) == pytest.approx(2 / 3 * 2 / 3 + 1 / 3 * 3 / 5)


def test_of_many_thresholds_a_hundred_and_one_are_drawn() -> None:
    scores = np.linspace(1, 0, 1001)
    points = precision_by_recall(np.ones(1001, dtype=np.bool_), scores)
    assert len(points) == 101
    assert points[0] == (0.001, 1.0)
    assert points[50] == (0.5005, 1.0)
    assert points[100] == (1.0, 1.0)


def test_without_a_row_to_find_there_is_nothing_to_draw() -> None:
    assert precision_by_recall(np.zeros(3, dtype=np.bool_), np.array([0.1, 0.2, 0.3])) == []


def test_calibration_takes_groups_of_the_same_size() -> None:
    scores = np.arange(40, 0, -1) / 100
    positive = scores > 0.3
    points = calibration(positive, scores)
    # Four rows a group, from the lowest scores on.
    assert points == [
        *[(round(0.025 + 0.04 * group, 4), 0.0) for group in range(7)],
        (0.305, 0.5),
        (0.345, 1.0),
        (0.385, 1.0),
    ]


def test_calibration_of_few_rows_has_no_empty_group() -> None:
    assert calibration(np.array([True, False]), np.array([0.75, 0.25], dtype=np.float32)) == [
        (0.25, 0.0),
        (0.75, 1.0),
    ]
