"""Columns of a training set: which types there are, and what stands in the way of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from pyspark.sql.types import (
    ArrayType,
    BooleanType,
    ByteType,
    DataType,
    DoubleType,
    FloatType,
    IntegerType,
    LongType,
    ShortType,
    StringType,
    StructType,
)

EXAMPLE_ID = "example_id"
SPLIT = "split"

ValueType = Literal["string", "integer", "number", "boolean"]

_TYPES: dict[type[DataType], ValueType] = {
    StringType: "string",
    ByteType: "integer",
    ShortType: "integer",
    IntegerType: "integer",
    LongType: "integer",
    FloatType: "number",
    DoubleType: "number",
    BooleanType: "boolean",
}

_OWN = {
    EXAMPLE_ID: "tells one example from every other",
    SPLIT: "says where an example belongs",
}


@dataclass(frozen=True)
class SetColumn:
    """A column that a model may learn from or be measured by.

    Attributes:
        name: As `build` named it.
        type: Of its values, or of each item of an array.
        is_array: Whether its values are arrays.
    """

    name: str
    type: ValueType
    is_array: bool


def columns_of(schema: StructType) -> list[SetColumn]:
    """Returns the columns that a training set can hold, `example_id` and `split` among them."""
    found = []
    for field in schema.fields:
        is_array = isinstance(field.dataType, ArrayType)
        kind = _value_type(field.dataType)
        if kind is not None and field.name not in _repeated(schema):
            found.append(SetColumn(field.name, kind, is_array))
    return found


def column_problems(schema: StructType) -> list[str]:
    """Returns what is wrong with the columns of what `build` returned, empty when nothing is."""
    problems = [
        f'a column "{name}" is missing: expected a string that {what}'
        for name, what in _OWN.items()
        if name not in schema.names
    ]
    for field in schema.fields:
        received = field.dataType.simpleString()
        if field.name in _OWN and not isinstance(field.dataType, StringType):
            problems.append(f'the column "{field.name}" must be a string, received {received}')
        elif _value_type(field.dataType) is None:
            problems.append(
                f'the column "{field.name}" must be a string, an integer, a number, a boolean or '
                f"an array of one of them, received {received}: cast it"
            )
    problems += [f'the column "{name}" stands there twice' for name in sorted(_repeated(schema))]
    if not set(schema.names) - set(_OWN):
        problems.append("there is no column beside them that a model could learn from")
    return problems


def _value_type(data_type: DataType) -> ValueType | None:
    scalar = data_type.elementType if isinstance(data_type, ArrayType) else data_type
    return _TYPES.get(type(scalar))


def _repeated(schema: StructType) -> set[str]:
    # Spark tells names apart regardless of case.
    counts = Counter(name.lower() for name in schema.names)
    return {name for name in schema.names if counts[name.lower()] > 1}
