"""Turns the records of the stream into the rows of the lake."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract
from streaming_ml.deduplication import key_columns
from streaming_ml.quarantine import encrypted, encrypted_text
from streaming_ml.reading import UNKNOWN_FIELDS_COLUMN, read_event
from streaming_ml.secret_key_columns import with_secret_keys


def records_of_stream(source: DataFrame) -> DataFrame:
    """Renames the source's columns to those of the lake."""
    return source.select(
        "data",
        F.col("partitionKey").alias("partition_key"),
        F.col("sequenceNumber").alias("sequence_number"),
        F.col("approximateArrivalTimestamp").alias("arrival_time"),
    )


def with_clock(secret_keys: DataFrame) -> DataFrame:
    """Adds `batch_time`, the micro-batch's clock, to the row that every record is joined with.

    Spark stores `current_timestamp()` in the offset log, so a replayed micro-batch gets the same
    value. It is a column and not a literal, because a literal changes the generated code, which
    Spark would then compile again for every micro-batch.
    """
    return secret_keys.withColumn("batch_time", F.current_timestamp())


def prepare_events(
    records: DataFrame,
    batch_row: DataFrame,
    contract: EventContract,
    key_version: str,
    quarantine_key_version: str,
) -> DataFrame:
    """Reads the records and encrypts what was refused.

    Args:
        records: As `records_of_stream` returns them.
        batch_row: One row with the secret keys (see `secret_key_columns`) and `batch_time`.
        contract: The event contract; the session's functions must use the same one.
        key_version: Version of the pseudonyms' key, stored with every valid row.
        quarantine_key_version: Version of the quarantine's key, stored with every other row.

    Returns:
        The lake's columns for valid and quarantined rows, null where they do not apply; the columns
        `deduplication.KEY_COLUMNS`; and `unknown_fields`, which
        `observation.observe_unknown_fields` removes.
    """
    keyed = with_secret_keys(records, batch_row)
    read = keyed.select("*", read_event().alias("event")).select("*", "event.*")
    is_valid = F.col("reason").isNull()
    values = {
        "key_version": F.when(is_valid, key_version).otherwise(quarantine_key_version),
        # Producers usually choose as partition key what the pseudonyms hide.
        "partition_key": F.when(~is_valid, encrypted_text(F.col("partition_key"))),
        "raw": F.when(~is_valid, encrypted(F.col("data"))),
    }
    return read.select(
        *[values.get(one.name, F.col(one.name)).alias(one.name) for one in contract.columns],
        *key_columns(contract),
        UNKNOWN_FIELDS_COLUMN,
    )
