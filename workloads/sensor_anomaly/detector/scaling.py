"""Robust scaling of the numbers of readings.

The training split includes anomalies, some of them extreme. They would dominate a mean and a
standard deviation, but not medians and quantiles.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from workloads.sensor_anomaly.detector.readings import READINGS

# Number of steps that the usual range of a number is divided into.
STEPS = 16

# Percentile ranges of a number's values, the narrowest first: the first range whose width is not 0
# is the usual distance.
_MIDDLES = ((25.0, 75.0), (10.0, 90.0), (5.0, 95.0), (1.0, 99.0), (0.0, 100.0))


@dataclass(frozen=True)
class Scaling:
    """Statistics of the usual values.

    Attributes:
        medians: Median of each number, [9].
        distances: Usual distance from the median, above 0, [9].
        edges: Quantiles of each number, ascending, [9, STEPS + 1].
    """

    medians: npt.NDArray[np.float64]
    distances: npt.NDArray[np.float64]
    edges: npt.NDArray[np.float64]


def scaling_of(values: npt.NDArray[np.float64]) -> Scaling:
    """Computes the scaling from all readings of a split.

    Args:
        values: [rows, 9].
    """
    widths = np.stack(
        [np.subtract(*np.percentile(values, middle[::-1], axis=0)) for middle in _MIDDLES]
    )
    first = (widths > 0).argmax(axis=0)
    distances = np.take_along_axis(widths, first[np.newaxis], axis=0)[0]
    quantiles = np.percentile(values, np.linspace(0, 100, STEPS + 1)[1:-1], axis=0).T
    # Without the extremes: a single outlier must not stretch a step.
    low, high = np.percentile(values, (0.5, 99.5), axis=0)
    edges = np.concatenate([low[:, np.newaxis], quantiles, high[:, np.newaxis]], axis=1)
    return Scaling(
        medians=np.median(values, axis=0),
        distances=np.where(distances > 0, distances, 1.0),
        edges=np.maximum.accumulate(edges, axis=1),
    )


def scale(values: tf.Tensor, scaling: Scaling) -> tf.Tensor:
    """Returns distances from the median in usual distances; large ones grow logarithmically.

    Args:
        values: float64 [rows, 9].
        scaling: The scaling.

    Returns:
        float32 [rows, 9].
    """
    return tf.cast(tf.asinh((values - scaling.medians) / scaling.distances), tf.float32)


def positions(values: tf.Tensor, scaling: Scaling) -> tf.Tensor:
    """Returns the position of each number among the usual ones: the share of each step below it.

    With steps a dense layer can learn thresholds, as a tree does. (Gorishniy and others, On
    Embeddings for Numerical Features in Tabular Deep Learning, 2022: piecewise linear encoding.)

    Args:
        values: float64 [rows, 9].
        scaling: The scaling.

    Returns:
        float32 [rows, 9 * STEPS], 0 to 1.
    """
    starts, widths = scaling.edges[:, :-1], np.diff(scaling.edges, axis=1)
    above = values[:, :, tf.newaxis] - starts
    # If many readings have the same value, a step has no width: its share is 0 or 1.
    shares = tf.where(
        tf.constant(widths > 0),
        tf.clip_by_value(above / np.where(widths > 0, widths, 1.0), 0.0, 1.0),
        tf.cast(above > 0, tf.float64),
    )
    return tf.reshape(tf.cast(shares, tf.float32), [-1, len(READINGS) * STEPS])
