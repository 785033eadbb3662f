"""Fields of an instance, a prediction or a training set, as NumPy and TensorFlow hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf

from model_training.workload import Array, Arrays, Columns

TENSOR_TYPES: dict[str, tf.DType] = {
    "string": tf.string,
    "integer": tf.int64,
    "number": tf.float64,
    "boolean": tf.bool,
}
"""By JSON Schema's name of a type. Numbers are doubles: a float32 holds whole numbers only up to
16,777,216."""

ARRAY_TYPES: dict[str, type] = {
    "string": np.object_,
    "integer": np.int64,
    "number": np.float64,
    "boolean": np.bool_,
}

PADDING: dict[str, str | int | float | bool] = {
    "string": "",
    "integer": 0,
    "number": 0.0,
    "boolean": False,
}
"""What fills the ends of shorter arrays."""


@dataclass(frozen=True)
class Column:
    """A field: a value per row, or an array of values per row.

    Attributes:
        name: Of the field.
        type: `string`, `integer`, `number` or `boolean`; of an array, that of its items.
        array: Whether each row has an array.
        length: Items of each row's array where all have as many; None: rows differ, or no array.
    """

    name: str
    type: str
    array: bool = False
    length: int | None = None

    @property
    def specification(self) -> tf.TensorSpec:
        """Its tensor: [rows], or [rows, items]."""
        shape = [None, self.length] if self.array else [None]
        return tf.TensorSpec(shape, TENSOR_TYPES[self.type], name=self.name)

    @property
    def described(self) -> str:
        """Its kind in words, for messages."""
        if not self.array:
            return self.type
        items = "" if self.length is None else f"{self.length} "
        return f"array of {items}{self.type}s"


def tensor_type(values: Array) -> tf.DType:
    """Returns the type that TensorFlow has for NumPy's."""
    return tf.string if values.dtype == np.object_ else tf.as_dtype(values.dtype)


def as_tensors(rows: Arrays) -> Columns:
    """Returns columns of NumPy as tensors."""
    return {name: tf.constant(values, tensor_type(values)) for name, values in rows.items()}


def as_array(values: Sequence[Any], column: Column) -> Array:
    """Returns the values of a column, one per row; arrays are padded to the longest of them."""
    kind = ARRAY_TYPES[column.type]
    if not column.array:
        return np.array(values, dtype=kind)
    longest = max(len(items) for items in values)
    padded: Array = np.full((len(values), longest), PADDING[column.type], dtype=kind)
    for row, items in enumerate(values):
        padded[row, : len(items)] = items
    return padded
