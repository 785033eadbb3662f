"""Fields of an instance, a prediction or a training set, in NumPy and TensorFlow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from model_training.workload import Array, Arrays, Columns

# By the type's name in JSON Schema. Numbers are float64, because float32 represents whole numbers
# only up to 16,777,216.
TENSOR_TYPES: dict[str, tf.DType] = {
    "string": tf.string,
    "integer": tf.int64,
    "number": tf.float64,
    "boolean": tf.bool,
}

ARRAY_TYPES: dict[str, type] = {
    "string": np.object_,
    "integer": np.int64,
    "number": np.float64,
    "boolean": np.bool_,
}

# The padding at the end of shorter arrays.
PADDING: dict[str, str | int | float | bool] = {
    "string": "",
    "integer": 0,
    "number": 0.0,
    "boolean": False,
}


@dataclass(frozen=True)
class Column:
    """A field: a value per row, or an array of values per row.

    Attributes:
        name: Name of the field.
        type: `string`, `integer`, `number` or `boolean`; for an array the type of its items.
        array: Whether each row has an array.
        length: Length of the arrays if it is fixed; else None.
    """

    name: str
    type: str
    array: bool = False
    length: int | None = None

    @property
    def specification(self) -> tf.TensorSpec:
        """The type of its tensor: [rows] or [rows, items]."""
        shape = [None, self.length] if self.array else [None]
        return tf.TensorSpec(shape, TENSOR_TYPES[self.type], name=self.name)

    @property
    def described(self) -> str:
        """Its type in words, for messages."""
        if not self.array:
            return self.type
        items = "" if self.length is None else f"{self.length} "
        return f"array of {items}{self.type}s"


def tensor_type(values: Array) -> tf.DType:
    """Returns TensorFlow's type for a type of NumPy."""
    return tf.string if values.dtype == np.object_ else tf.as_dtype(values.dtype)


def as_tensors(rows: Arrays) -> Columns:
    """Converts columns of NumPy to tensors."""
    return {name: tf.constant(values, tensor_type(values)) for name, values in rows.items()}


def as_array(values: Sequence[Any], column: Column) -> Array:
    """Converts the values of a column, one per row; arrays are padded to the longest one."""
    kind = ARRAY_TYPES[column.type]
    if not column.array:
        return np.array(values, dtype=kind)
    longest = max(len(items) for items in values)
    padded: Array = np.full((len(values), longest), PADDING[column.type], dtype=kind)
    for row, items in enumerate(values):
        padded[row, : len(items)] = items
    return padded
