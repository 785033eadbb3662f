"""Writes a micro-batch to the lake: one action, its own partitions, rewritten by a replay."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract
from streaming_ml.lake_columns import columns_without_repetition
from streaming_ml.lake_layout import PARTITION_COLUMNS, QUARANTINED, VALID

# How many rows Parquet's writer takes before it asks how large its page and its group of rows have
# become. Left alone it waits for 100 rows, after small ones for 10,000: of refused records, which
# Kinesis lets be 10 MiB, those are more than any memory, and more than a page may hold.
_ROWS_BETWEEN_LOOKS = 8
_LOOKS = {
    f"parquet.{part}.size.row.check.{end}": str(_ROWS_BETWEEN_LOOKS)
    for part in ("page", "block")
    for end in ("min", "max")
}


def batch_name(generation: str, batch_id: int) -> str:
    """Returns the value of the partition `batch`: unique for all generations of a checkpoint."""
    return f"{generation}-{batch_id:012d}"


def with_partitions(events: DataFrame, batch: str) -> DataFrame:
    """Adds the partition columns. `batch_time` is the one clock, so a batch has one dt and hour."""
    status = F.when(F.col("reason").isNull(), VALID).otherwise(QUARANTINED)
    moment = F.col("batch_time")
    values = (
        status,
        F.to_date(moment),
        F.lpad(F.hour(moment).cast("string"), 2, "0"),
        F.lit(batch),
    )
    return events.select(
        *events.columns,
        *[value.alias(name) for name, value in zip(PARTITION_COLUMNS, values, strict=True)],
    )


def write_batch(events: DataFrame, contract: EventContract, events_uri: str, batch: str) -> None:
    """Writes the batch with one action; what an earlier attempt of it wrote is replaced."""
    writer = with_partitions(events, batch).write.mode("overwrite").options(**_LOOKS)
    # Trying a dictionary on such columns costs time and saves no space.
    for column in columns_without_repetition(contract):
        writer = writer.option(f"parquet.enable.dictionary#{column}", "false")
    writer.option("partitionOverwriteMode", "dynamic").partitionBy(*PARTITION_COLUMNS).parquet(
        events_uri
    )
