"""One key per event, and the stateful step that lets each key pass once.

A valid row's key is its identity and its label, so late human feedback on a known event passes.
Any other row's key is (sequence number, hash of the bytes, partition key): a quarantined row never
claims an identity, the records of one aggregated KPL record, which share a sequence number, stay
apart, and so do records of two shards, since a sequence number is unique within its partition key
only.

What is remembered is 128 bits of the key: state, its change log and the rows on their way to it
are a third as wide. Two of a thousand million keys are equal by accident with a probability of
10**-21. Whoever wants to make one equal on purpose may as well send the other's identity.
"""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from streaming_ml.contract import EventContract, EventField

KEY_COLUMNS = ("deduplication_key_1", "deduplication_key_2")


def deduplication_key(contract: EventContract) -> Column:
    """Returns the key of a classified record; never null, since nulls would all be equal."""
    # A label is one of the contract's values and has no colon, so the first colon ends it.
    valid = F.concat(_label(contract), F.lit(":"), *_identity(contract))
    # A null would be left out, and what follows taken for it.
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
    # Where one text ends must not be left to what it holds: "a", "bc" is another event than
    # "ab", "c".
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
    """Returns the columns `KEY_COLUMNS` of a classified record, numbers of 64 bits each."""
    key = deduplication_key(contract)
    # The literal before the key gives the second hash another seed.
    hashes = (F.xxhash64(key), F.xxhash64(F.lit("second"), key))
    return [value.alias(name) for name, value in zip(KEY_COLUMNS, hashes, strict=True)]


def drop_duplicates(rows: DataFrame, minutes: int) -> DataFrame:
    """Drops every row whose key was seen within the last `minutes`, in this or earlier batches.

    Args:
        rows: Streaming, with `KEY_COLUMNS` and `batch_time`. The watermark rides on
            `batch_time`, the one clock, so no row can ever be late.
        minutes: Least time a key is remembered; at most twice this. With 0 nothing is remembered
            and every row passes.
    """
    if minutes == 0:
        return rows.drop(*KEY_COLUMNS)
    return (
        rows.withWatermark("batch_time", f"{minutes} minutes")
        .dropDuplicatesWithinWatermark(list(KEY_COLUMNS))
        .drop(*KEY_COLUMNS)
    )
