"""The job's secret keys, as one row that is joined to every record of a micro-batch.

A key must never be a literal of the query, because plans and event logs show literals. The row is
data, which Spark broadcasts to the executors.
"""

from __future__ import annotations

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
    return spark.createDataFrame([(bytearray(hash_key), bytearray(quarantine_key))], _SCHEMA)


def with_secret_keys(records: DataFrame, keys: DataFrame) -> DataFrame:
    """Joins the keys to every record."""
    return records.crossJoin(F.broadcast(keys))
