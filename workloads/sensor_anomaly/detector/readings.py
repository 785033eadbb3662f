"""The nine numbers of a reading, in the order of columns and residuals."""

from __future__ import annotations

import tensorflow as tf
from model_training.workload import Columns

# Name of the tensor of all numbers that `extract` returns.
VALUES = "values"

READINGS = tuple(f"f{number}" for number in range(1, 10))


def stacked(rows: Columns) -> tf.Tensor:
    """Returns the numbers of rows, float64 [rows, 9]."""
    return tf.stack([tf.cast(rows[name], tf.float64) for name in READINGS], axis=1)
