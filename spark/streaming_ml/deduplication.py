"""One key per event, and the stateful step that lets each key pass once.

A valid row's key is (event_id, label), so late human feedback on a known post passes. Any other
row's key is (sequence number, hash of the bytes, partition key): a quarantined row never claims an
event id, the records of one aggregated KPL record, which share a sequence number, stay apart, and
so do records of two shards, since a sequence number is unique within its partition key only.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

KEY_COLUMN = "deduplication_key"


def deduplication_key() -> Column:
    """Returns the key of a classified record; never null, since nulls would all be equal."""
    # A label is one of the contract's values and has no colon, so the first colon ends it.
    valid = F.concat(F.coalesce("label", F.lit("")), F.lit(":"), F.col("event_id"))
    record_hash = F.sha2(F.col("body").cast("binary"), 256)
    invalid = F.concat_ws(
        ":", F.lit("!"), "sequence_number", record_hash, F.coalesce("partition_key", F.lit(""))
    )
    return F.when(F.col("reason").isNull(), valid).otherwise(invalid)


def drop_duplicates(rows: DataFrame, minutes: int) -> DataFrame:
    """Drops every row whose key was seen within the last `minutes`, in this or earlier batches.

    Args:
        rows: Streaming, with `deduplication_key` and `batch_time`. The watermark rides on
            `batch_time`, the one clock, so no row can ever be late.
        minutes: Least time a key is remembered; at most twice this. With 0 nothing is remembered
            and every row passes.
    """
    if minutes == 0:
        return rows.drop(KEY_COLUMN)
    return (
        rows.withWatermark("batch_time", f"{minutes} minutes")
        .dropDuplicatesWithinWatermark([KEY_COLUMN])
        .drop(KEY_COLUMN)
    )
