"""From the records of the stream to the rows of the lake. Batch and streaming share it."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming_ml.classification import classify, field_columns
from streaming_ml.contract import EventContract
from streaming_ml.deduplication import KEY_COLUMN, deduplication_key
from streaming_ml.masking import mask_personal_data
from streaming_ml.pseudonyms import user_key, with_pads

# The lake's columns, valid and quarantined rows alike; those that do not apply are null.
EVENT_COLUMNS = (
    "event_id",
    "user_key",
    "key_version",
    "text",
    "created_at",
    "lang",
    "source",
    "label",
    "arrival_time",
    "partition_key",
    "sequence_number",
    "batch_time",
    "raw",
    "reason",
)


def records_of_stream(source: DataFrame, contract: EventContract) -> DataFrame:
    """Names the source's columns as the lake does, reads the fields and stamps the batch's time.

    `current_timestamp()` stands upstream of everything: Spark keeps it in the offset log, so a
    replayed micro-batch sees the same value.
    """
    return source.select(
        *field_columns(F.col("data"), contract),
        F.col("partitionKey").alias("partition_key"),
        F.col("sequenceNumber").alias("sequence_number"),
        F.col("approximateArrivalTimestamp").alias("arrival_time"),
        F.current_timestamp().alias("batch_time"),
    )


def prepare_events(
    records: DataFrame, pads: DataFrame, contract: EventContract, key_version: str
) -> DataFrame:
    """Classifies, masks and pseudonymises the records.

    Args:
        records: As `records_of_stream` returns them, or `read_fields` for tests.
        pads: The key's pads, see `pseudonyms`.
        contract: What a valid record looks like.
        key_version: Written beside every user key, so that a changed key can be told.

    Returns:
        The lake's columns and `deduplication_key`.
    """
    classified = with_pads(classify(records, contract), pads)
    is_valid = F.col("reason").isNull()

    def if_valid(value: Column) -> Column:
        return F.when(is_valid, value)

    values = {
        "user_key": if_valid(user_key(F.col("user_id"))),
        "key_version": if_valid(F.lit(key_version)),
        "text": if_valid(mask_personal_data(F.col("text"))),
        "raw": F.when(~is_valid, F.col("body").cast("binary")),
    }
    for name in ("event_id", "created_at", "lang", "source", "label"):
        values[name] = if_valid(F.col(name))
    return classified.select(
        *[values.get(name, F.col(name)).alias(name) for name in EVENT_COLUMNS],
        deduplication_key().alias(KEY_COLUMN),
    )
