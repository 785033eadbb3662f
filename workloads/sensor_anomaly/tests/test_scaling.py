from __future__ import annotations

import math

import numpy as np
import pytest
import tensorflow as tf

from workloads.sensor_anomaly.detector.readings import READINGS, stacked
from workloads.sensor_anomaly.detector.scaling import STEPS, Scaling, positions, scale, scaling_of
from workloads.sensor_anomaly.tests.readings import columns

COUNT = 2001


@pytest.fixture(scope="module")
def scaling() -> Scaling:
    """f1 rises evenly from 0 to 2000, of f2 a twentieth is 8 and the rest 0, f3 is always 0 but
    once, and all others always."""
    numbers = {
        "f1": [float(number) for number in range(COUNT)],
        "f2": [8.0 if number % 20 == 0 else 0.0 for number in range(COUNT)],
        "f3": [1e9, *[0.0] * (COUNT - 1)],
    }
    return scaling_of(stacked(columns(numbers, [None] * COUNT)).numpy())


def test_a_usual_distance_is_the_first_width_above_0(scaling: Scaling) -> None:
    assert scaling.medians.tolist() == [1000.0] + [0.0] * 8
    # Half of f1 lies in 1000. Of f2, 98 % do in 0 to 8, and 90 % in 0. All of f3 do in 1e9.
    assert scaling.distances.tolist() == [1000.0, 8.0, 1e9, *[1.0] * 6]


def test_edges_do_not_include_outliers(scaling: Scaling) -> None:
    assert scaling.edges.shape == (9, STEPS + 1)
    assert scaling.edges[0].tolist() == [10.0, *(125.0 * step for step in range(1, 16)), 1990.0]
    assert scaling.edges[2].tolist() == [0.0] * (STEPS + 1)


def values(f1: float, f2: float = 0.0) -> tf.Tensor:
    rows = {**{name: tf.zeros([1], tf.float64) for name in READINGS}}
    return stacked({**rows, "f1": tf.constant([f1], tf.float64), "f2": tf.constant([f2])})


def test_large_distances_grow_logarithmically(scaling: Scaling) -> None:
    scaled = scale(values(3000.0, -8.0), scaling).numpy()[0]
    assert scaled[:2] == pytest.approx([math.asinh(2), math.asinh(-1)])
    assert scaled[2:].tolist() == [0.0] * 7


def test_positions_are_the_share_of_each_step_below(scaling: Scaling) -> None:
    at = positions(values(187.5, 1.0), scaling).numpy().reshape(9, STEPS)
    assert at[0].tolist() == [1.0, 0.5, *[0.0] * 14]
    # Fifteen steps of f2 have no width and are passed; the last reaches to 8.
    assert at[1].tolist() == [*[1.0] * 15, 0.125]
    # Nothing is above the only value.
    assert not at[2:].any()
    beyond = positions(values(1e6), scaling).numpy().reshape(9, STEPS)
    assert np.array_equal(beyond[0], np.ones(STEPS))
