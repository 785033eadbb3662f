"""The job's secret keys, as one row that is joined to every record of a micro-batch.

A key must never be a literal of the query, because plans and event logs show literals. The row is
data, which Spark broadcasts to the executors.

The row is made in Java: of a row that Python makes, Spark would ask a Python worker again for each
micro-batch, in a job of its own.
"""

from __future__ import annotations

from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType, StructField, StructType

from streaming_ml.quarantine import QUARANTINE_KEY_COLUMN

HASH_KEY_COLUMN = "hash_key"

_SCHEMA = StructType(
    [
        StructField(name, BinaryType(), nullable=False)
        for name in (HASH_KEY_COLUMN, QUARANTINE_KEY_COLUMN)
    ]
)


def secret_key_row(spark: SparkSession, hash_key: bytes, quarantine_key: bytes) -> DataFrame:
    """Returns the row with both keys.

    Args:
        spark: The session.
        hash_key: Key of the pseudonyms (HMAC-SHA-256, RFC 2104).
        quarantine_key: Key of the quarantine, 32 bytes (see `quarantine`).
    """
    session: Any = spark._jsparkSession
    jvm: Any = spark._jvm
    gateway: Any = spark.sparkContext._gateway
    values = gateway.new_array(jvm.java.lang.Object, len(_SCHEMA))
    values[0], values[1] = bytearray(hash_key), bytearray(quarantine_key)
    rows = [jvm.org.apache.spark.sql.RowFactory.create(values)]
    schema = session.parseDataType(_SCHEMA.json())
    return DataFrame(session.createDataFrame(rows, schema), spark)


def with_secret_keys(records: DataFrame, keys: DataFrame) -> DataFrame:
    """Joins the keys to every record."""
    return records.crossJoin(F.broadcast(keys))
