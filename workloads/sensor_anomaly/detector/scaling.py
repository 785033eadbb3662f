"""How the numbers of readings are brought to one scale, whatever wild values are among them.

Anomalies are part of what is learned from, and some lie thousands of usual distances away: a mean
and a standard deviation would be theirs. Medians and quantiles are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from workloads.sensor_anomaly.detector.readings import READINGS

STEPS = 16
"""Pieces that the usual range of a number is cut into."""

# Widths of the middle of a number's values, from the half of them on: the first that is not a
# single value says what a usual distance is.
_MIDDLES = ((25.0, 75.0), (10.0, 90.0), (5.0, 95.0), (1.0, 99.0), (0.0, 100.0))


@dataclass(frozen=True)
class Scaling:
    """What is usual.

    Attributes:
        medians: Of each number, [9].
        distances: A usual distance from the median, above 0, [9].
        edges: Quantiles of each number, rising, [9, STEPS + 1].
    """

    medians: npt.NDArray[np.float64]
    distances: npt.NDArray[np.float64]
    edges: npt.NDArray[np.float64]


def scaling_of(values: npt.NDArray[np.float64]) -> Scaling:
    """Looks at every reading of a split.

    Args:
        values: [rows, 9].
    """
    widths = np.stack(
        [np.subtract(*np.percentile(values, middle[::-1], axis=0)) for middle in _MIDDLES]
    )
    first = (widths > 0).argmax(axis=0)
    distances = np.take_along_axis(widths, first[np.newaxis], axis=0)[0]
    quantiles = np.percentile(values, np.linspace(0, 100, STEPS + 1)[1:-1], axis=0).T
    # Between the extremes of what is common: a single wild value must not stretch a step.
    low, high = np.percentile(values, (0.5, 99.5), axis=0)
    edges = np.concatenate([low[:, np.newaxis], quantiles, high[:, np.newaxis]], axis=1)
    return Scaling(
        medians=np.median(values, axis=0),
        distances=np.where(distances > 0, distances, 1.0),
        edges=np.maximum.accumulate(edges, axis=1),
    )


def scale(values: tf.Tensor, scaling: Scaling) -> tf.Tensor:
    """Distances from the median in usual ones; far ones grow as their logarithm does.

    Args:
        values: float64 [rows, 9].
        scaling: What is usual.

    Returns:
        float32 [rows, 9].
    """
    return tf.cast(tf.asinh((values - scaling.medians) / scaling.distances), tf.float32)


def positions(values: tf.Tensor, scaling: Scaling) -> tf.Tensor:
    """Where each number is among the usual ones: how much of each step is below it.

    A dense layer can say of steps what a tree says of thresholds. (Gorishniy and others, On
    Embeddings for Numerical Features in Tabular Deep Learning, 2022: piecewise linear encoding.)

    Args:
        values: float64 [rows, 9].
        scaling: What is usual.

    Returns:
        float32 [rows, 9 * STEPS], 0 to 1.
    """
    starts, widths = scaling.edges[:, :-1], np.diff(scaling.edges, axis=1)
    above = values[:, :, tf.newaxis] - starts
    # Where many readings show one number, a step has no width: it is passed or not.
    shares = tf.where(
        tf.constant(widths > 0),
        tf.clip_by_value(above / np.where(widths > 0, widths, 1.0), 0.0, 1.0),
        tf.cast(above > 0, tf.float64),
    )
    return tf.reshape(tf.cast(shares, tf.float32), [-1, len(READINGS) * STEPS])
