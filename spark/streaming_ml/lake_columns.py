"""The lake's columns, from `contracts/lake-columns.json`; Athena's tables derive from it too."""

from __future__ import annotations

from pyspark.sql.types import (
    BinaryType,
    DataType,
    StringType,
    StructField,
    StructType,
    TimestampType,
)

from streaming_ml.contract import read_contract

_TYPES: dict[str, DataType] = {
    "binary": BinaryType(),
    "string": StringType(),
    "timestamp": TimestampType(),
}


def lake_schema() -> StructType:
    """Returns the columns of the events, without the partitions."""
    columns = read_contract("lake-columns.json")
    return StructType([StructField(one["name"], _TYPES[one["type"]]) for one in columns])
