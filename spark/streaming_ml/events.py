"""From the records of the stream to the rows of the lake. Batch and streaming share it."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract
from streaming_ml.deduplication import key_columns
from streaming_ml.keys import with_keys
from streaming_ml.quarantine import encrypted, encrypted_text
from streaming_ml.reading import UNKNOWN_FIELDS_COLUMN, read_event


def records_of_stream(source: DataFrame) -> DataFrame:
    """Names the source's columns as the lake does."""
    return source.select(
        "data",
        F.col("partitionKey").alias("partition_key"),
        F.col("sequenceNumber").alias("sequence_number"),
        F.col("approximateArrivalTimestamp").alias("arrival_time"),
    )


def with_clock(keys: DataFrame) -> DataFrame:
    """Adds `batch_time`, the one clock, to the row that every record of a batch is joined with.

    Spark keeps `current_timestamp()` in the offset log, so a replayed micro-batch sees the same
    value. It travels as data and not as a literal of the query: a literal changes the code that
    Spark generates, which would be compiled, and warmed up, anew for every micro-batch.
    """
    return keys.withColumn("batch_time", F.current_timestamp())


def prepare_events(
    records: DataFrame,
    constants: DataFrame,
    contract: EventContract,
    key_version: str,
    quarantine_key_version: str,
) -> DataFrame:
    """Reads the records and encrypts what was refused.

    Args:
        records: As `records_of_stream` returns them.
        constants: One row, the keys (see `keys`) and `batch_time`.
        contract: What an event is; the session's functions must have been told of the same one.
        key_version: Written beside every pseudonym, so that a changed key can be told.
        quarantine_key_version: The same beside everything encrypted.

    Returns:
        The lake's columns, valid and quarantined rows alike, where those that do not apply are
        null, the columns of `deduplication.KEY_COLUMNS`, and `unknown_fields`, which
        `observation.observe_unknown_fields` takes away again.
    """
    keyed = with_keys(records, constants)
    read = keyed.select("*", read_event().alias("event")).select("*", "event.*")
    is_valid = F.col("reason").isNull()
    values = {
        "key_version": F.when(is_valid, key_version).otherwise(quarantine_key_version),
        # A producer's partition key is usually what the pseudonyms hide.
        "partition_key": F.when(~is_valid, encrypted_text(F.col("partition_key"))),
        "raw": F.when(~is_valid, encrypted(F.col("data"))),
    }
    return read.select(
        *[values.get(one.name, F.col(one.name)).alias(one.name) for one in contract.columns],
        *key_columns(contract),
        UNKNOWN_FIELDS_COLUMN,
    )
