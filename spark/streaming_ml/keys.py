"""The secret keys of the job, as the one row that every record of a micro-batch is joined with.

No key ever becomes a literal of the query: literals show in plans and event logs. The row is data,
and every executor gets it as a broadcast.
"""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import BinaryType, StructField, StructType

from streaming_ml.pseudonyms import INNER_PAD_COLUMN, OUTER_PAD_COLUMN, key_pads
from streaming_ml.quarantine import QUARANTINE_KEY_COLUMN

_SCHEMA = StructType(
    [
        StructField(name, BinaryType(), nullable=False)
        for name in (INNER_PAD_COLUMN, OUTER_PAD_COLUMN, QUARANTINE_KEY_COLUMN)
    ]
)


def keys_frame(spark: SparkSession, hash_key: bytes, quarantine_key: bytes) -> DataFrame:
    """Returns the one row to join with: no literal of it appears in a plan.

    Args:
        spark: The session.
        hash_key: Key of the pseudonyms; its two pads travel (see `pseudonyms`).
        quarantine_key: 32 bytes, key of what quarantine keeps (see `quarantine`).
    """
    values = (*key_pads(hash_key), quarantine_key)
    return spark.createDataFrame([tuple(bytearray(value) for value in values)], _SCHEMA)


def with_keys(records: DataFrame, keys: DataFrame) -> DataFrame:
    """Joins the keys to every record."""
    return records.crossJoin(F.broadcast(keys))
