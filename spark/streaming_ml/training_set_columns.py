"""The columns of a training set: their types, and problems with them."""

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
    SPLIT: "says which split an example belongs to",
}


@dataclass(frozen=True)
class SetColumn:
    """A column that a model may learn from or be evaluated on.

    Attributes:
        name: Its name, from `build`.
        type: Type of its values, or of each item of an array.
        is_array: Whether its values are arrays.
    """

    name: str
    type: ValueType
    is_array: bool


def columns_of(schema: StructType) -> list[SetColumn]:
    """Returns the columns that a training set can have, including `example_id` and `split`."""
    repeated = _repeated(schema)
    found = []
    for field in schema.fields:
        kind = _value_type(field.dataType)
        is_valid = field.name not in _OWN or isinstance(field.dataType, StringType)
        if kind is not None and is_valid and field.name not in repeated:
            found.append(SetColumn(field.name, kind, isinstance(field.dataType, ArrayType)))
    return found


def column_problems(schema: StructType) -> list[str]:
    """Returns the problems with the columns of what `build` returned."""
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
    problems += [f'the column "{name}" is there twice' for name in sorted(_repeated(schema))]
    if not set(schema.names) - set(_OWN):
        problems.append("there is no other column that a model could learn from")
    return problems


def _value_type(data_type: DataType) -> ValueType | None:
    scalar = data_type.elementType if isinstance(data_type, ArrayType) else data_type
    return _TYPES.get(type(scalar))


def _repeated(schema: StructType) -> set[str]:
    # Spark compares names without case.
    counts = Counter(name.lower() for name in schema.names)
    return {name for name in schema.names if counts[name.lower()] > 1}
