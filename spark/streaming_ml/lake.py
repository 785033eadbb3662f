"""Writes a micro-batch to the lake with one action; a replay replaces its partitions."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract
from streaming_ml.lake_columns import columns_without_repetition
from streaming_ml.lake_layout import PARTITION_COLUMNS, QUARANTINED, VALID

# Number of rows after which Parquet's writer checks the size of its page and its row group. By
# default it checks after 100 rows, and after small ones only after 10,000: refused records may have
# 10 MiB each, which would exceed the memory and the maximum size of a page.
_ROWS_BETWEEN_SIZE_CHECKS = 8
_SIZE_CHECKS = {
    f"parquet.{part}.size.row.check.{end}": str(_ROWS_BETWEEN_SIZE_CHECKS)
    for part in ("page", "block")
    for end in ("min", "max")
}


def batch_name(generation: str, batch_id: int) -> str:
    """Returns the value of the partition `batch`, unique over all generations of a checkpoint."""
    return f"{generation}-{batch_id:012d}"


def with_partitions(events: DataFrame, batch: str) -> DataFrame:
    """Adds the partition columns. All rows of a batch have the same `batch_time`, dt and hour."""
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
    """Writes the batch with one action; it replaces the rows of an earlier attempt."""
    writer = with_partitions(events, batch).write.mode("overwrite").options(**_SIZE_CHECKS)
    # A dictionary of such columns costs time and saves no space.
    for column in columns_without_repetition(contract):
        writer = writer.option(f"parquet.enable.dictionary#{column}", "false")
    writer.option("partitionOverwriteMode", "dynamic").partitionBy(*PARTITION_COLUMNS).parquet(
        events_uri
    )
