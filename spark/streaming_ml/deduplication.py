"""One key per event, and the stateful step that passes each key once.

The key of a valid row is its identity and its label, so a label that arrives later passes. The key
of a quarantined row is (sequence number, hash of the bytes, partition key): such a row never takes
the identity of a valid one. Records of one aggregated KPL record share a sequence number and differ
in their bytes; records of two shards may share one, too, because a sequence number is unique within
its partition key only.

The state stores a 128-bit hash of the key, a third of its size. The probability that two of a
billion keys collide is about 10**-21. Nothing is gained by a deliberate collision: sending the
other event's identity has the same effect.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract, EventField

KEY_COLUMNS = ("deduplication_key_1", "deduplication_key_2")


def deduplication_key(contract: EventContract) -> Column:
    """Returns the key of a classified record; never null, because nulls are equal."""
    # A label is one of the contract's values, none of which has a colon.
    valid = F.concat(_label(contract), F.lit(":"), *_identity(contract))
    # concat_ws leaves nulls out, and the next part would take their position.
    parts = ("sequence_number", F.sha2(F.col("data"), 256), "partition_key")
    invalid = F.concat_ws(":", F.lit("!"), *[F.coalesce(part, F.lit("")) for part in parts])
    return F.when(F.col("reason").isNull(), valid).otherwise(invalid)


def _label(contract: EventContract) -> Column:
    if contract.label is None:
        return F.lit("")
    return F.coalesce(F.col(contract.label.name).cast("string"), F.lit(""))


def _identity(contract: EventContract) -> list[Column]:
    fields = contract.identity_fields
    if len(fields) == 1 and _is_text(fields[0]):
        return [F.col(fields[0].column)]
    # The length says where a value ends: "a", "bc" is not the same event as "ab", "c".
    texts = [_text(field) for field in fields]
    return [part for text in texts for part in (F.length(text), F.lit(":"), text)]


def _is_text(field: EventField) -> bool:
    return field.type == "string" or "pseudonym" in field.uses


def _text(field: EventField) -> Column:
    value = F.col(field.column)
    if field.type == "date-time":
        # Microseconds since 1970, whatever the session's time zone.
        value = F.unix_micros(value)
    return value if _is_text(field) else value.cast("string")


def key_columns(contract: EventContract) -> list[Column]:
    """Returns the columns `KEY_COLUMNS` of a classified record, two 64-bit integers."""
    key = deduplication_key(contract)
    # The literal before the key acts as another seed for the second hash.
    hashes = (F.xxhash64(key), F.xxhash64(F.lit("second"), key))
    return [value.alias(name) for name, value in zip(KEY_COLUMNS, hashes, strict=True)]


def drop_duplicates(rows: DataFrame, minutes: int) -> DataFrame:
    """Drops every row whose key was seen within the last `minutes`, in this or an earlier batch.

    Args:
        rows: A streaming DataFrame with `KEY_COLUMNS` and `batch_time`. The watermark is on
            `batch_time`, which is the same for all rows of a batch, so no row is ever late.
        minutes: Minimum time that a key is remembered; the maximum is twice as long. 0: no key is
            remembered, and every row passes.
    """
    if minutes == 0:
        return rows.drop(*KEY_COLUMNS)
    return (
        rows.withWatermark("batch_time", f"{minutes} minutes")
        .dropDuplicatesWithinWatermark(list(KEY_COLUMNS))
        .drop(*KEY_COLUMNS)
    )
