"""The lake's columns, derived from the event contract, as Athena's tables are."""

from __future__ import annotations

from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    BooleanType,
    DataType,
    DoubleType,
    LongType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

from streaming_ml.contract import EventContract, EventField

_TYPES: dict[str, DataType] = {
    "bigint": LongType(),
    "binary": BinaryType(),
    "boolean": BooleanType(),
    "double": DoubleType(),
    "string": StringType(),
    "timestamp": TimestampType(),
}

# Uses of fields whose values rarely repeat: ids and free text.
_UNIQUE_USES = frozenset({"identity", "pseudonym", "mask"})
_UNIQUE_OF_EVERY_ROW = ("sequence_number", "partition_key", "raw")


def lake_schema(contract: EventContract) -> StructType:
    """Returns the columns of the events, without the partition columns."""
    return StructType([StructField(one.name, _data_type(one.type)) for one in contract.columns])


def columns_without_repetition(contract: EventContract) -> tuple[str, ...]:
    """Returns the columns whose values rarely repeat, as Parquet names them."""
    own = [_parquet_name(field) for field in contract.fields if field.uses & _UNIQUE_USES]
    return (*own, *_UNIQUE_OF_EVERY_ROW)


def _data_type(hive_type: str) -> DataType:
    if hive_type.startswith("array<"):
        return ArrayType(_TYPES[hive_type.removeprefix("array<").removesuffix(">")])
    return _TYPES[hive_type]


def _parquet_name(field: EventField) -> str:
    return f"{field.column}.list.element" if field.is_array else field.column
