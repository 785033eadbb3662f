"""The secret keys of the job, as the one row that every record of a micro-batch is joined with.

No key ever becomes a literal of the query: literals show in plans and event logs. The row is data,
and every executor gets it as a broadcast.
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


def keys_frame(spark: SparkSession, hash_key: bytes, quarantine_key: bytes) -> DataFrame:
    """Returns the one row to join with: no literal of it appears in a plan.

    Args:
        spark: The session.
        hash_key: Key of the pseudonyms (HMAC-SHA-256, RFC 2104).
        quarantine_key: 32 bytes, key of what quarantine keeps (see `quarantine`).
    """
    return spark.createDataFrame([(bytearray(hash_key), bytearray(quarantine_key))], _SCHEMA)


def with_keys(records: DataFrame, keys: DataFrame) -> DataFrame:
    """Joins the keys to every record."""
    return records.crossJoin(F.broadcast(keys))
